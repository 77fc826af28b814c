/** The figures of one cell out of the dataset's files, by ranges: of each file its end, then the pages that have the cell. */
import { type AsyncBuffer, type FileMetaData, type ParquetScan, parquetMetadataAsync, parquetScan } from "hyparquet";
import { type DataFile, dataPaths, type YearManifest } from "../../src/dataset/files.ts";

/** One figure of a report. */
export interface Found {
  readonly year: number;
  readonly province: string;
  readonly division: string;
  readonly place: string;
  readonly kind: string | null;
  readonly uscc: string;
  readonly organ: string;
  /** Whether the version stands; false where that was not read. */
  readonly current: boolean;
  /** Whether some sum has the report. */
  readonly addable: boolean;
  /** In units of 10^-6. */
  readonly value: bigint;
}

/** What columns an answer needs besides the figure itself: names are most of a file. */
export type Detail = "none" | "division" | "organ" | "each";

const COLUMNS: Readonly<Record<Detail, readonly Column[]>> = {
  none: ["value", "kind", "summed_in"],
  division: ["value", "kind", "summed_in", "division", "place"],
  organ: ["value", "kind", "summed_in", "division", "place", "uscc", "organ"],
  // Whether a version stands is told apart from the sums only by reading all of a column.
  each: ["value", "kind", "summed_in", "current", "uscc", "organ"],
};

/** A file is not what the manifest says: it was written again since. */
class ChangedError extends Error {}

/** Bytes that are fetched at least. */
const LEAST = 4096;
/** Files that are read at a time. */
const AT_ONCE = 8;

/** A file by ranges; what was fetched is not fetched again. */
function ranged(url: string, { bytes: byteLength, tail }: DataFile): AsyncBuffer {
  const parts: { readonly start: number; readonly end: number; readonly bytes: Promise<ArrayBuffer> }[] = [];
  const get = async (start: number, end: number): Promise<ArrayBuffer> => {
    // Past the browser's cache, which lets one request of an address after another.
    const answer = await fetch(url, { headers: { range: `bytes=${start}-${end - 1}` }, cache: "no-store" });
    if (answer.status === 404 || answer.status === 416) throw new ChangedError(url);
    if (!answer.ok) throw new Error(`${answer.status} ${url}`);
    const bytes = await answer.arrayBuffer();
    // Who knows no ranges sends all of it.
    const whole = answer.status === 200;
    const total = whole ? bytes.byteLength : Number(answer.headers.get("content-range")?.split("/")[1]);
    if (total !== byteLength) throw new ChangedError(url);
    return whole ? bytes.slice(start, end) : bytes;
  };
  return {
    byteLength,
    slice: async (from, to = byteLength) => {
      const start = from < 0 ? Math.max(0, byteLength + from) : from;
      const end = to < 0 ? byteLength + to : Math.min(to, byteLength);
      let part = parts.find((each) => each.start <= start && end <= each.end);
      if (!part) {
        const first = parts.length === 0 ? Math.min(start, byteLength - tail) : start;
        // A column's dictionary lies before its pages: of most columns one part has both.
        const last = Math.min(byteLength, Math.max(end, start + LEAST));
        part = { start: first, end: last, bytes: get(first, last) };
        parts.push(part);
      }
      return (await part.bytes).slice(start - part.start, end - part.start);
    },
  };
}

/** A DECIMAL as its bytes have it, two's complement, the first byte first. */
function unscaled(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

/** Amounts are to be read as they are written: a number of JavaScript does not hold all of them. */
function withRawAmounts(metadata: FileMetaData): FileMetaData {
  return {
    ...metadata,
    schema: metadata.schema.map((element) => {
      if (element.name !== "value") return element;
      const { converted_type: _, logical_type: __, scale: ___, precision: ____, ...raw } = element;
      return raw;
    }),
  };
}

type Column = "value" | "kind" | "summed_in" | "current" | "division" | "place" | "uscc" | "organ";

/** The rows of a cell: those of the pages that may have it are looked through for where it begins and ends. */
async function rowsOf(
  scan: ParquetScan,
  cell: string,
): Promise<{ readonly rowStart: number; readonly rowEnd: number }[]> {
  const ranges = scan.ranges.map(async ({ rowStart, rowEnd }) => {
    const cells = [...((await scan.readColumn({ column: "cell", rowStart, rowEnd })) as string[])];
    const [from, to] = [cells.indexOf(cell), cells.lastIndexOf(cell) + 1];
    return from < 0 ? [] : [{ rowStart: rowStart + from, rowEnd: rowStart + to }];
  });
  return (await Promise.all(ranges)).flat();
}

async function readFile(
  url: string,
  told: DataFile,
  { cell, columns }: { readonly cell: string; readonly columns: readonly Column[] },
  of: { readonly year: number; readonly province: string },
): Promise<Found[]> {
  const file = ranged(url, told);
  const metadata = withRawAmounts(await parquetMetadataAsync(file, { initialFetchSize: told.tail }));
  const scan = await parquetScan({
    ...{ file, metadata, utf8: false, usePageIndex: true, useOffsetIndex: true },
    columns: ["cell", ...columns],
    pruningFilter: { cell: { $eq: cell } },
  });
  const found: Found[] = [];
  for (const range of await rowsOf(scan, cell)) {
    const read = await Promise.all(columns.map((column) => scan.readColumn({ column, ...range })));
    const at = (column: Column, i: number): unknown => {
      const which = columns.indexOf(column);
      return which < 0 ? undefined : read[which]?.[i];
    };
    const text = (column: Column, i: number): string => (at(column, i) ?? "") as string;
    for (let i = 0; i < range.rowEnd - range.rowStart; i += 1)
      found.push({
        ...of,
        division: text("division", i),
        place: text("place", i),
        uscc: text("uscc", i),
        organ: text("organ", i),
        kind: text("kind", i) || null,
        addable: text("summed_in", i) !== "",
        current: at("current", i) === true,
        value: unscaled(at("value", i) as Uint8Array),
      });
  }
  return found;
}

const manifest = async (root: string, year: number, cache: RequestCache): Promise<YearManifest> => {
  const answer = await fetch(`${root}${dataPaths.year(year)}`, { cache });
  if (!answer.ok) throw new Error(`${answer.status} ${year}`);
  return (await answer.json()) as YearManifest;
};

/** What is asked of the files. */
export interface Asked {
  readonly cell: string;
  readonly years: readonly number[];
  /** Two digits; all when empty. */
  readonly province: string;
  readonly detail: Detail;
}

async function readAll(root: string, { cell, years, province, detail }: Asked, cache: RequestCache): Promise<Found[]> {
  const manifests = await Promise.all(years.map((year) => manifest(root, year, cache)));
  const files = manifests.flatMap(({ year, shards }) =>
    shards
      .filter(({ prefix }) => prefix.startsWith(province))
      .map(({ prefix, figures }) => ({ year, prefix, figures })),
  );
  const found: Found[] = [];
  const rest = files.values();
  const work = async (): Promise<void> => {
    for (const { year, prefix, figures } of rest) {
      const url = `${root}${dataPaths.file("figures", year, prefix)}`;
      found.push(
        ...(await readFile(url, figures, { cell, columns: COLUMNS[detail] }, { year, province: prefix.slice(0, 2) })),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

/** Reads a cell; where files were written again meanwhile, once more by the manifests as they are now. */
export async function readCell(root: string, asked: Asked): Promise<Found[]> {
  try {
    return await readAll(root, asked, "default");
  } catch (error) {
    if (!(error instanceof ChangedError)) throw error;
    return readAll(root, asked, "reload");
  }
}
