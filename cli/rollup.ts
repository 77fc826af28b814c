/** What `nianbao rollup` does; loaded when it is used. */
import { readdir } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { Filed } from "../src/rollup/files.ts";
import type { Redraw } from "../src/rollup/redraw.ts";
import type { Rollup, Sources } from "../src/rollup/rollup.ts";
import { Complaint, EXIT } from "./exit.ts";
import { printed } from "./findings.ts";
import { readJson, reasonOf } from "./input.ts";
import { say } from "./language.ts";
import { styled, writeOutput } from "./output.ts";
import { readRoster } from "./rosters.ts";

/** The options of the command. */
export interface RollupOptions {
  readonly roster: string;
  readonly year: number;
  readonly division?: string;
  readonly output: string;
  readonly sources?: string;
  readonly byHand: readonly string[];
  readonly edited?: string;
  readonly before?: string;
}

/** The JSON files of a folder that are meant to be reports, by their paths. */
async function reportsIn(dir: string, except: readonly string[]): Promise<readonly Filed[]> {
  const { isReportLike } = await import("../src/rollup/files.ts");
  const found = await readdir(dir, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new Complaint(
      say(`读不到目录${dir}：${reasonOf(error)}`, `cannot read the folder ${dir}: ${reasonOf(error)}`),
    );
  });
  const left = new Set(except.map((file) => resolve(file)));
  const files = found
    .filter((entry) => entry.isFile() && /\.json$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !left.has(resolve(file)))
    .sort((a, b) => (a < b ? -1 : 1));
  const filed: Filed[] = [];
  for (const file of files) {
    const value = await readJson(file);
    if (isReportLike(value)) filed.push({ value, file: relative(dir, file).split(sep).join("/") });
  }
  return filed;
}

/**
 * Draws up a report from a folder of reports, and writes down what it stands on.
 * @throws {Complaint} when something cannot be read or written
 */
export async function rollUpFolder(dir: string, options: RollupOptions): Promise<void> {
  const { year, output, sources, byHand } = options;
  const roster = await readRoster(options.roster);
  const division = options.division ?? roster.division;
  const [{ filedStandings, withByHand }, { draftFile, regionOf, rollUp }] = await Promise.all([
    import("../src/rollup/files.ts"),
    import("../src/rollup/rollup.ts"),
  ]);
  const government = regionOf(roster, division, year).government.organ.uscc;
  const { edited, before } = options;
  const written = [options.roster, output, sources, edited, before, ...byHand].filter((file) => file !== undefined);
  const there = filedStandings(await reportsIn(dir, written), roster, { year, government });
  const put: Filed[] = [];
  for (const file of byHand) put.push({ value: await readJson(file), file });
  const hand = filedStandings(put, roster, { year, government, byHand: true });
  const rollup = rollUp({ roster, division, year, ...withByHand(there, hand, roster) });
  const again = await drawnAgain(rollup, options);
  await writeOutput(output, draftFile((again ?? rollup).draft));
  if (sources !== undefined) await writeOutput(sources, draftFile(rollup.sources));
  tell(rollup);
  if (again) tellAgain(again);
  const own = there.own ?? hand.own;
  if (own) {
    const { sumFindings } = await import("../src/rollup/compare.ts");
    for (const finding of sumFindings(own, rollup.sources)) console.error(printed(finding, process.stderr));
  }
  process.exitCode = rollup.sources.organs.missing === 0 ? EXIT.well : EXIT.wrong;
}

/** The draft with what was edited by hand; undefined where it is drawn up for the first time. */
async function drawnAgain(rollup: Rollup, { edited, before }: RollupOptions): Promise<Redraw | undefined> {
  if (edited === undefined || before === undefined) return undefined;
  const { isSources, redraw } = await import("../src/rollup/redraw.ts");
  const sources = await readJson(before);
  if (!isSources(sources))
    throw new Complaint(say(`${before}不是 --sources 写出的来源`, `${before} is not what --sources wrote`));
  return redraw(await readJson(edited), sources, rollup);
}

function tellAgain({ cells, texts }: Redraw): void {
  const shown = (value: Redraw["cells"][number]["now"]): string =>
    value === null ? "—" : typeof value === "object" ? `${value.amount}${value.unit}` : String(value);
  for (const { label, before, now, kept } of cells)
    console.error(
      `${label}  ${shown(before)} → ${shown(now)}${kept === undefined ? "" : say(`  保留改动：${shown(kept)}`, `  kept: ${shown(kept)}`)}`,
    );
  if (texts.length > 0)
    console.error(say(`保留改过的正文：${texts.join("、")}`, `kept as written: ${texts.join(", ")}`));
}

const STATES: Readonly<Record<Sources["missing"][number]["state"], readonly [string, string]>> = {
  missing: ["没有报告", "no report"],
  withdrawn: ["已撤回", "withdrawn"],
  unusable: ["不能汇总", "cannot be summed"],
};

function tell({ sources }: Rollup): void {
  const { government, organs, missing, replaced, notCounted, left, year } = sources;
  const stream = process.stderr;
  const reasonOfState = (state: (typeof missing)[number]["state"], reason?: { zh: string; en: string }): string =>
    say(STATES[state][0], STATES[state][1]) + (reason ? say(`：${reason.zh}`, `: ${reason.en}`) : "");
  console.error(
    styled(
      "bold",
      say(
        `${government.name}${year}年度：应汇总${organs.expected}个机关，已汇总${organs.reported}个，缺${organs.missing}个`,
        `${government.name} ${year}: ${organs.reported} of ${organs.expected} organs, ${organs.missing} missing`,
      ),
      stream,
    ),
  );
  const byHand = sources.sources.filter((source) => source.byHand);
  for (const { name } of byHand) console.error(say(`补录  ${name}`, `by hand  ${name}`));
  for (const { name, state, reason } of missing)
    console.error(`${styled("yellow", say("缺", "missing"), stream)}  ${name}  ${reasonOfState(state, reason)}`);
  for (const { name, expected, reported, state, reason } of replaced)
    console.error(
      say(
        `代  ${name}${reasonOfState(state, reason)}，以所属机关代替（${expected}个中有${reported}个）`,
        `instead  of ${name} (${reasonOfState(state, reason)}): ${reported} of its ${expected} organs`,
      ),
    );
  for (const { name, file, why } of notCounted)
    console.error(
      `${say("未计", "not counted")}  ${[name, file].filter((each) => each !== undefined).join("  ")}  ${say(why.zh, why.en)}`,
    );
  if (left.length > 0)
    console.error(
      say(
        `待填  ${left.length}格不能相加：${left.map(({ label }) => label).join("、")}`,
        `to fill in  ${left.length} cells that are no sum`,
      ),
    );
}
