/** What in a text is none of the organ's words but the report's frame: headings of the form, a title, a signature. */

import type { EditionForm } from "../form/form.ts";
import { forms } from "../form/forms.ts";
import { withoutMarks } from "../form/label.ts";
import { memoizePerForm } from "../form/memo.ts";

/** A heading names its section of the form, and what goes on behind it in the same paragraph, if anything does. */
export type FramePart =
  | { readonly part: "heading"; readonly section: string; readonly rest: string }
  | { readonly part: "title" | "signature" };

/** A text as a frame is looked for in it. */
interface Line {
  readonly text: string;
  /** Whether the report has it as a heading of the section's own. */
  readonly heading: boolean;
}

const NUMBER = /^[一二三四五六七八九十]+、/;
/** A label this short is a heading of the form only with its number. */
const SHORT = 6;
const TITLE = /^[^《]{0,60}\d{4}年度?政府信息公开(?:工作)?年度报告$/;
const DATE =
  /^(?:\d{4}|[〇零○一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日$/;
/** No part of a frame stands in a text of more. */
const LONGEST = 5000;

const tidy = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "");

/** The labels of the form's headings, in every edition, with the section that they head. */
const labelsOf = memoizePerForm((form) =>
  [form, ...forms].flatMap(({ sections }) =>
    sections.map(({ label, key }) => ({ label, letters: withoutMarks(label), section: key })),
  ),
);

/** Where a heading of the form is followed by text of its own in one paragraph: that begins after a space or a stop. */
function behind(text: string, label: string): string | undefined {
  if (!text.startsWith(label)) return undefined;
  const rest = text.slice(label.length);
  return /^(?:$|[\s。.:：,，])/u.test(rest) ? rest.replace(/^[\s。.:：,，]+/u, "") : undefined;
}

function headingIn({ text, heading }: Line, line: string, form: EditionForm): FramePart | undefined {
  const labels = labelsOf(form);
  const title = line.replace(NUMBER, "");
  const numbered = title !== line;
  const own = withoutMarks(title);
  const named = labels.find(({ label, letters }) => own === letters && (numbered || label.length >= SHORT || !heading));
  if (named) return { part: "heading", section: named.section, rest: "" };
  const after = text.trim().replace(/^[一二三四五六七八九十]+、\s*/u, "");
  if (after === text.trim()) return undefined;
  for (const { label, section } of labels) {
    const rest = behind(after, label);
    if (rest !== undefined) return { part: "heading", section, rest };
  }
  return undefined;
}

/**
 * What of the report's frame a text is; undefined where it is the organ's own words.
 * @param organ the organ's name, or an empty text
 */
export function framePart(of: Line, form: EditionForm, organ: string): FramePart | undefined {
  if (of.text.length > LONGEST) return undefined;
  const line = tidy(of.text);
  const heading = headingIn(of, line, form);
  if (heading) return heading;
  if (TITLE.test(line)) return { part: "title" };
  const name = tidy(organ);
  const signed = name !== "" && line.startsWith(name) ? line.slice(name.length) : line;
  if (!of.heading && (DATE.test(signed) || (signed === "" && line !== ""))) return { part: "signature" };
  return undefined;
}
