/** The program of the process that reads one file, checks what was read, and answers with it; see `importer.ts`. */
import { readFileSync } from "node:fs";
import { ExplainedError } from "../src/basics/explained-error.ts";
import { conclude } from "../src/check/conclude.ts";
import type { Coverage } from "../src/check/glyphs.ts";
import { validate } from "../src/check/validate.ts";
import type { Message } from "../src/confined/message.ts";
import { isOutOfMemory, placeOf, work } from "../src/confined/worker.ts";
import { type CoverageFile, decodeCoverage } from "../src/fonts/coverage.ts";
import type { ImportOptions } from "../src/import/account.ts";
import { importReport } from "../src/import/import.ts";
import { ruleIds } from "./audit.ts";
import type { ImportOutcome, ImportTask } from "./importer.ts";

const message = (head: ImportOutcome, body: Uint8Array = new Uint8Array()): Message => ({ head, body });

/** Of an organ's own faces; of those that are built as the build took it from them, which weigh a hundred times as much. */
async function coverageOf(fonts: string | undefined): Promise<Coverage> {
  if (fonts !== undefined) return (await import("../src/fonts/fonts.ts")).openFonts(fonts);
  return decodeCoverage(JSON.parse(readFileSync(new URL("./coverage.json", import.meta.url), "utf8")) as CoverageFile);
}

async function imported(bytes: Uint8Array, options: ImportOptions, fonts: string | undefined): Promise<Message> {
  const { report, account } = await importReport(bytes, options);
  const checked = conclude(report, validate(report), undefined, await coverageOf(fonts));
  const { findings, unexplained, computed } = checked;
  const answer = {
    report,
    account,
    findings,
    unexplained,
    computed,
    comparedWithLastYear: false,
    note: "没有保存任何内容；没有与上一年度的报告比对（Y-*、T2-STOCK），提交时再作",
    noteEn: "Nothing was stored; nothing was compared with last year's report (Y-*, T2-STOCK): submission does that",
  };
  return message({ done: ruleIds([...account.findings, ...findings]) }, Buffer.from(JSON.stringify(answer)));
}

async function extracted(file: Uint8Array): Promise<Message> {
  // OFD is a ZIP archive: no PDF begins as one does.
  const packed = file[0] === 0x50 && file[1] === 0x4b;
  const extract = packed
    ? (await import("../src/import/readers/ofd-own.ts")).extractOfd
    : (await import("../src/formats/pdf/extract.ts")).extractSource;
  return message({ done: [] }, await extract(file));
}

await work(async ({ head, body }) => {
  const task = head as ImportTask;
  try {
    return task.task === "extract" ? await extracted(body) : await imported(body, task.options, task.fonts);
  } catch (error) {
    if (error instanceof ExplainedError)
      return message({ unreadable: { message: error.message, messageEn: error.messageEn } });
    return message(isOutOfMemory(error) ? { memory: true } : { fault: placeOf(error) });
  }
});
