import { isCode } from "../form/uscc.ts";
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

/**
 * Every organ by code with what lies there: five listings, each in the order of keys, read side by side, so that no
 * more than one organ is in memory. Under `published/` only organs are looked at: what else lies there `reindex` makes.
 * @param after an organ's code: only those after it
 */
export async function* organs(store: Store, after = ""): AsyncGenerator<OrganObjects> {
  const listings = await Promise.all(
    AREAS.map(async (area) => {
      // "0" is the character after "/".
      const start = after === "" ? undefined : `${area}/${after}0`;
      const rows = store.list(`${area}/`, start)[Symbol.asyncIterator]();
      const next = async (): Promise<ListedObject | undefined> => {
        for (;;) {
          const { done, value } = await rows.next();
          if (done) return undefined;
          if (organOf(value.key) > after && (area !== "published" || isCode(organOf(value.key)))) return value;
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
