import { readFile } from "node:fs/promises";
import type { Report } from "../generated/report.ts";
import { getCell, setCell } from "../src/form/cells.ts";
import { completeTotals } from "../src/form/complete.ts";
import { formCells } from "../src/form/form-cells.ts";
import { formOf } from "../src/form/forms.ts";
import { totalCells } from "../src/form/totals.ts";

type Item = Report["overview"]["body"][number];

/** The report that all engines set. */
export async function readExample(): Promise<Report> {
  const text = await readFile(new URL("../examples/liaocheng-2020.json", import.meta.url), "utf8");
  return JSON.parse(text) as Report;
}

/** A generator of numbers from 0 up to 1 that gives the same ones for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const HAN = /^\p{Script=Han}$/u;
const DIGIT = /^[0-9]$/;

function narratives(report: Report): Item[][] {
  return [report.overview.body, report.problems.body, report.other.body, report.preamble ?? []];
}

/** A text with every sixth ideograph or so replaced by one of the pool, and every digit by another. */
function vary(text: string, pool: readonly string[], next: () => number): string {
  return [...text]
    .map((character) => {
      if (DIGIT.test(character)) return String(1 + Math.floor(next() * 9));
      if (HAN.test(character) && next() < 0.16) return pool[Math.floor(next() * pool.length)]!;
      return character;
    })
    .join("");
}

/**
 * The report of one run: as long as the example and made of its characters, but with other words in every paragraph and
 * other figures in every cell, so that nothing set for one run can be taken from a cache in the next.
 */
export function variant(example: Report, run: number): Report {
  const report = structuredClone(example);
  const form = formOf(report.edition);
  if (!form) throw new Error(`no edition ${report.edition}`);
  const next = random(run + 1);
  const pool = [...new Set(narratives(example).flatMap((items) => items.flatMap(({ text }) => [...text])))].filter(
    (character) => HAN.test(character),
  );
  for (const item of narratives(report).flat()) (item as { text: string }).text = vary(item.text, pool, next);
  const totals = new Set(totalCells(form).map(({ pointer }) => pointer));
  for (const { pointer } of formCells(form)) {
    const value = getCell(report, pointer);
    if (totals.has(pointer)) setCell(report, pointer, undefined);
    else if (typeof value === "number") setCell(report, pointer, value + Math.floor(next() * 9));
  }
  return completeTotals(form, report);
}

/** The report with narratives of as many characters together, paragraphs of the example's lengths. */
export function longVariant(example: Report, characters: number, run: number): Report {
  const report = structuredClone(variant(example, run)) as {
    preamble?: Item[];
    overview: { body: Item[] };
    problems: { body: Item[] };
    other: { body: Item[] };
  };
  const body: Item[] = [];
  let left = characters;
  for (let turn = 0; left > 0; turn += 1) {
    for (const item of variant(example, run + 1000 * (turn + 1)).overview.body) {
      if (left <= 0) break;
      const text = [...item.text].slice(0, left).join("");
      left -= [...text].length;
      body.push({ ...item, text });
    }
  }
  // Three quarters in 一, the rest in 五; 六 keeps one paragraph of the count.
  const cut = Math.max(1, Math.floor(body.length * 0.75));
  report.overview.body = body.slice(0, cut);
  report.problems.body = body.slice(cut, -1);
  report.other.body = body.slice(-1);
  report.preamble = [];
  return report as unknown as Report;
}
