/** Rosters as the files that offices keep: read and written as `nianbao roster` does. Loaded when one is. */
import { parseCsv } from "hucre/csv";
import { readXlsx } from "hucre/xlsx";
import { unguarded } from "../../../src/formats/csv/csv.ts";
import { decode } from "../../../src/import/readers/decode.ts";
import { type Drafted, draftRoster } from "../../../src/roster/draft.ts";
import { organsOf } from "../../../src/roster/listed-json.ts";
import type { Roster } from "../../../src/roster/roster.ts";
import { type ListedRow, readRows } from "../../../src/roster/table.ts";
import { rosterCsv, rosterXlsx } from "../../../src/roster/write.ts";

/** A list that cannot be read, in both languages. */
export class ListError extends Error {
  readonly pair: readonly [zh: string, en: string];

  constructor(zh: string, en: string) {
    super(en);
    this.pair = [zh, en];
  }
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** A cell as a person sees it; a date in the form in which lists are read. */
function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value === null || value === undefined ? "" : String(value).trim();
}

/** The rows of a workbook's sheets. */
async function workbookRows(bytes: Uint8Array): Promise<string[][]> {
  const { sheets } = await readXlsx(bytes).catch(() => {
    throw new ListError("打不开这个工作簿", "the workbook cannot be opened");
  });
  return sheets.flatMap((sheet) => sheet.rows.map((row) => row.map(textOf)));
}

function csvRows(bytes: Uint8Array): string[][] {
  const { text } = decode(bytes);
  return parseCsv(text.replace(/^\ufeff/, "")).map((row) => row.map((value) => unguarded(textOf(value))));
}

function jsonRows(bytes: Uint8Array): readonly ListedRow[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ListError("不是JSON", "it is not JSON");
  }
  const rows = organsOf(value);
  if (!rows) throw new ListError("里面没有机关（organs）", "it has no organs");
  return rows;
}

/**
 * Makes a roster of a file: CSV, XLSX, or JSON that has organs.
 * @param guess whether superiors that it does not name are taken from divisions
 * @throws ListError when there is no list in it
 */
export async function rosterOfFile(file: File, division: string, guess: boolean): Promise<Drafted> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (/\.json$/i.test(file.name)) return draftRoster(division, jsonRows(bytes), guess);
  const { rows, problems } = readRows(isZip(bytes) ? await workbookRows(bytes) : csvRows(bytes));
  if (rows.length === 0)
    throw new ListError(
      "里面没有名单：要有一行表头，写明“名称”和“统一社会信用代码”",
      "it has no list: a row of heads must say 名称 and 统一社会信用代码",
    );
  const drafted = draftRoster(division, rows, guess);
  return { ...drafted, problems: [...problems, ...drafted.problems] };
}

/** A roster as a table. */
export const tableOf = async (kind: "csv" | "xlsx", roster: Roster): Promise<Uint8Array> =>
  kind === "csv" ? rosterCsv(roster) : rosterXlsx(roster);
