/** A whole round of fsck in parts: shards of organs beside each other, then what is of no shard. */
import { fsckRest, fsckShard, type LookOptions, openLook } from "../src/fsck/fsck.ts";
import { listShards, shardOf } from "../src/fsck/organs.ts";
import { describeTally, NOTHING, type Problem, sum, type Tally } from "../src/fsck/problems.ts";
import type { Witness } from "../src/fsck/witnesses.ts";
import { placeOfRecord } from "../src/publish/record.ts";
import { JSON_HEADERS, readJson } from "../src/store/json.ts";
import { Parts } from "../src/store/parts.ts";
import type { Store } from "../src/store/store.ts";

/** What is looked at, how, and where what lies between the steps is kept. */
export interface CheckShop {
  readonly store: Store;
  readonly jobs: Store;
  readonly options: Omit<LookOptions, "against" | "onProblem" | "witnesses">;
  readonly witnesses: readonly Witness[];
}

/** What the first step found of the log, and of what the parts are. */
interface Begun {
  readonly against: readonly Problem[];
  readonly shards: readonly string[];
}

/** What a part came to; of very many problems some are named. */
interface Checked {
  readonly tally: Tally;
  readonly problems: readonly Problem[];
}

/** Problems of a part that are named; all are counted. */
const NAMED = 200;
/** Records of a part: each part reads the whole log once, and none may take a quarter of an hour. */
const RECORDS_OF_PART = { fewest: 1000, most: 7500 } as const;

const at = (job: string): string => `work/${job}/`;
const parts = ({ jobs }: CheckShop, job: string): Parts => new Parts(jobs, at(job));

/** Problems are kept as they are found. */
function noting(): { readonly problems: Problem[]; readonly onProblem: (problem: Problem) => void } {
  const problems: Problem[] = [];
  return { problems, onProblem: (problem) => void (problems.length < NAMED && problems.push(problem)) };
}

/** How many records a part has, of so many altogether. */
export const recordsOfPart = (total: number, atOnce: number): number =>
  Math.min(RECORDS_OF_PART.most, Math.max(RECORDS_OF_PART.fewest, Math.ceil(total / atOnce)));

/** Shards with so many records each that they are parts of one size, as far as shards can be put together so. */
export function packed(records: ReadonlyMap<string, number>, atOnce: number): string[][] {
  const total = [...records.values()].reduce((all, some) => all + some, 0);
  const size = recordsOfPart(total, atOnce);
  const all: string[][] = [];
  let room = 0;
  for (const [shard, count] of records) {
    const last = all.at(-1);
    if (last && count <= room) last.push(shard);
    else {
      all.push([shard]);
      room = size;
    }
    room -= count;
  }
  return all;
}

/** How many records there are, by shard: one listing; and the shards that have none. */
async function recordsByShard(store: Store): Promise<ReadonlyMap<string, number>> {
  const records = new Map((await listShards(store)).map((shard) => [shard, 0]));
  for await (const { key } of store.list("records/")) {
    const place = placeOfRecord(key);
    const shard = place && shardOf(place.uscc);
    if (shard !== undefined) records.set(shard, (records.get(shard) ?? 0) + 1);
  }
  return records;
}

/** Reads the log with its witnesses, and says which part looks at which shards. */
export async function beginCheck(
  shop: CheckShop,
  job: string,
  atOnce: number,
): Promise<{ readonly shards: number; readonly parts: number }> {
  const { settings } = await openLook(shop.store, { ...shop.options, witnesses: shop.witnesses });
  const records = await recordsByShard(shop.store);
  const begun: Begun = { against: settings.log?.problems ?? [], shards: [...records.keys()] };
  await shop.jobs.put(`${at(job)}begun.json`, JSON.stringify(begun), JSON_HEADERS);
  return { shards: records.size, parts: await parts(shop, job).write("shards", packed(records, atOnce)) };
}

async function begunOf({ jobs }: CheckShop, job: string): Promise<Begun> {
  const begun = await readJson<Begun>(jobs, `${at(job)}begun.json`);
  if (!begun) throw new Error(`${job} was not begun`);
  return begun;
}

/** Looks at the shards of a part. */
export async function checkShards(shop: CheckShop, job: string, part: string): Promise<Tally> {
  const { against } = await begunOf(shop, job);
  const { problems, onProblem } = noting();
  const look = await openLook(shop.store, { ...shop.options, against, onProblem });
  let tally = NOTHING;
  for (const shard of await parts(shop, job).read<string>("shards", part))
    tally = sum(tally, await fsckShard(shop.store, shard, look));
  await parts(shop, job).done("shards", part, { tally, problems } satisfies Checked);
  return tally;
}

/** What a round found that is not in order. */
export class ProblemsFoundError extends Error {
  override readonly name = "ProblemsFoundError";
}

/** Looks at what is of no shard, and keeps what the whole round came to as `outcome.json`. */
export async function endCheck(shop: CheckShop, job: string): Promise<Checked> {
  const { shards } = await begunOf(shop, job);
  const { problems, onProblem } = noting();
  const look = await openLook(shop.store, { ...shop.options, witnesses: shop.witnesses, onProblem });
  let tally = await fsckRest(shop.store, shards, look);
  for (const done of await parts(shop, job).outcomes<Checked>("shards")) {
    tally = sum(tally, done.tally);
    done.problems.forEach(onProblem);
  }
  const outcome: Checked = { tally, problems };
  await shop.jobs.put(`${at(job)}outcome.json`, JSON.stringify(outcome), JSON_HEADERS);
  return outcome;
}

/** @throws ProblemsFoundError unless all is in order: a failed execution is what the alarm looks at */
export function expectInOrder({ tally }: Checked): Tally {
  if (tally.problems > 0) throw new ProblemsFoundError(Object.values(describeTally(tally)).join("\n"));
  return tally;
}
