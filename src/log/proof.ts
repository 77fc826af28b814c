import { sameBytes } from "./bytes.ts";
import { HASH_SIZE, type Hash, nodeHash } from "./hash.ts";

const isOdd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);

/** Two positions on one level of the tree that go up together; numbers may be larger than bitwise operators take. */
class Positions {
  first: number;
  last: number;

  constructor(first: number, last: number) {
    this.first = first;
    this.last = last;
  }

  up(): void {
    this.first = half(this.first);
    this.last = half(this.last);
  }

  /** Whether the next hash of the proof stands at the left; goes up to where it does. */
  fromLeft(): boolean {
    if (!isOdd(this.first) && this.first !== this.last) return false;
    while (!isOdd(this.first) && this.first !== 0) this.up();
    return true;
  }
}

/** A tree as its checkpoint states it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** Whether a proof shows that the leaf at an index is in a tree (RFC 9162, 2.1.3.2). */
export function verifyInclusion(leaf: Hash, index: number, proof: readonly Hash[], { size, root }: TreeHead): boolean {
  if (leaf.length !== HASH_SIZE || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  const at = new Positions(index, size - 1);
  let hash = leaf;
  for (const next of proof) {
    if (at.last === 0) return false;
    hash = at.fromLeft() ? nodeHash(next, hash) : nodeHash(hash, next);
    at.up();
  }
  return at.last === 0 && sameBytes(hash, root);
}

/** Whether a proof shows that a tree begins with all of another (RFC 9162, 2.1.4.2). Of the empty tree nothing is shown. */
export function verifyConsistency(before: TreeHead, after: TreeHead, proof: readonly Hash[]): boolean {
  if (before.size < 1 || before.size > after.size) return false;
  if (before.size === after.size) return proof.length === 0 && sameBytes(before.root, after.root);
  if (proof.length === 0) return false;
  const at = new Positions(before.size - 1, after.size - 1);
  while (isOdd(at.first)) at.up();
  // A smaller tree that is a whole subtree of the larger is where the proof begins, and is not in it.
  const [seed, ...rest] = at.first === 0 ? [before.root, ...proof] : proof;
  let old = seed as Hash;
  let now = old;
  for (const next of rest) {
    if (at.last === 0) return false;
    if (at.fromLeft()) {
      old = nodeHash(next, old);
      now = nodeHash(next, now);
    } else now = nodeHash(now, next);
    at.up();
  }
  return at.last === 0 && sameBytes(old, before.root) && sameBytes(now, after.root);
}
