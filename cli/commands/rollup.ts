import { readdir } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Filed } from "../../src/rollup/files.ts";
import type { Redraw } from "../../src/rollup/redraw.ts";
import type { Rollup, Sources } from "../../src/rollup/rollup.ts";
import { command, repeatable } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { Complaint, EXIT } from "../exit.ts";
import { printed } from "../findings.ts";
import { readJson, reasonOf } from "../input.ts";
import { say } from "../language.ts";
import { styled, writeOutput } from "../output.ts";
import { readRoster } from "./roster.ts";

interface Options {
  readonly roster: string;
  readonly year: number;
  readonly division?: string;
  readonly output: string;
  readonly sources?: string;
  readonly byHand: readonly string[];
  readonly edited?: string;
  readonly before?: string;
}

export const rollupCommand = (): Command =>
  refusing(described(), {
    needs: [
      ["edited", "before"],
      ["before", "edited"],
    ],
  });

const described = (): Command =>
  command(
    "rollup",
    "nianbao rollup 2025年度报告-checked --roster roster.json --year 2025 -o draft.json",
    "nianbao rollup 报告 --roster roster.json --year 2025 --division 371502 -o draft.json",
    "nianbao rollup 报告 --roster roster.json --year 2025 --by-hand 某局.json --sources sources.json -o draft.json",
  )
    .summary(say("汇总：由各机关的报告起草本级政府的报告", "sum organs' reports up to their government's"))
    .description(
      say(
        "按名录把一个目录里各机关的报告（JSON，如批量核查的结果）汇总成本级政府的报告草稿：下级政府有自己的报告的，以它为准，不再加它的机关。\n" +
          "草稿的正文待改写、成文日期待填；缺哪些机关、哪些没有汇总，写到标准错误。退出码：0 各机关都有，1 有缺的，2 命令没有执行成。",
        "Sums the reports of organs in a folder (JSON, e.g. the results of a batch) up to a draft of their government's, by a roster: a lower government's own report stands for its organs.\n" +
          "The draft's text is to be written and its date to be filled in; who is missing and what was not counted goes to standard error. Exit codes: 0 all are there, 1 some are missing, 2 not carried out.",
      ),
    )
    .argument("<dir>", say("放着报告（JSON）的目录，任何深度", "the folder of reports (JSON), at any depth"))
    .requiredOption("--roster <file>", say("名录（JSON）", "the roster (JSON)"))
    .addOption(
      new Option("--year <year>", say("报告年度", "the report year"))
        .argParser((text: string): number => {
          if (!/^\d{4}$/.test(text))
            throw new InvalidArgumentError(say("应为四位年度", "it must be a year of four digits"));
          return Number(text);
        })
        .makeOptionMandatory(),
    )
    .option(
      "--division <code>",
      say("汇总哪个行政区划，默认为名录的", "the division to sum up, by default the roster's own"),
    )
    .option("-o, --output <file>", say("草稿写到哪个文件", "where to write the draft"), "-")
    .option(
      "--sources <file>",
      say("来源（各机关、各格）以JSON写到文件", "write the sources, organ by organ and cell by cell, there as JSON"),
    )
    .addOption(
      repeatable(
        new Option(
          "--by-hand <file>",
          say(
            "为没有公布的机关补录的报告，可以写几次",
            "a report for an organ that has not published; may be given again",
          ),
        )
          .argParser((file: string, files: readonly string[]) => [...files, file])
          .default([], say("没有", "none")),
      ),
    )
    .option(
      "--edited <file>",
      say("再次汇总：改过的草稿，改动之处保留", "draw up again: the draft as it was edited; what was changed stays"),
    )
    .option(
      "--before <file>",
      say(
        "再次汇总：该草稿的来源（--sources 写出的）",
        "draw up again: what it was drawn up from (as --sources wrote it)",
      ),
    )
    .action(rollUpFolder);

/** The JSON files of a folder that are meant to be reports, by their paths. */
async function reportsIn(dir: string, except: readonly string[]): Promise<readonly Filed[]> {
  const { isReportLike } = await import("../../src/rollup/files.ts");
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

async function rollUpFolder(dir: string, options: Options): Promise<void> {
  const { year, output, sources, byHand } = options;
  const roster = await readRoster(options.roster);
  const division = options.division ?? roster.division;
  const [{ filedStandings, withByHand }, { draftFile, regionOf, rollUp }] = await Promise.all([
    import("../../src/rollup/files.ts"),
    import("../../src/rollup/rollup.ts"),
  ]);
  const government = regionOf(roster, division, year).government.organ.uscc;
  const { edited, before } = options;
  const written = [options.roster, output, sources, edited, before, ...byHand].filter((file) => file !== undefined);
  const there = filedStandings(await reportsIn(dir, written), roster, { year, government });
  const put: Filed[] = [];
  for (const file of byHand) put.push({ value: await readJson(file), file });
  const hand = filedStandings(put, roster, { year, government, byHand: true });
  const { standings, notCounted } = withByHand(there.standings, hand, roster);
  const rollup = rollUp({
    roster,
    division,
    year,
    standings,
    previous: there.previous ?? hand.previous,
    notCounted: [...there.notCounted, ...notCounted],
  });
  const again = await drawnAgain(rollup, options);
  await writeOutput(output, draftFile((again ?? rollup).draft));
  if (sources !== undefined) await writeOutput(sources, draftFile(rollup.sources));
  tell(rollup);
  if (again) tellAgain(again);
  const own = there.own ?? hand.own;
  if (own) {
    const { sumFindings } = await import("../../src/rollup/compare.ts");
    for (const finding of sumFindings(own, rollup.sources)) console.error(printed(finding, process.stderr));
  }
  process.exitCode = rollup.sources.organs.missing === 0 ? EXIT.well : EXIT.wrong;
}

/** The draft with what was edited by hand; undefined where it is drawn up for the first time. */
async function drawnAgain(rollup: Rollup, { edited, before }: Options): Promise<Redraw | undefined> {
  if (edited === undefined || before === undefined) return undefined;
  const { isSources, redraw } = await import("../../src/rollup/redraw.ts");
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
