import { figureAt } from "../../../src/form/cells.ts";
import type { EditionForm } from "../../../src/form/form.ts";
import { type FormCell, formCells } from "../../../src/form/form-cells.ts";

/** A figure that says how a report stands. */
export interface KeyFigure {
  readonly cell: FormCell;
  readonly value: number | undefined;
  readonly computed: boolean;
}

/** The totals that a form stands on: columns of totals, in single rows and in rows of sums. */
export const keyFigures = (form: EditionForm, report: unknown): KeyFigure[] =>
  formCells(form)
    .filter(({ row, column }) => column.total && (!row || row.total || row.parents.length === 0))
    .map((cell) => {
      const figure = figureAt(form, report, cell.pointer);
      return { cell, value: figure?.value, computed: figure?.computed ?? false };
    });
