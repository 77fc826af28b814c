/** What `nianbao roster` does; loaded when it is used. */
import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import type { Finding } from "../src/basics/finding.ts";
import type { Roster } from "../src/roster/roster.ts";
import type { ListedRow } from "../src/roster/table.ts";
import { Complaint, EXIT } from "./exit.ts";
import { printed } from "./findings.ts";
import { nameOf, readBytes, readJson, reasonOf } from "./input.ts";
import { say } from "./language.ts";
import { printJson, styled, writeOutput } from "./output.ts";

/** Where a roster is of and goes to. */
export interface MakeOptions {
  readonly division: string;
  readonly output: string;
}

function tell(findings: readonly Finding[]): void {
  for (const finding of findings) console.error(printed(finding, process.stderr));
}

/**
 * A roster of a file that has no errors.
 * @throws {Complaint} when it has
 */
export async function readRoster(file: string): Promise<Roster> {
  const { checkRoster } = await import("../src/roster/check.ts");
  const { roster, findings } = checkRoster(await readJson(file));
  if (roster) return roster;
  tell(findings.filter(({ level }) => level === "error"));
  throw new Complaint(say(`${nameOf(file)}不是没有错误的名录`, `${nameOf(file)} is no roster without errors`));
}

/** Checks a roster and prints what is found. */
export async function checkFile(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { checkRoster } = await import("../src/roster/check.ts");
  const { roster, findings } = checkRoster(await readJson(file));
  if (json) printJson({ valid: roster !== undefined, organs: roster?.organs.length, findings });
  else tell(findings);
  if (!json && roster)
    console.error(
      styled("green", say(`名录有${roster.organs.length}个机关`, `${roster.organs.length} organs`), process.stderr),
    );
  process.exitCode = roster ? EXIT.well : EXIT.wrong;
}

/** What a list says; what cannot be taken goes to standard error. @returns the rows and whether all were taken */
async function rowsOf(file: string): Promise<{ readonly rows: readonly ListedRow[]; readonly sound: boolean }> {
  const { readList } = await import("../src/roster/read.ts");
  const bytes = file === "-" ? await readBytes(file) : await readFile(file).catch(unreadable(file));
  const { rows, problems, beside } = await readList(bytes, basename(file));
  for (const { where, zh, en } of problems) console.error(`${nameOf(file)} ${where}  ${say(zh, en)}`);
  for (const text of beside)
    console.error(say(`${nameOf(file)} 没有读入：${text}`, `${nameOf(file)} not taken: ${text}`));
  return { rows, sound: problems.length === 0 };
}

const unreadable = (file: string) => (error: unknown) => {
  throw new Complaint(say(`读不到${file}：${reasonOf(error)}`, `cannot read ${file}: ${reasonOf(error)}`));
};

/** Makes a roster of lists. @param guess whether superiors that no list names are taken from divisions */
export async function makeRoster(
  files: readonly string[],
  { division, output }: MakeOptions,
  guess: boolean,
): Promise<void> {
  const { draftRoster } = await import("../src/roster/draft.ts");
  const { checkRoster } = await import("../src/roster/check.ts");
  const lists = [];
  for (const file of files) lists.push(await rowsOf(file));
  const { roster, problems, guessed } = draftRoster(
    division,
    lists.flatMap(({ rows }) => rows),
    guess,
  );
  for (const { where, zh, en } of problems) console.error(`${where}  ${say(zh, en)}`);
  await writeOutput(output, new TextEncoder().encode(`${JSON.stringify(roster, null, 2)}\n`));
  const checked = checkRoster(roster);
  tell(checked.findings);
  const { kinds, superiors } = guessed;
  console.error(
    say(
      `${roster.organs.length}个机关${kinds + superiors > 0 ? `；按名称推定类别${kinds}个，按行政区划推定上级${superiors}个，请核对` : ""}`,
      `${roster.organs.length} organs${kinds + superiors > 0 ? `; ${kinds} kinds by name, ${superiors} superiors by division: look them over` : ""}`,
    ),
  );
  const sound = checked.roster && problems.length === 0 && lists.every((list) => list.sound);
  process.exitCode = sound ? EXIT.well : EXIT.wrong;
}

/** Writes a roster as a table. */
export async function exportFile(file: string, { output }: { readonly output: string }): Promise<void> {
  const roster = await readRoster(file);
  const { rosterCsv, rosterXlsx } = await import("../src/roster/write.ts");
  const kind = extname(output).toLowerCase();
  if (output !== "-" && kind !== ".csv" && kind !== ".xlsx")
    throw new Complaint(say(`${output}应以 .csv 或 .xlsx 结尾`, `${output} must end in .csv or .xlsx`));
  await writeOutput(output, kind === ".xlsx" ? await rosterXlsx(roster) : rosterCsv(roster));
}
