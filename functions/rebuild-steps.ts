/** A rebuild in parts: division by division, then what is of each province, then the root; each a function of what lies below it. */

import type { IndexContext } from "../src/index/indexer.ts";
import { reindexDivision } from "../src/index/rebuild/division.ts";
import { reindexLate } from "../src/index/rebuild/late.ts";
import { type DivisionShard, listDivisions, type RebuildPlan } from "../src/index/rebuild/plan.ts";
import { NOTHING_REBUILT, type Rebuilt, together } from "../src/index/rebuild/rebuilt.ts";
import { reindexConstant, reindexRoot } from "../src/index/rebuild/root.ts";
import { type ProvinceTask, reindexOfProvince, tasksOfProvince } from "../src/index/rebuild/tasks.ts";
import { JSON_HEADERS, readJson } from "../src/store/json.ts";
import { inChunks, Parts } from "../src/store/parts.ts";
import type { Store } from "../src/store/store.ts";

/** Where a rebuild is done, and where what lies between its steps is kept. */
export interface RebuildShop {
  readonly context: IndexContext;
  readonly jobs: Store;
}

/** What the last step has to know of the first. */
interface Begun extends Pick<RebuildPlan, "rosters"> {
  /** Epoch milliseconds. */
  readonly since: number;
}

/** What a step answers: counts, which an execution's history has room for. */
interface Counts {
  readonly organs: number;
  readonly written: number;
  readonly removed: number;
  readonly failed: number;
}

const at = (job: string): string => `work/${job}/`;
const parts = ({ jobs }: RebuildShop, job: string): Parts => new Parts(jobs, at(job));
const counts = ({ organs, written, removed, failed }: Rebuilt): Counts => ({
  organs,
  written,
  removed: removed.length,
  failed: failed.length,
});

/** Places that a rebuild could not read; all else is as it should be. */
export class PlacesUnreadableError extends Error {
  override readonly name = "PlacesUnreadableError";
}

/** Puts in place what depends on no record, and says which part is about which division or province. */
export async function beginRebuild(shop: RebuildShop, job: string, now: number): Promise<Counts> {
  const done = await reindexConstant(shop.context);
  const { divisions, provinces, rosters } = await listDivisions(shop.context.store);
  const begun: Begun = { since: now, rosters };
  await shop.jobs.put(`${at(job)}begun.json`, JSON.stringify(begun), JSON_HEADERS);
  await parts(shop, job).write("division", inChunks(divisions, 1));
  await parts(shop, job).write("province", inChunks(provinces.flatMap(tasksOfProvince), 1));
  await parts(shop, job).done("begin", "00000", done);
  return counts(done);
}

async function eachOf<T>(
  shop: RebuildShop,
  job: string,
  step: "division" | "province",
  part: string,
  work: (about: T) => Promise<Rebuilt>,
): Promise<Counts> {
  let done = NOTHING_REBUILT;
  for (const about of await parts(shop, job).read<T>(step, part)) done = together(done, await work(about));
  await parts(shop, job).done(step, part, done);
  return counts(done);
}

/** Builds the divisions of a part anew. */
export const rebuildDivisions = (shop: RebuildShop, job: string, part: string): Promise<Counts> =>
  eachOf<DivisionShard>(shop, job, "division", part, (shard) => reindexDivision(shop.context, shard));

/** Builds anew what a part has of provinces: their shards of the dataset, their lists and pages, or their texts. */
export const rebuildProvinces = (shop: RebuildShop, job: string, part: string): Promise<Counts> =>
  eachOf<ProvinceTask>(shop, job, "province", part, (task) => reindexOfProvince(shop.context, task));

/**
 * Builds the root anew, indexes what was published meanwhile, and keeps what all steps did as `outcome.json`.
 * @throws PlacesUnreadableError once all else is done
 */
export async function endRebuild(shop: RebuildShop, job: string): Promise<Counts> {
  const begun = await readJson<Begun>(shop.jobs, `${at(job)}begun.json`);
  if (!begun) throw new Error(`${job} was not begun`);
  let done = together(await reindexRoot(shop.context, begun.rosters), await reindexLate(shop.context, begun.since));
  for (const step of ["begin", "division", "province"])
    for (const outcome of await parts(shop, job).outcomes<Rebuilt>(step)) done = together(done, outcome);
  await shop.jobs.put(`${at(job)}outcome.json`, JSON.stringify(done), JSON_HEADERS);
  const [first] = done.failed;
  if (first) throw new PlacesUnreadableError(`${done.failed.length}: ${first.uscc}/${first.year} ${first.error}, …`);
  return counts(done);
}
