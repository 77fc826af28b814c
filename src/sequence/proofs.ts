import { canonicalJson } from "../basics/canonical-json.ts";
import { entryBytes, type LogEntry } from "../log/entry.ts";
import { leafHash } from "../log/hash.ts";
import { type TreeHead, verifyInclusion } from "../log/proof.ts";
import { nodesOfTiles, remembering } from "../log/tiles.ts";
import { writeProof } from "../log/tlog-proof.ts";
import { inclusionProof, type NodeReader } from "../log/tree.ts";
import type { Store } from "../store/store.ts";
import { eachOf } from "./each.ts";
import { DECIDED, fileKey, logReader, PROOF, proofKey } from "./keys.ts";

/** An entry and where it is in the log. */
export interface Placed {
  readonly entry: LogEntry;
  readonly index: number;
}

/** A tree with the checkpoint that states it. */
export interface StatedTree extends TreeHead {
  readonly written: string;
}

/** The proof file of an entry; undefined where the tree does not have it at that place. */
export async function proofOf(
  { entry, index }: Placed,
  tree: StatedTree,
  nodes: NodeReader,
): Promise<string | undefined> {
  if (index >= tree.size) return undefined;
  const extra = entryBytes(entry);
  const hashes = await inclusionProof(index, tree.size, nodes);
  if (!verifyInclusion(leafHash(extra), index, hashes, tree)) return undefined;
  return writeProof({ extra, index, hashes, checkpoint: tree.written });
}

/**
 * Puts beside each version the proof that its record is in the log, and before it what leads there from the hash of a
 * file: who finds the proof finds these too. What is there stays, since any proof is as good as another. An entry that
 * is not the one that was logged gets none: `fsck` says of which record that is.
 */
export async function keepProofs(store: Store, placed: readonly Placed[], tree: StatedTree): Promise<void> {
  const nodes = nodesOfTiles(tree.size, remembering(logReader(store)));
  await eachOf(placed, async ({ entry, index }) => {
    const proof = await proofOf({ entry, index }, tree, nodes);
    if (proof === undefined) return;
    const { uscc, year, version, files } = entry;
    const pointer = canonicalJson({ uscc, year, version });
    await Promise.all(files.map(({ sha256 }) => store.create(fileKey(sha256), pointer, DECIDED)));
    await store.create(proofKey(entry, version), proof, PROOF);
  });
}
