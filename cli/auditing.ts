/** What a witness does besides cosigning: it reads every entry, and asks whether the site shows what they say. */
import { appendFile, readFile } from "node:fs/promises";
import { writeAtomically } from "../src/batch/atomically.ts";
import { type Contradiction, contradictions, readListing } from "../src/log/account.ts";
import { readBundle } from "../src/log/bundle.ts";
import { sameBytes } from "../src/log/bytes.ts";
import { entryBytes, type LogEntry, readEntry } from "../src/log/entry.ts";
import { leafHash } from "../src/log/hash.ts";
import type { TreeHead } from "../src/log/proof.ts";
import { DamagedLogError, grownTiles, type LogReader, nodesOfTiles, TILE_WIDTH, tilePath } from "../src/log/tiles.ts";
import { rootOf } from "../src/log/tree.ts";
import type { SiteReader } from "../src/log/verify.ts";
import { say } from "./language.ts";

/** A file of the witness's folder; undefined where there is none. */
export const kept = (file: string): Promise<string | undefined> =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });

const entryIn = (text: string): LogEntry => {
  const entry = readEntry(new TextEncoder().encode(text));
  if (!entry) throw new DamagedLogError("an entry is none that this program knows");
  return entry;
};

/** Entries that a witness has kept, a line each; one that a crash cut short is read anew. */
async function keptEntries(file: string): Promise<LogEntry[]> {
  const lines = ((await kept(file)) ?? "").split("\n");
  const whole = lines.slice(0, -1);
  if (lines.at(-1) !== "") writeAtomically(file, whole.map((line) => `${line}\n`).join(""));
  return whole.map(entryIn);
}

/**
 * Every entry of a log, those that are new from the site and the others from the folder, held against the root: whoever
 * has run this has all that was ever logged, whatever becomes of the site.
 * @throws DamagedLogError when they are not those of the signed log
 */
export async function readEntries(file: string, { size, root }: TreeHead, read: LogReader): Promise<LogEntry[]> {
  const entries = await keptEntries(file);
  const known = entries.length;
  if (known > size) throw new DamagedLogError(`the log has ${size} entries, and had ${known} before`);
  for (let bundle = Math.floor(known / TILE_WIDTH); bundle * TILE_WIDTH < size; bundle += 1) {
    const all = await readBundle(bundle, size, read);
    for (const bytes of all.slice(Math.max(entries.length - bundle * TILE_WIDTH, 0)))
      entries.push(entryIn(new TextDecoder().decode(bytes)));
  }
  const leaves = entries.map((entry) => leafHash(entryBytes(entry)));
  const files = new Map(
    (await grownTiles(0, leaves, async () => undefined)).map(({ tile, bytes }) => [tilePath(tile), bytes]),
  );
  const nodes = nodesOfTiles(size, async (path) => files.get(path));
  if (!sameBytes(await rootOf(size, nodes), root))
    throw new DamagedLogError(`the entries are not those of the signed log of ${size}`);
  const added = entries.slice(known).map((entry) => `${new TextDecoder().decode(entryBytes(entry))}\n`);
  if (added.length > 0) await appendFile(file, added.join(""));
  return entries;
}

/** Places that are looked at in a run: the next run goes on after them. */
const PLACES = 500;

const describe = (name: string, { version, kind }: Contradiction): string =>
  kind === "withheld"
    ? say(`${name} 第${version}版：日志记下的，网站没有列出`, `${name} v${version}: logged, and not listed by the site`)
    : say(
        `${name} 第${version}版：网站所列与日志所记不同`,
        `${name} v${version}: what the site lists is not what was logged`,
      );

/**
 * Where the site shows something else of some places than the log has of them.
 * @param entries that have been in the log for a while, so that caches show what followed from them
 * @param cursor file that says where the run before stopped
 */
export async function auditPlaces(entries: readonly LogEntry[], cursor: string, site: SiteReader): Promise<string[]> {
  const places = Map.groupBy(entries, ({ uscc, year }) => `${uscc}/${year}`);
  const names = [...places.keys()].sort();
  const last = (await kept(cursor)) ?? "";
  const first = Math.max(
    names.findIndex((name) => name > last),
    0,
  );
  const some = [...names.slice(first), ...names.slice(0, first)].slice(0, PLACES);
  const found: string[] = [];
  for (const name of some) {
    const listing = readListing(await site(`${name}/versions.json`));
    found.push(...contradictions(places.get(name) ?? [], listing).map((each) => describe(name, each)));
  }
  writeAtomically(cursor, some.at(-1) ?? "");
  return found;
}
