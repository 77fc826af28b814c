/** The thread that reads one file; see `importer.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { ExplainedError } from "../src/explained-error.ts";
import { importReport } from "../src/import/import.ts";
import type { ImportJob, ImportOutcome } from "./importer.ts";

/** Where an error was thrown, without what it says. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "no error was thrown";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join("\n");
}

async function outcomeOf({ bytes, options }: ImportJob): Promise<ImportOutcome> {
  try {
    return { imported: await importReport(bytes, options) };
  } catch (error) {
    if (!(error instanceof ExplainedError)) return { fault: placeOf(error) };
    return { unreadable: { message: error.message, messageEn: error.messageEn } };
  }
}

parentPort!.postMessage(await outcomeOf(workerData as ImportJob));
