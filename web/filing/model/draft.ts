/** A report before it is one: empty, on another edition, with the totals that a clerk need not add up. */
import type { Report } from "../../../generated/report.ts";
import { cellsByPointer, figureAt, getCell, isSound, setCell, totalsByPointer } from "../../../src/form/cells.ts";
import type { EditionForm, MoneyUnit } from "../../../src/form/form.ts";
import { formCells } from "../../../src/form/form-cells.ts";
import { formForYear, formOf } from "../../../src/form/forms.ts";
import { textPlaces } from "../../../src/form/narrative.ts";
import { totalCells } from "../../../src/form/totals.ts";
import type { DraftReport } from "../contract.ts";
import { withValue } from "./edits.ts";

/** What a year's form has no place for, kept for the way back. */
export type Aside = Readonly<Record<string, unknown>>;

/** A total that came from elsewhere and is not the sum of what stands beside it. */
export interface DifferingTotal {
  readonly pointer: string;
  readonly label: string;
  readonly labelEn: string;
  readonly sent: unknown;
  readonly computed: number;
}

/** A total as it came, wherever from. */
export type SentTotal = Pick<DifferingTotal, "pointer" | "sent">;

/** The edition's form that a draft is on, or the newest. */
export const formOfDraft = (report: DraftReport): EditionForm =>
  formOf(report["edition"]) ?? formForYear(Number(report["year"])) ?? (formForYear(9998) as EditionForm);

const EMPTY_BODY = [{ type: "paragraph", text: "" }];

/**
 * A draft with every part that its form has, so that the checks name what is missing figure by figure; what it has stays as
 * it is.
 */
export function withParts(draft: DraftReport): DraftReport {
  const form = formOf(draft["edition"]);
  if (!form) return draft;
  let report = draft;
  for (const section of form.sections)
    if (section.kind === "narrative" && report[section.key] === undefined)
      report = { ...report, [section.key]: { body: EMPTY_BODY } };
  for (const { pointer, total } of formCells(form)) {
    const group = pointer.slice(0, pointer.lastIndexOf("/"));
    if (!total && getCell(report, group) === undefined) report = withValue(report, group, {});
  }
  return report;
}

/** A draft that has every part of the form and nothing in it. */
export function emptyDraft(year: number): DraftReport {
  const form = formForYear(year);
  if (!form) throw new RangeError(`no form for ${year}`);
  return withParts({ edition: form.edition, year, organ: {} });
}

/** Every figure of the form at nothing: a report that only lends the table its shape. */
export function shapeOf(form: EditionForm): Report {
  const shape = {};
  for (const { pointer, type, units } of formCells(form))
    setCell(shape, pointer, type === "money" ? { amount: "0", unit: units?.[0] ?? "万元" } : 0);
  return shape as Report;
}

/** The unit that a bare amount is taken in. */
export const unitAt = (form: EditionForm, report: DraftReport, pointer: string): MoneyUnit => {
  const units = cellsByPointer(form).get(pointer)?.units ?? ["万元"];
  const unit = getCell(report, `${pointer}/unit`);
  return units.find((u) => u === unit) ?? units[0]!;
};

/**
 * The draft with every 总计 left out: they are computed wherever the report goes.
 * @returns with it the totals that said something else than the sum
 */
export function withoutTotals(draft: DraftReport): {
  readonly report: DraftReport;
  readonly differing: DifferingTotal[];
} {
  const form = formOf(draft["edition"]);
  if (!form) return { report: draft, differing: [] };
  const sent = totalCells(form).flatMap(({ pointer }) => {
    const value = getCell(draft, pointer);
    return value === undefined ? [] : [{ pointer, value }];
  });
  const report = sent.reduce((before, { pointer }) => {
    const after = withValue(before, pointer, undefined);
    // A row of nothing but totals goes as a whole.
    const row = pointer.slice(0, pointer.lastIndexOf("/"));
    const figures = formCells(form).some((cell) => !cell.total && cell.pointer.startsWith(`${row}/`));
    return figures || Object.keys(getCell(after, row) as object).length > 0 ? after : withValue(after, row, undefined);
  }, draft);
  const totals = sent.map(({ pointer, value }) => ({ pointer, sent: value }));
  return { report, differing: differingNow(form, report, totals) };
}

