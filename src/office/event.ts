/** What happens to a draft on its way to publication: events, each written once, a chain. */
import type { Filer } from "../basics/filer.ts";
import type { Place } from "../basics/place.ts";
import type { Store } from "../store/store.ts";
import { type Numbered, readSeries } from "./series.ts";

/** 送审, 撤回送审, 退回, 同意, 备案同意, 签发, 批注. */
export const KINDS = ["submit", "recall", "return", "agree", "clear", "sign", "comment"] as const;
export type Kind = (typeof KINDS)[number];

/** As what somebody acted: 起草, 审核, 签发 for the organ, or for the office above it. */
export const ROLES = ["draft", "review", "publish", "oversee"] as const;
export type Role = (typeof ROLES)[number];

/** A remark on a cell or a text of the report. */
export interface Remark {
  /** RFC 6901, into the report. */
  readonly pointer: string;
  readonly text: string;
}

/** What somebody says with an event. */
export interface Said {
  readonly comment?: string;
  readonly comments?: readonly Remark[];
}

/** One event of (organ, year), as one create-if-absent write committed it. Never changed. */
export interface OfficeEvent extends Numbered, Said {
  readonly format: 1;
  /** From 1, without gaps, over all versions of the place. */
  readonly number: number;
  readonly kind: Kind;
  /** ISO 8601 with +08:00. */
  readonly at: string;
  readonly by: Filer;
  readonly role: Role;
  /** The version that is corrected; null of a first one. */
  readonly base: number | null;
  /** Of 送审, 同意, 备案同意 and 签发: SHA-256 (hex) of the content that it is about. */
  readonly content?: string;
  /** Of 送审: how many warnings and how much information the checks found. */
  readonly found?: { readonly warnings: number; readonly information: number };
}

export const eventKey = ({ uscc, year }: Place, number: number): string =>
  `drafts/${uscc}/${year}/events/${number}.json`;

/** Every event of a place, oldest first. */
export const events = (store: Store, place: Place): Promise<readonly OfficeEvent[]> =>
  readSeries<OfficeEvent>(store, (number) => eventKey(place, number));
