/** Rows as Parquet and back. The same rows give the same bytes. */
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { ByteWriter, parquetWrite } from "hyparquet-writer";
import type { Money } from "../form/amounts.ts";
import { formOf, forms } from "../form/forms.ts";
import { cellsOf, type DatasetCell, placesOf } from "./cells.ts";
import {
  type Column,
  type ColumnType,
  FIGURE_COLUMNS,
  type FigureRow,
  moneyOf,
  PRECISION,
  publishedName,
  reportColumns,
  SCALE,
} from "./columns.ts";
import type { ReportRow } from "./row.ts";

/** Which program's files these are: what is written another way has another number, and is read from the records again. */
const FORMAT = "1";
/** Bytes of a page: a reader of one cell of some hundred reports fetches one or two of each column. */
const PAGE = 8192;
/** What the query page reads of the figures of one cell. */
const ASKED: ReadonlySet<string> = new Set([
  ...["uscc", "organ", "kind", "division", "place", "summed_in", "cell", "value"],
]);
/** Bytes of a DECIMAL(25, 6): 25 digits and a sign. */
const AMOUNT_BYTES = 11;
/** Bytes of the least and the greatest text of a page and a column: as long as a cell's pointer may be. */
const BOUNDS = 200;

type SchemaElement = NonNullable<Parameters<typeof parquetWrite>[0]["schema"]>[number];

const elementOf = (name: string, type: ColumnType): SchemaElement => {
  const of = (rest: Omit<SchemaElement, "name" | "repetition_type">): SchemaElement => ({
    name,
    repetition_type: "OPTIONAL",
    ...rest,
  });
  switch (type) {
    case "VARCHAR":
      return of({ type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } });
    case "INTEGER":
      return of({ type: "INT32" });
    case "BIGINT":
      return of({ type: "INT64" });
    case "BOOLEAN":
      return of({ type: "BOOLEAN" });
    case "TIMESTAMP":
      return of({ type: "INT64", converted_type: "TIMESTAMP_MILLIS" });
    case "DATE":
      return of({ type: "INT32", converted_type: "DATE" });
    case "DECIMAL(25,6)":
      return of({
        ...{ type: "FIXED_LEN_BYTE_ARRAY", type_length: AMOUNT_BYTES },
        ...{ converted_type: "DECIMAL", precision: PRECISION, scale: SCALE },
      });
  }
};

/**
 * @param cells which editions' cells the columns are of
 * @param searched the column whose pages are told apart by their least and greatest value
 */
function write<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: { readonly told: string; readonly searched?: string; readonly bounded: (column: Column<Row>) => boolean },
): Uint8Array {
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(({ name, type }) => elementOf(name, type))],
    columnData: columns.map((column) => ({
      name: column.name,
      data: rows.map((row) => column.of(row)),
      statistics: options.bounded(column),
      // A dictionary of amounts would be read whole for one of them.
      ...(column.type === "DECIMAL(25,6)" ? { encoding: "PLAIN" as const } : {}),
      columnIndex: column.name === options.searched,
      // Where pages begin is told of what is read a page at a time.
      offsetIndex: ASKED.has(column.name),
    })),
    rowGroupSize: Math.max(rows.length, 1),
    pageSize: PAGE,
    statisticsTruncateLength: BOUNDS,
    createdBy: "nianbao",
    kvMetadata: [
      { key: "nianbao.format", value: FORMAT },
      { key: "nianbao.cells", value: options.told },
    ],
  });
  return new Uint8Array(writer.getBuffer());
}

const cellsFor = (editions: readonly string[]): readonly DatasetCell[] =>
  cellsOf(forms.filter(({ edition }) => editions.includes(edition)));

/** What a file says of its columns: a program with other cells reads it no more. */
const tellCells = (editions: readonly string[]): string =>
  JSON.stringify([editions, cellsFor(editions).map(({ column, type }) => (type === "money" ? `${column}*` : column))]);

const editionsOf = (rows: readonly ReportRow[]): string[] => [...new Set(rows.map(({ edition }) => edition))].sort();

/** The wide table: a row a version. Its columns are the cells of the editions that its reports are on. */
export function writeReports(rows: readonly ReportRow[]): Uint8Array {
  const editions = editionsOf(rows);
  const columns = reportColumns(cellsFor(editions));
  // What figures are between says nothing to a reader, and a footer has it for each of them.
  const cells = new Set(cellsFor(editions).flatMap((cell) => [cell.column, publishedName(cell)]));
  return write(columns, rows, { told: tellCells(editions), bounded: ({ name }) => !cells.has(name) });
}

