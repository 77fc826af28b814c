import { canonicalJson } from "../basics/canonical-json.ts";
import type { Place } from "../basics/place.ts";
import { utf8 } from "./bytes.ts";

/** A public file and what it hashes to. */
export interface LoggedFile {
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
}

/** What the log says of a record: where it is, what it hashes to, and which files the public gets. Nothing private. */
export interface LogEntry extends Place {
  readonly format: 1;
  /** The number of the record within its place. */
  readonly version: number;
  /** SHA-256 (hex) of the record as it lies in the store. */
  readonly record: string;
  readonly files: readonly LoggedFile[];
}

/** The bytes of the leaf: canonical JSON (RFC 8785). */
export const entryBytes = (entry: LogEntry): Uint8Array => utf8(canonicalJson(entry));

const HASH = /^[0-9a-f]{64}$/;
const isFile = (value: Partial<LoggedFile> | null): boolean =>
  typeof value === "object" && value !== null && typeof value.name === "string" && HASH.test(String(value.sha256));

/** The entry that a leaf is; undefined of anything else. */
export function readEntry(bytes: Uint8Array): LogEntry | undefined {
  let value: Partial<LogEntry> | null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = JSON.parse(text) as Partial<LogEntry> | null;
    if (typeof value !== "object" || value === null || canonicalJson(value) !== text) return undefined;
  } catch {
    return undefined;
  }
  const { format, uscc, year, version, record, files } = value;
  const known = format === 1 && typeof uscc === "string" && Number.isSafeInteger(year);
  if (!known || !Number.isSafeInteger(version) || !HASH.test(String(record))) return undefined;
  return Array.isArray(files) && files.every(isFile) ? (value as LogEntry) : undefined;
}
