import type { Report } from "../../generated/report.ts";
import type { Finding } from "../finding.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";
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
  versionKey,
} from "./record.ts";

/** What is to be published. */
export interface Publication {
  readonly report: Report;
  /** SHA-256 (hex) of the canonical submission. */
  readonly submission: string;
  readonly files: Readonly<Record<ArtefactName, Uint8Array>>;
  readonly findings: readonly Finding[];
  /** ISO 8601 with +08:00. */
  readonly publishedAt: string;
  readonly program: string;
}

/** What came of it: `conflict` when another submission holds the year, with its record. */
export interface Published {
  readonly outcome: "created" | "unchanged" | "conflict";
  readonly record: PublicationRecord;
}

/** The latest record of (organ, year), or undefined. */
export async function latestRecord(store: Store, uscc: string, year: number): Promise<PublicationRecord | undefined> {
  let latest: string | undefined;
  for await (const { key } of store.list(`records/${uscc}/${year}/`)) latest = key;
  const object = latest === undefined ? undefined : await store.get(latest);
  return object && (JSON.parse(new TextDecoder().decode(object.body)) as PublicationRecord);
}

/** The report that a record published, with all its totals. */
export async function publishedReport(store: Store, record: PublicationRecord): Promise<Report> {
  const artefact = record.artefacts.find(({ name }) => name === "report.json");
  const object = artefact && (await store.get(artefactKey(artefact.sha256)));
  if (!object)
    throw new Error(`the report of ${record.uscc} ${record.year} v${record.version} is missing from the store`);
  return JSON.parse(new TextDecoder().decode(object.body)) as Report;
}

/** Whether a record was made from this submission. */
const outcomeFor = (record: PublicationRecord, submission: string): Published => ({
  outcome: record.submission === submission ? "unchanged" : "conflict",
  record,
});

/**
 * What is known of a submission before anything is made of it: published already, another in its place, or undefined.
 * Where a crash came between the record and its public files, they are derived now.
 */
export async function findPublished(
  store: Store,
  uscc: string,
  year: number,
  submission: string,
): Promise<Published | undefined> {
  const record = await latestRecord(store, uscc, year);
  if (!record) return undefined;
  // The last file that `derivePublic` writes.
  const last = record.artefacts.at(-1);
  if (last && !(await store.get(aliasKey(uscc, year, last.name)))) await derivePublic(store, record);
  return outcomeFor(record, submission);
}

/** RFC 6266: an ASCII name for old clients, the Chinese one for all others. */
export function contentDisposition(record: PublicationRecord, name: ArtefactName): string {
  const extension = name.slice(name.lastIndexOf("."));
  const title = `${record.organ}${record.year}年政府信息公开工作年度报告${extension}`;
  const encoded = encodeURIComponent(title).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `inline; filename="report-${record.uscc}-${record.year}${extension}"; filename*=UTF-8''${encoded}`;
}

/** Puts a record's files where the public reads them. Derived from the record: may be done again at any time. */
export async function derivePublic(store: Store, record: PublicationRecord): Promise<void> {
  const { uscc, year, version } = record;
  for (const { name, sha256: hash, contentType } of record.artefacts) {
    const headers = (cacheControl: string): ObjectHeaders => ({
      contentType,
      cacheControl,
      contentDisposition: contentDisposition(record, name),
      metadata: { sha256: hash },
    });
    const from = artefactKey(hash);
    await store.copy(from, versionKey(uscc, year, version, name), headers("public, max-age=31536000, immutable"));
    await store.copy(from, aliasKey(uscc, year, name), headers("public, max-age=60"));
  }
}

/**
 * Publishes a report: its files under the hashes of their content, then the record by one create-if-absent write,
 * which alone decides, then what the public reads. A crash before the write leaves nothing published; one after it is
 * mended by deriving again.
 */
export async function publish(store: Store, publication: Publication): Promise<Published> {
  const { report, submission, findings, publishedAt, program } = publication;
  const artefacts = await Promise.all(
    (Object.keys(ARTEFACTS) as ArtefactName[]).map(async (name): Promise<Artefact> => {
      const bytes = publication.files[name];
      const { contentType } = ARTEFACTS[name];
      const hash = sha256(bytes);
      await store.create(artefactKey(hash), bytes, { contentType });
      return { name, sha256: hash, size: bytes.length, contentType };
    }),
  );
  const record: PublicationRecord = {
    format: 1,
    uscc: report.organ.uscc,
    year: report.year,
    version: 1,
    edition: report.edition,
    organ: report.organ.name,
    submission,
    artefacts,
    findings,
    publishedAt,
    program,
  };
  const key = recordKey(record.uscc, record.year, record.version);
  if (!(await store.create(key, canonicalJson(record), { contentType: "application/json; charset=utf-8" }))) {
    const winner = await latestRecord(store, record.uscc, record.year);
    if (!winner) throw new Error(`${key} exists but cannot be read`);
    return outcomeFor(winner, submission);
  }
  await derivePublic(store, record);
  return { outcome: "created", record };
}
