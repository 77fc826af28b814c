import { canonicalJson } from "../basics/canonical-json.ts";
import type { Filer } from "../basics/filer.ts";
import type { Finding, Message } from "../basics/finding.ts";
import { sha256 } from "../basics/hash.ts";
import type { Place } from "../basics/place.ts";
import { CODE_SHAPE } from "../form/uscc.ts";
import { contentTypeOf, fileName, PUBLISHED, type PublishedName } from "../formats/registry.ts";
import { proofPath } from "../log/paths.ts";

/** Of a correction alone: the differences to the version that it supersedes, cell by cell. */
const CORRECTION = "correction.json";
/** Of a region's report that was drawn up from others: which ones. */
export const SOURCES = "sources.json";
export type ArtefactName = `report.${PublishedName}` | typeof CORRECTION | typeof SOURCES;

/** What a file of a published version is. */
export interface ArtefactKind {
  readonly name: ArtefactName;
  readonly contentType: string;
  readonly label: Message;
}

/** The files of a published version, in the order of its record. */
export const ARTEFACTS: readonly ArtefactKind[] = [
  ...PUBLISHED.map((format) => ({
    name: fileName(format),
    contentType: contentTypeOf(format),
    label: format.label,
  })),
  {
    name: CORRECTION,
    contentType: "application/json; charset=utf-8",
    label: { zh: "更正对照（JSON）", en: "Corrections (JSON)" },
  },
  {
    name: SOURCES,
    contentType: "application/json; charset=utf-8",
    label: { zh: "汇总来源（JSON）", en: "Sources summed up (JSON)" },
  },
];

/** What a file of a version is, by its name; undefined for one that is published no more. */
export const artefactKind = (name: string): ArtefactKind | undefined => ARTEFACTS.find((kind) => kind.name === name);

