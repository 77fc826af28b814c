import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "./atomically.ts";
import type { FindingsOf, Summary } from "./summary.ts";
import { summaryHtml } from "./summary-html.ts";
import { summaryXlsx } from "./summary-xlsx.ts";

/** The summary as JSON, its findings with the files that they are of; an organ a line. */
export function* summaryJson({ organs, ...rest }: Summary, findingsOf: FindingsOf): Generator<string> {
  const head = JSON.stringify(rest, null, 2);
  yield `${head.slice(0, head.lastIndexOf("\n}"))},\n  "organs": [`;
  let separator = "\n    ";
  for (const { files, ...organ } of organs) {
    const full = { ...organ, files: files.map((file) => ({ ...file, findings: findingsOf(file) })) };
    yield separator + JSON.stringify(full);
    separator = ",\n    ";
  }
  yield "\n  ]\n}\n";
}

/** Writes a long text part by part, under another name until it is whole. */
function writeParts(path: string, parts: Iterable<string>): void {
  const temporary = `${path}.tmp`;
  const descriptor = openSync(temporary, "w");
  for (const part of parts) {
    const bytes = Buffer.from(part);
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  }
  closeSync(descriptor);
  renameSync(temporary, path);
}

/** Writes the summary in its three forms, from one structure. */
export async function writeSummaries(folder: string, summary: Summary, findingsOf: FindingsOf): Promise<void> {
  writeParts(join(folder, "summary.json"), summaryJson(summary, findingsOf));
  writeParts(join(folder, "summary.html"), summaryHtml(summary, findingsOf));
  writeAtomically(join(folder, "summary.xlsx"), await summaryXlsx(summary, findingsOf));
}
