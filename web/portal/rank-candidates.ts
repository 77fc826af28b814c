/** What is ranked: figures of a year, of every province, of a province's divisions, or of a division's organs. */
import { type Figures, figuresOfRow } from "../../src/index/figure-row.ts";
import type { DivisionYear, ProvinceYear } from "../../src/index/shapes.ts";
import type { Candidate } from "../../src/portal/ranking.ts";
import { load, page } from "./page.ts";

/** Where to look. */
export interface Place {
  readonly root: URL;
  readonly year: string;
  /** Two digits, and what each province is called; empty where all are ranked. */
  readonly province: string;
  readonly provinces: readonly (readonly [code: string, name: string])[];
  /** Six digits, or empty. */
  readonly division: string;
}

/** `…/{year}.sums.json`, as much of it as is read. */
interface Sums {
  readonly edition: string;
  readonly organs: { readonly expected: number; readonly reported: number };
  readonly sum: Figures;
  /** Of a division: the organs that are added up. */
  readonly reported?: readonly { readonly uscc: string }[];
}

/** A province without a year has no file of it. */
const loadIfThere = <T>(url: URL): Promise<T | undefined> => load<T>(url).catch(() => undefined);

async function ofProvinces({ root, year, provinces }: Place): Promise<Candidate[]> {
  return Promise.all(
    provinces.map(async ([code, name]) => {
      const sums = await loadIfThere<Sums>(new URL(`provinces/${code}/${year}.sums.json`, root));
      const href = new URL(page(`provinces/${code}/${year}.html`), root).href;
      const there = sums && sums.organs.reported > 0;
      return {
        name,
        href: sums ? href : new URL(page(`provinces/${code}.html`), root).href,
        edition: sums?.edition ?? "",
        figures: there ? sums.sum : undefined,
        ...(sums ? { organs: sums.organs } : {}),
      };
    }),
  );
}

async function ofDivisions({ root, year, province }: Place): Promise<Candidate[]> {
  const [state, sums, names] = await Promise.all([
    load<ProvinceYear>(new URL(`provinces/${province}/${year}.json`, root)),
    load<Sums>(new URL(`provinces/${province}/${year}.sums.json`, root)),
    load<readonly (readonly [string, string])[]>(new URL(`search/${province}.divisions.json`, root)),
  ]);
  const called = new Map(names);
  return state.divisions.map(({ division, organs, sum }) => ({
    name: called.get(division) ?? division,
    href: new URL(page(`divisions/${division}/${year}.html`), root).href,
    edition: sums.edition,
    figures: sum && figuresOfRow(state.cells, sum),
    organs,
  }));
}

/** The organs that are added up, and no government, whose report contains theirs. */
async function ofOrgans({ root, year, division }: Place): Promise<Candidate[]> {
  const [state, sums] = await Promise.all([
    load<DivisionYear>(new URL(`divisions/${division}/${year}.json`, root)),
    load<Sums>(new URL(`divisions/${division}/${year}.sums.json`, root)),
  ]);
  const counted = new Set(sums.reported?.map(({ uscc }) => uscc));
  return state.entries
    .filter(({ uscc }) => counted.has(uscc))
    .map(({ uscc, organ, edition, figures }) => ({
      name: organ,
      href: new URL(page(`${uscc}/index.html`), root).href,
      edition,
      figures,
    }));
}

export const candidatesOf = (place: Place): Promise<Candidate[]> =>
  place.province === "" ? ofProvinces(place) : place.division === "" ? ofDivisions(place) : ofOrgans(place);
