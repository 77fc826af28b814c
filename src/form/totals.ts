import { type EditionForm, type PartData, type TableSection, tablesOf } from "./form.ts";
import { pointerOf } from "./form-cells.ts";
import { leafColumns, leafRows } from "./tree.ts";

/** A cell that can be computed, with the cells that it is the sum of; all as JSON Pointers. */
export interface TotalCell {
  readonly pointer: string;
  readonly parts: readonly string[];
}

const groupOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** A row of totals sums the rows of its group, a column of totals the columns of its own. */
function partTotals(form: EditionForm, section: TableSection, { columns, rows }: PartData): TotalCell[] {
  const heads = leafColumns(form, columns);
  const figures = heads.filter((column) => !column.total);
  const lines = rows ? leafRows(rows) : [undefined];
  const at = (row: string | undefined, column: string): string => pointerOf(section, row ?? "", column);
  const down = lines.flatMap((row) => {
    if (!row?.total) return [];
    const summed = lines.filter((line) => line && !line.total && line.path.startsWith(groupOf(row.path)));
    return figures.map(({ path }) => ({
      pointer: at(row.path, path),
      parts: summed.map((line) => at(line?.path, path)),
    }));
  });
  const across = lines.flatMap((row) =>
    heads
      .filter((column) => column.total)
      .map(({ path }) => ({
        pointer: at(row?.path, path),
        parts: figures.filter((f) => f.path.startsWith(groupOf(path))).map((f) => at(row?.path, f.path)),
      })),
  );
  return [...down, ...across];
}

/** Every 总计 of the form, in an order in which each needs only given cells and totals before it. */
export const totalCells = (form: EditionForm): TotalCell[] =>
  tablesOf(form).flatMap((section) => section.parts.flatMap((part) => partTotals(form, section, part)));
