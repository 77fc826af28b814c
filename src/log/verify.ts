import { jsonOf } from "../basics/json.ts";
import type { Place } from "../basics/place.ts";
import { sameBytes } from "./bytes.ts";
import { type LogKeys, openCheckpoint, readCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { type LogEntry, readEntry } from "./entry.ts";
import { leafHash } from "./hash.ts";
import { readNote, type Verifier } from "./note.ts";
import { filePath, proofPath } from "./paths.ts";
import { type TreeHead, verifyConsistency, verifyInclusion } from "./proof.ts";
import { DamagedLogError, type LogReader, nodesOfTiles } from "./tiles.ts";
import { readProof, type TlogProof } from "./tlog-proof.ts";
import { consistencyProof } from "./tree.ts";

/** Reads a public file by its path below the address of the site; undefined where there is none. */
export type SiteReader = LogReader;

/** The log of a site, whose files lie below `log/`. */
export const logOf =
  (site: SiteReader): LogReader =>
  (path) =>
    site(`log/${path}`);

/** The log's checkpoint as it is served. */
export interface Head {
  readonly checkpoint: SignedCheckpoint;
  /** As it is written. */
  readonly written: string;
}

/** @throws DamagedLogError when there is none, or one that no key of the log signed */
export async function readHead(read: LogReader, keys: LogKeys, witnesses: readonly Verifier[] = []): Promise<Head> {
  const written = new TextDecoder().decode(await read("checkpoint"));
  const checkpoint = await openCheckpoint(written, keys, witnesses);
  if (!checkpoint) throw new DamagedLogError("the checkpoint is missing, or not signed by the log's key");
  return { checkpoint, written };
}

/** Whether a log goes on from an older checkpoint of its own, by its tiles. A smaller log does not. */
export async function goesOnFrom(before: TreeHead, after: TreeHead, read: LogReader): Promise<boolean> {
  if (before.size === 0) return true;
  if (before.size > after.size) return false;
  if (before.size === after.size) return sameBytes(before.root, after.root);
  const proof = await consistencyProof(before.size, after.size, nodesOfTiles(after.size, read));
  return verifyConsistency(before, after, proof);
}

/** What a proof file says: the entry, and the tree that it is shown to be in. That the tree is the log's is not known yet. */
export interface Claimed {
  readonly entry: LogEntry;
  readonly proof: TlogProof;
  readonly tree: TreeHead;
}

/** The claim that a proof file makes when it holds within itself; undefined of anything else. */
export function claimOf(written: string): Claimed | undefined {
  const proof = readProof(written);
  const entry = proof?.extra && readEntry(proof.extra);
  const tree = proof && readCheckpoint(readNote(proof.checkpoint)?.text ?? "");
  if (!proof?.extra || !entry || !tree) return undefined;
  return verifyInclusion(leafHash(proof.extra), proof.index, proof.hashes, tree) ? { entry, proof, tree } : undefined;
}

/** A record's way into the log. */
export interface Proven extends Claimed {
  /** As it lies on the site (C2SP tlog-proof). */
  readonly written: string;
}

/**
 * A record of a place, proved up to the signed checkpoint by the proof that lies beside its files and the tiles; undefined
 * where there is none yet.
 * @throws DamagedLogError when what the site says of the log does not prove
 */
export async function proveRecord(
  place: Place,
  version: number,
  { checkpoint }: Head,
  site: SiteReader,
): Promise<Proven | undefined> {
  const path = proofPath(place, version);
  const bytes = await site(path);
  if (!bytes) return undefined;
  const written = new TextDecoder().decode(bytes);
  const claimed = claimOf(written);
  const { uscc, year, version: number } = claimed?.entry ?? {};
  if (!claimed || uscc !== place.uscc || year !== place.year || number !== version)
    throw new DamagedLogError(`${path} does not prove that record`);
  if (!(await goesOnFrom(claimed.tree, checkpoint, logOf(site))))
    throw new DamagedLogError(`${path} is of another log than the signed one of ${checkpoint.size}`);
  return { ...claimed, written };
}

/** The record that published a content first, as the log points to it. @param hash SHA-256 (hex) */
export async function recordOfFile(
  hash: string,
  read: LogReader,
): Promise<(Place & { readonly version: number }) | undefined> {
  const pointer = await read(filePath(hash));
  if (!pointer) return undefined;
  const damaged = new DamagedLogError(`${filePath(hash)} is damaged`);
  let value: Partial<Place & { readonly version: number }> | null;
  try {
    value = jsonOf<typeof value>(pointer);
  } catch {
    throw damaged;
  }
  const { uscc, year, version } = value ?? {};
  if (typeof uscc !== "string" || !Number.isSafeInteger(year) || !Number.isSafeInteger(version)) throw damaged;
  return { uscc, year: year as number, version: version as number };
}

/** The records of a place that have a proof, from the first on, each proved. @throws DamagedLogError */
export async function provePlace(place: Place, head: Head, site: SiteReader): Promise<readonly Proven[]> {
  const records: Proven[] = [];
  for (;;) {
    const proven = await proveRecord(place, records.length + 1, head, site);
    if (!proven) return records;
    records.push(proven);
  }
}
