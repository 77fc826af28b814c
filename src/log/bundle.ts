import { joined } from "./bytes.ts";
import { DamagedLogError, type LogReader, TILE_WIDTH, type Tile, type TileFile, tileAmong, tilePath } from "./tiles.ts";

/** Bytes of the largest entry: its length is written in two. */
export const LARGEST_ENTRY = 0xffff;

/**
 * Entries one after another, each after its length as a big-endian uint16 (C2SP tlog-tiles).
 * @throws RangeError for an entry that is too long
 */
export const bundleOf = (entries: readonly Uint8Array[]): Uint8Array =>
  joined(
    ...entries.flatMap((entry) => {
      if (entry.length > LARGEST_ENTRY) throw new RangeError(`an entry of ${entry.length} bytes`);
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );

/** The entries of a bundle; undefined where it ends within one. */
export function entriesOf(bundle: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const [high, low] = bundle.subarray(at, at + 2);
    if (high === undefined || low === undefined) return undefined;
    const entry = bundle.slice(at + 2, at + 2 + high * 256 + low);
    if (entry.length !== high * 256 + low) return undefined;
    entries.push(entry);
    at += 2 + entry.length;
  }
  return entries;
}

/**
 * The entries of one bundle in a tree of so many leaves.
 * @throws DamagedLogError
 */
export async function readBundle(index: number, size: number, read: LogReader): Promise<Uint8Array[]> {
  const tile: Tile = tileAmong(size, "entries", index);
  const own = await read(tilePath(tile));
  const bytes = own ?? (await read(tilePath({ ...tile, width: TILE_WIDTH })));
  const entries = bytes && entriesOf(bytes);
  if (entries?.length !== (own ? tile.width : TILE_WIDTH))
    throw new DamagedLogError(`${tilePath(tile)} is ${bytes ? "damaged" : "missing"}`);
  return entries.slice(0, tile.width);
}

/** The bundles that entries appended to a log of `size` make; the last one of before is read for what it had. */
export async function grownBundles(size: number, added: readonly Uint8Array[], read: LogReader): Promise<TileFile[]> {
  const first = Math.floor(size / TILE_WIDTH);
  const head = size % TILE_WIDTH === 0 ? [] : await readBundle(first, size, read);
  const entries = [...head, ...added];
  const files: TileFile[] = [];
  for (let at = 0; at < entries.length; at += TILE_WIDTH) {
    const some = entries.slice(at, at + TILE_WIDTH);
    files.push({
      tile: { level: "entries", index: first + at / TILE_WIDTH, width: some.length },
      bytes: bundleOf(some),
    });
  }
  return files;
}
