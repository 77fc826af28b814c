/** A pasted table as changes of the report, with what was read of it, cell by cell. */

import { cellsByPointer, getCell, isSound } from "../../../src/form/cells.ts";
import type { EditionForm } from "../../../src/form/form.ts";
import type { LabelledTable } from "../../../src/form/label-index.ts";
import { type FigureKind, type Reading, readCell, reportValue } from "../../../src/import/figures.ts";
import { locate, type Placement } from "../../../src/import/locate.ts";
import type { Note } from "../../../src/import/note.ts";
import type { SourceGrid } from "../../../src/import/source.ts";
import type { DraftReport } from "../contract.ts";
import { type DifferingTotal, differingNow, type SentTotal, unitAt } from "../model/draft.ts";
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
  /** The totals that were copied. */
  readonly totals: readonly SentTotal[];
  /** Those that are not the sum of what was copied with them. */
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
  const totals = read
    .filter((cell) => cell.total && cell.reading.kind !== "blank")
    .map(({ pointer, reading, kind }) => ({ pointer, sent: reportValue(reading, kind) }));
  return {
    ...rest,
    changes,
    cells: cells.map(({ pointer, label, labelEn, source, reading }) => ({ pointer, label, labelEn, source, reading })),
    totals,
    differing: differingNow(form, after, totals, unreadIn(cells)),
  };
}

/** What could not be read as a figure. */
const unreadIn = (cells: readonly Pick<PastedCell, "pointer" | "reading">[]): ReadonlySet<string> =>
  new Set(cells.filter(({ reading }) => reading.kind === "unread").map(({ pointer }) => pointer));

/** What of a paste is still to be looked at in the report as it is now: what was mended since is not said any more. */
export function openOf(form: EditionForm, report: DraftReport, paste: PasteReport): PasteReport {
  const isOpen = ({ pointer, reading }: PastedCell): boolean =>
    reading.kind === "figure" || !isFilled(form, report, pointer);
  return {
    ...paste,
    cells: paste.cells.filter(isOpen),
    differing: differingNow(form, report, paste.totals, unreadIn(paste.cells)),
  };
}

/** Whether a figure stands at a place. */
function isFilled(form: EditionForm, report: DraftReport, pointer: string): boolean {
  const value = getCell(report, pointer);
  const { type } = cellsByPointer(form).get(pointer)!;
  return type === "money" ? value !== undefined && typeof value !== "string" : isSound(value, type);
}

/** Whether anything of a paste has to be looked at. */
export const isConcern = ({ cells, differing, missing, unknown, short, outside }: PasteReport): boolean =>
  cells.some(({ reading }) => reading.kind !== "figure") ||
  [differing, missing, unknown, short].some((list) => list.length > 0) ||
  outside > 0;
