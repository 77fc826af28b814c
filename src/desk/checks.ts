/** What the checks found of everything published: as the records of the versions that stand have it. */
import type { Finding } from "../basics/finding.ts";
import { concurrently } from "../index/concurrently.ts";
import { type PublicationRecord, recordKey } from "../publish/record.ts";
import { readJson } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import type { DeskRow } from "./rows.ts";

/** The version of an organ that stands, with what was found when it was published. */
export interface CheckedOrgan {
  readonly uscc: string;
  readonly name: string;
  readonly version: number;
  readonly findings: readonly Finding[];
  /** Rules whose warnings the organ explained. */
  readonly explained: readonly string[];
}

export interface Checks {
  readonly organs: readonly CheckedOrgan[];
  /** Where to go on: the code after which there are more. */
  readonly next?: string;
}

/** So many organs are answered at once: an answer of Lambda's has 6 MB. */
const MOST = 200;
/** Records read at a time. */
const AT_ONCE = 32;

/** The organs after a code whose report stands, with what was found of it. @param rows by code */
export async function readChecks(store: Store, rows: readonly DeskRow[], year: number, after = ""): Promise<Checks> {
  const rest = rows.filter(
    ({ uscc, version, state }) => version !== undefined && state !== "withdrawn" && uscc > after,
  );
  const organs = await concurrently(rest.slice(0, MOST), AT_ONCE, async ({ uscc, name, version = 0 }) => {
    const record = await readJson<PublicationRecord>(store, recordKey(uscc, year, version));
    if (!record) return [];
    const { findings, explanations } = record;
    return [{ uscc, name, version, findings, explained: Object.keys(explanations) }];
  });
  const last = rest[MOST - 1];
  return { organs: organs.flat(), ...(last && rest.length > MOST ? { next: last.uscc } : {}) };
}
