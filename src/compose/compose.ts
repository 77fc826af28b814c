import type { Report } from "../../generated/report.ts";
import { getCell } from "../form/cells.ts";
import type { EditionForm, NarrativeSection, Section } from "../form/form.ts";
import { formOf } from "../form/forms.ts";
import { placesOfSection } from "../form/narrative.ts";
import { printedTitle } from "../form/title.ts";
import type { Block } from "./blocks.ts";
import { chineseNumeral, signatureDate } from "./numerals.ts";
import { composeTable } from "./tables.ts";

type NarrativeItem = Report["overview"]["body"][number];

/** Narrative as blocks: headings get the numbers （一）, 1., （1）, each level counting within the one above it. */
export function composeNarrative(section: Pick<NarrativeSection, "key">, body: readonly NarrativeItem[]): Block[] {
  const counters = [0, 0, 0];
  return body.map((item): Block => {
    if (item.type === "paragraph") return { kind: "paragraph", text: item.text };
    const depth = item.level - 2;
    counters[depth]! += 1;
    counters.fill(0, depth + 1);
    const count = counters[depth]!;
    const number = [`（${chineseNumeral(count)}）`, `${count}.`, `（${count}）`][depth]!;
    return {
      kind: "heading",
      level: item.level,
      number,
      text: item.text,
      id: [section.key, ...counters.slice(0, depth + 1)].join("-"),
    };
  });
}

/** What stands under a section's heading: its text, or its table between the texts beside it. */
function composeSection(form: EditionForm, section: Section, report: Report): Block[] {
  const blocks = { before: [] as Block[], body: [] as Block[], after: [] as Block[] };
  for (const { key, pointer } of placesOfSection(section))
    blocks[key] = composeNarrative(section, (getCell(report, pointer) ?? []) as readonly NarrativeItem[]);
  const table = section.kind === "table" ? [composeTable(form, section, report)] : [];
  return [...blocks.before, ...blocks.body, ...table, ...blocks.after];
}

/**
 * A report as the blocks of its document, in the order of the form: title, preamble, six sections, signature.
 * @param report a report with all its totals
 */
export function compose(report: Report): readonly Block[] {
  const form = formOf(report.edition);
  if (!form) throw new Error(`no edition ${report.edition}`);
  return [
    { kind: "title", lines: [report.organ.name, printedTitle(report.edition, report.year)] },
    ...(report.preamble ?? []).map((item): Block => ({ kind: "paragraph", text: item.text })),
    ...form.sections.flatMap((section): Block[] => [
      { kind: "heading", level: 1, number: `${section.number}、`, text: section.label, id: section.key },
      ...composeSection(form, section, report),
    ]),
    { kind: "signature", organ: report.organ.name, date: signatureDate(report.signed) },
  ];
}