/** The sum of a total's parts, those that are blank at 0; undefined where one is no figure, or is one of `unread`. */
function sumSoFar(
  form: EditionForm,
  report: DraftReport,
  pointer: string,
  unread: ReadonlySet<string>,
): number | undefined {
  let sum = 0;
  for (const part of totalsByPointer(form).get(pointer)?.parts ?? []) {
    const value = getCell(report, part);
    if (value === undefined && unread.has(part)) return undefined;
    const figure = totalsByPointer(form).has(part) ? sumSoFar(form, report, part, unread) : (value ?? 0);
    if (!isSound(figure)) return undefined;
    sum += figure;
  }
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/**
 * The totals that came with something else than the sums as they are now. What is blank counts as 0; where a part could
 * not be read, that is what has to be mended, and nothing is said of its total.
 * @param unread the figures that came as no figure
 */
export function differingNow(
  form: EditionForm,
  report: DraftReport,
  totals: readonly SentTotal[],
  unread: ReadonlySet<string> = new Set(),
): DifferingTotal[] {
  return totals.flatMap(({ pointer, sent }) => {
    const cell = cellsByPointer(form).get(pointer);
    const computed = sumSoFar(form, report, pointer, unread);
    if (!cell || computed === undefined || computed === sent) return [];
    return [{ pointer, label: cell.label, labelEn: cell.labelEn, sent, computed }];
  });
}

/** What can be summed so far: the figures that are there. Undefined when none is, or one is no figure. */
export function runningTotal(
  form: EditionForm,
  report: DraftReport,
  pointer: string,
): { readonly value: number; readonly partial: boolean } | undefined {
  const whole = figureAt(form, report, pointer);
  if (whole) return { value: whole.value, partial: false };
  let sum: number | undefined;
  for (const part of totalsByPointer(form).get(pointer)?.parts ?? []) {
    const below = totalsByPointer(form).has(part) ? runningTotal(form, report, part)?.value : getCell(report, part);
    if (below === undefined) continue;
    if (!isSound(below)) return undefined;
    sum = (sum ?? 0) + below;
  }
  return sum === undefined || !Number.isSafeInteger(sum) ? undefined : { value: sum, partial: true };
}

const isMoney = (value: unknown): boolean => typeof value === "object";

/**
 * The draft on the form of another year. What both forms have stays; what only the old one has goes aside, and what was
 * put aside and has its place again comes back.
 */
export function onYear(
  draft: DraftReport,
  aside: Aside,
  year: number,
): { readonly report: DraftReport; readonly aside: Aside } {
  const form = formForYear(year);
  const before = formOf(draft["edition"]);
  if (!form || !before || form === before) return { report: { ...draft, year }, aside };
  const put: Record<string, unknown> = { ...aside };
  const report: Record<string, unknown> = { ...draft, edition: form.edition, year };
  for (const section of before.sections)
    if (section.kind !== "narrative" || !form.sections.some((s) => s.key === section.key)) delete report[section.key];
  for (const { pointer } of formCells(before)) {
    const value = getCell(draft, pointer);
    if (value !== undefined && !cellsByPointer(form).has(pointer)) put[pointer] = value;
  }
  for (const { pointer, key } of textPlaces(before)) {
    const texts = key === "body" ? undefined : getCell(draft, pointer);
    if (texts !== undefined) put[pointer] = texts;
  }
  for (const { pointer } of textPlaces(form)) {
    if (put[pointer] === undefined) continue;
    setCell(report, pointer, put[pointer]);
    delete put[pointer];
  }
  for (const { pointer, type } of formCells(form)) {
    const known = cellsByPointer(before).has(pointer) ? getCell(draft, pointer) : put[pointer];
    if (known === undefined || isMoney(known) !== (type === "money")) continue;
    setCell(report, pointer, known);
    delete put[pointer];
  }
  return { report: withParts(report), aside: put };
}
