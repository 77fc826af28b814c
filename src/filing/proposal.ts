import type { AmendmentKind } from "../../schemas/amendment-schema.ts";
import type { Checked } from "../check/conclude.ts";
import type { Finding } from "../finding.ts";
import type { Place } from "../place.ts";
import type { Publication } from "../publish/publish.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { validateAmendment } from "../validate/validate.ts";

/** What a proposal decides of the record that it would become. */
export type Composed = Pick<
  Publication,
  "kind" | "redacts" | "edition" | "organ" | "reason" | "files" | "quoting" | "findings" | "explanations"
>;

/** Something sound that is to become the next record: what differs between the kinds of filing. */
export interface Proposal {
  readonly place: Place;
  /** What makes it the same filing when it comes again. */
  readonly content: unknown;
  /** What is said of it. It becomes a version unless this has an error or a warning that nothing was said to. */
  readonly checked: Checked;
  readonly publishable: boolean;
  /** The record of the place that it cannot follow on. */
  conflict(records: readonly PublicationRecord[]): PublicationRecord | undefined;
  /** What it becomes after these records, or what is wrong with that. */
  compose(records: readonly PublicationRecord[], publishedAt: string): Promise<Composed | Checked>;
}

/** What is checked and is no version. */
export const refused = (findings: readonly Finding[]): Checked => ({
  findings,
  explanations: {},
  unexplained: [],
  computed: {},
  comparedWithLastYear: false,
});

/** The frame of an amendment as its schema has it, or what is wrong with it. */
export function frameOf<Amendment>(value: unknown, kind: AmendmentKind): Amendment | Checked {
  const findings = validateAmendment(value, kind);
  return findings.length > 0 ? refused(findings) : (value as Amendment);
}
