import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import { readHashed } from "../publish/artefact.ts";
import { latestFiles, type PublicFile, sameHeaders, versionFiles } from "../publish/public.ts";
import {
  type Artefact,
  artefactKey,
  type PublicationRecord,
  recordKey,
  sweptKey,
  versionKey,
} from "../publish/record.ts";
import { artefactsOf, shownOf } from "../publish/versions.ts";
import type { ListedObject, Store } from "../store/store.ts";
import { problem } from "./log-problems.ts";
import { type Held, holdAgainst, type LoggedRecords } from "./logged.ts";
import { checkOffice } from "./office.ts";
import { NOTHING, type Problem, type Tally } from "./problems.ts";
import { checkProofs, isProof } from "./proofs.ts";
import { readRecord } from "./record.ts";

/** What to do besides looking. */
export interface Settings {
  /** Write again what can be had from elsewhere: files of a version from their copies, public files from the records. */
  readonly mend: boolean;
  /** Remove artefacts that no record refers to. */
  readonly sweep: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Artefacts younger than this are of a publication that may be under way, ms. */
  readonly grace: number;
  /** Public files of a version younger than this may still be on their way, ms. */
  readonly settle: number;
  /** What the log has, where there is one: no record that is not as it was logged is mended after. */
  readonly log?: LoggedRecords | undefined;
  /** Whether records that the log lacks are appended after the look. */
  readonly appends: boolean;
}

/** What is listed of one (organ, year). */
export interface PlaceObjects {
  readonly uscc: string;
  readonly year: number;
  readonly records: readonly ListedObject[];
  readonly artefacts: readonly ListedObject[];
  readonly published: readonly ListedObject[];
  readonly swept: readonly ListedObject[];
  readonly drafts: readonly ListedObject[];
}

export interface Checked {
  /** Records that the log lacks and that nothing speaks against. */
  readonly unlogged: readonly PublicationRecord[];
  readonly tally: Tally;
  readonly problems: readonly Problem[];
}

interface Versions {
  readonly records: readonly PublicationRecord[];
  readonly problems: readonly Problem[];
}

/** Public files of a place that are read at once. */
const SIDE_BY_SIDE = 8;

/** The records of a place, read one number after another until there is none; stops at a damaged one. */
async function readVersions(store: Store, { uscc, year, records: listed }: PlaceObjects): Promise<Versions> {
  const records: PublicationRecord[] = [];
  const problems: Problem[] = [];
  let previous: string | null = null;
  for (;;) {
    const version = records.length + 1;
    const key = recordKey(uscc, year, version);
    const object = await store.get(key);
    if (!object) break;
    // Read once more: an answer that was cut short is not yet a damaged record.
    const record =
      readRecord(object.body, { uscc, year }, records) ??
      readRecord((await store.get(key))?.body ?? new Uint8Array(), { uscc, year }, records);
    if (!record) return { records, problems: [...problems, problem("record-damaged", key)] };
    if (record.previous !== previous) problems.push(problem("chain-broken", key));
    previous = sha256(canonicalJson(record));
    records.push(record);
  }
  const known = new Set(records.map((r) => recordKey(uscc, year, r.version)));
  const beyond = listed.filter(({ key }) => !known.has(key));
  if (beyond.length > 0) problems.push(problem("record-gap", recordKey(uscc, year, records.length + 1)));
  return { records, problems };
}

/** The content that a record's file should have, from wherever it still lies. */
async function copyOf(store: Store, { uscc, year, version, redacts }: PublicationRecord, artefact: Artefact) {
  const { name, sha256: hash } = artefact;
  // What a redaction put in place lies at the addresses of the versions that it is about.
  const numbers = redacts === undefined ? [version] : Array.from({ length: version }, (_, i) => i + 1);
  const copies = numbers.map((number) => versionKey(uscc, year, number, name));
  for (const key of [...copies, sweptKey(uscc, year, hash)]) {
    const found = await readHashed(store, key, hash);
    if ("bytes" in found) return found.bytes;
  }
  return undefined;
}

