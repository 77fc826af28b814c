/** The table of all organs of a province: lines by division, of which a publication replaces its division's. */
import { csv } from "../formats/csv/csv.ts";
import { organHeads, provinceLines } from "./organ-table.ts";
import type { ProvinceOrgans } from "./shapes.ts";
import type { DivisionTotals } from "./totals.ts";

const MARK = "\ufeff";
const textOf = (rows: readonly (readonly string[])[]): string =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(csv(rows)).slice(MARK.length);

/** A line of a division begins with its code; a name may hold what ends a line, and goes on in the next. */
const OF_DIVISION = /^(\d{6}),/;

export function parseOrgans(text: string): ProvinceOrgans {
  const lines = text.slice(MARK.length).split(/(?<=\r\n)/);
  const blocks = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines.slice(1)) {
    const division = OF_DIVISION.exec(line)?.[1];
    if (division !== undefined) {
      current = blocks.get(division) ?? [];
      blocks.set(division, current);
    }
    current.push(line);
  }
  return {
    head: lines[0] ?? "",
    blocks: Object.fromEntries([...blocks].map(([division, own]) => [division, own.join("")])),
  };
}

export const printOrgans = ({ head, blocks }: ProvinceOrgans): string =>
  MARK +
  head +
  Object.keys(blocks)
    .sort()
    .map((division) => blocks[division])
    .join("");

/** A province's table with the lines of some divisions. */
export function mergeProvinceOrgans(
  before: ProvinceOrgans | undefined,
  parts: readonly DivisionTotals[],
): ProvinceOrgans {
  const edition = parts[0]?.edition ?? "";
  return {
    head: textOf([["行政区划", ...organHeads(edition)]]),
    blocks: {
      ...before?.blocks,
      ...Object.fromEntries(parts.map((totals) => [totals.division, textOf(provinceLines(totals))])),
    },
  };
}
