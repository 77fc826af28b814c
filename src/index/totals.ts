/** What the reports of a division's year, or of a whole province's, come to: the same on every page and in the data. */
import { formCells } from "../form/form-cells.ts";
import { formForYear, formOf } from "../form/forms.ts";
import { memoizePerForm } from "../form/memo.ts";
import type { Branch } from "../roster/tree.ts";
import { type Figures, figureRow, figuresOfRow } from "./figure-row.ts";
import { cellsOfEdition, sumFigures } from "./figures.ts";
import { type RosterYear, rosterYear } from "./roster-year.ts";
import {
  type DivisionSums,
  type DivisionYear,
  divisionOf,
  type Entry,
  type OrganName,
  type ProvinceYear,
} from "./shapes.ts";
import { isGovernment, type Listed } from "./standing.ts";

/** A government's own report, which contains those of its organs and of the governments below. */
export interface OwnReport extends OrganName {
  readonly version: number;
  readonly figures: Figures;
}

/** Reports of one year added up. A government's report contains its organs' and is never added to theirs. */
export interface Totals {
  readonly year: number;
  /** An edition is a year's, so that all of the reports are on one. */
  readonly edition: string;
  /** How many organs there would be to add up, and how many reports are. */
  readonly expected: number;
  readonly reported: number;
  /** The organs' figures together; absent where there is none to add. */
  readonly sum?: Figures;
  /** Organs without a report that stands. */
  readonly lacking: readonly OrganName[];
  /** The report of the government whose organs these are. */
  readonly own?: OwnReport;
  /** What that contains besides: governments below, and what is listed with other divisions. */
  readonly elsewhere: readonly OrganName[];
  /** Reports that are listed here and belong to neither. */
  readonly apart: readonly OrganName[];
  /** Whether a roster says who belongs to whom, or names alone. */
  readonly byRoster: boolean;
}

/** A division's year added up. */
export interface DivisionTotals extends Totals {
  readonly division: string;
  /** The reports that are added up, those of the division's own organs. */
  readonly counted: readonly Entry[];
  readonly apart: readonly Entry[];
  /** Organs with codes of the division that stand under the governments of others: their provinces' to add. */
  readonly lent: { readonly counted: readonly Entry[]; readonly lacking: readonly OrganName[] };
}

const stands = ({ status }: Entry): boolean => status === "current";

const addable = memoizePerForm(
  (form) => new Set(formCells(form).flatMap(({ adds, pointer }) => (adds ? [pointer] : []))),
);

/** The figures of reports on one edition together, without the cells that are no sum (last year's numbers of 2019). */
export function sumOf(edition: string, all: readonly Figures[]): Figures | undefined {
  const form = formOf(edition);
  if (!form || all.length === 0) return undefined;
  const adds = addable(form);
  return Object.fromEntries(Object.entries(sumFigures(all)).filter(([pointer]) => adds.has(pointer)));
}

const named = ({ uscc, organ }: OrganName): OrganName => ({ uscc, organ });
const ownReport = ({ uscc, organ, version, figures }: Entry): OwnReport => ({ uscc, organ, version, figures });

function byRoster(
  { division, entries }: DivisionYear,
  base: { readonly division: string; readonly year: number; readonly edition: string },
  government: Branch,
  { under }: RosterYear,
): DivisionTotals {
  const current = entries.filter(stands);
  const byCode = new Map(current.map((entry) => [entry.uscc, entry]));
  const { organs = [], lower = [] } = under.get(government.organ.uscc) ?? {};
  const here = ({ uscc }: OrganName): boolean => divisionOf(uscc) === division;
  const split = (some: readonly OrganName[]) => ({
    counted: some.flatMap(({ uscc }) => byCode.get(uscc) ?? []).sort((a, b) => (a.uscc < b.uscc ? -1 : 1)),
    lacking: some.filter(({ uscc }) => !byCode.has(uscc)),
  });
  const mine = split(organs.filter(here));
  const others = [...under].filter(([uscc]) => uscc !== government.organ.uscc);
  const lent = split(others.flatMap(([, branch]) => branch.organs.filter(here)));
  const own = byCode.get(government.organ.uscc);
  const there = new Set(mine.counted);
  const sum = sumOf(
    base.edition,
    mine.counted.map(({ figures }) => figures),
  );
  return {
    ...base,
    ...mine,
    lent,
    expected: mine.counted.length + mine.lacking.length,
    reported: mine.counted.length,
    ...(sum ? { sum } : {}),
    ...(own ? { own: ownReport(own) } : {}),
    elsewhere: [
      ...lower.map(({ organ: { uscc, name } }) => ({ uscc, organ: name })),
      ...organs.filter((organ) => !here(organ)),
    ],
    apart: current.filter((entry) => entry !== own && !there.has(entry)),
    byRoster: true,
  };
}

/**
 * Adds up a division's year.
 * @param missing organs that are held to the year and have nothing for it
 */
