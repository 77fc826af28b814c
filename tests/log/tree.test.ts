import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entriesOf, readBundle } from "../../src/log/bundle.ts";
import { toHex, utf8 } from "../../src/log/bytes.ts";
import { EMPTY_ROOT, type Hash, leafHash, nodeHash } from "../../src/log/hash.ts";
import { verifyConsistency, verifyInclusion } from "../../src/log/proof.ts";
import { nodesOfTiles, tilePath } from "../../src/log/tiles.ts";
import { consistencyProof, inclusionProof, rootOf } from "../../src/log/tree.ts";
import { LogFiles } from "../support/log-files.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

/** The leaves and roots with which implementations of Certificate Transparency are tested. */
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** A log of numbered entries, appended in batches. */
async function logOf(...batches: readonly number[]): Promise<LogFiles> {
  const log = new LogFiles();
  for (const count of batches) await log.append(Array.from({ length: count }, (_, i) => utf8(`entry ${log.size + i}`)));
  return log;
}

/** The tree hash as RFC 6962 defines it, word for word. */
function defined(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(defined(leaves.slice(0, k)), defined(leaves.slice(k)));
}

const flipped = (hash: Hash, bit: number): Hash =>
  hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));

describe("the tree", () => {
  it("has the published roots", async () => {
    expect(toHex(EMPTY_ROOT)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const log = new LogFiles();
    await log.append(LEAVES.map(hex));
    const roots = await Promise.all(ROOTS.map((_, i) => rootOf(i + 1, nodesOfTiles(8, log.read))));
    expect(roots.map(toHex)).toEqual(ROOTS);
  });

  it("has the published proofs", async () => {
    const log = new LogFiles();
    await log.append(LEAVES.map(hex));
    const read = nodesOfTiles(8, log.read);
    const published = {
      "6 in 8": [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[3],
      ],
      "2 in 5": [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
      "leaf 2 in 3": [ROOTS[1]],
    };
    expect((await consistencyProof(6, 8, read)).map(toHex)).toEqual(published["6 in 8"]);
    expect((await consistencyProof(2, 5, read)).map(toHex)).toEqual(published["2 in 5"]);
    expect((await inclusionProof(2, 3, read)).map(toHex)).toEqual(published["leaf 2 in 3"]);
  });

  it("has the tiles that the specification counts for 70,000 leaves, each at its path", async () => {
    const log = await logOf(...Array.from({ length: 70 }, () => 1000));
    const paths = [...log.files.keys()].filter((path) => /^tile\/\d/.test(path));
    const full = (level: number): number =>
      paths.filter((p) => p.startsWith(`tile/${level}/`) && !p.includes(".p")).length;
    expect([full(0), full(1), full(2)]).toEqual([273, 1, 0]);
    expect(paths).toEqual(expect.arrayContaining(["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]));
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("tile/0/x001/x234/067");
    const root = await rootOf(70_000, nodesOfTiles(70_000, log.read));
    expect(root).toEqual(defined(Array.from({ length: 70_000 }, (_, i) => leafHash(utf8(`entry ${i}`)))));
    const hashes = await inclusionProof(69_999, 70_000, nodesOfTiles(70_000, log.read));
    expect(verifyInclusion(leafHash(utf8("entry 69999")), 69_999, hashes, { size: 70_000, root })).toBe(true);
  });

  it("is the same however the leaves came, and each bundle gives the entries back", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 }), async (batches) => {
        const log = await logOf(...batches);
        const leaves = Array.from({ length: log.size }, (_, i) => leafHash(utf8(`entry ${i}`)));
        expect(await rootOf(log.size, nodesOfTiles(log.size, log.read))).toEqual(defined(leaves));
        const last = Math.floor((log.size - 1) / 256);
        const entries = await readBundle(last, log.size, log.read);
        expect(entries.map(leafHash)).toEqual(leaves.slice(last * 256));
      }),
      { numRuns: 8 },
    );
  });

  it("is read from full tiles where the partial ones were removed, and not at all from damaged ones", async () => {
    const log = await logOf(200, 100);
    const root = await rootOf(200, nodesOfTiles(200, log.read));
    log.files.delete("tile/0/000.p/200");
    expect(await rootOf(200, nodesOfTiles(200, log.read))).toEqual(root);
    log.files.set("tile/0/000", new Uint8Array(8191));
    await expect(rootOf(200, nodesOfTiles(200, log.read))).rejects.toThrow("tile/0/000.p/200 is damaged");
    log.files.delete("tile/0/001.p/44");
    await expect(rootOf(300, nodesOfTiles(300, log.read))).rejects.toThrow("tile/0/001.p/44 is missing");
  });

  it("takes no bundle that ends within an entry", () => {
    expect(entriesOf(hex("0001ff0000"))).toEqual([hex("ff"), hex("")]);
    for (const cut of ["00", "0001", "0002ff", "0001ff00"]) expect(entriesOf(hex(cut))).toBeUndefined();
  });
});