/** Checks a file of a version, and writes it again from its public copy. */
async function checkArtefact(
  store: Store,
  record: PublicationRecord,
  artefact: Artefact,
  { mend }: Settings,
): Promise<readonly Problem[]> {
  const key = artefactKey(record.uscc, record.year, artefact.sha256);
  const found = await readHashed(store, key, artefact.sha256);
  if ("bytes" in found) return found.bytes.length === artefact.size ? [] : [problem("artefact-damaged", key)];
  const copy = mend ? await copyOf(store, record, artefact) : undefined;
  if (copy) await store.put(key, copy, { contentType: artefact.contentType });
  return [problem(found.fault === "missing" ? "artefact-missing" : "artefact-damaged", key, copy !== undefined)];
}

/** A public file that is not as it should be, and the entity tag of what lies there instead. */
interface Wrong {
  readonly file: PublicFile;
  readonly etag: string | undefined;
  /** SHA-256 (hex) of what lies there. */
  readonly hash: string | undefined;
}

async function checkPublic(store: Store, file: PublicFile): Promise<readonly Wrong[]> {
  const { content, headers, key } = file;
  const hash = content instanceof Uint8Array ? sha256(content) : content.sha256;
  for (let attempt = 1; ; attempt += 1) {
    const found = await store.get(key);
    if (found && sha256(found.body) === hash && sameHeaders(found.headers, headers)) return [];
    if (!found || attempt === 2) return [{ file, etag: found?.etag, hash: found && sha256(found.body) }];
  }
}

/** Whether a content is one that a redaction took out of the public. */
const isRedacted = (records: readonly PublicationRecord[], hash: string | undefined): boolean =>
  records.some((version) => {
    const { by, artefacts } = shownOf(version, records);
    const gone =
      by === version ? [] : version.artefacts.filter(({ sha256 }) => !artefacts.some((a) => a.sha256 === sha256));
    return gone.some(({ sha256 }) => sha256 === hash);
  });

/** Writes a public file where nothing was written since it was looked at. */
async function mendPublic(
  store: Store,
  records: readonly PublicationRecord[],
  { file, etag, hash: lies }: Wrong,
  mend: boolean,
): Promise<Problem> {
  const { content, headers, key } = file;
  const { uscc, year } = records[0]!;
  const kind = etag === undefined ? "public-missing" : isRedacted(records, lies) ? "redacted-public" : "public-differs";
  if (!mend) return problem(kind, key);
  const hash = content instanceof Uint8Array ? "" : content.sha256;
  const from =
    content instanceof Uint8Array ? { bytes: content } : await readHashed(store, artefactKey(uscc, year, hash), hash);
  if (!("bytes" in from)) return problem(kind, key);
  const { bytes } = from;
  const written = etag ? await store.replace(key, bytes, headers, etag) : await store.create(key, bytes, headers);
  return problem(kind, key, written);
}

/**
 * Sets an artefact aside that no record refers to. The publisher of a report may just be committing a record that refers
 * to it, having found it there. It looks for the file after its record, and we for its record after the file is gone, so
 * that one of the two puts it back; where both die, or the removal takes effect late, `mend` and `readArtefact` do. What
 * was set aside is removed once the records have been read again, a grace period later, when no such publisher is left.
 */
async function setAside(store: Store, { uscc, year }: PlaceObjects, key: string): Promise<boolean> {
  const object = await store.get(key);
  if (!object) return false;
  const hash = key.slice(key.lastIndexOf("/") + 1);
  await store.put(sweptKey(uscc, year, hash), object.body, object.headers);
  await store.delete(key);
  for (let version = 1; ; version += 1) {
    const record = await store.get(recordKey(uscc, year, version));
    if (!record) return true;
    if (new TextDecoder().decode(record.body).includes(hash)) await store.create(key, object.body, object.headers);
  }
}

/**
 * What may be done to a place: nothing is made after a record that is not the one in the log, or that the log has not yet,
 * and nothing at all on the word of a log that is damaged.
 */
function settingsFor(held: Held | undefined, settings: Settings): Settings {
  if (!held) return settings;
  const sound = held.problems.length === 0 && settings.log?.problems.length === 0;
  const { mend, sweep } = settings;
  return { ...settings, mend: mend && sound && held.unlogged.length === 0, sweep: sweep && sound };
}

