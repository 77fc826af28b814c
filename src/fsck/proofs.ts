import type { Place } from "../basics/place.ts";
import { sameBytes } from "../log/bytes.ts";
import { openCheckpoint } from "../log/checkpoint.ts";
import { entryBytes } from "../log/entry.ts";
import { type Claimed, claimOf } from "../log/verify.ts";
import { entryOf } from "../sequence/entry-of.ts";
import { leafKey, PROOF, proofKey } from "../sequence/keys.ts";
import { proofOf } from "../sequence/proofs.ts";
import type { ListedObject, Store } from "../store/store.ts";
import { beginsWith, problem } from "./log-problems.ts";
import type { Held, LoggedRecords } from "./logged.ts";
import type { Problem } from "./problems.ts";

/** What is known of a place when its proofs are looked at. */
export interface ProvedPlace extends Place {
  readonly records: readonly ListedObject[];
  readonly published: readonly ListedObject[];
  readonly held: Held;
}

/** When things are so old that they should be done, epoch milliseconds, and whether what is missing is made. */
export interface Ages {
  /** Records before this have had the time to get a proof. */
  readonly settledBefore: number;
  /** Records before this should be in the log. */
  readonly loggedBefore: number;
  readonly mend: boolean;
  /** Whether what the log lacks is appended at the end. */
  readonly appends: boolean;
}

const PROOF_FILE = /\/v\d+\/record\.tlog-proof$/;
export const isProof = ({ key }: ListedObject): boolean => PROOF_FILE.test(key);

const textOf = async (store: Store, key: string): Promise<string> =>
  new TextDecoder().decode((await store.get(key))?.body);

/**
 * What a proof tells that the log itself does not: a tree that the log's own key signed, and that the log does not begin
 * with. It is all that may be left of a log that was removed, put back to an earlier time or shown to somebody alone.
 */
async function evidence(claim: Claimed | undefined, { tree, keys }: LoggedRecords): Promise<boolean> {
  if (!claim || (await beginsWith(tree, claim.tree))) return false;
  return (await openCheckpoint(claim.proof.checkpoint, keys)) !== undefined;
}

/** Whether a proof is one of the record, and for whoever knows the keys of now. */
async function proves(claim: Claimed | undefined, extra: Uint8Array, { tree, keys }: LoggedRecords): Promise<boolean> {
  if (!claim?.proof.extra || !sameBytes(claim.proof.extra, extra) || !(await beginsWith(tree, claim.tree)))
    return false;
  return (await openCheckpoint(claim.proof.checkpoint, keys)) !== undefined;
}

/** The proofs of a place: those of its records, and any other that lies there. */
export async function checkProofs(
  store: Store,
  { uscc, year, records, published, held }: ProvedPlace,
  log: LoggedRecords,
  { settledBefore, loggedBefore, mend, appends }: Ages,
): Promise<readonly Problem[]> {
  // What cannot be read says nothing of anything else.
  if (log.problems.some(({ kind }) => kind === "log-damaged" || kind === "log-lost")) return [];
  const problems: Problem[] = [];
  const own = new Set<string>();
  const modified = (version: number): number =>
    records.find(({ key }) => Number(/(\d{6})\.json$/.exec(key)?.[1]) === version)?.modified ?? 0;
  for (const { record, index } of held.logged) {
    const key = proofKey(record, record.version);
    own.add(key);
    const entry = entryOf(record);
    const written = await textOf(store, key);
    const claim = claimOf(written);
    if (await proves(claim, entryBytes(entry), log)) continue;
    if (await evidence(claim, log)) problems.push(problem("log-rewritten", key));
    else if (written !== "" || modified(record.version) < settledBefore) {
      const proof = mend ? await proofOf({ entry, index }, log.tree, log.tree.nodes) : undefined;
      if (proof !== undefined) await store.put(key, proof, PROOF);
      problems.push(problem(written === "" ? "proof-missing" : "proof-damaged", key, proof !== undefined));
    }
  }
  for (const { key } of published.filter(isProof)) {
    if (own.has(key)) continue;
    const claim = claimOf(await textOf(store, key));
    if (await evidence(claim, log)) problems.push(problem(log.tree.size === 0 ? "log-lost" : "log-rewritten", key));
    else if (!claim || claim.entry.uscc !== uscc || claim.entry.year !== year)
      problems.push(problem("public-stray", key));
  }
  for (const { version } of held.unlogged) {
    const pointer = await textOf(store, leafKey({ uscc, year }, version));
    const led = Number((/^\{"index":(\d+)\}$/.exec(pointer) ?? [])[1] ?? (pointer === "" ? Number.NaN : 0));
    // It was decided to follow, or the log says something else there: then it would never be appended.
    if (led < log.tree.size) problems.push(problem("log-damaged", leafKey({ uscc, year }, version)));
    else if (!appends && modified(version) < loggedBefore)
      problems.push(problem("record-unlogged", `records/${uscc}/${year}/${String(version).padStart(6, "0")}.json`));
  }
  return problems;
}
