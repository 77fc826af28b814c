import { type EditionForm, leafColumns, leafRows } from "./form.ts";

/** A cell that can be computed, with the cells that it is the sum of; all as JSON Pointers. */
export interface TotalCell {
  readonly pointer: string;
  readonly parts: readonly string[];
}

/** Every 总计 of the form, in an order in which each needs only given cells and totals before it. */
export function totalCells(form: EditionForm): TotalCell[] {
  const totals: TotalCell[] = [];
  for (const section of form.sections) {
    if (section.kind === "matrix") {
      const columns = leafColumns(form, section.columns);
      const rows = leafRows(section.rows);
      const parts = columns.filter((c) => !c.total);
      for (const row of rows.filter((r) => r.total)) {
        const parent = row.path.slice(0, row.path.lastIndexOf("/") + 1);
        const summed = rows.filter((r) => !r.total && r.path.startsWith(parent));
        for (const column of parts) {
          totals.push({
            pointer: `/${section.key}/${row.path}/${column.path}`,
            parts: summed.map((r) => `/${section.key}/${r.path}/${column.path}`),
          });
        }
      }
      for (const row of rows) {
        for (const column of columns.filter((c) => c.total)) {
          totals.push({
            pointer: `/${section.key}/${row.path}/${column.path}`,
            parts: parts.map((c) => `/${section.key}/${row.path}/${c.path}`),
          });
        }
      }
    }
    if (section.kind === "row") {
      const leaves = leafColumns(form, section.columns);
      for (const leaf of leaves.filter((l) => l.total)) {
        const group = leaf.path.slice(0, leaf.path.lastIndexOf("/") + 1);
        totals.push({
          pointer: `/${section.key}/${leaf.path}`,
          parts: leaves.filter((l) => !l.total && l.path.startsWith(group)).map((l) => `/${section.key}/${l.path}`),
        });
      }
    }
  }
  return totals;
}
