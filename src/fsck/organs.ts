import { isCode } from "../form/uscc.ts";
import { beginnings } from "../store/beginnings.ts";
import type { ListedObject, Store } from "../store/store.ts";

/** What lies in the store of one organ, as listed. */
export interface OrganObjects {
  readonly uscc: string;
  readonly records: ListedObject[];
  readonly artefacts: ListedObject[];
  readonly published: ListedObject[];
  readonly swept: ListedObject[];
  readonly drafts: ListedObject[];
}

export const AREAS = ["records", "artefacts", "published", "swept", "drafts"] as const;
const organOf = (key: string): string => key.split("/", 2)[1] ?? "";

/** Characters of a code that a shard's organs have in common: the kind of organ and the division. */
const SHARD = 8;
export const shardOf = (uscc: string): string => uscc.slice(0, SHARD);

/** The shards in which something lies, sorted: what the names of organs' folders begin with. Some listings, and a line each. */
export async function listShards(store: Store): Promise<readonly string[]> {
  const shards = new Set<string>();
  for (const area of AREAS)
    for await (const beginning of beginnings(store, `${area}/`, SHARD)) {
      const shard = beginning.split("/", 1)[0] as string;
      if (area !== "published" || /^[0-9A-Z]{2}\d{6}$/.test(shard)) shards.add(shard);
    }
  return [...shards].sort((a, b) => (a < b ? -1 : 1));
}

/** Which organs are gone through. */
export interface OrganRange {
  /** An organ's code: only those after it. */
  readonly after?: string | undefined;
  /** Those of one shard alone. */
  readonly shard?: string | undefined;
}

/**
 * Every organ by code with what lies there: five listings, each in the order of keys, read side by side, so that no
 * more than one organ is in memory. Under `published/` only organs are looked at: what else lies there `reindex` makes.
 */
export async function* organs(store: Store, { after = "", shard }: OrganRange = {}): AsyncGenerator<OrganObjects> {
  const listings = await Promise.all(
    AREAS.map(async (area) => {
      // "0" is the character after "/".
      const start = after === "" ? undefined : `${area}/${after}0`;
      const rows = store.list(`${area}/${shard ?? ""}`, start)[Symbol.asyncIterator]();
      const wanted = (organ: string): boolean =>
        organ > after && (shard === undefined || shardOf(organ) === shard) && (area !== "published" || isCode(organ));
      const next = async (): Promise<ListedObject | undefined> => {
        for (;;) {
          const { done, value } = await rows.next();
          if (done) return undefined;
          if (wanted(organOf(value.key))) return value;
        }
      };
      return { area, next, head: await next() };
    }),
  );
  for (;;) {
    const heads = listings.flatMap(({ head }) => (head ? [organOf(head.key)] : []));
    if (heads.length === 0) return;
    const uscc = heads.reduce((a, b) => (b < a ? b : a));
    const found: OrganObjects = { uscc, records: [], artefacts: [], published: [], swept: [], drafts: [] };
    for (const listing of listings)
      while (listing.head && organOf(listing.head.key) === uscc) {
        found[listing.area].push(listing.head);
        listing.head = await listing.next();
      }
    yield found;
  }
}
