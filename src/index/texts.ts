/** The signatures of reports' texts, by which they are found: taken up after publications, and built anew. */
import type { Report } from "../../generated/report.ts";
import type { Place } from "../basics/place.ts";
import { publishedReport, records } from "../publish/publish.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { currentVersion, redactionOf } from "../publish/versions.ts";
import type { Store } from "../store/store.ts";
import { decode, encode, mergeSigned, prefectureOf, type Signed, signatureOf, textsPath } from "../texts/signatures.ts";
import { concurrently } from "./concurrently.ts";
import { derivedHeaders, PARALLEL, type PublicFile, publicKey } from "./shared.ts";

const TYPE = "application/octet-stream";
/** How often a merge is tried again that others came before. */
const ATTEMPTS = 12;

/** What is to be found of a place: nothing where its report was withdrawn or redacted. @throws when its report is missing */
export async function readSigned(store: Store, { uscc, year }: Place): Promise<Signed | undefined> {
  const found = await records(store, uscc, year);
  const latest = currentVersion(found);
  if (!latest) return undefined;
  const isRedacted = redactionOf(found, latest.version) !== undefined;
  return signed(found, latest, isRedacted ? undefined : await publishedReport(store, latest));
}

/**
 * The same of what was read already.
 * @param latest the version that stands
 * @param report what it published, if anything
 */
export function signed(
  records: readonly PublicationRecord[],
  latest: PublicationRecord,
  report: Report | undefined,
): Signed {
  const isRedacted = redactionOf(records, latest.version) !== undefined;
  return { uscc: latest.uscc, records: records.length, signature: signatureOf(isRedacted ? undefined : report) };
}

/** A prefecture's year as a file. */
export const textsFile = (prefecture: string, year: number, reports: readonly Signed[]): PublicFile => ({
  path: textsPath(prefecture, year),
  body: encode(mergeSigned([], reports)),
  contentType: TYPE,
});

/** Puts reports into the file of their prefecture's year; the same in any order, by any number at once. */
async function mergeInto(store: Store, prefecture: string, year: number, some: readonly Signed[]): Promise<void> {
  const key = publicKey(textsPath(prefecture, year));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const there = await store.get(key);
    const bytes = encode(mergeSigned(there ? decode(there.body) : [], some));
    if (there && Buffer.compare(there.body, bytes) === 0) return;
    const headers = derivedHeaders(TYPE);
    if (there ? await store.replace(key, bytes, headers, there.etag) : await store.create(key, bytes, headers)) return;
  }
  throw new Error(`${key} was changed by others ${ATTEMPTS} times while it was to be written`);
}

/**
 * Takes up what was published of some places: costs the file of each prefecture's year once, however many places of it there
 * are and however many reports there are besides. Places that cannot be read are left to who reads them for the dataset.
 */
export async function takeUpTexts(store: Store, places: readonly Place[]): Promise<void> {
  const by = Map.groupBy(places, ({ uscc, year }) => `${prefectureOf(uscc)}/${year}`);
  for (const [name, own] of by) {
    const [prefecture = "", year = ""] = name.split("/");
    const read = await concurrently(own, PARALLEL, (place) => readSigned(store, place).catch(() => undefined));
    const some = read.filter((each) => each !== undefined);
    if (some.length > 0) await mergeInto(store, prefecture, Number(year), some);
  }
}
