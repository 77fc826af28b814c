import { diffArrays } from "diff";
import type { Report } from "../../generated/report.ts";
import { cellsByPointer, getCell } from "../form/cells.ts";
import { formOf } from "../form/forms.ts";
import { placesOfSection, type TextPlace } from "../form/narrative.ts";

/** One place at which two reports differ; `before` or `after` is null where a report has nothing there. */
export interface Difference {
  /** RFC 6901; of a text, the list that it is in: `/overview/body`, `/requests/after`. */
  readonly pointer: string;
  /** As printed, e.g. 表三“一、本年新收政府信息公开申请数量／自然人”. */
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Item = { readonly text: string };

/** A figure as text; money with its unit. */
function figure(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value !== "object" || value === null) return String(value);
  const { amount, unit } = value as { readonly amount: string; readonly unit: string };
  return `${amount}${unit}`;
}

/** Edits beyond these are one: the search for the fewest costs their square, and nobody reads so many. */
const MAX_EDITS = 1000;

/** A stretch of two lists that both have, or that takes the place of another. */
interface Hunk {
  readonly before: readonly Item[];
  readonly after: readonly Item[];
}

/** Where two lists of items differ. */
function hunksOf(before: readonly Item[], after: readonly Item[]): Hunk[] {
  const [a, b] = [before, after].map((items) => items.map((item) => JSON.stringify(item))) as [string[], string[]];
  const parts = diffArrays(a, b, { maxEditLength: MAX_EDITS });
  if (!parts) return [{ before, after }];
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (let at = 0; at < parts.length; at += 1) {
    const { added, removed, count } = parts[at]!;
    if (!added && !removed) {
      [i, j] = [i + count, j + count];
      continue;
    }
    const out = removed ? count : 0;
    const next = parts[at + 1];
    const put = added ? count : next?.added ? next.count : 0;
    if (removed && next?.added) at += 1;
    hunks.push({ before: before.slice(i, i + out), after: after.slice(j, j + put) });
    [i, j] = [i + out, j + put];
  }
  return hunks;
}

/** The paragraphs and headings that were taken out and put in, hunk by hunk. */
function texts(pointer: string, label: string, before: readonly Item[], after: readonly Item[]): Difference[] {
  const joined = (items: readonly Item[]): string | null =>
    items.length === 0 ? null : items.map((item) => item.text).join("\n");
  return hunksOf(before, after).map((hunk) => ({
    pointer,
    label,
    before: joined(hunk.before),
    after: joined(hunk.after),
  }));
}

/** What a report has otherwise than another: every cell of either edition and every text, in the order of the form. */
export function differences(before: Report, after: Report): Difference[] {
  const [formBefore, form] = [formOf(before.edition), formOf(after.edition)];
  if (!formBefore || !form) throw new Error(`no edition ${before.edition} or ${after.edition}`);
  const found: Difference[] = [];
  const compared = (pointer: string, label: string, of: (value: unknown) => string | null = figure): void => {
    const [a, b] = [of(getCell(before, pointer)), of(getCell(after, pointer))];
    if (a !== b) found.push({ pointer, label, before: a, after: b });
  };
  compared("/edition", "格式版本");
  compared("/organ/name", "机关名称");
  compared("/signed", "成文日期");
  found.push(...texts("/preamble", "引言", before.preamble ?? [], after.preamble ?? []));
  const cells = new Map([...cellsByPointer(form), ...cellsByPointer(formBefore)]);
  for (const section of form.sections) {
    const places = placesOfSection(section);
    const textsAt = ({ pointer, label }: TextPlace): void => {
      const list = (report: Report) => (getCell(report, pointer) ?? []) as readonly Item[];
      found.push(...texts(pointer, label, list(before), list(after)));
    };
    places.filter(({ key }) => key !== "after").forEach(textsAt);
    if (section.kind === "table")
      for (const { pointer, label } of cells.values())
        if (pointer.startsWith(`/${section.key}/`)) compared(pointer, label);
    places.filter(({ key }) => key === "after").forEach(textsAt);
  }
  return found;
}
