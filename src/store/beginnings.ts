import type { Store } from "./store.ts";

/** Rows of a listing that are passed over one by one; after so many the listing is begun anew behind them. */
const ROWS = 1000;

/**
 * What keys under a prefix begin with, each once, in the order of the keys: of `records/1137…` the divisions, say, without
 * a listing of all that lies there. Of a beginning with many keys some thousand are read.
 * @param length characters after the prefix; of a shorter key all that it has
 */
export async function* beginnings(store: Pick<Store, "list">, prefix: string, length: number): AsyncGenerator<string> {
  let last: string | undefined;
  let after: string | undefined;
  for (;;) {
    let rows = 0;
    let skip: string | undefined;
    for await (const { key } of store.list(prefix, after)) {
      const beginning = key.slice(prefix.length, prefix.length + length);
      if (beginning !== last) {
        last = beginning;
        rows = 0;
        yield beginning;
      }
      rows += 1;
      if (rows < ROWS) continue;
      // "~" comes after all that keys of ours have.
      const end = `${prefix}${beginning}~`;
      skip = key > end ? key : end;
      break;
    }
    if (skip === undefined) return;
    after = skip;
  }
}
