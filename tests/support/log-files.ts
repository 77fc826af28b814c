import { grownBundles } from "../../src/log/bundle.ts";
import { toHex } from "../../src/log/bytes.ts";
import { leafHash } from "../../src/log/hash.ts";
import { grownTiles, type LogReader, tilePath } from "../../src/log/tiles.ts";

/** A log's files in memory. */
export class LogFiles {
  readonly files = new Map<string, Uint8Array>();
  size = 0;
  readonly read: LogReader = async (path) => this.files.get(path);

  async append(entries: readonly Uint8Array[]): Promise<void> {
    const grown = [
      ...(await grownBundles(this.size, entries, this.read)),
      ...(await grownTiles(this.size, entries.map(leafHash), this.read)),
    ];
    for (const { tile, bytes } of grown) {
      const path = tilePath(tile);
      const before = this.files.get(path);
      if (before && toHex(before) !== toHex(bytes)) throw new Error(`${path} was changed`);
      this.files.set(path, bytes);
    }
    this.size += entries.length;
  }
}
