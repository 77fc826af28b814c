import { canonicalJson } from "../basics/canonical-json.ts";
import { sha256 } from "../basics/hash.ts";
import type { LogEntry } from "../log/entry.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { artefactsOf } from "../publish/versions.ts";

/** What the log says of a record: of a redaction too, with the files that it puts in the place of others. */
export const entryOf = (record: PublicationRecord): LogEntry => ({
  format: 1,
  uscc: record.uscc,
  year: record.year,
  version: record.version,
  record: sha256(canonicalJson(record)),
  files: artefactsOf(record).map(({ name, sha256: hash }) => ({ name, sha256: hash })),
});
