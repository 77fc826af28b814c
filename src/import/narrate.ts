/** The narratives of a report, and what was done to their texts. */

import type { Finding } from "../basics/finding.ts";
import type { EditionForm } from "../form/form.ts";
import { quoted, remark } from "./findings.ts";
import type { TextLine } from "./lines.ts";
import { type Item, narrativeOf, ownNarrativeOf } from "./outline/narrative.ts";
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
  bare(text)
    .replace(/^(?:\(?[一二三四五六七八九\d]\)?[、.,:]?(?:部分)?)/u, "")
    .replace(/[\p{P}\p{S}]/gu, "");

const sample = (texts: readonly string[]): string =>
  `${texts
    .slice(0, 3)
    .map((text) => `“${quoted(text)}”`)
    .join("、")}${texts.length > 3 ? "……" : ""}`;

/** Reads preamble and narratives of an outline. */
export function narrate(form: EditionForm, outline: Outline, own: boolean): Narratives {
  const findings: Finding[] = [];
  const bodies = new Map<string, readonly Item[]>();
  const tidied: TextLine[] = [];
  const note = (lines: readonly TextLine[]): void => {
    tidied.push(...lines.filter(({ text }) => wasTidied(text)));
  };
  for (const { key, kind, number, label, en } of form.sections) {
    const pointer = `/${key}`;
    const name = `${number}、${label}`;
    const lines = outline.sections.get(key);
    if (!lines) {
      const level = kind === "narrative" ? "error" : "warning";
      findings.push(
        remark("I-SECTION", level, `没有找到“${name}”的标题`, `The heading of “${en}” was not found`, pointer, name),
      );
      continue;
    }
    const heading = outline.starts.find((start) => start.key === key)?.heading ?? "";
    if (!own && letters(simplified(heading)) !== letters(label))
      findings.push(
        remark(
          "I-SECTION",
          "information",
          `“${name}”在文件里的标题是“${quoted(heading)}”`,
          `The heading of “${en}” reads “${quoted(heading)}” in the file`,
          pointer,
          name,
        ),
      );
    if (kind !== "narrative") continue;
    const { items, misnumbered, numbered, parted } = own ? ownNarrativeOf(lines) : narrativeOf(lines);
    bodies.set(key, items);
    if (!own) note(lines);
    const say = (id: string, level: Finding["level"], zh: string, en: string): void => {
      findings.push(remark(id, level, `“${name}”${zh}`, `“${label}” ${en}`, `${pointer}/body`, name));
    };
    if (items.length === 0) say("I-SECTION", "error", "没有正文", "has no text");
    if (misnumbered.length > 0)
      say(
        "I-NUMBER",
        "warning",
        `有${misnumbered.length}个标题的编号不是依次的，连同编号作为段落保留：${sample(misnumbered)}`,
        `has ${misnumbered.length} headings whose numbers are not consecutive; they are kept as paragraphs: ${sample(misnumbered)}`,
      );
    if (numbered.length > 0)
      say(
        "I-NUMBER",
        "information",
        `有${numbered.length}个标题原来没有编号，印出时会有：${sample(numbered)}`,
        `has ${numbered.length} headings without numbers, which will be printed with them: ${sample(numbered)}`,
      );
    if (parted.length > 0)
      say(
        "I-PARTED",
        "information",
        `有${parted.length}段以标题开头，分成标题和段落：${sample(parted)}`,
        `has ${parted.length} paragraphs that begin with a heading and were parted: ${sample(parted)}`,
      );
  }
  if (!own) note(outline.preamble);
  const preamble = outline.preamble
    .map(({ text }): Item => ({ type: "paragraph", text: own ? text : tidy(text) }))
    .filter(({ text }) => text !== "");
  if (tidied.length > 0)
    findings.push(
      remark(
        "I-TIDIED",
        "information",
        `有${tidied.length}段文字里有不能印出的字符或不间断空格，已去掉或换成空格：${sample(tidied.map(({ text }) => tidy(text)))}`,
        `${tidied.length} texts had characters that cannot be printed, or no-break spaces; they were dropped or are spaces now`,
      ),
    );
  return { preamble, bodies, findings };
}
