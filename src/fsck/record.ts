import { canonicalJson } from "../basics/canonical-json.ts";
import { artefactKind, type PublicationRecord } from "../publish/record.ts";
import { currentVersion, redactionOf, versionsOf } from "../publish/versions.ts";

const HASH = /^[0-9a-f]{64}$/;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isArtefact = (value: unknown): boolean =>
  isObject(value) &&
  artefactKind(String(value["name"])) !== undefined &&
  HASH.test(String(value["sha256"])) &&
  Number.isSafeInteger(value["size"]) &&
  typeof value["contentType"] === "string";

const isApproval = (value: unknown): boolean =>
  isObject(value) &&
  isObject(value["policy"]) &&
  Number.isSafeInteger(value["events"]) &&
  HASH.test(String(value["hash"])) &&
  Array.isArray(value["steps"]);

/** What every record has, by name. */
const SHAPE: Readonly<Record<keyof PublicationRecord, (value: unknown) => boolean>> = {
  format: (v) => v === 1,
  uscc: (v) => typeof v === "string",
  year: (v) => Number.isSafeInteger(v),
  version: (v) => Number.isSafeInteger(v),
  kind: (v) => v === "original" || v === "correction" || v === "withdrawal" || v === "redaction",
  edition: (v) => typeof v === "string",
  organ: (v) => typeof v === "string" && v !== "",
  submission: (v) => HASH.test(String(v)),
  previous: (v) => v === null || HASH.test(String(v)),
  redacts: (v) => v === undefined || Number.isSafeInteger(v),
  supersedes: (v) => v === undefined || Number.isSafeInteger(v),
  reason: (v) => v === undefined || typeof v === "string",
  explanations: isObject,
  filedBy: isObject,
  approval: (v) => v === undefined || isApproval(v),
  idempotencyKey: (v) => v === undefined || typeof v === "string",
  artefacts: (v) => Array.isArray(v) && v.length > 0 && v.every(isArtefact),
  quoting: (v) => v === undefined || (Array.isArray(v) && v.length > 0 && v.every(isArtefact)),
  findings: (v) => Array.isArray(v),
  publishedAt: (v) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/.test(String(v)),
  program: (v) => typeof v === "string",
};

/** Whether a record may come after those before it. */
function inOrder(record: PublicationRecord, before: readonly PublicationRecord[]): boolean {
  const { kind, supersedes, redacts, reason } = record;
  const current = currentVersion(before);
  if (!current) return kind === "original" && supersedes === undefined && redacts === undefined;
  if (kind === "original" || reason === undefined) return false;
  if (kind !== "redaction") return supersedes === current.version && redacts === undefined;
  const known = versionsOf(before).some(({ version }) => version === redacts);
  return supersedes === undefined && known && redacts !== current.version && !redactionOf(before, redacts!);
}

/**
 * The record that bytes are, when they are its canonical form, whole, of this place and the next after those before it.
 * Undefined for anything else.
 */
export function readRecord(
  bytes: Uint8Array,
  { uscc, year }: Pick<PublicationRecord, "uscc" | "year">,
  before: readonly PublicationRecord[],
): PublicationRecord | undefined {
  const text = new TextDecoder().decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || canonicalJson(value) !== text) return undefined;
  for (const [name, fits] of Object.entries(SHAPE)) if (!fits(value[name])) return undefined;
  const record = value as unknown as PublicationRecord;
  const inPlace = record.uscc === uscc && record.year === year && record.version === before.length + 1;
  return inPlace && inOrder(record, before) ? record : undefined;
}
