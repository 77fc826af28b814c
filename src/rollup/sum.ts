import type { Report } from "../../generated/report.ts";
import { addDecimals, inUnit, type Money, yuan } from "../form/amounts.ts";
import { cellsByPointer, figureAt, getCell } from "../form/cells.ts";
import type { EditionForm } from "../form/form.ts";
import { type FormCell, formCells, pointerOf } from "../form/form-cells.ts";
import { expandRelation } from "../form/relations.ts";

/** What a cell of several reports comes to. */
export interface CellSum {
  readonly value: number | Money;
  /** What each source adds, the largest first: its place among the sources, and a count or an amount in the sum's unit. */
  readonly from: readonly (readonly [source: number, value: number | string])[];
}

/** The sums by JSON Pointer, and the cells for which there is none, with why. */
export interface Sums {
  readonly sums: ReadonlyMap<string, CellSum>;
  readonly left: readonly { readonly cell: FormCell; readonly why: "lastYear" | "tooLarge" }[];
}

/** What the schema takes as an amount. */
const AMOUNT = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/;

type Part = readonly [source: number, value: number];

/** By what a value is more than another; by place where they are alike. */
const largestFirst = <T extends readonly [number, number | string]>(parts: T[], size: (part: T) => number): T[] =>
  parts.sort((a, b) => size(b) - size(a) || a[0] - b[0]);

function sumOfCounts({ pointer }: FormCell, reports: readonly object[]): CellSum | undefined {
  const parts: Part[] = [];
  let value = 0;
  for (const [i, report] of reports.entries()) {
    const own = getCell(report, pointer) as number;
    if (own === 0) continue;
    value += own;
    parts.push([i, own]);
  }
  return Number.isSafeInteger(value) ? { value, from: largestFirst(parts, ([, own]) => Math.abs(own)) } : undefined;
}

function sumOfMoney({ pointer, units = ["万元"] }: FormCell, reports: readonly object[]): CellSum | undefined {
  const parts: (readonly [number, string])[] = [];
  let sum = "0";
  for (const [i, report] of reports.entries()) {
    const own = yuan(getCell(report, pointer) as Money);
    if (own === "0") continue;
    sum = addDecimals(sum, own, 1n);
    parts.push([i, own]);
  }
  const unit = units.find((each) => AMOUNT.test(inUnit(sum, each)));
  if (unit === undefined) return undefined;
  const from = largestFirst(parts, ([, own]) => Number(own)).map(([i, own]) => [i, inUnit(own, unit)] as const);
  return { value: { amount: inUnit(sum, unit), unit }, from };
}

/** By pointer, the figures that follow from last year's report where the edition has an equation for them. */
function fromLastYear(form: EditionForm, previous: Report | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (!previous) return found;
  for (const rule of form.rules) {
    if (rule.needs !== "previous" || rule.op !== "=") continue;
    const section = form.sections.find((each) => each.key === rule.section);
    if (section?.kind !== "table") continue;
    for (const { over, left, right } of expandRelation(form, rule)) {
      const [only, ...others] = left;
      if (!only || others.length > 0 || right.some(({ of }) => of !== "previous")) continue;
      for (const { path } of over) {
        const at = (term: string): string => pointerOf(section, term.replace("{}", path), "");
        const terms = right.map((term) => {
          const figure = figureAt(form, previous, at(term.path));
          return figure && term.sign * figure.value;
        });
        if (terms.every((term) => term !== undefined))
          found.set(
            at(only.path),
            terms.reduce((sum, term) => sum + term, 0),
          );
      }
    }
  }
  return found;
}

/**
 * The sums of reports on one edition, their figures all sound: counts and signed changes as integers, amounts exactly
 * in one unit. Totals are left to be computed.
 * @param previous the region's own report of last year
 */
export function sumReports(form: EditionForm, reports: readonly object[], previous?: Report): Sums {
  const sums = new Map<string, CellSum>();
  const left: { cell: FormCell; why: "lastYear" | "tooLarge" }[] = [];
  const before = fromLastYear(form, previous);
  for (const cell of formCells(form)) {
    if (cell.total) continue;
    if (!cell.adds) {
      const value = before.get(cell.pointer);
      if (value === undefined) left.push({ cell, why: "lastYear" });
      else sums.set(cell.pointer, { value, from: [] });
      continue;
    }
    const sum = cell.type === "money" ? sumOfMoney(cell, reports) : sumOfCounts(cell, reports);
    if (sum) sums.set(cell.pointer, sum);
    else left.push({ cell, why: "tooLarge" });
  }
  return { sums, left };
}

/** A figure as sentences have it. */
export function printedFigure(form: EditionForm, report: object, pointer: string): string | undefined {
  const cell = cellsByPointer(form).get(pointer);
  if (cell?.type !== "money") return figureAt(form, report, pointer)?.value.toString();
  const money = getCell(report, pointer) as Money | undefined;
  return money && `${money.amount}${money.unit}`;
}
