/** Every mutation in every format that can show it, each at its own place: what happens to what was in the file. */

import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../../../../src/basics/finding.ts";
import { validate } from "../../../../src/check/validate.ts";
import { getCell } from "../../../../src/form/cells.ts";
import { formCells } from "../../../../src/form/form-cells.ts";
import { formOf } from "../../../../src/form/forms.ts";
import { importReport } from "../../../../src/import/import.ts";
import { ImportError } from "../../../../src/import/import-error.ts";
import { type FormatName, writeAs } from "../formats.ts";
import { type Made, make } from "../made.ts";
import { randomFrom } from "../random.ts";
import { generated } from "../specimens.ts";
import { CELLS } from "./cells.ts";
import { FILES } from "./files.ts";
import { type Mutation, ROW } from "./mutation.ts";
import { OWN, ownFile } from "./own.ts";
import { TABLES } from "./tables.ts";
import { WORDS } from "./words.ts";

const MUTATIONS: readonly Mutation[] = [...CELLS, ...TABLES, ...WORDS, ...FILES];
const ANYWHERE: readonly FormatName[] = [
  "HTML in UTF-8",
  "DOCX of Word",
  "XLSX of one sheet",
  "CSV in UTF-8",
  "HTML in GBK",
  "DOCX of WPS",
  "TSV",
  "Excel's clipboard",
  "WPS's clipboard",
  "XLSX of a sheet for each section",
  "PDF",
];
/** Figures that are all different, so that none can take another's place unseen. */
const REPORTS = [generated(101, { year: 2020, dense: true }), generated(102, { year: 2023, dense: true })] as const;

/**
 * `refused`: no report was made; `reported`: a finding says where; `vague`: a finding does not say where; `unharmed`: the
 * report is whole all the same; `silent`: the report, or a figure of it, is another and nobody was told; `crashed`: an error of no import.
 */
export type Outcome = "refused" | "reported" | "vague" | "unharmed" | "silent" | "crashed";

export interface Result {
  readonly name: string;
  readonly kind: string;
  readonly format: string;
  readonly outcome: Outcome;
  /** What came of it, for people. */
  readonly details: string;
}

interface Read {
  readonly report: unknown;
  readonly findings: readonly Finding[];
}

