import { writeXlsx } from "hucre/xlsx";
import { csv, guarded } from "../formats/csv/csv.ts";
import type { Roster } from "./roster.ts";
import { COLUMNS, type Column, rosterRows } from "./table.ts";

/** A roster as CSV (RFC 4180), as spreadsheets open it. */
export const rosterCsv = (roster: Pick<Roster, "organs">): Uint8Array => csv(rosterRows(roster));

/** In characters. */
const WIDTHS: Readonly<Partial<Record<Column, number>>> = {
  name: 36,
  uscc: 22,
  superior: 22,
  superiorName: 30,
  formerNames: 24,
  mergedInto: 22,
  splitFrom: 22,
};

/** A roster as a workbook that can be sorted, filled in and read again. */
export async function rosterXlsx(roster: Roster): Promise<Uint8Array> {
  const [heads = [], ...rows] = rosterRows(roster);
  // The same roster, the same bytes.
  const at = new Date(0);
  return writeXlsx({
    properties: { title: `${roster.division}名录`, created: at, modified: at },
    sheets: [
      {
        name: "名录",
        columns: COLUMNS.map((column) => ({ width: WIDTHS[column] ?? 12 })),
        rows: [heads, ...rows.map((row) => row.map((text) => (text === "" ? null : guarded(text))))],
        cells: new Map(heads.map((_, column) => [`0,${column}`, { style: { font: { bold: true } } }])),
        freezePane: { rows: 1, columns: 1 },
      },
    ],
  });
}
