import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { artefactKey, type PublicationRecord, type RecordKind, recordKey } from "../../src/publish/record.ts";
import type { Store } from "../../src/store/store.ts";

/** A version as a test wants it. */
export interface Wanted {
  readonly uscc: string;
  readonly year: number;
  readonly version: number;
  readonly kind: RecordKind;
  readonly organ: string;
  /** Of 收到和处理政府信息公开申请, the total received. */
  readonly received: number;
  /** Day of publication, from 1. */
  readonly day: number;
}

const json = { contentType: "application/json; charset=utf-8" };

type Own = Pick<
  PublicationRecord,
  "uscc" | "year" | "version" | "kind" | "edition" | "organ" | "submission" | "publishedAt"
> & { readonly reason?: string | undefined };

/** Commits a record whose one artefact is its report: fast, where a test needs no page. */
export async function commitRecord(store: Store, report: string, { reason, ...own }: Own): Promise<PublicationRecord> {
  const { uscc, year, version, kind } = own;
  const hash = sha256(report);
  await store.create(artefactKey(uscc, year, hash), report, json);
  const record: PublicationRecord = {
    format: 1,
    ...own,
    previous: null,
    ...(kind === "original" ? {} : { supersedes: version - 1 }),
    ...(reason === undefined ? {} : { reason }),
    explanations: {},
    filedBy: { issuer: "test", subject: "clerk" },
    artefacts: [{ name: "report.json", sha256: hash, size: Buffer.byteLength(report), ...json }],
    findings: [],
    program: "test",
  };
  await store.create(recordKey(uscc, year, version), canonicalJson(record), json);
  return record;
}

/** Commits a version as a test wants it. */
export async function commit(store: Store, wanted: Wanted): Promise<PublicationRecord> {
  const { uscc, year, version, kind, organ, received, day } = wanted;
  const report = {
    edition: year >= 2021 ? "2021" : "2019",
    year,
    organ: { uscc, name: organ },
    signed: `${year + 1}-01-20`,
    requests: { received: { naturalPerson: received, total: received } },
  };
  const date = new Date(Date.UTC(year + 1, 0, day)).toISOString().slice(0, 10);
  return commitRecord(store, JSON.stringify(kind === "withdrawal" ? { withdrawn: true, uscc, year } : report), {
    ...{ uscc, year, version, kind, organ },
    edition: report.edition,
    submission: sha256(canonicalJson(wanted)),
    reason: kind === "original" ? undefined : `第${version}版的理由。`,
    publishedAt: `${date}T09:00:00+08:00`,
  });
}
