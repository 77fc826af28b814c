/** Mirrors of reports in traditional characters: the form's own words in them, read by a table of the form's characters. */
import type { Finding } from "../basics/finding.ts";
import type { FormLabels } from "../form/label-index.ts";
import type { SourceDocument, SourceItem } from "./document.ts";
import { quoted, remark } from "./findings.ts";
import { figureLike } from "./locate.ts";
import { simplified } from "./simplified.ts";
import type { SourceCell } from "./source.ts";
import { isOfForm } from "./tables/known.ts";
import { captionUnit } from "./units.ts";

/** Longer than any label with a note behind it; a text of more is the organ's own. */
const LONGEST = 120;

/** Whether a text is none of the organ's words: a label, a heading, a unit, a figure. */
const isFormal = (text: string, labels: FormLabels): boolean =>
  figureLike(text) || isOfForm(text, labels) || labels.isNearTitle(text) || captionUnit(text) !== undefined;

/** A text with the form's words as the form writes them; anything else as it is. */
function inForm(text: string, labels: FormLabels): string {
  if (text.length > LONGEST) return text;
  const own = simplified(text);
  return own === text || !isFormal(own, labels) ? text : own;
}

/** A document whose labels, headings, units and figures are in the form's characters, and what is to be said of it. */
export interface InForm {
  readonly document: SourceDocument;
  readonly findings: readonly Finding[];
}

/** Puts the form's words of a document into the form's characters. Narratives and names are left as they are. */
export function inFormCharacters(document: SourceDocument, labels: FormLabels): InForm {
  const changed = new Set<string>();
  const cells = new Map<SourceCell, SourceCell>();
  const read = (text: string): string => {
    const own = inForm(text, labels);
    if (own !== text) changed.add(text.trim());
    return own;
  };
  // A merged cell stays one.
  const cellOf = (cell: SourceCell): SourceCell => {
    const known = cells.get(cell);
    if (known) return known;
    const text = read(cell.text);
    const own = text === cell.text ? cell : { ...cell, text };
    cells.set(cell, own);
    return own;
  };
  const items = document.items.map((item): SourceItem => {
    if (item.kind === "table")
      return { ...item, grid: item.grid.map((row) => row.map((cell) => cell && cellOf(cell))) };
    const text = read(item.text);
    return text === item.text ? item : { ...item, text };
  });
  if (changed.size === 0) return { document, findings: [] };
  const shown = [...changed].slice(0, 3).map((text) => `“${quoted(text)}”读作“${quoted(simplified(text))}”`);
  return {
    document: { ...document, items },
    findings: [
      remark(
        "I-TRADITIONAL",
        "information",
        `文件里有${changed.size}种标签、标题或单位是繁体字，按格式的用字读取（${shown.join("、")}）；正文和名称照原文`,
        `${changed.size} labels, headings or units are in traditional characters and were read as the form writes them; texts and names are left as they are`,
      ),
    ],
  };
}
