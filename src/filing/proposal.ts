import { type Finding, hasErrors } from "../basics/finding.ts";
import type { Place } from "../basics/place.ts";
import type { Checked } from "../check/conclude.ts";
import { validateAmendment } from "../check/validate.ts";
import type { Publication } from "../publish/publish.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { AmendmentKind } from "../rules/amendment-schema.ts";

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
  /** What the checks found. It becomes a version unless there is an error or a warning without an explanation. */
  readonly checked: Checked;
  readonly publishable: boolean;
  /** Whether a policy may ask that others look at it before. */
  readonly reviewed: boolean;
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

/** An amendment as its schema has it, with what is found of its frame besides errors. */
export interface Frame<Amendment> {
  readonly amendment: Amendment;
  readonly noticed: readonly Finding[];
}

/** The frame of an amendment, or what is wrong with it. */
export function frameOf<Amendment>(value: unknown, kind: AmendmentKind): Frame<Amendment> | Checked {
  const noticed = validateAmendment(value, kind);
  return hasErrors(noticed) ? refused(noticed) : { amendment: value as Amendment, noticed };
}

/** Explanations as a submission has them: left out where there are none. */
export const explained = (
  explanations: Checked["explanations"],
): { readonly explanations?: Checked["explanations"] } =>
  Object.keys(explanations).length > 0 ? { explanations } : {};

/** What was checked, with what is found of the frame that it came in. */
export function withNoticed(checked: Checked, noticed: readonly Finding[]): Checked {
  const { findings, explanations, unexplained } = checked;
  const warned = noticed.filter(({ level, id }) => level === "warning" && !Object.hasOwn(explanations, id));
  return {
    ...checked,
    findings: [...noticed, ...findings],
    unexplained: [...new Set([...warned.map(({ id }) => id), ...unexplained])],
  };
}
