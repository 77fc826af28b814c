/** A pasted table as changes of the report, with what was read of it, cell by cell. */

import { cellsByPointer, figureAt, getCell } from "../../../src/form/cells.ts";
import type { EditionForm } from "../../../src/form/form.ts";
import type { LabelledTable } from "../../../src/form/label-index.ts";
import { type FigureKind, type Reading, readCell, reportValue } from "../../../src/import/figures.ts";
import { locate, type Placement } from "../../../src/import/locate.ts";
import type { Note } from "../../../src/import/note.ts";
import type { SourceGrid } from "../../../src/import/source.ts";
import type { DraftReport } from "../contract.ts";
import { type DifferingTotal, unitAt } from "../model/draft.ts";
import { type Change, withChanges } from "../model/edits.ts";

/** What became of one copied cell. */
export interface PastedCell {
  readonly pointer: string;
  readonly label: string;
  readonly labelEn: string;
  readonly source: string;
  readonly reading: Reading;
}

/** What a paste did, shown to the clerk. */
export interface PasteReport extends Omit<Placement, "placed"> {
  readonly changes: readonly Change[];
  /** The cells that were filled in; totals are not among them. */
  readonly cells: readonly PastedCell[];
  /** Totals that were copied and are not the sum of what was copied with them. */
  readonly differing: readonly DifferingTotal[];
}

/** How a cell's text is to be read. */
export function kindOf(form: EditionForm, report: DraftReport, pointer: string): FigureKind {
  const { type, units } = cellsByPointer(form).get(pointer)!;
  if (type !== "money") return { type };
  // A unit that stands there already is the one that a bare amount is in.
  const known = getCell(report, `${pointer}/unit`) !== undefined || units?.length === 1;
  return { type, ...(units ? { units } : {}), ...(known ? { unit: unitAt(form, report, pointer) } : {}) };
}

/** The notes of a reading that a clerk should hear of: a space that was dropped says nothing. */
export const notable = (reading: Reading): readonly Note[] =>
  reading.kind === "figure" ? reading.notes.filter((note) => note !== "space") : [];

/** Reads a copied grid into a table of the report. */
export function pasteGrid(
  form: EditionForm,
  table: LabelledTable,
  report: DraftReport,
  grid: SourceGrid,
  start: string,
): PasteReport {
  const { placed, ...rest } = locate(grid, table, start);
  const read = placed.map(({ pointer, cell: source }) => {
    const { label, labelEn, total } = cellsByPointer(form).get(pointer)!;
    const kind = kindOf(form, report, pointer);
    return { pointer, label, labelEn, total, kind, source: source.text, reading: readCell(source, kind) };
  });
  const cells = read.filter((cell) => !cell.total);
  // What is doubtful stays out: as a text in the cell it would be a figure as soon as somebody edits it.
  const changes = cells.map(({ pointer, reading, kind }): Change => {
    const doubtful = reading.kind === "unread" && reading.doubt !== undefined;
    return [pointer, doubtful ? undefined : reportValue(reading, kind)];
  });
  const after = withChanges(report, changes);
  const differing = read.flatMap((cell): DifferingTotal[] => {
    if (!cell.total || cell.reading.kind === "blank") return [];
    const computed = figureAt(form, after, cell.pointer)?.value;
    const sent = reportValue(cell.reading, cell.kind);
    return computed === sent
      ? []
      : [{ pointer: cell.pointer, label: cell.label, labelEn: cell.labelEn, sent, computed }];
  });
  return {
    ...rest,
    changes,
    cells: cells.map(({ pointer, label, labelEn, source, reading }) => ({ pointer, label, labelEn, source, reading })),
    differing,
  };
}