async function read(bytes: Uint8Array, name: string, uscc: string): Promise<Read | Error> {
  try {
    const { report, account } = await importReport(bytes, { name, uscc });
    return { report, findings: [...account.findings, ...validate(report).findings] };
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

const alarms = (findings: readonly Finding[]): Map<string, Finding> =>
  new Map(
    findings
      .filter(({ level }) => level !== "information")
      .map((finding) => [
        `${finding.id} ${finding.message} ${finding.cells.map(({ pointer }) => pointer).join()}`,
        finding,
      ]),
  );

/** A cell, words of the form or of the file, or a row by its number. */
const names = (finding: Finding, place: string): boolean =>
  place === ROW
    ? /第\d+个表第\d+行/.test(finding.message)
    : place.startsWith("/")
      ? finding.cells.some(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`))
      : finding.message.includes(place) || finding.cells.some(({ label }) => label.includes(place));

/**
 * Figures that are others than they were, and that no alarm names. In section 二, which has no sums, an alarm in the row
 * will do; where characters were lost, that this is said of the file.
 */
function shifted(before: Read, after: Read): string[] {
  const told = [...alarms(after.findings).values()];
  if (told.some(({ id, level }) => id === "I-ENCODING" && level === "error")) return [];
  const edition = getCell(before.report, "/edition");
  // On another edition, which is told, the figures are others.
  if (edition !== getCell(after.report, "/edition")) return [];
  return formCells(formOf(edition)!).flatMap(({ pointer }) => {
    const [was, is] = [getCell(before.report, pointer), getCell(after.report, pointer)];
    const place = pointer.startsWith("/disclosure/") ? pointer.slice(0, pointer.lastIndexOf("/")) : pointer;
    if (is === undefined || isDeepStrictEqual(was, is) || told.some((finding) => names(finding, place))) return [];
    return [`${pointer}: ${JSON.stringify(was)} → ${JSON.stringify(is)}`];
  });
}

function judge(before: Read, after: Read | Error, places: readonly string[]): Pick<Result, "outcome" | "details"> {
  if (after instanceof ImportError) return { outcome: "refused", details: after.message };
  if (after instanceof Error) return { outcome: "crashed", details: String(after.stack) };
  const known = alarms(before.findings);
  const fresh = [...alarms(after.findings)].filter(([key]) => !known.has(key)).map(([, finding]) => finding);
  const details = fresh.map(({ id, message }) => `${id} ${message}`).join("\n    ");
  if (fresh.length === 0)
    return isDeepStrictEqual(before.report, after.report)
      ? { outcome: "unharmed", details }
      : { outcome: "silent", details };
  const unnamed = shifted(before, after);
  if (unnamed.length > 0) return { outcome: "silent", details: `${unnamed.join("\n    ")}\n    ${details}` };
  const named = places.length === 0 || fresh.some((finding) => places.some((place) => names(finding, place)));
  return { outcome: named ? "reported" : "vague", details };
}

interface Job {
  readonly mutation: Mutation;
  readonly format: FormatName;
  readonly seed: number;
}

/** Every mutation in its formats; one that any format can show in three of them, turn by turn. */
function jobs(): Job[] {
  let turn = 0;
  return MUTATIONS.flatMap((mutation, i) =>
    Array.from({ length: mutation.times ?? 1 }).flatMap((_, time) => {
      const formats = mutation.formats ?? [0, 1, 2].map(() => ANYWHERE[turn++ % ANYWHERE.length]!);
      return formats.map((format, j): Job => ({ mutation, format, seed: i * 100 + time * 10 + j }));
    }),
  );
}

/**
 * What came of every mutation.
 * @param round another round has the same kinds at other places
 */
export async function results(round = 0): Promise<Result[]> {
  const untouched = new Map<string, Promise<{ bytes: Uint8Array; name: string; before: Read }>>();
  const original = (format: FormatName, which: 0 | 1) => {
    const key = `${format} ${which}`;
    const known =
      untouched.get(key) ??
      (async () => {
        const report = REPORTS[which];
        const { bytes, name } = await writeAs(format, make(report, []).paper);
        const before = await read(bytes, name, report.organ.uscc);
        if (before instanceof Error) throw before;
        return { bytes, name, before };
      })();
    untouched.set(key, known);
    return known;
  };
  const found: Result[] = [];
  for (const { mutation, format, seed } of jobs()) {
    const which = (seed % 2) as 0 | 1;
    const random = randomFrom(seed + round * 100_000);
    const report = REPORTS[which];
    const made: Made = make(report, []);
    const { bytes, name, before } = await original(format, which);
    const damage = mutation.apply?.(made, random);
    if (mutation.apply && !damage) continue;
    const spoiled = mutation.spoil?.(bytes, random);
    const file = spoiled ? { bytes: spoiled.bytes, name } : await writeAs(format, made.paper);
    const after = await read(file.bytes, file.name, report.organ.uscc);
    const what = damage?.what ?? spoiled?.what ?? "";
    found.push({
      name: `${mutation.kind}, ${format}, ${report.year}: ${what}`,
      kind: mutation.kind,
      format,
      ...judge(before, after, damage?.places ?? []),
    });
  }
  for (const { kind, file, spoil } of OWN) {
    const [, report] = REPORTS;
    const bytes = await ownFile(report, file);
    const before = await read(bytes, file, report.organ.uscc);
    if (before instanceof Error) throw before;
    const judged = judge(before, await read(spoil(bytes), file, report.organ.uscc), []);
    found.push({ name: kind, kind: kind.replace(/ at .*/, ""), format: file, ...judged });
  }
  return [...new Map(found.map((result) => [result.name, result])).values()];
}
