/** Sheets as spreadsheet programs save them as text: a merged cell's text at its first place, the others blank. */
import { type PaperGrid, spannedRows } from "../paper.ts";

function fieldsOf(grid: PaperGrid): string[][] {
  const first = spannedRows(grid);
  return grid.map((places, row) => {
    const fields = places.map(() => "");
    for (const { cell, column } of first[row]!) fields[column] = cell.text;
    return fields;
  });
}

const quoted = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export const delimited = (grid: PaperGrid, delimiter: "," | "\t"): string =>
  fieldsOf(grid)
    .map((fields) => `${fields.map((field) => quoted(field, delimiter)).join(delimiter)}\r\n`)
    .join("");
