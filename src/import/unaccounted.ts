/** Cells and lines among the tables of a report that are neither its figures nor the form's own words. */

import { isNote, keyOf } from "../form/label.ts";
import type { FormLabels } from "../form/label-index.ts";
import type { ImportedName } from "../formats/registry.ts";
import type { Line, RowLine } from "./lines.ts";
import { isNumeric } from "./locate.ts";
import type { SourceCell } from "./source.ts";
import { isOfForm, isPartOfLabel } from "./tables/known.ts";
import type { Scan } from "./tables/scan.ts";

/** What of a text is none of the form's words: all of it, or lines of it that went on with a label. */
function foreignIn(text: string, labels: FormLabels): string[] {
  const whole = text.trim();
  if (whole === "" || (!whole.includes("\n") && isFormText(whole, "txt", labels))) return [];
  const lines = whole.split("\n").map((line) => line.trim());
  return lines.filter(
    (line) =>
      line !== "" &&
      !isNote(line) &&
      !isFormText(line, "txt", labels) &&
      (isNumeric(line) || !isPartOfLabel(line, labels)),
  );
}

/** Whether a text alone between tables says nothing: the form's words, or in a file of pages the number of one. */
export function isFormText(text: string, format: ImportedName, labels: FormLabels): boolean {
  if (format === "pdf" && /^\d{1,3}$/.test(text.trim())) return true;
  return isOfForm(text, labels) && !text.trim().split(/\s+/u).some(isNumeric);
}

/** A text of a row that is nowhere else: no figure that was taken or reported, and no label. */
export interface Stray {
  readonly line: RowLine;
  readonly text: string;
}

/** Looks through the rows that belong to tables of the form. */
export function straysIn(lines: readonly Line[], found: Scan, known: FormLabels): Stray[] {
  const taken = new Set<SourceCell>([
    ...found.entries.map(({ source }) => source.cell),
    ...found.doubts.flatMap(({ texts }) => texts.map(({ cell }) => cell)),
  ]);
  const reported = new Set(found.unplaced.map(({ at }) => at));
  const labels = new Set(found.labels);
  const ofWords = new Set(found.known);
  const strays: Stray[] = [];
  for (const at of new Set([...[...found.sections.values()].flat(), ...ofWords])) {
    const line = lines[at];
    if (line?.kind !== "row" || reported.has(at)) continue;
    for (const { cell, text } of line.cells) {
      if (taken.has(cell)) continue;
      taken.add(cell);
      // A label may be worded otherwise; what else stands in its cell may not.
      const foreign = foreignIn(text, known);
      const own = (labels.has(cell) || ofWords.has(at)) && !text.includes("\n");
      if (!own) strays.push(...foreign.map((stray) => ({ line, text: stray })));
    }
  }
  // A head that the form has not is reported with the figures below it.
  const heads = new Set(found.unplaced.map(({ text }) => text.split("：")[0]));
  return strays.filter(({ text }) => !heads.has(text) && (keyOf(text) !== "" || /\d/u.test(text.normalize("NFKC"))));
}