/** One file of a version, as the record has it. */
export interface Artefact {
  readonly name: ArtefactName;
  /** Hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
}

/** 公布, 更正, 撤回. */
export type VersionKind = "original" | "correction" | "withdrawal";
/** A version, or 撤下: that a version which no longer stands is read by nobody any more. */
export type RecordKind = VersionKind | "redaction";

/** A step on the way to a publication: what was done, as what, by whom, when. */
export interface ApprovalStep {
  readonly kind: string;
  readonly role: string;
  readonly by: Filer;
  /** ISO 8601 with +08:00. */
  readonly at: string;
}

/** How a version came to be approved with exactly its content, where a policy asked for that. Nobody reads it but the service. */
export interface Approval {
  /** The policy that held, and whose it was; without a place the operator's. */
  readonly policy: { readonly review: string; readonly place?: string; readonly version?: number };
  /** The number of the event 签发, and its hash: the chain up to it is what the version stands on. */
  readonly events: number;
  readonly hash: string;
  readonly steps: readonly ApprovalStep[];
}

/** A published version of (organ, year), or the redaction of one: what one create-if-absent write commits. Never changed. */
export interface PublicationRecord {
  readonly format: 1;
  readonly uscc: string;
  readonly year: number;
  /** From 1, without gaps. */
  readonly version: number;
  readonly kind: RecordKind;
  readonly edition: string;
  readonly organ: string;
  /** SHA-256 (hex) of the canonical submission (RFC 8785). */
  readonly submission: string;
  /** SHA-256 (hex) of the record before this one, as its bytes lie in the store; null for the first: a chain. */
  readonly previous: string | null;
  /** Of a correction or a withdrawal: the version that it takes the place of. */
  readonly supersedes?: number;
  /** Of a redaction: the version that it takes out of the public. */
  readonly redacts?: number;
  /** Of all but an original: why. */
  readonly reason?: string;
  /** How the organ explained each warning, by rule. */
  readonly explanations: Readonly<Record<string, string>>;
  readonly filedBy: Filer;
  /** Of a first version or a correction that a policy asked reviewing for. */
  readonly approval?: Approval;
  /** The filer's key for trying again (`Idempotency-Key`), within (organ, year). */
  readonly idempotencyKey?: string;
  /** The files of the version; of a redaction, the notices in the place of the redacted version's. */
  readonly artefacts: readonly Artefact[];
  /** Of a redaction: those files of the next version that quoted the redacted one, without the quotations. */
  readonly quoting?: readonly Artefact[];
  /** Warnings and information that it was published with. */
  readonly findings: readonly Finding[];
  /** ISO 8601 with +08:00. */
  readonly publishedAt: string;
  /** The program and its version. */
  readonly program: string;
}

/** Whether the latest version's file lies at an address without a version too. */
export const isAliased = (name: ArtefactName): boolean => name !== CORRECTION && name !== SOURCES;

export const recordKey = (uscc: string, year: number, version: number): string =>
  `records/${uscc}/${year}/${String(version).padStart(6, "0")}.json`;
const RECORD_KEY = new RegExp(`^records/(${CODE_SHAPE})/(\\d{4})/\\d{6}\\.json$`);
/** The organ and year that a record's key is of; undefined of any other key. */
export function placeOfRecord(key: string): Place | undefined {
  const [, uscc, year] = RECORD_KEY.exec(key) ?? [];
  return uscc && year ? { uscc, year: Number(year) } : undefined;
}
/** By what it belongs to and the hash of its content: what a place leaves behind is found by looking at that place alone. */
export const artefactKey = (uscc: string, year: number, hash: string): string => `artefacts/${uscc}/${year}/${hash}`;
/** Where an artefact lies for a while that no record refers to, before it is removed. */
export const sweptKey = (uscc: string, year: number, hash: string): string => `swept/${uscc}/${year}/${hash}`;
export const sealKey = (uscc: string): string => `seals/${uscc}.png`;
export const versionKey = (uscc: string, year: number, version: number, name: string): string =>
  `published/${uscc}/${year}/v${version}/${name}`;
export const aliasKey = (uscc: string, year: number, name: string): string => `published/${uscc}/${year}/${name}`;

/** What the filer gets: which version it became, where it lies, and what its files hash to. */
export interface Receipt {
  readonly uscc: string;
  readonly year: number;
  readonly version: number;
  readonly kind: RecordKind;
  readonly supersedes?: number;
  readonly redacts?: number;
  readonly reason?: string;
  readonly organ: string;
  readonly publishedAt: string;
  readonly submission: string;
  readonly artefacts: readonly (Artefact & { readonly url: string; readonly latestUrl?: string })[];
  readonly findings: readonly Finding[];
  /** Only for those who act for the organ; nobody else gets them. */
  readonly explanations?: Readonly<Record<string, string>>;
  /** SHA-256 (hex) of the record: with it the filer can show that the record was not changed. */
  readonly record: string;
  readonly previous: string | null;
  /** Where a log of publications is kept: that the version will be in it, or is. */
  readonly log?: LogOfReceipt;
}

/** A version's way into the log of publications. */
interface LogOfReceipt {
  /** The page that proves a file of the version, or says that it is not in the log yet. */
  readonly verify: string;
  /** Where the proof lies once the version is in the log (C2SP tlog-proof). */
  readonly proof: string;
  /** Whether it is there already; left out by who did not look. */
  readonly logged?: boolean;
}

/** What a receipt is to say besides the record. */
export interface ReceiptOptions {
  /** Where readers get what is published, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether a log of publications is kept. */
  readonly keepsLog?: boolean;
  /** Whether whoever asks acts for the organ, and gets the explanations too. */
  readonly explained?: boolean;
  readonly logged?: boolean;
}

function logOf({ uscc, year, version }: PublicationRecord, { publicUrl, logged }: ReceiptOptions): LogOfReceipt {
  return {
    verify: `${publicUrl}/verify.html#${uscc}/${year}/v${version}`,
    proof: `${publicUrl}/${proofPath({ uscc, year }, version)}`,
    ...(logged === undefined ? {} : { logged }),
  };
}

/** The receipt of a record: the same at every asking, but for whether it is in the log yet. */
export function receiptOf(record: PublicationRecord, options: ReceiptOptions): Receipt {
  const { publicUrl, keepsLog = false, explained = false } = options;
  const { uscc, year, version, kind, supersedes, redacts, reason, organ, publishedAt, submission, findings } = record;
  const url = (key: string): string => `${publicUrl}/${key.slice("published/".length)}`;
  return {
    uscc,
    year,
    version,
    kind,
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(redacts === undefined ? {} : { redacts }),
    ...(reason === undefined ? {} : { reason }),
    organ,
    publishedAt,
    submission,
    artefacts: record.artefacts.map((artefact) => ({
      ...artefact,
      url: url(versionKey(uscc, year, redacts ?? version, artefact.name)),
      ...(isAliased(artefact.name) && redacts === undefined
        ? { latestUrl: url(aliasKey(uscc, year, artefact.name)) }
        : {}),
    })),
    findings,
    ...(explained ? { explanations: record.explanations } : {}),
    record: sha256(canonicalJson(record)),
    previous: record.previous,
    ...(keepsLog ? { log: logOf(record, options) } : {}),
  };
}
