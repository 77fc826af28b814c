import { joined } from "./bytes.ts";
import { HASH_SIZE, type Hash, nodeHash } from "./hash.ts";
import type { NodeReader } from "./tree.ts";

/** Hashes of a full tile, and entries of a full bundle. A tile is a subtree of height 8 (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** A tile of hashes by its level, or a bundle of the entries below the tile of level 0. */
export interface Tile {
  readonly level: number | "entries";
  readonly index: number;
  /** From 1 up to 256; below that it is partial. */
  readonly width: number;
}

/** The path of a tile below the log's own: 1234067 is x001/x234/067, so that no folder is named like a file. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/\d{3}/g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${name}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** How many hashes the tiles of a level have in a tree of so many leaves. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** A tile as wide as it is where its level has so many hashes. */
export const tileAmong = (count: number, level: Tile["level"], index: number): Tile => ({
  level,
  index,
  width: Math.min(TILE_WIDTH, count - index * TILE_WIDTH),
});

/** The complete subtrees over some hashes, level by level: the hashes themselves, those of pairs, of pairs of pairs, … */
function rowsOver(hashes: readonly Hash[]): readonly (readonly Hash[])[] {
  const rows = [hashes];
  for (let row = hashes; row.length > 1; rows.push(row)) {
    const below = row;
    row = Array.from({ length: below.length >> 1 }, (_, i) => nodeHash(below[2 * i] as Hash, below[2 * i + 1] as Hash));
  }
  return rows;
}

/** The hash over the 256 of a full tile. */
const fullHash = (hashes: readonly Hash[]): Hash => rowsOver(hashes)[TILE_HEIGHT]?.[0] as Hash;

/** The hashes of a tile; undefined where the bytes are of another width. */
export const hashesOfTile = (bytes: Uint8Array, width: number): Hash[] | undefined =>
  bytes.length === width * HASH_SIZE
    ? Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_SIZE, (i + 1) * HASH_SIZE))
    : undefined;

/** A tile or a bundle that is not there, or is not what its name says. */
export class DamagedLogError extends Error {
  override readonly name = "DamagedLogError";
}

/** Reads a file of the log by its path; undefined where there is none. */
export type LogReader = (path: string) => Promise<Uint8Array | undefined>;

/** Reads each file once, for work that comes back to the same tiles. */
export function remembering(read: LogReader): LogReader {
  const known = new Map<string, Promise<Uint8Array | undefined>>();
  return (path) => {
    const file = known.get(path) ?? read(path);
    known.set(path, file);
    return file;
  };
}

/**
 * A tile as a tree of its size has it. A partial one may be gone once the full tile is there, which begins with it.
 * @throws DamagedLogError
 */
export async function readTile(tile: Tile, read: LogReader): Promise<Hash[]> {
  const own = await read(tilePath(tile));
  const whole = own ?? (await read(tilePath({ ...tile, width: TILE_WIDTH })));
  const hashes = whole && hashesOfTile(whole, own ? tile.width : TILE_WIDTH);
  if (!hashes) throw new DamagedLogError(`${tilePath(tile)} is ${whole ? "damaged" : "missing"}`);
  return hashes.slice(0, tile.width);
}

/**
 * The nodes of a tree of so many leaves, from its tiles, each of which is read once. They are what the tiles say: it is
 * the root or a proof made of them that has to be compared with a signed checkpoint.
 */
export function nodesOfTiles(size: number, read: LogReader): NodeReader {
  const tiles = new Map<string, Promise<readonly (readonly Hash[])[]>>();
  return async (level, index) => {
    const [tileLevel, row] = [Math.floor(level / TILE_HEIGHT), level % TILE_HEIGHT];
    const perTile = TILE_WIDTH >> row;
    const tile = tileAmong(hashesAt(tileLevel, size), tileLevel, Math.floor(index / perTile));
    const path = tilePath(tile);
    const rows = tiles.get(path) ?? readTile(tile, read).then(rowsOver);
    tiles.set(path, rows);
    return (await rows)[row]?.[index % perTile] as Hash;
  };
}

/** A file that a larger tree has and the tree before it had not. */
export interface TileFile {
  readonly tile: Tile;
  readonly bytes: Uint8Array;
}

/**
 * The tiles that a tree gets by leaves that are appended to one of `size`: on every level those that grow, full ones at
 * full width and the last at its own.
 * @throws DamagedLogError where the tiles of before are not there
 */
export async function grownTiles(size: number, leaves: readonly Hash[], read: LogReader): Promise<TileFile[]> {
  const files: TileFile[] = [];
  let added: readonly Hash[] = leaves;
  for (let level = 0; added.length > 0; level += 1) {
    const before = hashesAt(level, size);
    const first = Math.floor(before / TILE_WIDTH);
    const head = before % TILE_WIDTH === 0 ? [] : await readTile(tileAmong(before, level, first), read);
    const hashes = [...head, ...added];
    const full: Hash[] = [];
    for (let at = 0; at < hashes.length; at += TILE_WIDTH) {
      const row = hashes.slice(at, at + TILE_WIDTH);
      files.push({ tile: { level, index: first + at / TILE_WIDTH, width: row.length }, bytes: joined(...row) });
      if (row.length === TILE_WIDTH) full.push(fullHash(row));
    }
    added = full;
  }
  return files;
}
