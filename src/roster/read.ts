import { ExplainedError } from "../basics/explained-error.ts";
import { jsonOf } from "../basics/json.ts";
import type { SourceItem } from "../import/document.ts";
import { readDocument } from "../import/readers/read.ts";
import { organsOf } from "./listed-json.ts";
import { columnsOf, type ReadRows, type RowProblem, readRows } from "./table.ts";

/** A list that cannot be read at all. */
export class RosterFileError extends ExplainedError {}

/** A list of organs as a file has it. */
export interface ReadList extends ReadRows {
  /** What stands in the file beside the rows, or is hidden in it: shown, and not taken. */
  readonly beside: readonly string[];
}

/** The cells of a table as texts; one that is struck, not calculated or not shown as it is kept is a problem. */
function textsOf(items: readonly SourceItem[], problems: RowProblem[]): { rows: string[][]; beside: string[] } {
  const rows: string[][] = [];
  const beside: string[] = [];
  for (const item of items) {
    if (item.kind === "text") {
      // A caption stands before the first row.
      if (rows.some((row) => columnsOf(row))) beside.push(item.text);
      continue;
    }
    for (const row of item.grid) {
      const where = `第${rows.length + 1}行`;
      rows.push(
        Array.from(row, (cell) => {
          if (cell?.doubt)
            problems.push({
              where,
              zh: `“${cell.text.slice(0, 40)}”这一格不能照读（公式没有算出，或划去、隐藏）`,
              en: `the cell “${cell.text.slice(0, 40)}” cannot be taken as it is`,
            });
          return cell && !cell.doubt ? cell.text.trim() : "";
        }),
      );
    }
  }
  return { rows, beside };
}

/**
 * Reads a list of organs: CSV, XLSX, or JSON that has them.
 * @throws ImportError, RosterFileError when there is no list in it
 */
export async function readList(bytes: Uint8Array, name: string): Promise<ReadList> {
  if (/\.json$/i.test(name)) {
    let value: unknown;
    try {
      value = jsonOf<unknown>(bytes);
    } catch {
      throw new RosterFileError(`${name}不是JSON`, `${name} is not JSON`);
    }
    const rows = organsOf(value);
    if (!rows) throw new RosterFileError(`${name}里没有机关（organs）`, `${name} has no organs`);
    return { rows, problems: [], beside: [] };
  }
  const document = await readDocument(bytes, { name });
  if (!("items" in document))
    throw new RosterFileError(`${name}是一份报告，不是名单`, `${name} is a report and no list`);
  const doubts: RowProblem[] = [];
  const { rows, beside } = textsOf(document.items, doubts);
  const read = readRows(rows);
  if (read.rows.length === 0)
    throw new RosterFileError(
      `${name}里没有名单：要有一行表头，写明“名称”和“统一社会信用代码”`,
      `${name} has no list: a row of heads must say 名称 and 统一社会信用代码`,
    );
  const hidden = (document.hidden ?? []).map(({ text, where }) => `${where}：${text}`);
  return { rows: read.rows, problems: [...doubts, ...read.problems], beside: [...beside, ...hidden] };
}
