import { divisionsAround } from "../../roster/roster.ts";
import { listingHash } from "../../store/listing-hash.ts";
import type { Store } from "../../store/store.ts";
import type { IndexContext } from "../indexer.ts";
import { Rosters } from "../rosters.ts";
import { type IndexedRoster, paths, provinceOf } from "../shapes.ts";
import { publicKey } from "../shared.ts";
import { reindexData } from "./data.ts";
import { reindexDivision } from "./division.ts";
import { placeNotes, recentNote } from "./notes.ts";
import { codesOf, type DivisionShard } from "./plan.ts";
import { reindexProvince } from "./province.ts";
import type { Rebuilt } from "./rebuilt.ts";
import { reindexTexts } from "./texts.ts";

/** By what it is known that nothing has changed since a division was rebuilt: hashes of listings, with entity tags. */
export interface Fingerprint {
  /** Records, drafts and events as they were before, and the roster over them. */
  readonly made: string;
  /** All that is derived of them as it was after. */
  readonly of: string;
}

/** A division that was rebuilt: how it is written down. */
export interface RebuiltDivision {
  readonly fingerprint: Fingerprint;
  readonly rebuilt: Rebuilt;
}

/** A piece of a rebuild that one process does by itself; plain JSON. */
export type RebuildTask =
  | {
      readonly phase: "division";
      readonly shard: DivisionShard;
      /** The roster over the division, where there is one. */
      readonly roster: IndexedRoster | null;
      /** What an earlier run left: it is not done again where nothing has changed since. Absent where none is kept. */
      readonly known?: Fingerprint | null;
    }
  | ProvinceTask;

/** Phases of a province once its divisions are done, in any order and side by side: its part of the dataset, its lists and pages, its texts. */
const PHASES = ["data", "province", "texts"] as const;
type Phase = (typeof PHASES)[number];

const OF_PROVINCE: Readonly<Record<Phase, (context: IndexContext, province: string) => Promise<Rebuilt>>> = {
  data: reindexData,
  province: reindexProvince,
  texts: reindexTexts,
};

/** One of them; plain JSON. */
export interface ProvinceTask {
  readonly phase: Phase;
  readonly province: string;
}

/** All that is to be done of a province. */
export const tasksOfProvince = (province: string): ProvinceTask[] => PHASES.map((phase) => ({ phase, province }));

/**
 * Does a part of a province.
 * @throws what the store throws; all of it is then to be done again
 */
export const reindexOfProvince = (context: IndexContext, { phase, province }: ProvinceTask): Promise<Rebuilt> =>
  OF_PROVINCE[phase](context, province);

/** What came of it. */
export interface RebuildAnswer {
  /** Absent where nothing has changed since it was done before. */
  readonly rebuilt?: Rebuilt;
  /** Of a division, where it is asked for and all could be read. */
  readonly fingerprint?: Fingerprint;
}

/** The roster over a division, of those that there are. */
export const overDivision = (division: string, rosters: ReadonlyMap<string, IndexedRoster>): IndexedRoster | null =>
  divisionsAround(division).flatMap((around) => rosters.get(around) ?? [])[0] ?? null;

async function sourceOf(store: Store, shard: DivisionShard, roster: IndexedRoster | null): Promise<string> {
  const codes = codesOf(shard);
  const listed = await listingHash(store, [
    ...codes.map((code) => `records/${code}`),
    ...codes.map((code) => `drafts/${code}`),
  ]);
  return `${listed} ${roster ? `${roster.division} ${roster.version}` : "-"}`;
}

function derivedOf(store: Store, shard: DivisionShard): Promise<string> {
  const { division } = shard;
  const prefixes = [
    ...codesOf(shard).map(publicKey),
    publicKey(`divisions/${division}/`),
    publicKey(`sitemaps/${division}/`),
    `office/${division}/`,
    ...[recentNote(division), placeNotes(division)],
  ];
  // The root writes it.
  return listingHash(store, prefixes, new Set([publicKey(paths.roster(division))]));
}

/** Does pieces of a rebuild, with what it read once for all of a province. */
export function rebuilder(context: IndexContext, all: boolean): (task: RebuildTask) => Promise<RebuildAnswer> {
  const { store } = context;
  let read = { province: "", rosters: new Rosters(store) };
  const rostersIn = (province: string): Rosters => {
    if (read.province !== province) read = { province, rosters: new Rosters(store) };
    return read.rosters;
  };
  return async (task) => {
    if (task.phase !== "division") return { rebuilt: await reindexOfProvince(context, task) };
    const { shard, roster, known } = task;
    const rosters = rostersIn(provinceOf(shard.division));
    if (known === undefined) return { rebuilt: await reindexDivision(context, shard, { all, rosters }) };
    const made = await sourceOf(store, shard, roster);
    if (known?.made === made && known.of === (await derivedOf(store, shard))) return {};
    const rebuilt = await reindexDivision(context, shard, { all, rosters });
    if (rebuilt.failed.length > 0) return { rebuilt };
    return { rebuilt, fingerprint: { made, of: await derivedOf(store, shard) } };
  };
}
