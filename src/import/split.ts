/** A report that has all its texts in one section, as a client has it that was given a whole report there. */
import type { Finding } from "../basics/finding.ts";
import { getCell, setCell } from "../form/cells.ts";
import type { EditionForm } from "../form/form.ts";
import { type TextPlace, textPlaces } from "../form/narrative.ts";
import { type NarrativeItem, type Split, splitNarrative } from "../narrative/split.ts";
import type { LeftOut } from "./account.ts";
import { quoted, remark } from "./findings.ts";

export interface SplitReport {
  readonly report: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
  /** The pointers of the lists that have texts now and had none. */
  readonly filled: readonly string[];
}

const isItem = (value: unknown): value is NarrativeItem =>
  typeof value === "object" && value !== null && typeof (value as { readonly text?: unknown }).text === "string";

function itemsAt(report: unknown, pointer: string): readonly NarrativeItem[] | undefined {
  const list = getCell(report, pointer);
  return Array.isArray(list) && list.length > 0 && list.every(isItem) ? list : undefined;
}

const isEmpty = (report: unknown, pointer: string): boolean => {
  const list = getCell(report, pointer);
  return list === undefined || (Array.isArray(list) && list.length === 0);
};

function findingsOf(place: TextPlace, { texts, dropped, unplaced }: Split, places: readonly TextPlace[]): Finding[] {
  const into = places.filter(({ pointer }) => pointer !== place.pointer && texts.has(pointer));
  const { pointer, label, en } = place;
  const own = remark(
    "I-SPLIT",
    "warning",
    `“${label}”里是整份报告的文字，已按其中的大标题分到${into.map((to) => `“${to.label}”`).join("、")}，请核对；由系统印出的没有放进正文：${dropped.map((text) => `“${quoted(text)}”`).join("、")}`,
    `“${en}” held the texts of the whole report; they were split by its headings into ${into.map((to) => `“${to.en}”`).join(", ")}; ${dropped.length} lines that the system prints were left out`,
    pointer,
    label,
  );
  if (unplaced.length === 0) return [own];
  const [first] = unplaced;
  const rows = remark(
    "I-UNPLACED",
    "error",
    `“${label}”里还有${unplaced.length}行文字像是表格的行（“${quoted(first!)}”等），不能放进正文，也没有填入表格`,
    `${unplaced.length} lines of “${en}” (“${quoted(first!)}”) seem to be rows of a table; they are in no text and in no table`,
    pointer,
    label,
  );
  return [own, rows];
}

/**
 * Splits the text of a section that holds a whole report. Only where nothing stands yet in the sections that its headings
 * name, one of them a section of text: a report that is whole is left as it is.
 */
export function splitSections(form: EditionForm, report: Readonly<Record<string, unknown>>): SplitReport | undefined {
  const places = textPlaces(form);
  const organ = getCell(report, "/organ/name");
  for (const place of places) {
    const items = place.key === "body" ? itemsAt(report, place.pointer) : undefined;
    const split = items && splitNarrative(form, place.section.key, items, typeof organ === "string" ? organ : "");
    if (!split) continue;
    const filled = [...split.texts.keys()].filter((pointer) => pointer !== place.pointer);
    if (!filled.some((pointer) => pointer.endsWith("/body")) || !filled.every((pointer) => isEmpty(report, pointer)))
      continue;
    const changed = structuredClone(report);
    for (const [pointer, list] of split.texts) setCell(changed, pointer, list);
    const leftOut = split.unplaced.map((text): LeftOut => ({ text, where: place.label }));
    return { report: changed, findings: findingsOf(place, split, places), leftOut, filled };
  }
  return undefined;
}
