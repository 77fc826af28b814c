/** Rosters in the store: versions by create-if-absent, beside the records. */
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Filer } from "../basics/filer.ts";
import { sha256 } from "../basics/hash.ts";
import { readJson, writeOnce } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { divisionsAround, liesWithin, type Organ, type Roster } from "./roster.ts";

/** A version of a division's roster, as one create-if-absent write committed it. Never changed. */
export interface StoredRoster {
  readonly format: 1;
  readonly division: string;
  /** From 1, without gaps. */
  readonly version: number;
  /** SHA-256 (hex) of the version before as its bytes lie in the store; null for the first. */
  readonly previous: string | null;
  readonly organs: Roster["organs"];
  /** ISO 8601 with +08:00. */
  readonly savedAt: string;
  readonly savedBy: Filer;
  /** The program and its version. */
  readonly program: string;
}

/** What came of saving: `conflict` where the latest version is not the one that it was made from. */
export interface SavedRoster {
  readonly outcome: "created" | "unchanged" | "conflict";
  /** The version that stands; of a conflict undefined where there is none. */
  readonly standing: StoredRoster | undefined;
}

export const rosterKey = (division: string, version: number): string => `rosters/${division}/v${version}.json`;
const KEY = /^rosters\/(\d{6})\/v([1-9]\d{0,5})\.json$/;

/** The division whose roster a key is of, or undefined. */
export const divisionOfRosterKey = (key: string): string | undefined => KEY.exec(key)?.[1];

const versionAt = (store: Store, division: string, version: number): Promise<StoredRoster | undefined> =>
  readJson<StoredRoster>(store, rosterKey(division, version));

/** A roster as it stands. */
export interface StandingRoster {
  readonly roster: StoredRoster;
  /** When its first version was saved, ISO 8601 with +08:00. */
  readonly since: string;
}

/**
 * The latest version of a division's roster. Where there is none, which is known from the first, nothing is listed. A
 * listing may be behind: the numbers after it are asked for one by one.
 */
export async function standingRoster(store: Store, division: string): Promise<StandingRoster | undefined> {
  const first = await versionAt(store, division, 1);
  if (!first) return undefined;
  let latest = 1;
  for await (const { key } of store.list(`rosters/${division}/`)) {
    const version = Number(KEY.exec(key)?.[2] ?? 0);
    if (version > latest) latest = version;
  }
  let roster = latest === 1 ? first : ((await versionAt(store, division, latest)) ?? first);
  for (;;) {
    const next = await versionAt(store, division, roster.version + 1);
    if (!next) return { roster, since: first.savedAt };
    roster = next;
  }
}

/** The latest version of a division's roster. */
export const latestRoster = async (store: Store, division: string): Promise<StoredRoster | undefined> =>
  (await standingRoster(store, division))?.roster;

/** The number of the latest version of every roster, by division: one listing. */
export async function rosterVersions(store: Store): Promise<ReadonlyMap<string, number>> {
  const latest = new Map<string, number>();
  for await (const { key } of store.list("rosters/")) {
    const [, division, number] = KEY.exec(key) ?? [];
    if (division !== undefined) latest.set(division, Math.max(Number(number), latest.get(division) ?? 0));
  }
  return latest;
}

/** The latest rosters of a division and of those within it: one listing, then each. */
export async function rostersWithin(store: Store, division: string): Promise<readonly StoredRoster[]> {
  const divisions = new Set<string>();
  for await (const { key } of store.list(`rosters/${division.slice(0, 2)}`)) {
    const [, found] = KEY.exec(key) ?? [];
    if (found !== undefined && liesWithin(found, division)) divisions.add(found);
  }
  const rosters = await Promise.all([...divisions].map((each) => latestRoster(store, each)));
  return rosters.filter((roster) => roster !== undefined);
}

/** The roster that has a division's organs: its own, else that of the division around it. */
export async function rosterOver(store: Store, division: string): Promise<StoredRoster | undefined> {
  for (const around of divisionsAround(division)) {
    const roster = await latestRoster(store, around);
    if (roster) return roster;
  }
  return undefined;
}

/** An organ as the roster over its division has it; undefined where it is in none. */
export async function listedOrgan(store: Store, uscc: string): Promise<Organ | undefined> {
  const roster = await rosterOver(store, uscc.slice(2, 8));
  return roster?.organs.find((organ) => organ.uscc === uscc);
}

/**
 * Saves a roster as the next version of its division's.
 * @param roster `version` is the one that it was made from; 0 or none where there was none
 * @throws what the store threw, when the number is still free
 */
export async function saveRoster(
  store: Store,
  { division, version = 0, organs }: Roster,
  by: Pick<StoredRoster, "savedAt" | "savedBy" | "program">,
): Promise<SavedRoster> {
  const latest = await latestRoster(store, division);
  if (latest && canonicalJson(latest.organs) === canonicalJson(organs))
    return { outcome: "unchanged", standing: latest };
  if ((latest?.version ?? 0) !== version) return { outcome: "conflict", standing: latest };
  const next: StoredRoster = {
    format: 1,
    division,
    version: version + 1,
    previous: latest ? sha256(canonicalJson(latest)) : null,
    organs,
    ...by,
  };
  const { created, standing } = await writeOnce(store, rosterKey(division, next.version), next);
  return { outcome: created ? "created" : "conflict", standing };
}
