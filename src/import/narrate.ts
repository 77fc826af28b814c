/** The narratives of a report, and what was done to their texts. */

import type { Finding } from "../basics/finding.ts";
import type { EditionForm, Section } from "../form/form.ts";
import { withoutMarks } from "../form/label.ts";
import { quoted, remark } from "./findings.ts";
import type { TextLine } from "./lines.ts";
import { type Item, type Narrative, narrativeOf, ownNarrativeOf } from "./outline/narrative.ts";
import type { Outline } from "./outline/outline.ts";
import { bare, tidy, wasTidied } from "./outline/text.ts";
import { simplified } from "./simplified.ts";

export interface Narratives {
  readonly preamble: readonly Item[];
  readonly bodies: ReadonlyMap<string, readonly Item[]>;
  readonly findings: readonly Finding[];
}

/** A heading as it is compared: without its number and marks. */
const letters = (text: string): string =>
  withoutMarks(bare(text).replace(/^(?:\(?[一二三四五六七八九\d]\)?[、.,:]?(?:部分)?)/u, ""));

const sample = (texts: readonly string[]): string =>
  `${texts
    .slice(0, 3)
    .map((text) => `“${quoted(text)}”`)
    .join("、")}${texts.length > 3 ? "……" : ""}`;

/** What a section's heading is called, and whether it was found as the form words it. */
function headingFindings({ key, kind, number, label, en }: Section, outline: Outline, own: boolean): Finding[] {
  const [pointer, name] = [`/${key}`, `${number}、${label}`];
  if (!outline.sections.has(key)) {
    const level = kind === "narrative" ? "error" : "warning";
    return [
      remark("I-SECTION", level, `没有找到“${name}”的标题`, `The heading of “${en}” was not found`, pointer, name),
    ];
  }
  const heading = outline.starts.find((start) => start.key === key)?.heading ?? "";
  if (own || letters(simplified(heading)) === letters(label)) return [];
  return [
    remark(
      "I-SECTION",
      "information",
      `“${name}”在文件里的标题是“${quoted(heading)}”`,
      `The heading of “${en}” reads “${quoted(heading)}” in the file`,
      pointer,
      name,
    ),
  ];
}

/** What became of the headings within a narrative. */
function bodyFindings({ key, number, label }: Section, narrative: Narrative): Finding[] {
  const { items, misnumbered, numbered, parted } = narrative;
  const name = `${number}、${label}`;
  const findings: Finding[] = [];
  const add = (id: string, level: Finding["level"], zh: string, en: string): void => {
    findings.push(remark(id, level, `“${name}”${zh}`, `“${label}” ${en}`, `/${key}/body`, name));
  };
  if (items.length === 0) add("I-SECTION", "error", "没有正文", "has no text");
  if (misnumbered.length > 0)
    add(
      "I-NUMBER",
      "warning",
      `有${misnumbered.length}个标题的编号不是依次的，连同编号作为段落保留：${sample(misnumbered)}`,
      `has ${misnumbered.length} headings whose numbers are not consecutive; they are kept as paragraphs: ${sample(misnumbered)}`,
    );
  if (numbered.length > 0)
    add(
      "I-NUMBER",
      "information",
      `有${numbered.length}个标题原来没有编号，印出时会有：${sample(numbered)}`,
      `has ${numbered.length} headings without numbers, which will be printed with them: ${sample(numbered)}`,
    );
  if (parted.length > 0)
    add(
      "I-PARTED",
      "information",
      `有${parted.length}段以标题开头，分成标题和段落：${sample(parted)}`,
      `has ${parted.length} paragraphs that begin with a heading and were parted: ${sample(parted)}`,
    );
  return findings;
}

/** That characters were taken out of texts, or put in the place of others. */
function tidiedFindings(lines: readonly TextLine[]): Finding[] {
  const tidied = lines.filter(({ text }) => wasTidied(text));
  if (tidied.length === 0) return [];
  return [
    remark(
      "I-TIDIED",
      "information",
      `有${tidied.length}段文字里有不能印出的字符或不间断空格，已去掉或换成空格：${sample(tidied.map(({ text }) => tidy(text)))}`,
      `${tidied.length} texts had characters that cannot be printed, or no-break spaces; they were dropped or are spaces now`,
    ),
  ];
}

/**
 * Reads preamble and narratives of an outline.
 * @param own whether the document is one of this system's, whose texts are as they were filed
 */
export function narrate(form: EditionForm, outline: Outline, own: boolean): Narratives {
  const findings: Finding[] = [];
  const bodies = new Map<string, readonly Item[]>();
  const read: TextLine[] = [];
  for (const section of form.sections) {
    findings.push(...headingFindings(section, outline, own));
    const lines = outline.sections.get(section.key);
    if (!lines || section.kind !== "narrative") continue;
    const narrative = own ? ownNarrativeOf(lines) : narrativeOf(lines);
    bodies.set(section.key, narrative.items);
    findings.push(...bodyFindings(section, narrative));
    read.push(...lines);
  }
  read.push(...outline.preamble);
  if (!own) findings.push(...tidiedFindings(read));
  const preamble = outline.preamble
    .map(({ text }): Item => ({ type: "paragraph", text: own ? text : tidy(text) }))
    .filter(({ text }) => text !== "");
  return { preamble, bodies, findings };
}
