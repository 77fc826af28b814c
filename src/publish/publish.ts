import type { Report } from "../../generated/report.ts";
import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import { jsonOf } from "../basics/json.ts";
import { readJson, writeOnce } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import { keepArtefact, readArtefact } from "./artefact.ts";
import { derivePublic, VERSIONS } from "./public.ts";
import {
  ARTEFACTS,
  type Artefact,
  type ArtefactName,
  aliasKey,
  artefactKey,
  type PublicationRecord,
  recordKey,
} from "./record.ts";
import { currentVersion } from "./versions.ts";

/** What is to be published: all that the record holds but what the store decides. */
export interface Publication
  extends Omit<PublicationRecord, "format" | "version" | "previous" | "artefacts" | "quoting" | "supersedes"> {
  readonly files: NamedFiles;
  /** Of a redaction: the next version's files without what they quoted. */
  readonly quoting?: NamedFiles;
}

/** Some of a version's files. */
export type NamedFiles = Readonly<Partial<Record<ArtefactName, Uint8Array>>>;

/** What came of it: `conflict` when another submission holds the place, with the record that does. */
export interface Published {
  readonly outcome: "created" | "unchanged" | "conflict";
  readonly record: PublicationRecord;
  /** The version that stands, where what came before has been superseded or withdrawn since. */
  readonly standing?: PublicationRecord;
}

/**
 * Every record of (organ, year), oldest first. Asks for one number after another: a single object is read as it was
 * last written, whatever a listing may still show.
 */
export async function records(store: Store, uscc: string, year: number): Promise<readonly PublicationRecord[]> {
  const found: PublicationRecord[] = [];
  for (;;) {
    const record = await readJson<PublicationRecord>(store, recordKey(uscc, year, found.length + 1));
    if (!record) return found;
    found.push(record);
  }
}

/** The version that stands at (organ, year), or undefined. */
export const latestRecord = async (store: Store, uscc: string, year: number): Promise<PublicationRecord | undefined> =>
  currentVersion(await records(store, uscc, year));

/**
 * The report that a record published, with all its totals; undefined for a record without one.
 * @throws DamagedArtefactError
 */
export async function publishedReport(store: Store, record: PublicationRecord): Promise<Report | undefined> {
  if (record.kind === "withdrawal" || record.kind === "redaction") return undefined;
  const artefact = record.artefacts.find(({ name }) => name === "report.json");
  if (!artefact) throw new Error(`the record of ${record.uscc} ${record.year} v${record.version} names no report`);
  return jsonOf<Report>(await readArtefact(store, record, artefact));
}

interface VersionsFile {
  readonly versions: readonly { readonly version: number; readonly redaction?: { readonly record: number } }[];
}

/** Up to which record the public files are derived; this one is written last. 0 for a file that cannot be read. */
async function recordsDerived(store: Store, { uscc, year }: PublicationRecord): Promise<number> {
  const object = await store.get(aliasKey(uscc, year, VERSIONS));
  try {
    const { versions } = JSON.parse(object ? new TextDecoder().decode(object.body) : "") as VersionsFile;
    return Math.max(0, ...versions.flatMap(({ version, redaction }) => [version, redaction?.record ?? 0]));
  } catch {
    return 0;
  }
}

/** The public files of the versions, put in place where a crash came between a record and them. */
export async function mendPublic(store: Store, versions: readonly PublicationRecord[]): Promise<void> {
  const latest = versions.at(-1);
  if (latest && (await recordsDerived(store, latest)) < versions.length) await derivePublic(store, versions);
}

/** Puts files under the hashes of their content. */
const keepAll = (store: Store, { uscc, year }: Pick<Publication, "uscc" | "year">, files: NamedFiles) =>
  Promise.all(
    ARTEFACTS.flatMap(({ name, contentType }) => {
      const bytes = files[name];
      if (!bytes) return [];
      const artefact: Artefact = { name, sha256: sha256(bytes), size: bytes.length, contentType };
      const key = artefactKey(uscc, year, artefact.sha256);
      return keepArtefact(store, key, artefact, bytes).then((isNew) => ({ artefact, key, bytes, isNew }));
    }),
  );

/**
 * Publishes the version after the ones given: its files under the hashes of their content, then the record by one
 * create-if-absent write, which alone decides, then what the public reads. A crash before the write leaves nothing
 * published; one after it is mended by deriving again.
 * @param before every record so far, oldest first, their public files in place
 */
export async function publish(
  store: Store,
  { files, quoting, ...rest }: Publication,
  before: readonly PublicationRecord[],
): Promise<Published> {
  const { uscc, year } = rest;
  const [own, others] = await Promise.all([keepAll(store, rest, files), keepAll(store, rest, quoting ?? {})]);
  const kept = [...own, ...others];
  const last = before.at(-1);
  const superseded = rest.kind === "redaction" ? undefined : currentVersion(before);
  const record: PublicationRecord = {
    format: 1,
    ...rest,
    version: before.length + 1,
    previous: last ? sha256(canonicalJson(last)) : null,
    ...(superseded ? { supersedes: superseded.version } : {}),
    artefacts: own.map(({ artefact }) => artefact),
    ...(quoting ? { quoting: others.map(({ artefact }) => artefact) } : {}),
  };
  const { created, standing } = await writeOnce(store, recordKey(uscc, year, record.version), record);
  if (!created) {
    await mendPublic(store, await records(store, uscc, year));
    return { outcome: standing.submission === record.submission ? "unchanged" : "conflict", record: standing };
  }
  // What an earlier attempt had left may have been swept as an orphan before the record referred to it.
  await Promise.all(kept.map(({ artefact, key, bytes, isNew }) => isNew || keepArtefact(store, key, artefact, bytes)));
  const known = new Map(kept.map(({ artefact, bytes }) => [artefact.sha256, bytes]));
  // A version changes nothing of those before it; a redaction does.
  await derivePublic(store, [...before, record], { known, fresh: rest.kind !== "redaction" });
  return { outcome: "created", record: standing };
}
