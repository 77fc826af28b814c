/** How many look at a report before it is published: set for a division or an organ, versions kept as rosters are. */
import type { Filer } from "../basics/filer.ts";
import { writeOnce } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { type Numbered, previousOf, readSeries } from "./series.ts";

/** 不审核; 本机关审核; 本机关审核后由上级先看（先备案后公布）. */
export const REVIEWS = ["none", "organ", "superior"] as const;
export type Review = (typeof REVIEWS)[number];

/** A version of a place's policy, as one create-if-absent write committed it. Never changed. */
export interface Policy extends Numbered {
  readonly format: 1;
  /** A division (2, 4 or 6 digits) or an organ's code. */
  readonly place: string;
  /** From 1, without gaps. */
  readonly version: number;
  readonly review: Review;
  /** ISO 8601 with +08:00. */
  readonly at: string;
  readonly by: Filer;
}

/** The policy that holds for an organ, and whose it is. */
export interface Effective {
  readonly review: Review;
  /** The place that has it; absent where it is the operator's. */
  readonly place?: string;
  readonly version?: number;
}

export const policyKey = (place: string, version: number): string => `policies/${place}/v${version}.json`;
/** The places whose policy holds for an organ, the nearest first: itself, 371502, 3715, 37. */
export const placesOver = (uscc: string): string[] => [uscc, uscc.slice(2, 8), uscc.slice(2, 6), uscc.slice(2, 4)];

/** Every version of a place's policy, oldest first. */
const policies = (store: Store, place: string): Promise<readonly Policy[]> =>
  readSeries<Policy>(store, (version) => policyKey(place, version));

/** The policy that a place itself has. */
export const ownPolicy = async (store: Store, place: string): Promise<Policy | undefined> =>
  (await policies(store, place)).at(-1);

/** Of the places' own policies, the nearest; the operator's where there is none. */
export function effectiveOf(own: readonly (Policy | undefined)[], otherwise: Review): Effective {
  const nearest = own.find((policy) => policy !== undefined);
  if (!nearest) return { review: otherwise };
  const { review, place, version } = nearest;
  return { review, place, version };
}

/** The policy that holds for an organ now. */
export async function policyOf(store: Store, uscc: string, otherwise: Review): Promise<Effective> {
  return effectiveOf(await Promise.all(placesOver(uscc).map((place) => ownPolicy(store, place))), otherwise);
}

const KEY = /^policies\/([0-9A-Z]{2,18})\//;

/** Every place that has a policy of its own: one listing. */
export async function policyPlaces(store: Store): Promise<readonly string[]> {
  const places = new Set<string>();
  for await (const { key } of store.list("policies/")) {
    const place = KEY.exec(key)?.[1];
    if (place !== undefined) places.add(place);
  }
  return [...places];
}

/** What came of setting a policy: `conflict` where the latest version is not the one that it was made from. */
export interface SavedPolicy {
  readonly outcome: "created" | "unchanged" | "conflict";
  readonly standing: Policy | undefined;
}

/**
 * Sets a place's policy, as the version after the one that it was made from; 0 where there was none.
 * @throws what the store threw, when the number is still free
 */
export async function savePolicy(
  store: Store,
  { place, review, version }: Pick<Policy, "place" | "review" | "version">,
  by: Pick<Policy, "at" | "by">,
): Promise<SavedPolicy> {
  const before = await policies(store, place);
  const latest = before.at(-1);
  if (latest?.review === review) return { outcome: "unchanged", standing: latest };
  if (before.length !== version) return { outcome: "conflict", standing: latest };
  const next: Policy = { format: 1, place, version: version + 1, previous: previousOf(before), review, ...by };
  const { same, standing } = await writeOnce(store, policyKey(place, next.version), next);
  return { outcome: same ? "created" : "conflict", standing };
}
