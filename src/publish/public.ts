import { canonicalJson } from "../basics/canonical-json.ts";
import { jsonOf } from "../basics/json.ts";
import { printedTitle } from "../form/title.ts";
import { entityTags, etagOf } from "../store/entity-tags.ts";
import type { ObjectHeaders, Store } from "../store/store.ts";
import { artefactReader } from "./artefact.ts";
import {
  type Artefact,
  type ArtefactName,
  aliasKey,
  isAliased,
  type PublicationRecord,
  recordKey,
  SOURCES,
  versionKey,
} from "./record.ts";
import { currentVersion, redactionOf, type Shown, shownOf, versionsOf } from "./versions.ts";
import { type VersionEntry, type VersionStatus, versionsPage } from "./versions-page.ts";

/** The versions of (organ, year) as data, beside the page that lists them. Written last. */
export const VERSIONS = "versions.json";
export const IMMUTABLE = "public, max-age=31536000, immutable";
const SHORT = "public, max-age=60";

/** RFC 6266: an ASCII name for old clients, the Chinese one for all others. */
export function contentDisposition(record: PublicationRecord, name: ArtefactName): string {
  const extension = name.slice(name.lastIndexOf("."));
  const kind =
    record.kind === "redaction"
      ? "撤下说明"
      : name === "correction.json"
        ? "更正"
        : name === SOURCES
          ? "汇总来源"
          : record.kind === "withdrawal"
            ? "撤回说明"
            : "";
  const title = `${record.organ}${printedTitle(record.edition, record.year)}${kind}${extension}`;
  const encoded = encodeURIComponent(title).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `inline; filename="report-${record.uscc}-${record.year}${extension}"; filename*=UTF-8''${encoded}`;
}

/** The hashes of a version's files as `sha256sum -c` reads them. */
export const checksums = (artefacts: readonly Artefact[], aliased: boolean): string =>
  artefacts
    .filter(({ name }) => !aliased || isAliased(name))
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join("");

const statusOf = (record: PublicationRecord, latest: PublicationRecord, redacted: boolean): VersionStatus =>
  redacted ? "redacted" : record !== latest ? "superseded" : record.kind === "withdrawal" ? "withdrawn" : "current";

/** Every version of a place with what became of it, the oldest first. */
function versionEntries(records: readonly PublicationRecord[]): readonly VersionEntry[] {
  const latest = currentVersion(records)!;
  return versionsOf(records).map((version) => {
    const redaction = redactionOf(records, version.version);
    const { artefacts } = shownOf(version, records);
    return {
      record: version,
      artefacts,
      status: statusOf(version, latest, redaction !== undefined),
      ...(redaction ? { redaction } : {}),
    };
  });
}

/** What readers get of the versions of (organ, year): the oldest first, with what became of each. */
export function versionsFile(records: readonly PublicationRecord[]): string {
  const latest = currentVersion(records)!;
  return canonicalJson({
    uscc: latest.uscc,
    organ: latest.organ,
    year: latest.year,
    versions: versionEntries(records).map(({ record, status, artefacts, redaction }) => ({
      version: record.version,
      kind: record.kind,
      status,
      publishedAt: record.publishedAt,
      ...(record.supersedes === undefined ? {} : { supersedes: record.supersedes }),
      // What was redacted may be in the reason too.
      ...(record.reason === undefined || redaction ? {} : { reason: record.reason }),
      ...(redaction
        ? {
            redaction: {
              record: redaction.version,
              publishedAt: redaction.publishedAt,
              reason: redaction.reason,
              previous: redaction.previous,
            },
          }
        : {}),
      previous: record.previous,
      artefacts: record.artefacts,
      // What lies there instead of what the record has.
      ...(artefacts === record.artefacts ? {} : { shown: artefacts }),
    })),
  });
}

