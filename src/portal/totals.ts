/** What the reports of a division's year come to: the same on every page and in the data. */
import { type DivisionYear, divisionOf, type Entry, type OrganName } from "../index/shapes.ts";
import { isGovernment, type Listed } from "../index/standing.ts";
import { type Branch, governmentOf, treeOf } from "../roster/tree.ts";
import { type Figures, sumFigures } from "./figures.ts";

/** A division's year added up. A government's report contains its organs' and is never added to theirs. */
export interface Totals {
  readonly division: string;
  readonly year: number;
  /** An edition is a year's, so that all of the reports are on one. */
  readonly edition: string;
  /** The reports that are added up, those of the division's own organs. */
  readonly counted: readonly Entry[];
  /** How many organs there would be to add up. */
  readonly expected: number;
  /** Those of them without a report that stands. */
  readonly lacking: readonly OrganName[];
  /** The government's report, which contains those of its organs and of the governments below. */
  readonly own?: Entry;
  /** What the government's report contains besides and is listed with other divisions. */
  readonly elsewhere: readonly OrganName[];
  /** Reports that are listed here and belong to neither. */
  readonly apart: readonly Entry[];
  /** Whether a roster says who belongs to whom, or names alone. */
  readonly byRoster: boolean;
}

const stands = ({ status }: Entry): boolean => status === "current";

/** What stands under a division's government: its own organs with codes of the division, and all else. */
function organsUnder(government: Branch, division: string): { own: OrganName[]; elsewhere: OrganName[] } {
  const own: OrganName[] = [];
  const elsewhere: OrganName[] = [];
  const walk = ({ organ: { uscc, name, kind }, below }: Branch): void => {
    const lower = kind === "government";
    (lower || divisionOf(uscc) !== division ? elsewhere : own).push({ uscc, organ: name });
    // What stands below a lower government is that one's to sum up.
    if (!lower) below.forEach(walk);
  };
  government.below.forEach(walk);
  return { own, elsewhere };
}

/**
 * Adds up a division's year.
 * @param missing organs that are held to the year and have nothing for it
 */
export function totalsOf(state: DivisionYear, missing: readonly OrganName[], listed?: Listed): Totals {
  const { division, year, entries } = state;
  const current = entries.filter(stands);
  const base = { division, year, edition: current[0]?.edition ?? "" };
  const government = listed && governmentOf(treeOf({ organs: [...listed.values()] }, year), division);
  if (government) {
    const { own: organs, elsewhere } = organsUnder(government, division);
    const codes = new Set(organs.map(({ uscc }) => uscc));
    const counted = current.filter(({ uscc }) => codes.has(uscc));
    const there = new Set(counted.map(({ uscc }) => uscc));
    const own = current.find(({ uscc }) => uscc === government.organ.uscc);
    return {
      ...base,
      counted,
      expected: organs.length,
      lacking: organs.filter(({ uscc }) => !there.has(uscc)),
      ...(own ? { own } : {}),
      elsewhere,
      apart: current.filter((entry) => entry !== own && !there.has(entry.uscc)),
      byRoster: true,
    };
  }
  const regional = current.filter((entry) => isGovernment(entry, listed));
  const [own, ...others] = regional;
  const counted = current.filter((entry) => !regional.includes(entry));
  const lacking = [...entries.filter((entry) => !stands(entry)), ...missing]
    .filter((organ) => !isGovernment(organ, listed))
    .map(({ uscc, organ }) => ({ uscc, organ }));
  return {
    ...base,
    counted,
    expected: counted.length + lacking.length,
    lacking,
    // Of several nobody can tell whose the organs are.
    ...(own && others.length === 0 ? { own } : {}),
    elsewhere: [],
    apart: others.length > 0 ? regional : [],
    byRoster: false,
  };
}

/** The sum of the organs' figures; undefined where there is none to add. */
export const sumOf = ({ counted }: Totals): Figures | undefined =>
  counted.length === 0 ? undefined : sumFigures(counted.map(({ figures }) => figures));

/** The totals as data: `divisions/{division}/{year}.sums.json`. */
export function totalsData(totals: Totals): unknown {
  const { division, year, edition, counted, expected, lacking, own, elsewhere, apart, byRoster } = totals;
  const named = ({ uscc, organ }: OrganName): OrganName => ({ uscc, organ });
  return {
    division,
    year,
    edition,
    byRoster,
    organs: { expected, reported: counted.length },
    reported: counted.map(({ uscc, organ, version }) => ({ uscc, organ, version })),
    lacking: lacking.map(named),
    elsewhere: elsewhere.map(named),
    apart: apart.map(named),
    sum: sumOf(totals) ?? {},
    ...(own ? { government: { ...named(own), version: own.version, figures: own.figures } } : {}),
  };
}
