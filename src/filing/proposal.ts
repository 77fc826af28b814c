import type { AmendmentKind } from "../../schemas/amendment-schema.ts";
import type { Checked } from "../check/conclude.ts";
import type { Finding } from "../finding.ts";
import type { Place } from "../place.ts";
import type { Publication } from "../publish/publish.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { validateAmendment } from "../validate/validate.ts";

/** What a proposal decides of the version that it would become. */
export type Composed = Pick<
  Publication,
  "kind" | "edition" | "organ" | "reason" | "files" | "findings" | "explanations"
>;

/** Something sound that is to become the next version: what differs between the kinds of filing. */
export interface Proposal {
  readonly place: Place;
  /** What makes it the same filing when it comes again. */
  readonly content: unknown;
  /** What is said of it. It becomes a version unless this has an error or a warning that nothing was said to. */
  readonly checked: Checked;
  readonly publishable: boolean;
  /** The version that it cannot follow on. */
  conflict(versions: readonly PublicationRecord[]): PublicationRecord | undefined;
  /** The version that it becomes after these, or what is wrong with that. */
  compose(versions: readonly PublicationRecord[], publishedAt: string): Promise<Composed | Checked>;
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
