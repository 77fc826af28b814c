import type { Report } from "../../generated/report.ts";
import type { Store } from "../store/store.ts";
import { keepArtefact, readArtefact } from "./artefact.ts";
import { derivePublic, VERSIONS } from "./public.ts";
import {
  ARTEFACTS,
  type Artefact,
  type ArtefactName,
  aliasKey,
  artefactKey,
  canonicalJson,
  type PublicationRecord,
  recordKey,
  sha256,
} from "./record.ts";

/** What is to be published: all that the record holds but what the store decides. */
export interface Publication
  extends Omit<PublicationRecord, "format" | "version" | "previous" | "artefacts" | "supersedes"> {
  readonly files: Readonly<Partial<Record<ArtefactName, Uint8Array>>>;
}

/** What came of it: `conflict` when another submission holds the place, with the record that does. */
export interface Published {
  readonly outcome: "created" | "unchanged" | "conflict";
  readonly record: PublicationRecord;
}

/**
 * Every version of (organ, year), oldest first. Asks for one number after another: a single object is read as it was
 * last written, whatever a listing may still show.
 */
export async function records(store: Store, uscc: string, year: number): Promise<readonly PublicationRecord[]> {
  const found: PublicationRecord[] = [];
  for (;;) {
    const object = await store.get(recordKey(uscc, year, found.length + 1));
    if (!object) return found;
    found.push(JSON.parse(new TextDecoder().decode(object.body)) as PublicationRecord);
  }
}

/** The latest record of (organ, year), or undefined. */
export const latestRecord = async (store: Store, uscc: string, year: number): Promise<PublicationRecord | undefined> =>
  (await records(store, uscc, year)).at(-1);

/**
 * The report that a record published, with all its totals; undefined for a withdrawal.
 * @throws DamagedArtefactError
 */
export async function publishedReport(store: Store, record: PublicationRecord): Promise<Report | undefined> {
  if (record.kind === "withdrawal") return undefined;
  const artefact = record.artefacts.find(({ name }) => name === "report.json");
  if (!artefact) throw new Error(`the record of ${record.uscc} ${record.year} v${record.version} names no report`);
  return JSON.parse(new TextDecoder().decode(await readArtefact(store, record, artefact))) as Report;
}

/** How many versions the public files tell of; they are written last. 0 for a file that cannot be read. */
async function versionsDerived(store: Store, { uscc, year }: PublicationRecord): Promise<number> {
  const object = await store.get(aliasKey(uscc, year, VERSIONS));
  try {
    return object ? (JSON.parse(new TextDecoder().decode(object.body)) as { versions: unknown[] }).versions.length : 0;
  } catch {
    return 0;
  }
}

/** The public files of the versions, put in place where a crash came between a record and them. */
export async function mendPublic(store: Store, versions: readonly PublicationRecord[]): Promise<void> {
  const latest = versions.at(-1);
  if (latest && (await versionsDerived(store, latest)) < versions.length) await derivePublic(store, versions);
}

/**
 * The one write that decides: whether this call made the record, and the record that has the number. A call that fails
 * may have written all the same, its answer lost: what lies there then says.
 * @throws what the store threw, when the number is still free
 */
async function commit(
  store: Store,
  record: PublicationRecord,
): Promise<{ readonly created: boolean; readonly standing: PublicationRecord }> {
  const key = recordKey(record.uscc, record.year, record.version);
  const text = canonicalJson(record);
  const standing = async (): Promise<PublicationRecord | undefined> => {
    const object = await store.get(key);
    return object && (JSON.parse(new TextDecoder().decode(object.body)) as PublicationRecord);
  };
  try {
    if (await store.create(key, text, { contentType: "application/json; charset=utf-8" }))
      // As it will be read: its receipt is the same bytes now and later.
      return { created: true, standing: JSON.parse(text) as PublicationRecord };
  } catch (error) {
    const found = await standing().catch(() => undefined);
    if (!found) throw error;
    return { created: canonicalJson(found) === text, standing: found };
  }
  const found = await standing();
  if (!found) throw new Error(`${key} exists but cannot be read`);
  return { created: false, standing: found };
}

/**
 * Publishes the version after the ones given: its files under the hashes of their content, then the record by one
 * create-if-absent write, which alone decides, then what the public reads. A crash before the write leaves nothing
 * published; one after it is mended by deriving again.
 * @param before every version so far, oldest first, their public files in place
 */
export async function publish(
  store: Store,
  { files, ...rest }: Publication,
  before: readonly PublicationRecord[],
): Promise<Published> {
  const { uscc, year } = rest;
  const kept = await Promise.all(
    (Object.keys(ARTEFACTS) as ArtefactName[]).flatMap((name) => {
      const bytes = files[name];
      if (!bytes) return [];
      const { contentType } = ARTEFACTS[name];
      const artefact: Artefact = { name, sha256: sha256(bytes), size: bytes.length, contentType };
      const key = artefactKey(uscc, year, artefact.sha256);
      return keepArtefact(store, key, artefact, bytes).then((isNew) => ({ artefact, key, bytes, isNew }));
    }),
  );
  const last = before.at(-1);
  const record: PublicationRecord = {
    format: 1,
    ...rest,
    version: before.length + 1,
    previous: last ? sha256(canonicalJson(last)) : null,
    ...(last ? { supersedes: last.version } : {}),
    artefacts: kept.map(({ artefact }) => artefact),
  };
  const { created, standing } = await commit(store, record);
  if (!created) {
    await mendPublic(store, await records(store, uscc, year));
    return { outcome: standing.submission === record.submission ? "unchanged" : "conflict", record: standing };
  }
  // What an earlier attempt had left may have been swept as an orphan before the record referred to it.
  for (const { artefact, key, bytes, isNew } of kept) if (!isNew) await keepArtefact(store, key, artefact, bytes);
  const fresh = new Map(kept.map(({ artefact, bytes }) => [artefact.sha256, bytes]));
  await derivePublic(store, [...before, record], { fresh });
  return { outcome: "created", record: standing };
}
