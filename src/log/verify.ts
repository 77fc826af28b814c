import type { Place } from "../basics/place.ts";
import { readBundle } from "./bundle.ts";
import { openCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { type LogEntry, readEntry } from "./entry.ts";
import { leafHash } from "./hash.ts";
import type { Verifier } from "./note.ts";
import { type TreeHead, verifyConsistency, verifyInclusion } from "./proof.ts";
import { DamagedLogError, type LogReader, nodesOfTiles, TILE_WIDTH } from "./tiles.ts";
import { writeProof } from "./tlog-proof.ts";
import { consistencyProof, inclusionProof } from "./tree.ts";

/** Where the log says which leaf a record is. */
export const leafPath = ({ uscc, year }: Place, version: number): string => `leaves/${uscc}/${year}/${version}.json`;

/** The log's checkpoint as it is served. */
export interface Head {
  readonly checkpoint: SignedCheckpoint;
  /** As it is written. */
  readonly written: string;
}

/** @throws DamagedLogError when there is none, or one that the log's key did not sign */
export async function readHead(read: LogReader, log: Verifier, witnesses: readonly Verifier[] = []): Promise<Head> {
  const written = new TextDecoder().decode(await read("checkpoint"));
  const checkpoint = await openCheckpoint(written, log, witnesses);
  if (!checkpoint) throw new DamagedLogError("the checkpoint is missing, or not signed by the log's key");
  return { checkpoint, written };
}

/** Whether a log goes on from an older checkpoint of its own, by its tiles. A smaller log does not. */
export async function goesOnFrom(before: TreeHead, { checkpoint }: Head, read: LogReader): Promise<boolean> {
  if (before.size === 0) return true;
  if (before.size > checkpoint.size) return false;
  const proof = await consistencyProof(before.size, checkpoint.size, nodesOfTiles(checkpoint.size, read));
  return verifyConsistency(before, checkpoint, proof);
}

/** A file's way into the log. */
export interface Proven {
  readonly entry: LogEntry;
  readonly index: number;
  /** The name that the file has in the entry. */
  readonly name: string;
  /** C2SP tlog-proof: with the entry and the log's key it proves the same without the site. */
  readonly proof: string;
}

/** The leaf that a record is, as the log points to it; undefined where it has none. */
async function leafOf(read: LogReader, place: Place, version: number): Promise<number | undefined> {
  const pointer = await read(leafPath(place, version));
  if (!pointer) return undefined;
  const { index } = JSON.parse(new TextDecoder().decode(pointer)) as { readonly index?: unknown };
  if (!Number.isSafeInteger(index)) throw new DamagedLogError(`${leafPath(place, version)} is damaged`);
  return index as number;
}

/**
 * The entry of a place that a file's content is in, proved up to the signed checkpoint; undefined where no entry has it.
 * @param hash of the file, SHA-256 (hex)
 * @throws DamagedLogError when what the site says of the log does not prove
 */
export async function proveFile(hash: string, place: Place, head: Head, read: LogReader): Promise<Proven | undefined> {
  const { size } = head.checkpoint;
  for (let version = 1; ; version += 1) {
    const index = await leafOf(read, place, version);
    if (index === undefined) return undefined;
    // Decided, and not yet in the signed log.
    if (index >= size) continue;
    const bytes = (await readBundle(Math.floor(index / TILE_WIDTH), size, read))[index % TILE_WIDTH] as Uint8Array;
    const entry = readEntry(bytes);
    const file = entry?.files.find(({ sha256 }) => sha256 === hash);
    if (!entry || !file || entry.uscc !== place.uscc || entry.year !== place.year) continue;
    const hashes = await inclusionProof(index, size, nodesOfTiles(size, read));
    if (!verifyInclusion(leafHash(bytes), index, hashes, head.checkpoint))
      throw new DamagedLogError(`leaf ${index} is not in the signed log of ${size}`);
    return { entry, index, name: file.name, proof: writeProof({ index, hashes, checkpoint: head.written }) };
  }
}