describe("proofs", () => {
  it("hold for every leaf and for every two sizes", async () => {
    const log = await logOf(70);
    const read = nodesOfTiles(70, log.read);
    for (let size = 1; size <= 70; size += 1) {
      const head = { size, root: await rootOf(size, read) };
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, read);
        expect(verifyInclusion(leafHash(utf8(`entry ${index}`)), index, proof, head)).toBe(true);
      }
      for (let before = 1; before <= size; before += 1) {
        const proof = await consistencyProof(before, size, read);
        expect(verifyConsistency({ size: before, root: await rootOf(before, read) }, head, proof)).toBe(true);
      }
    }
  });

  it("of inclusion do not hold with any bit flipped, a hash more or less, or another position", async () => {
    const log = await logOf(900);
    const read = nodesOfTiles(900, log.read);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 900 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1))),
        fc.nat(255),
        fc.nat(),
        async ([size, index], bit, which) => {
          const leaf = leafHash(utf8(`entry ${index}`));
          const root = await rootOf(size, read);
          const proof = await inclusionProof(index, size, read);
          const holds = (hash: Hash, at: number, hashes: readonly Hash[], to: Hash): boolean =>
            verifyInclusion(hash, at, hashes, { size, root: to });
          expect(holds(leaf, index, proof, root)).toBe(true);
          const changed = proof.map((hash, i) => (i === which % proof.length ? flipped(hash, bit) : hash));
          expect(holds(flipped(leaf, bit), index, proof, root)).toBe(false);
          expect(holds(leaf, index, changed, root)).toBe(false);
          expect(holds(leaf, index, proof, flipped(root, bit))).toBe(false);
          expect(holds(leaf, index, proof.slice(0, -1), root)).toBe(false);
          expect(holds(leaf, index, [...proof, root], root)).toBe(false);
          for (const other of [index ^ 1, index + size, -1, index + 0.5])
            expect(holds(leaf, other, proof, root)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("of consistency do not hold with any bit flipped, a hash more or less, or sizes that are not theirs", async () => {
    const log = await logOf(900);
    const read = nodesOfTiles(900, log.read);
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({ min: 2, max: 900 })
          .chain((size) => fc.tuple(fc.integer({ min: 1, max: size - 1 }), fc.constant(size))),
        fc.nat(255),
        fc.nat(),
        async ([before, size], bit, which) => {
          const old = { size: before, root: await rootOf(before, read) };
          const now = { size, root: await rootOf(size, read) };
          const proof = await consistencyProof(before, size, read);
          expect(verifyConsistency(old, now, proof)).toBe(true);
          const changed = proof.map((hash, i) => (i === which % proof.length ? flipped(hash, bit) : hash));
          expect(verifyConsistency(old, now, changed)).toBe(false);
          expect(verifyConsistency({ ...old, root: flipped(old.root, bit) }, now, proof)).toBe(false);
          expect(verifyConsistency(old, { ...now, root: flipped(now.root, bit) }, proof)).toBe(false);
          expect(verifyConsistency(old, now, proof.slice(0, -1))).toBe(false);
          expect(verifyConsistency(old, now, [...proof, now.root])).toBe(false);
          expect(verifyConsistency(now, old, proof)).toBe(false);
          expect(verifyConsistency({ ...old, size: 0 }, now, proof)).toBe(false);
          expect(verifyConsistency(old, { ...now, size: before }, proof)).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are not made of what is not in the tree", async () => {
    const log = await logOf(3);
    const read = nodesOfTiles(3, log.read);
    await expect(inclusionProof(3, 3, read)).rejects.toThrow(RangeError);
    await expect(consistencyProof(0, 3, read)).rejects.toThrow(RangeError);
    await expect(consistencyProof(4, 3, read)).rejects.toThrow(RangeError);
  });
});
