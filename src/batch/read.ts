import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { canonicalJson } from "../basics/canonical-json.ts";
import { ExplainedError } from "../basics/explained-error.ts";
import type { Finding } from "../basics/finding.ts";
import { sha256 } from "../basics/hash.ts";
import { isOutOfMemory } from "../confined/worker.ts";
import { getCell, setCell } from "../form/cells.ts";
import type { Account, Imported } from "../import/account.ts";
import { importReport } from "../import/import.ts";
import type { ReadLine } from "./journal.ts";
import type { Organs } from "./organs.ts";
import { problems } from "./problems.ts";
import type { Results } from "./results.ts";
import { ACCOUNT, IMPORTED, pathOf, type ReadTask, type Settings } from "./settings.ts";

/** What reading needs besides the file. */
export interface ReadContext extends Settings {
  readonly organList: Organs | undefined;
}

/** What reading a file has to do with: the same key, the same outcome. */
const keyOf = (bytes: Uint8Array, { program, organs }: Settings): string =>
  sha256(canonicalJson({ program, organs: organs ? sha256(organs.bytes) : null, file: sha256(bytes) }));

/** The organ's code from the list, where the file does not say it; what the list and the report disagree on. */
function withListed(
  { report, account }: Imported,
  organs: Organs,
): { readonly report: Imported["report"]; readonly findings: readonly Finding[] } {
  const { findings } = account;
  const [name, uscc] = [getCell(report, "/organ/name"), getCell(report, "/organ/uscc")];
  const listed = typeof name === "string" ? organs.named(name) : undefined;
  if (typeof uscc !== "string" || uscc === "") {
    if (!listed) return { report, findings: name === undefined ? findings : [...findings, problems.notListed()] };
    const completed = structuredClone(report);
    setCell(completed, "/organ/uscc", listed.uscc);
    const rest = findings.filter((f) => f.id !== "I-USCC");
    return { report: completed, findings: [...rest, problems.coded(listed.name, listed.uscc)] };
  }
  if (listed && listed.uscc !== uscc)
    return { report, findings: [...findings, problems.otherCode(listed.name, listed.uscc)] };
  return { report, findings: listed || organs.coded(uscc) ? findings : [...findings, problems.notListed()] };
}

/** Whether what was made of the file before is still there. */
const stillThere = (folder: string, name: string): boolean => {
  try {
    return statSync(join(folder, name)).size > 0;
  } catch {
    return false;
  }
};

const unreadable = (line: Pick<ReadLine, "id" | "key">, zh: string, en: string): ReadLine => ({
  step: "read",
  ...line,
  outcome: "unreadable",
  findings: [problems.unreadable(zh, en)],
});

/** The report, and the account where it says more than that every figure is the file's own data. */
const filesOf = (account: Account, report: unknown): Results["files"] => [
  account.cells.some(({ how }) => how !== "exact")
    ? { name: ACCOUNT, bytes: Buffer.from(`${JSON.stringify(account, null, 1)}\n`) }
    : { name: ACCOUNT },
  { name: IMPORTED, bytes: Buffer.from(`${JSON.stringify(report, null, 2)}\n`) },
];

/**
 * Makes a report of a file.
 * @returns what to write down and to keep, or nothing where that was done before
 */
export async function readFile(task: ReadTask, context: ReadContext): Promise<Results | undefined> {
  const { id, path } = task;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    const { message } = error as Error;
    const line = unreadable({ id, key: "" }, `读不到这个文件：${message}`, `The file cannot be read: ${message}`);
    return { line, files: [] };
  }
  const key = keyOf(bytes, context);
  if (key === task.known?.key && (!task.known.made || stillThere(join(context.out, id), IMPORTED))) return undefined;
  let imported: Imported;
  try {
    imported = await importReport(bytes, { name: basename(pathOf(id)) });
  } catch (error) {
    if (!(error instanceof ExplainedError)) throw error;
    return { line: unreadable({ id, key }, error.message, error.messageEn), cleared: true, files: [] };
  }
  const { organList } = context;
  const { report, findings } = organList
    ? withListed(imported, organList)
    : { report: imported.report, findings: imported.account.findings };
  const { account } = imported;
  const text = (pointer: string) => {
    const value = getCell(report, pointer);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [uscc, organ, year] = [text("/organ/uscc"), text("/organ/name"), getCell(report, "/year")];
  const line: ReadLine = {
    step: "read",
    id,
    key,
    outcome: "read",
    format: account.format,
    report: sha256(canonicalJson(report)),
    ...(uscc === undefined ? {} : { uscc }),
    ...(organ === undefined ? {} : { organ }),
    ...(Number.isSafeInteger(year) ? { year: year as number } : {}),
    findings,
  };
  return { line, files: filesOf({ ...account, findings }, report) };
}
