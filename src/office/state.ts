/** Where a report stands, as a pure function of its events, its draft and the version that stands published. */
import type { Draft } from "./draft.ts";
import type { OfficeEvent } from "./event.ts";
import type { Effective, Review } from "./policy.ts";

/** 未开始, 草稿, 送审, 退回, 已同意, 已备案, 已签发（正在公布）, 已公布. */
export const STATES = ["none", "draft", "submitted", "returned", "agreed", "cleared", "signed", "published"] as const;
export type State = (typeof STATES)[number];

/** What is known of the next version of a place. */
export interface Standing {
  readonly state: State;
  /** The version that it would correct; null before there is one. */
  readonly base: number | null;
  /** What was handed over last, and the steps that it took since; none after it was returned or recalled. */
  readonly submit?: OfficeEvent;
  readonly agree?: OfficeEvent;
  readonly clear?: OfficeEvent;
  readonly sign?: OfficeEvent;
}

/** What was decided by an event on what stood before. */
function after(before: Standing, event: OfficeEvent): Standing {
  const { base } = before;
  switch (event.kind) {
    case "submit":
      return { base, state: "submitted", submit: event };
    case "recall":
      return { base, state: "draft" };
    case "return":
      return { base, state: "returned" };
    case "agree":
      return { ...before, state: "agreed", agree: event };
    case "clear":
      return { ...before, state: "cleared", clear: event };
    case "sign":
      return { ...before, state: "signed", sign: event };
    case "comment":
      return before;
  }
}

/**
 * Where a place stands.
 * @param base the version that stands published; null where there is none
 * @param draft what is being written, whatever version it corrects
 */
export function fold(events: readonly OfficeEvent[], base: number | null, draft: Draft | undefined): Standing {
  const writing = draft?.submission && draft.base === base;
  const start: Standing = { base, state: writing ? "draft" : base === null ? "none" : "published" };
  const standing = events.filter((event) => event.base === base).reduce(after, start);
  // Recalled, and then thrown away.
  return standing.state === "draft" ? { ...standing, state: start.state } : standing;
}

/** What is missing before a content may be published: 送审, 同意, 备案同意; undefined where nothing is. */
export type Missing = "submit" | "agree" | "clear";

/** What a policy still asks for before exactly this content may be published. */
export function missingFor(review: Review, { submit, agree, clear }: Standing, content: string): Missing | undefined {
  if (review === "none") return undefined;
  if (submit?.content !== content) return "submit";
  if (agree?.content !== content) return "agree";
  return review === "superior" && clear?.content !== content ? "clear" : undefined;
}

/** What was handed over may be signed as it is. */
export const isApproved = ({ review }: Pick<Effective, "review">, standing: Standing): boolean =>
  standing.submit?.content !== undefined && missingFor(review, standing, standing.submit.content) === undefined;
