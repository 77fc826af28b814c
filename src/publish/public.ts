import { createHash } from "node:crypto";
import { type VersionStatus, versionsPage } from "../render/html/versions.ts";
import { printedTitle } from "../report/title.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";
import {
  type ArtefactName,
  aliasKey,
  artefactKey,
  canonicalJson,
  isAliased,
  type PublicationRecord,
  recordKey,
  versionKey,
} from "./record.ts";

/** The versions of (organ, year) as data, beside the page that lists them. Written last. */
export const VERSIONS = "versions.json";
const SUMS = "SHA256SUMS";
const IMMUTABLE = "public, max-age=31536000, immutable";
const SHORT = "public, max-age=60";

/** RFC 6266: an ASCII name for old clients, the Chinese one for all others. */
export function contentDisposition(record: PublicationRecord, name: ArtefactName): string {
  const extension = name.slice(name.lastIndexOf("."));
  const kind = name === "correction.json" ? "更正" : record.kind === "withdrawal" ? "撤回说明" : "";
  const title = `${record.organ}${printedTitle(record.edition, record.year)}${kind}${extension}`;
  const encoded = encodeURIComponent(title).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `inline; filename="report-${record.uscc}-${record.year}${extension}"; filename*=UTF-8''${encoded}`;
}

/** The hashes of a version's files as `sha256sum -c` reads them. */
export const checksums = (record: PublicationRecord, aliased: boolean): string =>
  record.artefacts
    .filter(({ name }) => !aliased || isAliased(name))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join("");

const statusOf = (record: PublicationRecord, latest: PublicationRecord): VersionStatus =>
  record !== latest ? "superseded" : record.kind === "withdrawal" ? "withdrawn" : "current";

/** What is said of the versions of (organ, year): the oldest first, with what became of each. */
export function versionsFile(versions: readonly PublicationRecord[]): string {
  const latest = versions.at(-1)!;
  return canonicalJson({
    uscc: latest.uscc,
    organ: latest.organ,
    year: latest.year,
    versions: versions.map((record) => ({
      version: record.version,
      kind: record.kind,
      status: statusOf(record, latest),
      publishedAt: record.publishedAt,
      ...(record.supersedes === undefined ? {} : { supersedes: record.supersedes }),
      ...(record.reason === undefined ? {} : { reason: record.reason }),
      previous: record.previous,
      artefacts: record.artefacts,
    })),
  });
}

/** What deriving the public files may be told. */
export interface DeriveOptions {
  /** Writes every file of every version again, whatever lies there. */
  readonly all?: boolean;
}

const json = { contentType: "application/json; charset=utf-8", cacheControl: SHORT };
const text = { contentType: "text/plain; charset=utf-8" };
/** The entity tag that S3 gives content written in one part; under encryption with KMS it is another, and all differs. */
const etagOf = (content: Uint8Array | string): string => `"${createHash("md5").update(content).digest("hex")}"`;

/**
 * Puts the files of every version where the public reads them. Derived from the records alone: may be done again at any
 * time, by any number at once. Where a newer version was committed meanwhile, it is derived too, so that the addresses
 * without a version never stay behind. One listing shows what is missing or not the latest version's, and only that is
 * written: the cost is that of the new version, however many there are.
 * @param versions every version of (organ, year), oldest first
 */
export async function derivePublic(
  store: Store,
  versions: readonly PublicationRecord[],
  { all = false }: DeriveOptions = {},
): Promise<void> {
  const latest = versions.at(-1);
  if (!latest) return;
  const { uscc, year } = latest;
  const there = new Map<string, string>();
  if (!all) for await (const { key, etag } of store.list(aliasKey(uscc, year, ""))) there.set(key, etag);

  for (const record of versions) {
    for (const { name, sha256: hash, contentType } of record.artefacts) {
      const [fixed, alias] = [versionKey(uscc, year, record.version, name), aliasKey(uscc, year, name)];
      const [missing, aliased] = [!there.has(fixed), record === latest && isAliased(name)];
      const stale = aliased && (missing || there.get(alias) !== there.get(fixed));
      if (!missing && !stale) continue;
      const object = await store.get(artefactKey(hash));
      if (!object) throw new Error(`the artefact ${hash} of ${uscc} ${year} v${record.version} is missing`);
      const headers = (cacheControl: string): ObjectHeaders => ({
        contentType,
        cacheControl,
        contentDisposition: contentDisposition(record, name),
        metadata: { sha256: hash },
      });
      if (all) await store.put(fixed, object.body, headers(IMMUTABLE));
      else if (missing) await store.create(fixed, object.body, headers(IMMUTABLE));
      if (stale) await store.put(alias, object.body, headers(SHORT));
    }
  }
  const write = async (key: string, content: Uint8Array | string, headers: ObjectHeaders): Promise<void> => {
    if (there.get(key) !== etagOf(content)) await store.put(key, content, headers);
  };
  for (const record of versions) {
    const key = versionKey(uscc, year, record.version, SUMS);
    await write(key, checksums(record, false), { ...text, cacheControl: IMMUTABLE });
  }
  await write(aliasKey(uscc, year, SUMS), checksums(latest, true), { ...text, cacheControl: SHORT });
  const page = versionsPage(versions.map((record) => ({ record, status: statusOf(record, latest) })));
  await write(aliasKey(uscc, year, "index.html"), page, {
    contentType: "text/html; charset=utf-8",
    cacheControl: SHORT,
  });
  await write(aliasKey(uscc, year, VERSIONS), versionsFile(versions), json);
  const next = await store.get(recordKey(uscc, year, versions.length + 1));
  if (next) {
    const record = JSON.parse(new TextDecoder().decode(next.body)) as PublicationRecord;
    await derivePublic(store, [...versions, record], { all });
  }
}
