import type { Artefact, PublicationRecord } from "./record.ts";

/** The records that are versions; the others say that a version was redacted. */
export const versionsOf = (records: readonly PublicationRecord[]): readonly PublicationRecord[] =>
  records.filter(({ kind }) => kind !== "redaction");

/** The version that stands at a place, which may be a withdrawal; undefined where nothing is published. */
export const currentVersion = (records: readonly PublicationRecord[]): PublicationRecord | undefined =>
  records.findLast(({ kind }) => kind !== "redaction");

/** The record by which a version was taken out of the public. */
export const redactionOf = (records: readonly PublicationRecord[], version: number): PublicationRecord | undefined =>
  records.find(({ redacts }) => redacts === version);

/** Every file that a record refers to. */
export const artefactsOf = ({ artefacts, quoting = [] }: PublicationRecord): readonly Artefact[] => [
  ...artefacts,
  ...quoting,
];

/** What the public gets of a version. */
export interface Shown {
  readonly version: PublicationRecord;
  /** The version itself, or the redaction that put other files in the place of its own. */
  readonly by: PublicationRecord;
  readonly artefacts: readonly Artefact[];
}

/**
 * What the public gets of a version: its own files; after its redaction a notice in the place of each; after that of the
 * version that it corrects, its own with those that quoted it made anew.
 */
export function shownOf(version: PublicationRecord, records: readonly PublicationRecord[]): Shown {
  const { supersedes, artefacts } = version;
  const redaction = redactionOf(records, version.version);
  if (redaction) return { version, by: redaction, artefacts: redaction.artefacts };
  const quoted = supersedes === undefined ? undefined : redactionOf(records, supersedes);
  if (version.kind !== "correction" || !quoted?.quoting) return { version, by: version, artefacts };
  const { quoting } = quoted;
  return { version, by: quoted, artefacts: artefacts.map((own) => quoting.find((a) => a.name === own.name) ?? own) };
}
