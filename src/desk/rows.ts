/** The desk of an office above: every organ that has to publish, with where its report stands. A pure function. */

import { effectiveOf, type Policy, placesOver, type Review } from "../office/policy.ts";
import type { Reminder } from "../office/reminders.ts";
import type { Found, OfficeRow } from "../office/rows.ts";
import type { State } from "../office/state.ts";
import { deadlineOf } from "../roster/deadline.ts";
import { divisionOfOrgan, type Organ } from "../roster/roster.ts";
import type { Kind } from "../roster/schema.ts";
import { isRegional } from "../rules/signing-date.ts";
import type { DeskState } from "./states.ts";

/** An organ as the desk shows it. */
export interface DeskRow {
  readonly uscc: string;
  readonly name: string;
  readonly division: string;
  /** As the roster has it; absent of an organ that is not in it. */
  readonly kind?: Kind;
  readonly superior?: string;
  readonly state: DeskState;
  /** What is under way for the next version, where one stands already. */
  readonly next?: Exclude<State, "none" | "published">;
  /** The last day to publish, ISO date. */
  readonly due: string;
  /** Days from today to that day, below 0 when it is past; absent of what is published. */
  readonly daysLeft?: number;
  /** Published after that day, or not published and that day is past. */
  readonly late: boolean;
  readonly version?: number;
  readonly publishedAt?: string;
  /** When the last step was taken, of what is under way. */
  readonly at?: string;
  /** What it was published with, else what was found when it was handed over. */
  readonly found?: Found & { readonly explained?: number };
  /** The review that its policy asks for. */
  readonly review: Review;
  /** When it was last reminded. */
  readonly reminded?: string;
}

/** An organ that is to be shown: of the roster, or one of which something lies there. */
export type Known = Pick<Organ, "uscc" | "name"> & Partial<Organ>;

/** What the rows are made of besides the organs. */
export interface Desk {
  readonly year: number;
  /** ISO date. */
  readonly today: string;
  readonly rows: ReadonlyMap<string, OfficeRow>;
  /** Places' own policies. */
  readonly policies: ReadonlyMap<string, Policy>;
  readonly otherwise: Review;
  readonly reminders: readonly Reminder[];
}

const DAY = 86_400_000;
const daysFrom = (today: string, due: string): number => Math.round((Date.parse(due) - Date.parse(today)) / DAY);

/** The last day to publish of an organ, of the roster or not. */
const dueOf = (organ: Known, year: number): string =>
  deadlineOf(organ.name, year, {
    ...organ,
    kind: organ.kind ?? (isRegional(organ.name) ? "government" : "other"),
  });

/** Where the report stands, and what is under way for the next version. */
function stateOf({ published, work }: OfficeRow): Pick<DeskRow, "state" | "next"> {
  const current = work && work.base === (published?.version ?? null) ? work.state : "none";
  const next = current === "none" || current === "published" ? undefined : current;
  if (!published) return { state: next ?? "none" };
  const state = published.withdrawn ? "withdrawn" : published.version > 1 ? "corrected" : "published";
  return { state, ...(next ? { next } : {}) };
}

function deskRow(
  organ: Known,
  { year, today, rows, policies, otherwise }: Desk,
  reminded: string | undefined,
): DeskRow {
  const { uscc, kind, superior } = organ;
  const row = rows.get(uscc) ?? {};
  const { published, work } = row;
  const stands = stateOf(row);
  const due = dueOf(organ, year);
  const found = published?.found ?? work?.found;
  return {
    uscc,
    name: organ.name,
    division: divisionOfOrgan(organ),
    ...(kind ? { kind } : {}),
    ...(superior === undefined ? {} : { superior }),
    ...stands,
    due,
    ...(published ? {} : { daysLeft: daysFrom(today, due) }),
    late: (published?.firstPublishedAt.slice(0, 10) ?? today) > due,
    ...(published ? { version: published.version, publishedAt: published.publishedAt } : {}),
    ...(work?.at && (stands.next || !published) ? { at: work.at } : {}),
    ...(found ? { found } : {}),
    review: effectiveOf(
      placesOver(uscc).map((place) => policies.get(place)),
      otherwise,
    ).review,
    ...(reminded === undefined ? {} : { reminded }),
  };
}

/** When each organ was last reminded. */
function remindedAt(reminders: readonly Reminder[]): ReadonlyMap<string, string> {
  return new Map(reminders.flatMap(({ organs, at }) => organs.map((uscc) => [uscc, at] as const)));
}

/** The rows of the organs, in the order in which they come. */
export function deskRows(organs: readonly Known[], desk: Desk): readonly DeskRow[] {
  const reminded = remindedAt(desk.reminders);
  return organs.map((organ) => deskRow(organ, desk, reminded.get(organ.uscc)));
}
