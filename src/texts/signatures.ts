/**
 * A file of signatures, in which the reports of a prefecture's year are searched by ranges of bytes (decision 23): a row
 * for each pair of characters by its hash, a column for each report, a bit where the report has the pair. A row answers
 * for all reports at once in a few dozen bytes; a report costs one KB, and its publication this one file. Runs in browsers.
 *
 * 16 bytes of head, a name and a count of records for each report, then the rows.
 */
import { fold, pairsOf, reportTexts } from "./fold.ts";

/** How many rows there are; a report has some 1,500 pairs, so that a row is set for a fifth of the reports. */
export const ROWS = 8192;
export const HEAD_BYTES = 16;
/** A credit code in ASCII, and a number of two bytes. */
export const NAME_BYTES = 20;
const CODE_BYTES = 18;
/** “NBT1” in ASCII. */
const MAGIC = 0x4e425431;

/** What is known of one report's texts. */
export interface Signed {
  readonly uscc: string;
  /** How many records there were; one with more takes the place of one with fewer. */
  readonly records: number;
  /** `ROWS` bits; all 0 of a report that does not stand. */
  readonly signature: Uint8Array;
}

/** The row of a pair (FNV-1a over its code units). */
export function rowOf(pair: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < pair.length; i += 1) hash = Math.imul(hash ^ pair.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) & (ROWS - 1);
}

/** The signature of a report's texts; of none, when nothing is to be found. */
export function signatureOf(report: unknown): Uint8Array {
  const signature = new Uint8Array(ROWS / 8);
  for (const { text } of reportTexts(report))
    for (const pair of pairsOf(fold(text))) {
      const row = rowOf(pair);
      signature[row >> 3]! |= 1 << (row & 7);
    }
  return signature;
}

/** Bytes of a row for so many reports. */
export const strideOf = (count: number): number => Math.ceil(count / 8);
/** Where a row begins. */
export const rowAt = (count: number, row: number): number => HEAD_BYTES + NAME_BYTES * count + row * strideOf(count);

/** Whether a row has a bit for a report. */
export const hasBit = (row: Uint8Array, column: number): boolean => (row[column >> 3]! & (1 << (column & 7))) !== 0;

/** @param reports by code, each once */
export function encode(reports: readonly Signed[]): Uint8Array {
  const count = reports.length;
  const bytes = new Uint8Array(rowAt(count, ROWS));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, count);
  view.setUint32(8, ROWS);
  for (const [column, { uscc, records, signature }] of reports.entries()) {
    const at = HEAD_BYTES + NAME_BYTES * column;
    for (let i = 0; i < CODE_BYTES; i += 1) bytes[at + i] = uscc.charCodeAt(i);
    view.setUint16(at + CODE_BYTES, records);
    for (let row = 0; row < ROWS; row += 1)
      if (hasBit(signature, row)) bytes[rowAt(count, row) + (column >> 3)]! |= 1 << (column & 7);
  }
  return bytes;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** How many reports a file has, by its head; undefined of what is no such file. */
export function countIn(head: Uint8Array): number | undefined {
  if (head.length < HEAD_BYTES) return undefined;
  const view = viewOf(head);
  return view.getUint32(0) === MAGIC && view.getUint32(8) === ROWS ? view.getUint32(4) : undefined;
}

/** The codes of a file's reports, as many as its beginning has. */
export function codesIn(beginning: Uint8Array): string[] {
  const count = countIn(beginning) ?? 0;
  const there = Math.min(count, Math.floor((beginning.length - HEAD_BYTES) / NAME_BYTES));
  return Array.from({ length: there }, (_, column) => {
    const at = HEAD_BYTES + NAME_BYTES * column;
    return String.fromCharCode(...beginning.subarray(at, at + CODE_BYTES));
  });
}

/** Reads a whole file; none of what is none. */
export function decode(bytes: Uint8Array): Signed[] {
  const count = countIn(bytes) ?? 0;
  if (bytes.length !== rowAt(count, ROWS)) return [];
  const view = viewOf(bytes);
  return codesIn(bytes).map((uscc, column) => {
    const signature = new Uint8Array(ROWS / 8);
    for (let row = 0; row < ROWS; row += 1)
      if (bytes[rowAt(count, row) + (column >> 3)]! & (1 << (column & 7))) signature[row >> 3]! |= 1 << (row & 7);
    return { uscc, records: view.getUint16(HEAD_BYTES + NAME_BYTES * column + CODE_BYTES), signature };
  });
}

/** Some reports with others: the one of more records stands; by code. */
export function mergeSigned(before: readonly Signed[], some: readonly Signed[]): Signed[] {
  const all = new Map(before.map((each) => [each.uscc, each]));
  for (const each of some) {
    const there = all.get(each.uscc);
    if (!there || each.records > there.records) all.set(each.uscc, each);
  }
  return [...all.values()].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}

/** Where a year of a prefecture lies, under the public root. @param prefecture four digits: characters 3–6 of a code */
export const textsPath = (prefecture: string, year: number | string): string => `texts/${prefecture}/${year}.bin`;

/** The prefecture of a credit code. */
export const prefectureOf = (uscc: string): string => uscc.slice(2, 6);
