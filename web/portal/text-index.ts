/** The files in which texts are searched, asked for by ranges: a few dozen bytes for a pair of characters. */
import {
  codesIn,
  countIn,
  HEAD_BYTES,
  hasBit,
  NAME_BYTES,
  rowAt,
  rowOf,
  strideOf,
  textsPath,
} from "../../src/texts/signatures.ts";

/** What is fetched of a file before anything is searched: its head and the codes of some 600 reports. */
const BEGINNING = 12 * 1024;

/** The file was written again since it was opened: its rows lie elsewhere by now. */
export class ChangedFileError extends Error {}

/** Some bytes of a file, or all of it. */
interface Part {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
  readonly etag: string | null;
}

/**
 * The bytes of a file from one to before another; all of it, from a server that knows no ranges. Past the browser's cache,
 * which lets one request of an address after another.
 */
async function range(url: URL, from: number, to: number): Promise<Part | undefined> {
  const answer = await fetch(url, { headers: { range: `bytes=${from}-${to - 1}` }, cache: "no-store" });
  if (answer.status === 404 || answer.status === 403) return undefined;
  if (!answer.ok) throw new Error(`${answer.status} ${url.pathname}`);
  const [whole, etag] = [answer.status === 200, answer.headers.get("etag")];
  return { bytes: new Uint8Array(await answer.arrayBuffer()), whole, etag };
}

/** A prefecture's year. */
export class TextFile {
  readonly #url: URL;
  readonly count: number;
  #codes: string[];
  #whole: Uint8Array | undefined;
  readonly #etag: string | null;

  private constructor(url: URL, { bytes, whole, etag }: Part) {
    this.#url = url;
    this.#etag = etag;
    this.count = countIn(bytes) ?? 0;
    this.#codes = codesIn(bytes);
    if (whole) this.#whole = bytes;
  }

  /** Undefined where nobody of the prefecture has published for the year. */
  static async open(root: URL, prefecture: string, year: string): Promise<TextFile | undefined> {
    const url = new URL(textsPath(prefecture, year), root);
    const found = await range(url, 0, BEGINNING);
    const file = found && new TextFile(url, found);
    return file && file.count > 0 ? file : undefined;
  }

  /** @throws ChangedFileError */
  async #bytes(from: number, to: number): Promise<Uint8Array> {
    if (this.#whole) return this.#whole.subarray(from, to);
    const found = await range(this.#url, from, to);
    if (!found || found.etag !== this.#etag) throw new ChangedFileError(this.#url.pathname);
    if (!found.whole) return found.bytes;
    this.#whole = found.bytes;
    return found.bytes.subarray(from, to);
  }

  async code(column: number): Promise<string> {
    if (column >= this.#codes.length) this.#codes = codesIn(await this.#bytes(0, HEAD_BYTES + NAME_BYTES * this.count));
    return this.#codes[column]!;
  }

  /**
   * The reports that may have all of some pairs: a few rows at first, which end most searches for what is rare, then the
   * rest. One in a few thousand does not have what its signature says; the text itself decides.
   * @param atFirst how many rows are asked for at once before the rest
   * @throws ChangedFileError
   */
  async candidates(pairs: readonly string[], atFirst: number): Promise<number[]> {
    const rows = [...new Set(pairs.map(rowOf))];
    let left = Array.from({ length: this.count }, (_, column) => column);
    for (const some of [rows.slice(0, atFirst), rows.slice(atFirst)]) {
      if (left.length === 0) break;
      const read = await Promise.all(
        some.map((row) => {
          const from = rowAt(this.count, row);
          return this.#bytes(from, from + strideOf(this.count));
        }),
      );
      left = left.filter((column) => read.every((row) => hasBit(row, column)));
    }
    return left;
  }
}
