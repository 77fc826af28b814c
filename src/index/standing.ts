import { formForYear } from "../form/forms.ts";
import { isRegional } from "../rules/signing-date.ts";
import type { DivisionYear, Entry, OrganName } from "./shapes.ts";

/** What is known of an organ's duty for a year, whatever today is: 按期公布, 逾期公布, 已撤回, 未见公布. */
export type Standing = "inTime" | "late" | "withdrawn" | "missing";

/** The last day to publish (条例 第四十九、五十条), ISO date. */
export function deadlineOf(organ: string, year: number): string {
  const form = formForYear(year);
  if (!form) throw new Error(`no edition for ${year}`);
  return `${year + 1}-${isRegional(organ) ? form.regionalDeadline : form.deadline}`;
}

/** Held against the first version: a correction does not make a report late. */
export const standingOf = ({ status, organ, year, firstPublishedAt }: Entry): Standing =>
  status === "withdrawn" ? "withdrawn" : firstPublishedAt.slice(0, 10) <= deadlineOf(organ, year) ? "inTime" : "late";

/** An organ that is held to a year: it published for it, or for a year before. */
export interface Held extends OrganName {
  readonly standing: Standing;
  readonly due: string;
  readonly entry?: Entry;
}

/** Every organ that is held to a year, by code, with what became of its report. */
export function heldOrgans({ year, entries }: DivisionYear, missing: readonly OrganName[]): Held[] {
  // While others publish, an organ may have come after it was found missing.
  const there = new Set(entries.map(({ uscc }) => uscc));
  return [
    ...entries.map((entry): Held => {
      const { uscc, organ } = entry;
      return { uscc, organ, due: deadlineOf(organ, year), standing: standingOf(entry), entry };
    }),
    ...missing.flatMap(({ uscc, organ }): Held[] =>
      there.has(uscc) ? [] : [{ uscc, organ, due: deadlineOf(organ, year), standing: "missing" }],
    ),
  ].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}
