/** The calls that rebuilds and rounds of fsck in parts make, to the bucket with what is published and to that of jobs. */
import { beginCheck, type CheckShop, checkShards, endCheck } from "../../functions/fsck-steps.ts";
import {
  beginRebuild,
  endRebuild,
  type RebuildShop,
  rebuildDivisions,
  rebuildProvinces,
} from "../../functions/rebuild-steps.ts";
import { machinePages } from "../../src/index/pages.ts";
import { officeKey } from "../../src/office/rows.ts";
import { records } from "../../src/publish/publish.ts";
import { keysOf } from "../../src/sequence/identity.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import type { Part } from "../../src/store/parts.ts";
import {
  type Calls,
  LOG,
  losePublic,
  publishedAndStray,
  type Recorded,
  recorded,
  sweepTooEarly,
  USCC,
  YEAR,
} from "./calls.ts";

interface InParts {
  readonly store: Calls;
  readonly jobs: Calls;
}

const partsOf = (jobs: Recorded, job: string, step: string): string[] =>
  (JSON.parse(new TextDecoder().decode(jobs.objects.get(`work/${job}/${step}.json`)?.body)) as Part[]).map(
    ({ part }) => part,
  );

export async function callsOfRebuild(): Promise<InParts> {
  const [store, jobs] = [await publishedAndStray(), recorded()];
  const shop: RebuildShop = { context: { store, pages: machinePages("https://example.org"), dataset: {} }, jobs };
  const rebuild = async (job: string): Promise<void> => {
    await beginRebuild(shop, job, 0);
    for (const part of partsOf(jobs, job, "division")) await rebuildDivisions(shop, job, part);
    for (const part of partsOf(jobs, job, "province")) await rebuildProvinces(shop, job, part);
    await endRebuild(shop, job);
  };
  // What no record leads to: a division's files and its note, a row of the desk.
  const headers = { contentType: "application/json" };
  store.forget();
  await rebuild("a");
  const forgotten = { ...store.calls };
  sweepTooEarly(store);
  losePublic(store);
  for (const key of ["published/divisions/990000/index.html", "rebuild/recent/990000.json", officeKey("990000", 2020)])
    await store.put(key, "{}", headers);
  store.forget();
  await rebuild("b");
  for (const [action, prefixes] of Object.entries(forgotten))
    store.calls[action] = (store.calls[action] ?? new Set()).union(prefixes);
  // Of what is published it may remove all that is derived.
  const deleted = [...(store.calls["s3:DeleteObject"] ?? [])].map((prefix) =>
    prefix.replace(/^published\/.*/, "published"),
  );
  return { store: { ...store.calls, "s3:DeleteObject": new Set(deleted) }, jobs: jobs.calls };
}

/** @param logs whether there is a log of publications, of which it knows the public key alone */
export async function callsOfCheck(logs: boolean): Promise<InParts> {
  const [store, jobs] = [await publishedAndStray(), recorded()];
  if (logs) await appendRecords(store, LOG, await records(store, USCC, YEAR));
  let now = Date.parse("2021-03-01T00:00:00Z");
  const shop: CheckShop = {
    ...{ store, jobs, witnesses: [] },
    options: {
      ...(logs ? { log: keysOf(LOG) } : {}),
      ...{ bucket: store.bucket, mend: true, sweep: true, settle: 0, now: () => new Date(now) },
    },
  };
  const round = async (job: string): Promise<void> => {
    await beginCheck(shop, job, 4);
    for (const part of partsOf(jobs, job, "shards")) await checkShards(shop, job, part);
    await endCheck(shop, job);
  };
  store.forget();
  await round("a");
  sweepTooEarly(store);
  losePublic(store);
  now += 48 * 3600_000;
  await round("b");
  return { store: store.calls, jobs: jobs.calls };
}