/** A file that the public reads, as the records say that it should be. */
export interface PublicFile {
  readonly key: string;
  readonly headers: ObjectHeaders;
  /** Bytes, or the artefact whose content it has. */
  readonly content: Uint8Array | Artefact;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const filesAt = (
  { version, by, artefacts }: Shown,
  keyOf: (name: string) => string,
  { aliased, cacheControl }: { readonly aliased: boolean; readonly cacheControl: string },
): PublicFile[] => [
  ...artefacts
    .filter(({ name }) => !aliased || isAliased(name))
    .map(
      (artefact): PublicFile => ({
        key: keyOf(artefact.name),
        content: artefact,
        headers: {
          contentType: artefact.contentType,
          cacheControl,
          contentDisposition: contentDisposition(by.redacts === version.version ? by : version, artefact.name),
          metadata: { sha256: artefact.sha256, version: String(by.version) },
        },
      }),
    ),
  {
    key: keyOf("SHA256SUMS"),
    content: bytesOf(checksums(artefacts, aliased)),
    headers: {
      contentType: "text/plain; charset=utf-8",
      cacheControl,
      metadata: { version: String(by.version) },
    },
  },
];

/** The files of one version, at addresses of its own; what a redaction put there is not kept for long. */
const filesOf = (shown: Shown): PublicFile[] => {
  const { uscc, year, version } = shown.version;
  return filesAt(shown, (name) => versionKey(uscc, year, version, name), {
    aliased: false,
    cacheControl: shown.by === shown.version ? IMMUTABLE : SHORT,
  });
};

/** The files of every version of a place. */
export const versionFiles = (records: readonly PublicationRecord[]): PublicFile[] =>
  versionsOf(records).flatMap((version) => filesOf(shownOf(version, records)));

/** Those of a version that lie at the addresses without a version while it is the latest. */
const aliasFiles = (shown: Shown): PublicFile[] => {
  const { uscc, year } = shown.version;
  return filesAt(shown, (name) => aliasKey(uscc, year, name), { aliased: true, cacheControl: SHORT });
};

const sameContent = (a: PublicFile["content"], b: PublicFile["content"]): boolean =>
  a instanceof Uint8Array
    ? b instanceof Uint8Array && Buffer.compare(a, b) === 0
    : !(b instanceof Uint8Array) && a.sha256 === b.sha256;

/** The files at the addresses without a version, `versions.json` the last. */
export function latestFiles(records: readonly PublicationRecord[]): PublicFile[] {
  const latest = currentVersion(records)!;
  const keyOf = (name: string): string => aliasKey(latest.uscc, latest.year, name);
  const headers = (contentType: string): ObjectHeaders => ({
    contentType,
    cacheControl: SHORT,
    metadata: { version: String(records.length) },
  });
  const page = versionsPage(versionEntries(records));
  return [
    ...aliasFiles(shownOf(latest, records)),
    { key: keyOf("index.html"), content: page, headers: headers("text/html; charset=utf-8") },
    {
      key: keyOf(VERSIONS),
      content: bytesOf(versionsFile(records)),
      headers: headers("application/json; charset=utf-8"),
    },
  ];
}

/** Whether readers get the same of a file. */
export const sameHeaders = (a: ObjectHeaders, b: ObjectHeaders): boolean =>
  a.contentType === b.contentType && a.cacheControl === b.cacheControl && a.contentDisposition === b.contentDisposition;

/**
 * Writes a file of a record, never over one of a later record: of two that derive at once the one that knows more wins,
 * and a write that arrives late fails its condition.
 */
async function advance(store: Store, { key, headers }: PublicFile, bytes: Uint8Array, isThere: boolean): Promise<void> {
  const version = Number(headers.metadata?.["version"]);
  for (let absent = !isThere; ; ) {
    if (absent && (await store.create(key, bytes, headers, headers.metadata?.["sha256"]))) return;
    const standing = await store.get(key);
    absent = !standing;
    if (!standing) continue;
    const there = Number(standing.headers.metadata?.["version"] ?? 0);
    const same = Buffer.compare(standing.body, bytes) === 0 && sameHeaders(standing.headers, headers);
    if (there > version || (there === version && same)) return;
    if (await store.replace(key, bytes, headers, standing.etag)) return;
  }
}

/** What a caller of `derivePublic` knows, or wants besides. */
export interface DeriveOptions {
  /** Writes every file of every version again, whatever lies there. */
  readonly all?: boolean;
  /** The last version was made just now, and those before it have their files. */
  readonly fresh?: boolean;
  /** What lies in the place's folder and perhaps in others', entity tags by key, where that was listed not long ago. */
  readonly listed?: ReadonlyMap<string, string>;
  /** Contents by hash (hex): these need not be read. */
  readonly known?: ReadonlyMap<string, Uint8Array>;
}

/** Whether a listing shows a file of the latest version as it should be: it has the content, and no earlier version has the same. */
function standsIn(
  there: ReadonlyMap<string, string>,
  records: readonly PublicationRecord[],
  latest: PublicationRecord,
) {
  const shown = shownOf(latest, records);
  const earlier = versionsOf(records)
    .slice(0, -1)
    .flatMap((version) => aliasFiles({ version, by: version, artefacts: version.artefacts }));
  return ({ key, content }: PublicFile): boolean => {
    const etag = there.get(key);
    if (etag === undefined || earlier.some((file) => file.key === key && sameContent(file.content, content)))
      return false;
    if (content instanceof Uint8Array) return etag === etagOf(content);
    return (
      shown.by === latest && etag === there.get(versionKey(latest.uscc, latest.year, latest.version, content.name))
    );
  };
}

/**
 * Puts the files of every version where the public reads them. Derived from the records alone: may be done again at any
 * time, by any number at once. Where a newer version was committed meanwhile, it is derived too, so that the addresses
 * without a version never stay behind. One listing shows what is missing or not the latest version's, and only that is
 * read and written.
 * @param records every record of (organ, year), oldest first
 * @throws DamagedArtefactError
 */
export async function derivePublic(
  store: Store,
  records: readonly PublicationRecord[],
  { all = false, fresh = false, listed, known }: DeriveOptions = {},
): Promise<void> {
  const latest = currentVersion(records);
  if (!latest) return;
  const { uscc, year } = latest;
  const versions = versionsOf(records);
  const there =
    all || fresh ? new Map<string, string>() : (listed ?? (await entityTags(store, aliasKey(uscc, year, ""))));
  const artefact = artefactReader(store, latest, known);
  let wrote = false;
  const read = async ({ content }: PublicFile): Promise<Uint8Array> => {
    wrote = true;
    return content instanceof Uint8Array ? content : artefact(content);
  };
  const isThere = ({ key }: PublicFile): boolean => all || there.has(key);

  const keepVersion = (version: PublicationRecord): Promise<unknown> => {
    const shown = shownOf(version, records);
    // What lies there may be from before a redaction, and whoever writes it may not know of that.
    const overwrite = all || shown.by !== version;
    return Promise.all(
      filesOf(shown).map(async (file) => {
        if (overwrite) await advance(store, file, await read(file), isThere(file));
        else if (!there.has(file.key))
          await store.create(file.key, await read(file), file.headers, file.headers.metadata?.["sha256"]);
      }),
    );
  };
  if (!fresh) for (const version of versions) await keepVersion(version);
  const files = latestFiles(records).filter((file) => !standsIn(there, records, latest)(file));
  const last = files.at(-1);
  const keepLatest = async (file: PublicFile): Promise<void> =>
    advance(store, file, await read(file), fresh ? versions.length > 1 : isThere(file));
  await Promise.all([...(fresh ? [keepVersion(latest)] : []), ...files.slice(0, -1).map(keepLatest)]);
  // Where all was in place nothing can have been set back: whoever committed a newer version derives it.
  if (!wrote && !last) return;
  // Whoever came meanwhile is seen after all but the last, which says how far this has come.
  const [next] = await Promise.all([
    store.get(recordKey(uscc, year, records.length + 1)),
    ...(last ? [keepLatest(last)] : []),
  ]);
  if (next) {
    const record = jsonOf<PublicationRecord>(next.body);
    await derivePublic(store, [...records, record], { all });
  }
}
