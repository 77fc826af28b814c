import { EMPTY_ROOT, type Hash, nodeHash } from "./hash.ts";

/**
 * The hash of a whole subtree of 2^level leaves, the first of which is index × 2^level. Asked only for those that are
 * complete in the tree at hand.
 */
export type NodeReader = (level: number, index: number) => Promise<Hash>;

/** Leaves from `start` up to `end`, without it. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The largest power of two below n, for n of at least 2. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

const isPower = (n: number): boolean => splitOf(n + 1) === n;

/** The tree hash over a range that begins where a subtree of its size does (MTH of RFC 6962). */
async function rangeHash({ start, end }: Range, read: NodeReader): Promise<Hash> {
  const n = end - start;
  if (isPower(n)) return read(Math.log2(n), start / n);
  const middle = start + splitOf(n);
  const [left, right] = await Promise.all([
    rangeHash({ start, end: middle }, read),
    rangeHash({ start: middle, end }, read),
  ]);
  return nodeHash(left, right);
}

/** The root of a tree of so many leaves. */
export const rootOf = async (size: number, read: NodeReader): Promise<Hash> =>
  size === 0 ? EMPTY_ROOT : rangeHash({ start: 0, end: size }, read);

/** The subtrees whose hashes lead from a leaf to the root, the leaf's sibling first (PATH of RFC 6962, 2.1.1). */
function pathOf(index: number, { start, end }: Range): Range[] {
  if (end - start === 1) return [];
  const middle = start + splitOf(end - start);
  return index < middle
    ? [...pathOf(index, { start, end: middle }), { start: middle, end }]
    : [...pathOf(index, { start: middle, end }), { start, end: middle }];
}

/** SUBPROOF of RFC 6962, 2.1.2: `whole` while the range begins with all leaves of the smaller tree. */
function subproofOf(size: number, { start, end }: Range, whole: boolean): Range[] {
  if (size === end) return whole ? [] : [{ start, end }];
  const middle = start + splitOf(end - start);
  return size <= middle
    ? [...subproofOf(size, { start, end: middle }, whole), { start: middle, end }]
    : [...subproofOf(size, { start: middle, end }, false), { start, end: middle }];
}

const hashesOf = (ranges: readonly Range[], read: NodeReader): Promise<Hash[]> =>
  Promise.all(ranges.map((range) => rangeHash(range, read)));

/**
 * That a leaf is in the tree of so many leaves.
 * @throws RangeError for a leaf that is not
 */
export async function inclusionProof(index: number, size: number, read: NodeReader): Promise<Hash[]> {
  if (index < 0 || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  return hashesOf(pathOf(index, { start: 0, end: size }), read);
}

/**
 * That the tree of `size` leaves begins with that of `before`.
 * @throws RangeError when `before` is 0, of which nothing can be proved, or larger
 */
export async function consistencyProof(before: number, size: number, read: NodeReader): Promise<Hash[]> {
  if (before < 1 || before > size) throw new RangeError(`no tree of ${before} in one of ${size}`);
  return hashesOf(subproofOf(before, { start: 0, end: size }, true), read);
}