/** The figures of some versions: by cell, then as the versions are. */
export function figureRows(rows: readonly ReportRow[]): FigureRow[] {
  const byCell = new Map<string, FigureRow[]>();
  for (const report of rows) {
    const form = formOf(report.edition);
    if (!form) throw new Error(`no edition ${report.edition}`);
    for (const place of placesOf(form)) {
      const { pointer } = place.cell;
      const value = report.figures.get(pointer);
      if (value === undefined) continue;
      const own = byCell.get(pointer);
      if (own) own.push({ report, place, value });
      else byCell.set(pointer, [{ report, place, value }]);
    }
  }
  return [...byCell.keys()].sort().flatMap((pointer) => byCell.get(pointer)!);
}

/** The tidy table: a row a figure, by cell. */
export function writeFigures(rows: readonly ReportRow[]): { readonly bytes: Uint8Array; readonly rows: number } {
  const figures = figureRows(rows);
  const bytes = write(FIGURE_COLUMNS, figures, {
    told: tellCells(editionsOf(rows)),
    searched: "cell",
    bounded: ({ type }) => type !== "DECIMAL(25,6)",
  });
  return { bytes, rows: figures.length };
}

/** How many bytes at the end of a file tell where all else is: its footer, and where pages begin. */
export function tailOf(bytes: Uint8Array): number {
  const { row_groups: groups } = parquetMetadata(bytes.slice().buffer);
  const told = groups.flatMap(({ columns }) =>
    columns.flatMap((chunk) => [chunk.column_index_offset ?? [], chunk.offset_index_offset ?? []].flat()),
  );
  const footer = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true) + 8;
  return told.reduce((tail, at) => Math.max(tail, bytes.length - Number(at)), footer);
}

type Read = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => value as string;
const maybe = <T>(value: unknown): T | undefined => (value ?? undefined) as T | undefined;

function rowOf(read: Read, cells: readonly DatasetCell[]): ReportRow {
  const figures = new Map<string, number | Money>();
  for (const cell of cells) {
    const value = read[cell.type === "money" ? publishedName(cell) : cell.column];
    if (typeof value === "bigint") figures.set(cell.pointer, Number(value));
    else if (typeof value === "string")
      figures.set(cell.pointer, /^-?\d+$/.test(value) ? Number(value) : moneyOf(value));
  }
  const kind = maybe<string>(read["kind"]);
  const summedIn = maybe<string>(read["may_be_summed_in"]);
  const supersededBy = maybe<number>(read["superseded_by"]);
  const signed = maybe<Date>(read["signed"]);
  return {
    uscc: text(read["uscc"]),
    organ: text(read["organ"]),
    division: text(read["division"]),
    place: text(read["place"]),
    year: read["year"] as number,
    edition: text(read["edition"]),
    version: read["version"] as number,
    placing: { ...(kind === undefined ? {} : { kind }), ...(summedIn === undefined ? {} : { summedIn }) },
    ...(supersededBy === undefined ? {} : { supersededBy }),
    withdrawn: read["withdrawn"] === true,
    redacted: read["redacted"] === true,
    records: read["records"] as number,
    publishedAt: (read["published_at"] as Date).getTime(),
    ...(signed === undefined ? {} : { signed: signed.toISOString().slice(0, 10) }),
    figures,
  };
}

/** The rows of a wide file; undefined where it is none, or another program's. */
export async function readReports(bytes: Uint8Array): Promise<ReportRow[] | undefined> {
  try {
    const buffer = bytes.slice().buffer;
    const metadata = parquetMetadata(buffer);
    const told = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]));
    const cells = told.get("nianbao.cells");
    if (told.get("nianbao.format") !== FORMAT || cells === undefined) return undefined;
    const [editions] = JSON.parse(cells) as readonly [readonly string[]];
    if (tellCells(editions) !== cells) return undefined;
    const own = cellsFor(editions);
    const columns = reportColumns(own).filter(({ type }) => type !== "DECIMAL(25,6)");
    const rows = await parquetReadObjects({ file: buffer, metadata, columns: columns.map(({ name }) => name) });
    return rows.map((row) => rowOf(row, own));
  } catch {
    return undefined;
  }
}
