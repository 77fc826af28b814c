/** Rows and columns that stand in another order than the form's. */
import type { Finding } from "../../basics/finding.ts";
import type { LabelledRow, LabelledTable } from "../../form/label-index.ts";
import { about, quoted } from "../findings.ts";
import type { Entry } from "./row.ts";

/** Neighbours of which the second stands above, or to the left of, the first in the form. */
function turned<T>(things: readonly T[], placeOf: (thing: T) => number): T[] {
  const found = new Set<T>();
  for (const [i, thing] of things.entries()) {
    const before = things[i - 1];
    if (before !== undefined && placeOf(thing) < placeOf(before)) found.add(before).add(thing);
  }
  return [...found];
}

/**
 * Reports rows and columns in another order than the form's: they were read by their labels, and whether the labels
 * were swapped instead no sum can show. A row that comes twice has findings of its own.
 */
export function orderFindings(entries: readonly Entry[], shapes: readonly LabelledTable[]): Finding[] {
  return shapes.flatMap(({ section, rows }): Finding[] => {
    const rowOf = new Map(rows.flatMap((row) => row.cells.map(({ pointer }) => [pointer, row] as const)));
    const byRow = new Map<LabelledRow, Entry[]>();
    for (const entry of entries) {
      const row = rowOf.get(entry.cell.pointer);
      if (row)
        byRow
          .set(row, byRow.get(row) ?? [])
          .get(row)!
          .push(entry);
    }
    const moved = turned([...byRow.keys()], (row) => rows.indexOf(row));
    const columns = [...byRow].flatMap(([row, own]) => {
      const [first] = own;
      return turned(
        own.filter(({ where }) => where.zh === first!.where.zh),
        ({ cell }) => row.cells.indexOf(cell),
      ).map(({ cell }) => cell);
    });
    const rowFinding = (): Finding =>
      about(
        "I-ORDER",
        "warning",
        moved.flatMap(({ cells }) => cells),
        `${section.table}有些行的次序与格式不同，按行标题填入，请核对：${moved.map(({ label }) => `“${quoted(label)}”`).join("、")}`,
        `Rows of ${section.en} stand in another order than the form's and were read by their labels; please verify: ${moved.map(({ label }) => `“${quoted(label)}”`).join(", ")}`,
      );
    const columnFinding = (): Finding =>
      about(
        "I-ORDER",
        "warning",
        columns,
        `${section.table}有些列的次序与格式不同，按列标题填入，请核对`,
        `Columns of ${section.en} stand in another order than the form's and were read by their heads; please verify`,
      );
    return [...(moved.length > 0 ? [rowFinding()] : []), ...(columns.length > 0 ? [columnFinding()] : [])];
  });
}
