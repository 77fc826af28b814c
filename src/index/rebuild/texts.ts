/** The search in the texts in a rebuild: the files of a province's prefectures. */
import { concurrently } from "../concurrently.ts";
import type { IndexContext } from "../indexer.ts";
import { PARALLEL } from "../shared.ts";
import { textsFile } from "../texts.ts";
import { listNotes, notedSignatures } from "./notes.ts";
import { type Rebuilt, Writing } from "./rebuilt.ts";

/** Prefectures' years that are in memory at a time. */
const TOGETHER = 4;

/**
 * Builds the files of a province anew from what its divisions noted, and removes all others; all, where no marks are left
 * for what is taken up later. To be done once its divisions are; may be done any number of times, beside any other.
 */
export async function reindexTexts({ store, dataset }: IndexContext, province: string): Promise<Rebuilt> {
  const writing = new Writing(store);
  const notes = dataset ? await listNotes(store, "signed", province) : [];
  const files = Map.groupBy(notes, ({ division, year }) => `${division.slice(0, 4)} ${year}`);
  await concurrently([...files.values()], TOGETHER, async (own) => {
    const reports = (await concurrently(own, PARALLEL, (note) => notedSignatures(store, note))).flat();
    const [{ division, year }] = own as [(typeof own)[number]];
    if (reports.length > 0) await writing.write([textsFile(division.slice(0, 4), year, reports)]);
  });
  await writing.remove(`texts/${province}`);
  return writing.done();
}
