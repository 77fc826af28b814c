import type { Organ, Roster } from "../../generated/roster.ts";

export type { Organ, Roster };

/** The division of an organ: as the roster has it, else characters 3–8 of its code. */
export const divisionOfOrgan = ({ division, uscc }: Pick<Organ, "division" | "uscc">): string =>
  division ?? uscc.slice(2, 8);

/** The digits that the divisions within a division begin with: 37 of 370000, 3715 of 371500. */
const prefixOf = (division: string): string => division.replace(/(?:00){1,2}$/, "");

/** Whether a division is another or lies in it. */
export const liesWithin = (division: string, around: string): boolean => division.startsWith(prefixOf(around));

/** The divisions around a division, itself first: 371502, 371500, 370000. */
export const divisionsAround = (division: string): string[] => [
  ...new Set([division, `${division.slice(0, 4)}00`, `${division.slice(0, 2)}0000`]),
];

/** A name as it is compared: full-width letters and brackets as half-width ones, no spaces. */
export const comparedName = (name: string): string => name.normalize("NFKC").replace(/\s+/gu, "");

/**
 * Whether an organ is held to the report of a year: it is there when the year ends. One that was merged within the year
 * is reported on by the organ that it went into.
 */
export const isHeldTo = ({ since, until }: Pick<Organ, "since" | "until">, year: number): boolean => {
  const end = `${year}-12-31`;
  return (since === undefined || since <= end) && (until === undefined || until > end);
};
