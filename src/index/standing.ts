import { formForYear } from "../form/forms.ts";
import { deadlineOf } from "../roster/deadline.ts";
import { isHeldTo, type Organ } from "../roster/roster.ts";
import { isRegional } from "../rules/signing-date.ts";
import { type DivisionIndex, type DivisionYear, divisionOf, type Entry, type OrganName } from "./shapes.ts";

/** What is known of an organ's duty for a year, whatever today is: 按期公布, 逾期公布, 已撤回, 未见公布. */
export type Standing = "inTime" | "late" | "withdrawn" | "missing";

/** The organs of a roster by code. Without a roster, what an organ is is told by its name as far as that is certain. */
export type Listed = ReadonlyMap<string, Organ>;

export const listedIn = ({ organs }: { readonly organs: readonly Organ[] }): Listed =>
  new Map(organs.map((organ) => [organ.uscc, organ]));

/** Whether an organ's report is its region's: as the roster has it, else by its name. */
export const isGovernment = ({ uscc, organ }: OrganName, listed?: Listed): boolean => {
  const known = listed?.get(uscc);
  return known ? known.kind === "government" : isRegional(organ);
};

/** Held against the first version: a correction does not make a report late. */
export const standingOf = ({ uscc, status, organ, year, firstPublishedAt }: Entry, listed?: Listed): Standing =>
  status === "withdrawn"
    ? "withdrawn"
    : firstPublishedAt.slice(0, 10) <= deadlineOf(organ, year, listed?.get(uscc))
      ? "inTime"
      : "late";

/**
 * The organs that a year wants and that have nothing for it: with a roster, those of it in the division that were there
 * when the year ended; without, those that published for a year before.
 */
export function missingIn({ division, organs }: DivisionIndex, year: number, listed?: Listed): OrganName[] {
  if (!listed)
    return organs
      .filter(({ years }) => years[0]! < year && !years.includes(year))
      .map(({ uscc, organ }) => ({ uscc, organ }));
  const published = new Set(organs.filter(({ years }) => years.includes(year)).map(({ uscc }) => uscc));
  const known = new Set(organs.map(({ uscc }) => uscc));
  return [...listed.values()]
    .filter((organ) => divisionOf(organ.uscc) === division && isHeldTo(organ, year) && !published.has(organ.uscc))
    .map(({ uscc, name }) => ({ uscc, organ: name, ...(known.has(uscc) ? {} : { unpublished: true as const }) }))
    .sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}

/** An organ that is held to a year: it published for it, or for a year before, or is in the roster. */
export interface Held extends OrganName {
  readonly standing: Standing;
  readonly due: string;
  readonly entry?: Entry;
}

/** Every organ that is held to a year, by code, with what became of its report. */
export function heldOrgans({ year, entries }: DivisionYear, missing: readonly OrganName[], listed?: Listed): Held[] {
  // While others publish, an organ may have come after it was found missing.
  const there = new Set(entries.map(({ uscc }) => uscc));
  const due = ({ uscc, organ }: OrganName): string => deadlineOf(organ, year, listed?.get(uscc));
  return [
    ...entries.map((entry): Held => {
      const { uscc, organ } = entry;
      return { uscc, organ, due: due(entry), standing: standingOf(entry, listed), entry };
    }),
    ...missing.flatMap((organ): Held[] =>
      there.has(organ.uscc) ? [] : [{ ...organ, due: due(organ), standing: "missing" }],
    ),
  ].sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}

/**
 * The years that a roster wants reports of from a division: those that had ended when its first version was saved, and
 * ended since until the latest, and in which there was an organ of the division. A clock has no part in it.
 */
export function wantedYears(
  { since, savedAt }: { readonly since: string; readonly savedAt: string },
  division: string,
  listed: Listed,
): number[] {
  const [first, last] = [since, savedAt].map((at) => Number(at.slice(0, 4)) - 1) as [number, number];
  const own = [...listed.values()].filter(({ uscc }) => divisionOf(uscc) === division);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter(
    (year) => formForYear(year) !== undefined && own.some((organ) => isHeldTo(organ, year)),
  );
}
