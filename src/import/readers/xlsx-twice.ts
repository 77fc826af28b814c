/** The same tables on several sheets of a workbook: last year's beside this year's, a draft beside what was filed. */

import { labelKey } from "../../form/label.ts";
import type { SourceItem } from "../document.ts";
import type { Doubt } from "../doubt.ts";
import type { SourceCell } from "../source.ts";
import { hasDigits } from "./cell-content.ts";

/** A sheet that is shown, as it was read. */
export interface ShownSheet {
  readonly name: string;
  readonly items: readonly SourceItem[];
}

/** How many rows two sheets must have in common, and which part of the fewer, to be the same tables. */
const LEAST = 4;
const PART = 0.6;

/** The labels of rows with figures. */
function labelsOf({ items }: ShownSheet): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const item of items)
    if (item.kind === "table")
      for (const row of item.grid) {
        const texts = [...new Set(row)].flatMap((cell) => (cell && cell.text.trim() !== "" ? [cell.text.trim()] : []));
        if (!texts.some((text) => /^[+-]?[\d.,]+$/.test(text))) continue;
        const label = labelKey(texts.findLast((text) => /\p{L}/u.test(text)) ?? "");
        if (label !== "") labels.add(label);
      }
  return labels;
}

const areSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  let common = 0;
  for (const label of a) if (b.has(label)) common += 1;
  return common >= LEAST && common >= PART * Math.min(a.size, b.size);
};

/** The year that a sheet is for, by its tab or its title. */
function yearOf({ name, items }: ShownSheet): number | undefined {
  const title = items.find((item) => item.kind === "text" && /政府信息公开工作?年度报告/u.test(item.text));
  for (const text of [name, title?.kind === "text" ? title.text : ""]) {
    const year = /(?<!\d)(20\d{2})(?!\d)/.exec(text)?.[1];
    if (year) return Number(year);
  }
  return undefined;
}

const DOUBT: Doubt = {
  kind: "other",
  words: { zh: "几个工作表里有同样的表，不能断定用哪一个", en: "several sheets hold the same table" },
};

/** A sheet whose figures are not to be read. */
function doubted(sheet: ShownSheet): ShownSheet {
  const known = new Map<SourceCell, SourceCell>();
  const inDoubt = (cell: SourceCell | undefined): SourceCell | undefined => {
    if (!cell || cell.doubt || !hasDigits(cell.text)) return cell;
    const own = known.get(cell) ?? { ...cell, doubt: DOUBT };
    known.set(cell, own);
    return own;
  };
  return {
    ...sheet,
    items: sheet.items.map((item) =>
      item.kind === "table" ? { ...item, grid: item.grid.map((row) => row.map(inDoubt)) } : item,
    ),
  };
}

/** Of sheets that hold the same tables the one of the latest year, and those that were left for it. */
export function chosenSheets(sheets: readonly ShownSheet[]): {
  readonly kept: readonly ShownSheet[];
  readonly left: readonly { readonly text: string; readonly where: string }[];
} {
  if (sheets.length < 2) return { kept: sheets, left: [] };
  const labels = sheets.map(labelsOf);
  const twins = sheets.filter((_, i) => labels.some((other, j) => i !== j && areSame(labels[i]!, other)));
  if (twins.length === 0 || new Set(twins.map(({ items }) => JSON.stringify(items))).size === 1)
    return { kept: sheets, left: [] };
  const years = twins.map(yearOf);
  const latest = Math.max(...years.map((year) => year ?? 0));
  const one = twins[years.indexOf(latest)]!;
  if (years.every((year) => year !== undefined) && new Set(years).size === years.length)
    return {
      kept: sheets.filter((sheet) => sheet === one || !twins.includes(sheet)),
      left: twins
        .filter((sheet) => sheet !== one)
        .map(({ name }) => ({ text: name, where: `与工作表“${one.name}”有同样的表、年份较早的工作表` })),
    };
  return { kept: sheets.map((sheet) => (twins.includes(sheet) ? doubted(sheet) : sheet)), left: [] };
}
