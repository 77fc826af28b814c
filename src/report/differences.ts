import { diffArrays } from "diff";
import type { Report } from "../../generated/report.ts";
import { formOf } from "../../schemas/forms.ts";
import { cellsByPointer, getCell } from "./cells.ts";

/** One place at which two reports differ; `before` or `after` is null where a report has nothing there. */
export interface Difference {
  /** RFC 6901; of a text, its section's body. */
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

/** The paragraphs and headings that were taken out and put in, hunk by hunk. */
function texts(pointer: string, label: string, before: readonly Item[], after: readonly Item[]): Difference[] {
  const found: Difference[] = [];
  const parts = diffArrays([...before], [...after], { comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i]!;
    if (!part.added && !part.removed) continue;
    const text = part.value.map((item) => item.text).join("\n");
    const next = parts[i + 1];
    if (part.removed && next?.added) {
      found.push({ pointer, label, before: text, after: next.value.map((item) => item.text).join("\n") });
      i += 1;
    } else found.push({ pointer, label, before: part.removed ? text : null, after: part.removed ? null : text });
  }
  return found;
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
    if (section.kind === "narrative") {
      const body = (report: Report) => (getCell(report, `/${section.key}/body`) ?? []) as readonly Item[];
      found.push(...texts(`/${section.key}/body`, `${section.number}、${section.label}`, body(before), body(after)));
    } else
      for (const { pointer, label } of cells.values())
        if (pointer.startsWith(`/${section.key}/`)) compared(pointer, label);
  }
  return found;
}
