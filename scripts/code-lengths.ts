/** The longest code that deflate has (RFC 1951, 3.2.7). */
const LONGEST = 15;

/** The depth of each leaf of Huffman's tree; `weights` ascending. */
function depths(weights: readonly number[]): number[] {
  const n = weights.length;
  const weight = [...weights];
  const parent: number[] = [];
  let [leaf, inner] = [0, n];
  const lightest = (): number =>
    leaf < n && (inner >= weight.length || weight[leaf]! <= weight[inner]!) ? leaf++ : inner++;
  for (let node = n; node < 2 * n - 1; node += 1) {
    const [a, b] = [lightest(), lightest()];
    parent[a] = node;
    parent[b] = node;
    weight.push(weight[a]! + weight[b]!);
  }
  const depth = new Array<number>(2 * n - 1).fill(0);
  for (let node = 2 * n - 3; node >= 0; node -= 1) depth[node] = depth[parent[node]!]! + 1;
  return depth.slice(0, n);
}

/** How long each symbol's code is, by how often it occurs: Huffman's, made flatter until none is too long for deflate. */
export function codeLengths(counts: readonly number[]): number[] {
  const symbols = counts.map((_, symbol) => symbol).sort((a, b) => counts[a]! - counts[b]! || a - b);
  for (let divisor = 1; ; divisor *= 2) {
    const found = depths(symbols.map((symbol) => Math.ceil((counts[symbol]! + 1) / divisor)));
    if (Math.max(...found) > LONGEST) continue;
    const lengths = new Array<number>(counts.length).fill(0);
    for (const [i, symbol] of symbols.entries()) lengths[symbol] = found[i]!;
    return lengths;
  }
}
