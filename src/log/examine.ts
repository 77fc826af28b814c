import type { Place } from "../basics/place.ts";
import { type Contradiction, contradictions, type Listing, readListing } from "./account.ts";
import type { LogKeys } from "./checkpoint.ts";
import { type Head, logOf, type Proven, provePlace, readHead, recordOfFile, type SiteReader } from "./verify.ts";

/** Where a file is looked for, and by which keys the log is believed. */
export interface Examination {
  readonly site: SiteReader;
  readonly keys: LogKeys;
  /** Where it was published, if that is known; the log says it otherwise. */
  readonly place?: Place | undefined;
}

/** A place with all of its records that are in the log, and what the site lists there. */
export interface ExaminedPlace {
  readonly head: Head;
  readonly place: Place;
  readonly records: readonly Proven[];
  readonly listing: Listing | undefined;
  /** Where the site shows something else than the log has. */
  readonly against: readonly Contradiction[];
}

/** A file that a record in the log has. */
export interface ExaminedFile extends ExaminedPlace {
  readonly record: Proven;
  /** The file's name in the record. */
  readonly name: string;
}

/**
 * What the log and the site say of a place.
 * @throws DamagedLogError when what the site says of the log does not prove
 */
export async function examinePlace(place: Place, { site, keys }: Examination): Promise<ExaminedPlace> {
  const head = await readHead(logOf(site), keys);
  const records = await provePlace(place, head, site);
  const listing = readListing(await site(`${place.uscc}/${place.year}/versions.json`));
  const entries = records.map(({ entry }) => entry);
  return { head, place, records, listing, against: contradictions(entries, listing) };
}

/** The name that a content has in a record. @param hash SHA-256 (hex) */
export const nameIn = ({ entry }: Pick<Proven, "entry">, hash: string): string | undefined =>
  entry.files.find(({ sha256 }) => sha256 === hash)?.name;

/**
 * From the hash of a file to the signed checkpoint, by the site's static files alone; undefined where no record in the log
 * has such a file.
 * @param hash SHA-256 (hex)
 * @throws DamagedLogError when what the site says of the log does not prove
 */
export async function examineFile(hash: string, examination: Examination): Promise<ExaminedFile | undefined> {
  const place = examination.place ?? (await recordOfFile(hash, logOf(examination.site)));
  if (!place) return undefined;
  const examined = await examinePlace({ uscc: place.uscc, year: place.year }, examination);
  const record = examined.records.find((each) => nameIn(each, hash) !== undefined);
  return record && { ...examined, record, name: nameIn(record, hash) as string };
}
