/** The paragraphs that stand before and after a section's table. */

import type { Finding } from "../basics/finding.ts";
import type { EditionForm, TableSection } from "../form/form.ts";
import type { FormLabels } from "../form/label-index.ts";
import { BESIDE_TABLE } from "../form/narrative.ts";
import { isProse } from "../narrative/split.ts";
import { quoted, remark } from "./findings.ts";
import type { Line, TextLine } from "./lines.ts";
import type { Item } from "./outline/narrative.ts";
import type { Outline } from "./outline/outline.ts";
import { tidy } from "./outline/text.ts";
import { isOfForm } from "./tables/known.ts";
import type { Scan } from "./tables/scan.ts";

export interface BesideTables {
  /** By the pointer of the list: `/requests/after`. */
  readonly texts: ReadonlyMap<string, readonly Item[]>;
  readonly placed: ReadonlySet<TextLine>;
  readonly findings: readonly Finding[];
}

/** No list of a report has more of them. */
const MOST = 50;

const isParagraphOf = (own: boolean, line: TextLine, labels: FormLabels): boolean =>
  line.role === undefined &&
  (own ? line.table === undefined : !isOfForm(line.text, labels) && isProse(tidy(line.text)));

function besideFinding(section: TableSection, side: "before" | "after", items: readonly Item[]): Finding {
  const texts = items.map(({ text }) => `“${quoted(text)}”`).join("、");
  return remark(
    "I-BESIDE",
    "warning",
    `“${section.number}、${section.label}”的表格${side === "before" ? "之前" : "之后"}有${items.length}段文字，当作对表格的说明，请核对：${texts}`,
    `“${section.en}” has ${items.length} texts ${side} its table, taken for notes on it; please check: ${texts}`,
    `/${section.key}/${side}`,
    BESIDE_TABLE[side].label,
  );
}

/** Puts the paragraphs of the table sections in their places; what stands between parts of a table comes after it. */
export function besideTables(
  form: EditionForm,
  lines: readonly Line[],
  outline: Outline,
  found: Scan,
  own: boolean,
  labels: FormLabels,
): BesideTables {
  const texts = new Map<string, Item[]>();
  const placed = new Set<TextLine>();
  const findings: Finding[] = [];
  const places = new Map(lines.map((line, at) => [line, at]));
  const of = (section: TableSection): void => {
    const rows = (found.sections.get(section.key) ?? []).filter((at) => lines[at]!.kind === "row");
    const [first, last] = [Math.min(...rows, lines.length), Math.max(...rows, -1)];
    const between: TextLine[] = [];
    for (const line of outline.sections.get(section.key) ?? []) {
      if (!isParagraphOf(own, line, labels)) continue;
      const at = places.get(line) ?? -1;
      const pointer = `/${section.key}/${at < first ? "before" : "after"}`;
      const list = texts.get(pointer) ?? [];
      if (list.length === MOST) continue;
      texts.set(pointer, list);
      list.push({ type: "paragraph", text: own ? line.text : tidy(line.text) });
      placed.add(line);
      if (at > first && at < last) between.push(line);
    }
    // That a paragraph is the table's and not another section's is an assumption: reported, with its words.
    for (const side of own ? [] : (["before", "after"] as const)) {
      const items = texts.get(`/${section.key}/${side}`) ?? [];
      if (items.length > 0) findings.push(besideFinding(section, side, items));
    }
    if (between.length > 0)
      findings.push(
        remark(
          "I-BETWEEN",
          "information",
          `“${section.number}、${section.label}”的表格中间有${between.length}段文字（“${quoted(between[0]!.text)}”），放在表格之后`,
          `“${section.en}” has ${between.length} texts in the middle of its table; they come after it`,
          `/${section.key}/after`,
          BESIDE_TABLE.after.label,
        ),
      );
  };
  for (const section of form.sections) if (section.kind === "table") of(section);
  return { texts, placed, findings };
}
