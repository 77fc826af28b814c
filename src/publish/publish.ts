import type { Report } from "../../generated/report.ts";
import type { Store } from "../store/store.ts";
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

/** The report that a record published, with all its totals; undefined for a withdrawal. */
export async function publishedReport(store: Store, record: PublicationRecord): Promise<Report | undefined> {
  if (record.kind === "withdrawal") return undefined;
  const artefact = record.artefacts.find(({ name }) => name === "report.json");
  const object = artefact && (await store.get(artefactKey(artefact.sha256)));
  if (!object)
    throw new Error(`the report of ${record.uscc} ${record.year} v${record.version} is missing from the store`);
  return JSON.parse(new TextDecoder().decode(object.body)) as Report;
}

/** The public files of the versions, put in place where a crash came between a record and them. */
export async function mendPublic(store: Store, versions: readonly PublicationRecord[]): Promise<void> {
  const latest = versions.at(-1);
  if (!latest) return;
  const object = await store.get(aliasKey(latest.uscc, latest.year, VERSIONS));
  const derived = object && (JSON.parse(new TextDecoder().decode(object.body)) as { versions: unknown[] });
  if (derived?.versions.length !== versions.length) await derivePublic(store, versions);
}

/**
 * Publishes the version after the ones given: its files under the hashes of their content, then the record by one
 * create-if-absent write, which alone decides, then what the public reads. A crash before the write leaves nothing
 * published; one after it is mended by deriving again.
 */
export async function publish(
  store: Store,
  { files, ...rest }: Publication,
  before: readonly PublicationRecord[],
): Promise<Published> {
  const artefacts = await Promise.all(
    (Object.keys(ARTEFACTS) as ArtefactName[]).flatMap((name) => {
      const bytes = files[name];
      if (!bytes) return [];
      const { contentType } = ARTEFACTS[name];
      const hash = sha256(bytes);
      const artefact: Artefact = { name, sha256: hash, size: bytes.length, contentType };
      return store.create(artefactKey(hash), bytes, { contentType }).then(() => artefact);
    }),
  );
  const last = before.at(-1);
  const record: PublicationRecord = {
    format: 1,
    ...rest,
    version: before.length + 1,
    previous: last ? sha256(canonicalJson(last)) : null,
    ...(last ? { supersedes: last.version } : {}),
    artefacts,
  };
  const key = recordKey(record.uscc, record.year, record.version);
  const created = await store.create(key, canonicalJson(record), { contentType: "application/json; charset=utf-8" });
  const versions = created ? [...before, record] : await records(store, record.uscc, record.year);
  if (!created) {
    await mendPublic(store, versions);
    const winner = versions[record.version - 1];
    if (!winner) throw new Error(`${key} exists but cannot be read`);
    return { outcome: winner.submission === record.submission ? "unchanged" : "conflict", record: winner };
  }
  await derivePublic(store, versions);
  return { outcome: "created", record };
}
