/** A draft drawn up again from other sources, with what was edited by hand left as it is. */
import type { Money } from "../form/amounts.ts";
import { cellsByPointer, figureAt, getCell, setCell } from "../form/cells.ts";
import { sectionCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import type { Rollup, Sources } from "./rollup.ts";
import { scaffoldOf } from "./scaffold.ts";
import { printedFigure } from "./sum.ts";

type Figure = number | Money;

/** What became of a cell. */
export interface Redrawn {
  readonly pointer: string;
  readonly label: string;
  /** As it was summed before, and as it is now; null where there is no sum. */
  readonly before: Figure | null;
  readonly now: Figure | null;
  /** What a person put there, which stays. */
  readonly kept?: Figure;
}

/** A draft drawn up again. */
export interface Redraw {
  readonly draft: object;
  /** Cells whose sum is another now, or that keep what a person put there. */
  readonly cells: readonly Redrawn[];
  /** Keys of sections whose text was written by hand, and stays. */
  readonly texts: readonly string[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An amount or a count, its properties in one order. */
function figureOf(value: unknown): Figure | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const { amount, unit } = value as Partial<Money>;
  return typeof amount === "string" && (unit === "元" || unit === "万元") ? { amount, unit } : undefined;
}

/** Whether a value is what a draft was drawn up from, as far as drawing it up again needs it. */
export function isSources(value: unknown): value is Sources {
  const cells = getCell(value, "/cells");
  return (
    formOf(getCell(value, "/edition")) !== undefined &&
    typeof cells === "object" &&
    cells !== null &&
    Object.values(cells).every((cell: unknown) => figureOf(getCell(cell, "/value")) !== undefined)
  );
}

/** The texts that were drawn up from sums. */
function drawnTexts({ edition, cells }: Sources): ReadonlyMap<string, unknown> {
  const form = formOf(edition)!;
  const figures = {};
  for (const [pointer, { value }] of Object.entries(cells)) setCell(figures, pointer, value);
  return scaffoldOf(form, (pointer) => printedFigure(form, figures, pointer));
}

/**
 * Takes up a draft that a person went on with: whatever differs from what was drawn up before is theirs and stays, all
 * else is as it is drawn up now. Totals are computed again.
 * @param edited the draft as it is by now; any JSON value
 * @param before what it was drawn up from
 */
export function redraw(edited: unknown, before: Sources, { draft: now, sources }: Rollup): Redraw {
  const form = formOf(sources.edition)!;
  const cells: Redrawn[] = [];
  const texts: string[] = [];
  const figures = {};
  for (const { pointer, label, total } of cellsByPointer(form).values()) {
    if (total) continue;
    const [was, is] = [before.cells[pointer]?.value, sources.cells[pointer]?.value];
    const there = figureOf(getCell(edited, pointer));
    const byHand = there !== undefined && !same(there, figureOf(was));
    const value = byHand ? there : is;
    if (value !== undefined) setCell(figures, pointer, value);
    if (byHand || !same(figureOf(was), figureOf(is)))
      cells.push({ pointer, label, before: was ?? null, now: is ?? null, ...(byHand ? { kept: there } : {}) });
  }
  const drawn = drawnTexts(before);
  const draft: Record<string, unknown> = {};
  for (const key of ["edition", "year", "organ"]) draft[key] = getCell(now, `/${key}`);
  for (const key of ["signed", "preamble", "explanations"]) {
    const value = getCell(edited, `/${key}`);
    if (value !== undefined) draft[key] = value;
  }
  for (const section of form.sections) {
    const written = getCell(edited, `/${section.key}`);
    if (section.kind === "narrative") {
      const body = getCell(written, "/body");
      const byHand = Array.isArray(body) && !same(body, drawn.get(section.key) ?? []);
      if (byHand) texts.push(section.key);
      draft[section.key] = byHand ? { body } : getCell(now, `/${section.key}`);
      continue;
    }
    const beside = (key: string): void => {
      const value = getCell(written, `/${key}`);
      if (value !== undefined) setCell(draft, `/${section.key}/${key}`, value);
    };
    beside("before");
    for (const { pointer, total } of sectionCells(form, section)) {
      const value = total ? figureAt(form, figures, pointer)?.value : getCell(figures, pointer);
      if (value !== undefined) setCell(draft, pointer, value);
    }
    beside("after");
  }
  return { draft, cells, texts };
}
