import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import type { Report } from "../../generated/report.ts";
import type { Finding } from "../../src/basics/finding.ts";
import type { JournalLine } from "../../src/batch/journal.ts";
import type { FileSummary, OrganSummary, Summary } from "../../src/batch/summary.ts";
import { validate } from "../../src/check/validate.ts";
import { distinctReport } from "./distinct.ts";
import { reportPage } from "./written.ts";

const COMMAND = fileURLToPath(new URL("../../bin/nianbao.mjs", import.meta.url));

/** The summary as its file has it. */
export interface WrittenSummary extends Omit<Summary, "organs"> {
  readonly organs: readonly (Omit<OrganSummary, "files"> & {
    readonly files: readonly (FileSummary & { readonly findings: readonly Finding[] })[];
  })[];
}

/** A run of `nianbao batch`. */
export interface BatchRun {
  readonly process: ReturnType<typeof spawn>;
  readonly ended: Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }>;
}

/**
 * Starts `nianbao batch` with two processes and a date of its own, and time enough for a machine that is
 * busy with other tests.
 * @param command another one than that of the project
 */
export function startBatch(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  command = COMMAND,
): BatchRun {
  // A busy machine is no reason to give a file up.
  const patience = args.includes("--timeout") ? [] : ["--timeout", "120"];
  const jobs = args.includes("--cloud") ? [] : ["--jobs", "2"];
  const child = spawn(process.execPath, [command, "batch", ...jobs, ...patience, "--date", "2026-02-01", ...args], {
    env: { ...process.env, NIANBAO_LANG: "zh", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { process: child, ended: ended.then((status) => ({ status, ...texts })) };
}

export const runBatch = (args: readonly string[], env?: Readonly<Record<string, string>>, command?: string) =>
  startBatch(args, env, command).ended;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is there until the test file ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "nianbao-batch-"));
  folders.push(folder);
  return folder;
}

/**
 * The built command in a folder of its own, whose reading processes begin with `fault.mjs`.
 * @param once see there
 */
export function faultyCommand(once: string): string {
  const root = newFolder();
  const built = fileURLToPath(new URL("../../", import.meta.url));
  for (const folder of ["bin", "dist/cli"])
    for (const entry of readdirSync(join(built, folder), { recursive: true, withFileTypes: true })) {
      const from = join(entry.parentPath, entry.name);
      const to = join(root, from.slice(built.length));
      if (entry.isDirectory()) mkdirSync(to, { recursive: true });
      else {
        mkdirSync(dirname(to), { recursive: true });
        copyFileSync(from, to);
      }
    }
  const program = join(root, "dist/cli/batch-process.mjs");
  renameSync(program, join(root, "dist/cli/sound.mjs"));
  const fault = new URL("fault.mjs", import.meta.url).href;
  writeFileSync(
    program,
    `globalThis.faultOnce = ${JSON.stringify(once)};\nawait import(${JSON.stringify(fault)});\nawait import("./sound.mjs");\n`,
  );
  return join(root, "bin/nianbao.mjs");
}

/** Writes files by their paths. */
export function writeFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** The page of a report, as an organ publishes it. */
export const pageOf = (report: unknown): Uint8Array => {
  const { report: sound, findings } = validate(report);
  if (!sound) throw new Error(JSON.stringify(findings));
  return reportPage(sound as Report);
};

/** Reports of so many organs, as JSON and as pages in turn, in folders. */
export const reportFiles = (count: number): Record<string, string | Uint8Array> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const report = distinctReport(i + 1);
      const name = `${["市直", "县区"][i % 2]}/${report.organ.name}`;
      return i % 3 === 2 ? [`${name}.html`, pageOf(report)] : [`${name}.json`, JSON.stringify(report)];
    }),
  );

/** The list of those organs. */
export const organList = (count: number): string =>
  `名称,统一社会信用代码,行政区划\n${Array.from({ length: count }, (_, i) => {
    const { organ } = distinctReport(i + 1);
    return `${organ.name},${organ.uscc},${organ.uscc.slice(2, 8)}\n`;
  }).join("")}`;

export const summaryOf = (out: string): WrittenSummary =>
  JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as WrittenSummary;

/** The files of a summary by path. */
export const filesOf = (summary: WrittenSummary) =>
  new Map(summary.organs.flatMap(({ files }) => files.map((file) => [file.path, file] as const)));

/** Every file of a folder and the hash of its content; without the journal, which says in which order things were done. */
export const hashesOf = (root: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "batch.jsonl")
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(root.length + 1), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );

/** The lines of a journal, without its head and a last line that was cut short. */
export const journalOf = (out: string): JournalLine[] => {
  try {
    return readFileSync(join(out, "batch.jsonl"), "utf8")
      .split("\n")
      .slice(1, -1)
      .map((line) => JSON.parse(line) as JournalLine);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
};

/** A text in GB18030: of its characters those that have one byte there, or two. */
export function inGb18030(text: string): Uint8Array {
  const decoder = new TextDecoder("gb18030");
  const codes = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1)
      if (trail !== 0x7f) codes.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
  return new Uint8Array(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0)!;
      if (code < 0x80) return [code];
      const pair = codes.get(character);
      if (!pair) throw new Error(`${character} has four bytes in GB18030`);
      return pair;
    }),
  );
}
