/** A workbook, fetched when somebody asks for one. */
import { writeXlsx } from "hucre/xlsx";

const NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;

/**
 * A table as a workbook of one sheet: figures are numbers, codes and names are text.
 * @param rows the heads first
 */
export function workbook(name: string, [heads = [], ...rows]: readonly (readonly string[])[]): Promise<Uint8Array> {
  const figures = heads.map((head) => /“|”/.test(head) || ["年度", "版本"].includes(head));
  const at = new Date(0);
  return writeXlsx({
    properties: { title: name, created: at, modified: at },
    sheets: [
      {
        name,
        columns: heads.map((_, i) => ({ width: i < 3 ? 24 : 12 })),
        rows: [
          [...heads],
          ...rows.map((row) =>
            row.map((text, i) => (text === "" ? null : figures[i] && NUMBER.test(text) ? Number(text) : text)),
          ),
        ],
        cells: new Map(heads.map((_, column) => [`0,${column}`, { style: { font: { bold: true } } }])),
        freezePane: { rows: 1, columns: 2 },
      },
    ],
  });
}