/** What is wrong with a place by the log, and with its proofs, which the log alone accounts for. */
async function logProblems(
  store: Store,
  place: PlaceObjects,
  held: Held | undefined,
  { log, now, settle, grace, mend, appends }: Settings,
): Promise<readonly Problem[]> {
  if (!held || !log) return [];
  const ages = { settledBefore: now - settle, loggedBefore: now - grace, mend, appends };
  return [...held.problems, ...(await checkProofs(store, { ...place, held }, log, ages))];
}

/** Looks at everything of one (organ, year). The listings are older than what is read here: the records first of all. */
export async function checkPlace(store: Store, place: PlaceObjects, wanted: Settings): Promise<Checked> {
  const { uscc, year, artefacts, published } = place;
  const { records, problems: found } = await readVersions(store, place);
  const held = wanted.log ? holdAgainst(wanted.log, place, records) : undefined;
  const settings = settingsFor(held, wanted);
  const problems: Problem[] = [...found, ...(await logProblems(store, place, held, settings))];
  const intact = !found.some(({ kind }) => kind !== "chain-broken");
  for (const record of records)
    for (const result of await Promise.all(artefactsOf(record).map((a) => checkArtefact(store, record, a, settings))))
      problems.push(...result);

  const latest = records.at(-1);
  const files = versionFiles(records);
  if (latest && intact) files.push(...latestFiles(records));
  const wrong: Wrong[] = [];
  for (let i = 0; i < files.length; i += SIDE_BY_SIDE)
    for (const result of await Promise.all(files.slice(i, i + SIDE_BY_SIDE).map((file) => checkPublic(store, file))))
      wrong.push(...result);
  // What differs may be what a newer version has put there: then all is looked at anew. Nothing that is of a version
  // which comes after this look is written over, for its entity tag is another.
  if (wrong.length > 0 && latest && intact && (await store.get(recordKey(uscc, year, latest.version + 1))))
    return checkPlace(store, place, wanted);
  const listed = latest && place.records.find(({ key }) => key === recordKey(uscc, year, latest.version));
  const settled = listed !== undefined && listed.modified <= settings.now - settings.settle;
  const pending = wrong.length > 0 && !settled;
  if (!pending) for (const each of wrong) problems.push(await mendPublic(store, records, each, settings.mend));
  if (intact) {
    const accounted = new Set(files.map(({ key }) => key));
    // Of proofs the log gives account, where its key is known.
    const stray = published.filter((object) => !isProof(object) && !accounted.has(object.key));
    for (const { key } of stray) problems.push(problem("public-stray", key));
  }

  problems.push(...(await checkOffice(store, place, place.drafts, records)));

  const referred = new Set(records.flatMap((r) => artefactsOf(r).map((a) => artefactKey(uscc, year, a.sha256))));
  const old = ({ modified }: ListedObject): boolean => modified < settings.now - settings.grace;
  const orphans = artefacts.filter((object) => !referred.has(object.key) && old(object));
  const left = problems.filter((p) => !p.mended).length;
  // Where something is wrong, what seems to belong to nothing may be all that is left of it.
  const sweeping = settings.sweep && left === 0;
  let swept = 0;
  if (sweeping) for (const { key } of orphans) if (await setAside(store, place, key)) swept += 1;
  const setAsideNow = new Set(orphans.map(({ key }) => key.replace(/^artefacts/, "swept")));
  const removable = place.swept.filter((object) => old(object) && !setAsideNow.has(object.key));
  if (sweeping) for (const { key } of removable) await store.delete(key);
  return {
    problems,
    unlogged: found.length === 0 && held?.problems.length === 0 ? held.unlogged : [],
    tally: {
      ...NOTHING,
      versions: records.length,
      artefacts: records.reduce((n, r) => n + artefactsOf(r).length, 0),
      publicFiles: files.length,
      bytes:
        records.reduce((n, r) => n + artefactsOf(r).reduce((m, a) => m + a.size, 0), 0) +
        files.reduce((n, { content }) => n + (content instanceof Uint8Array ? content.length : content.size), 0),
      pending: pending ? 1 : 0,
      orphans: orphans.length,
      swept,
      removed: sweeping ? removable.length : 0,
      unlogged: held?.unlogged.length ?? 0,
      problems: left,
      mended: problems.length - left,
    },
  };
}