export function totalsOf(state: DivisionYear, missing: readonly OrganName[], listed?: Listed): DivisionTotals {
  const { division, year, entries } = state;
  const current = entries.filter(stands);
  const base = { division, year, edition: current[0]?.edition ?? formForYear(year)?.edition ?? "" };
  const known = listed && rosterYear(listed, year);
  const government = known?.governmentOf(division);
  if (known && government) return byRoster(state, base, government, known);
  const regional = current.filter((entry) => isGovernment(entry, listed));
  const [own, ...others] = regional;
  const counted = current.filter((entry) => !regional.includes(entry));
  const lacking = [...entries.filter((entry) => !stands(entry)), ...missing]
    .filter((organ) => !isGovernment(organ, listed))
    .map(named);
  const sum = sumOf(
    base.edition,
    counted.map(({ figures }) => figures),
  );
  return {
    ...base,
    counted,
    expected: counted.length + lacking.length,
    reported: counted.length,
    ...(sum ? { sum } : {}),
    lacking,
    // Of several nobody can tell whose the organs are.
    ...(own && others.length === 0 ? { own: ownReport(own) } : {}),
    elsewhere: [],
    apart: others.length > 0 ? regional : [],
    lent: { counted: [], lacking: [] },
    byRoster: false,
  };
}

/** A division's year as its province keeps it: every organ with a code of the division that is under some government. */
export function divisionSums(totals: DivisionTotals, cells: readonly string[]): DivisionSums {
  const { division, edition, counted, lacking, lent, own, apart, byRoster } = totals;
  const lentCodes = new Set(lent.counted.map(({ uscc }) => uscc));
  const all = [...counted, ...lent.counted];
  const sum = sumOf(
    edition,
    all.map(({ figures }) => figures),
  );
  const without = [...lacking, ...lent.lacking].map(named);
  return {
    division,
    byRoster,
    organs: { expected: all.length + without.length, reported: all.length },
    lacking: without,
    apart: apart.filter(({ uscc }) => !lentCodes.has(uscc)).map(named),
    ...(sum ? { sum: figureRow(cells, sum) } : {}),
    ...(own ? { government: { ...named(own), version: own.version, figures: figureRow(cells, own.figures) } } : {}),
  };
}

/** The cells in the order in which a province's year has figures. */
export const cellsOfYear = (year: number): readonly string[] => cellsOfEdition(formForYear(year)?.edition ?? "");

/** A division of a province as it is added up there. */
export function totalsOfDivision({ year, cells }: ProvinceYear, of: DivisionSums): Totals {
  const { government, sum, lacking, apart, organs } = of;
  return {
    year,
    edition: formForYear(year)?.edition ?? "",
    ...organs,
    ...(sum ? { sum: figuresOfRow(cells, sum) } : {}),
    lacking,
    ...(government ? { own: { ...government, figures: figuresOfRow(cells, government.figures) } } : {}),
    elsewhere: [],
    apart,
    byRoster: of.byRoster,
  };
}

/**
 * Adds up a province's year: all organs of all its divisions, beside the provincial government's report. The reports of
 * the governments below contain their organs' and are not added.
 */
export function totalsOfProvince(state: ProvinceYear): Totals {
  const { province, year, divisions } = state;
  const all = divisions.map((of) => ({ division: of.division, totals: totalsOfDivision(state, of) }));
  const own = all.find(({ division }) => division === `${province}0000`)?.totals.own;
  const edition = formForYear(year)?.edition ?? "";
  const sum = sumOf(
    edition,
    all.flatMap(({ totals: { sum: part } }) => (part ? [part] : [])),
  );
  return {
    year,
    edition,
    expected: all.reduce((total, { totals }) => total + totals.expected, 0),
    reported: all.reduce((total, { totals }) => total + totals.reported, 0),
    ...(sum ? { sum } : {}),
    lacking: all.flatMap(({ totals }) => totals.lacking),
    ...(own ? { own } : {}),
    elsewhere: all.flatMap(({ totals }) => (totals.own && totals.own !== own ? [named(totals.own)] : [])),
    apart: all.flatMap(({ totals }) => totals.apart),
    byRoster: all.every(({ totals }) => totals.byRoster),
  };
}

/** Totals as data, without the reports that are in them. */
export function totalsData(totals: Totals): Readonly<Record<string, unknown>> {
  const { year, edition, expected, reported, lacking, own, elsewhere, apart, byRoster, sum } = totals;
  return {
    year,
    edition,
    byRoster,
    organs: { expected, reported },
    lacking: lacking.map(named),
    elsewhere: elsewhere.map(named),
    apart: apart.map(named),
    sum: sum ?? {},
    ...(own ? { government: { ...named(own), version: own.version, figures: own.figures } } : {}),
  };
}

/** A division's totals as data: `divisions/{division}/{year}.sums.json`. */
export const divisionTotalsData = (totals: DivisionTotals): unknown => ({
  division: totals.division,
  ...totalsData(totals),
  reported: totals.counted.map(({ uscc, organ, version }) => ({ uscc, organ, version })),
});
