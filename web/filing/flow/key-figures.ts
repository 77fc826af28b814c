import { cellsByPointer, figureAt } from "../../../src/form/cells.ts";
import { type EditionForm, type FormCell, leafColumns, leafRows, sectionCells } from "../../../src/form/form.ts";

/** A figure that says how a report stands. */
export interface KeyFigure {
  readonly cell: FormCell;
  readonly value: number | undefined;
  readonly computed: boolean;
}

/** The totals that a form stands on: of a table's single rows and of its sums, and of a table of one row. */
export function keyFigures(form: EditionForm, report: unknown): KeyFigure[] {
  const pointers = form.sections.flatMap((section) => {
    if (section.kind === "row")
      return sectionCells(form, section).flatMap(({ total, pointer }) => (total ? pointer : []));
    if (section.kind !== "matrix") return [];
    const columns = leafColumns(form, section.columns).filter(({ total }) => total);
    const rows = leafRows(section.rows).filter(({ total, parents }) => total || parents.length === 0);
    return rows.flatMap((row) => columns.map((column) => `/${section.key}/${row.path}/${column.path}`));
  });
  return pointers.flatMap((pointer) => {
    const cell = cellsByPointer(form).get(pointer);
    const figure = figureAt(form, report, pointer);
    return cell ? { cell, value: figure?.value, computed: figure?.computed ?? false } : [];
  });
}
