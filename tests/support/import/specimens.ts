/** Reports to make files of: the two that were published, and any number of others that add up. */
import { readFileSync } from "node:fs";
import type { Report } from "../../../generated/report.ts";
import { setCell } from "../../../src/form/cells.ts";
import { completeTotals } from "../../../src/form/complete.ts";
import type { TableSection } from "../../../src/form/form.ts";
import { formCells } from "../../../src/form/form-cells.ts";
import { formForYear, formOf } from "../../../src/form/forms.ts";
import { leafColumns, leafRows } from "../../../src/form/tree.ts";
import { usccCheckCharacter } from "../../../src/rules/check-character.ts";
import { type Random, randomFrom } from "./random.ts";
import { narrativeOf, ORGANS, preambleOf } from "./words.ts";

const example = (name: string): Report => {
  const url = new URL(`../../../examples/${name}.json`, import.meta.url);
  const report = JSON.parse(readFileSync(url, "utf8")) as Report;
  return completeTotals(formOf(report.edition)!, report);
};

/** The figures that two organs published (examples/). */
export const liaocheng = example("liaocheng-2020");
export const hangzhou = example("hangzhou-2025");

export interface Wanted {
  readonly year: number;
  /** Whether every figure is another and none is 0, so that one in another's place is seen. */
  readonly dense?: boolean;
}

/** Figures of section 三 that add up, column by column. */
function requestsOf(
  report: object,
  { key, parts: [part] }: TableSection,
  edition: string,
  random: Random,
  dense: boolean,
): void {
  const rows = leafRows(part!.rows!).filter((row) => !row.total);
  const results = rows.filter((row) => row.path.startsWith("results/"));
  for (const column of leafColumns(formOf(edition)!, part!.columns)) {
    if (column.total) continue;
    const figure = (): number => (dense ? 1 + random.below(97) : random.below(3) === 0 ? random.below(400) : 0);
    const set = (row: string, value: number) => setCell(report, `/${key}/${row}/${column.path}`, value);
    let done = 0;
    for (const row of results) {
      const value = figure();
      done += value;
      set(row.path, value);
    }
    const carriedIn = Math.min(done, figure());
    const carriedOut = figure();
    set("carriedIn", carriedIn);
    set("carriedOut", carriedOut);
    set("received", done + carriedOut - carriedIn);
  }
}

/** A report whose figures add up; the same for the same seed. */
export function generated(seed: number, { year, dense = false }: Wanted): Report {
  const random = randomFrom(seed);
  const form = formForYear(year)!;
  const code =
    `11370${1 + random.below(9)}${String(10 + random.below(80))}MB${String(random.below(10_000_000)).padStart(7, "0")}`.slice(
      0,
      17,
    );
  const report: Record<string, unknown> = {
    edition: form.edition,
    year,
    organ: { name: random.pick(ORGANS), uscc: `${code}${usccCheckCharacter(code)}` },
    signed: `${year + 1}-01-${String(1 + random.below(31)).padStart(2, "0")}`,
    preamble: preambleOf(random, year),
  };
  for (const section of form.sections) {
    if (section.kind === "narrative") report[section.key] = { body: narrativeOf(section, random, form.edition) };
    if (section.kind === "table" && section.key === "requests")
      requestsOf(report, section, form.edition, random, dense);
  }
  let next = 11 + random.below(50);
  for (const { section, pointer, type, total, units } of formCells(form)) {
    if (section.key === "requests" || total) continue;
    next += 1 + random.below(20);
    // What is disclosed in all is more than what was newly disclosed (T2-PUBLISHED).
    const count =
      (dense ? next : random.below(3) > 0 ? random.below(5000) : 0) + (/totalDisclosed$/.test(pointer) ? 5000 : 0);
    if (type === "money")
      setCell(report, pointer, { amount: `${count}.${1 + random.below(9)}`, unit: random.pick(units!) });
    else if (type === "signed") setCell(report, pointer, dense || random.below(2) ? count : 0);
    else setCell(report, pointer, count);
  }
  return completeTotals(form, report as unknown as Report);
}
