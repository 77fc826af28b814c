/**
 * What is derived from the records for readers, as it lies under `published/`. Every file holds what a bounded number of
 * places, (organ, year), say; lists are sorted, so that the same records give the same bytes whatever order they came in.
 */
import { FIRST_PUBLISHED, type PublishedName } from "../formats/registry.ts";
import type { VersionKind } from "../publish/record.ts";
import type { FigureRow, Figures } from "./figure-row.ts";

/** What became of a place: its report stands, or was withdrawn. */
export type PlaceStatus = "current" | "withdrawn";

/** A version as lists show it. */
export interface VersionLine {
  readonly version: number;
  readonly kind: VersionKind;
  /** ISO 8601 with +08:00. */
  readonly publishedAt: string;
  readonly reason?: string;
  /** When and why it was taken out of the public; its own reason is then left out. */
  readonly redaction?: { readonly publishedAt: string; readonly reason: string };
}

/** One organ's report of one year as lists show it. */
export interface Entry {
  readonly uscc: string;
  readonly organ: string;
  readonly year: number;
  readonly edition: string;
  readonly status: PlaceStatus;
  /** The latest version. */
  readonly version: number;
  /** The latest record, where that is no version but a redaction; an entry with more records takes the place of one with fewer. */
  readonly record?: number;
  /** When version 1 was published: what a deadline is held against. ISO 8601 with +08:00. */
  readonly firstPublishedAt: string;
  /** When the latest version was published. ISO 8601 with +08:00. */
  readonly publishedAt: string;
  /** The formats of the latest version's files; absent in lists of before there were others than the first four. */
  readonly formats?: readonly PublishedName[];
  /** 成文日期; absent when withdrawn. */
  readonly signed?: string;
  /**
   * Every count of the report by JSON Pointer; money in 元 as an exact decimal string. Where a row has a total, its single
   * columns, the kinds of applicant in 表三, are left out where they are 0, as most are. Empty when withdrawn.
   */
  readonly figures: Figures;
}

/** The formats that a place's latest version can be had in. */
export const formatsOf = ({ formats }: Pick<Entry, "formats">): readonly PublishedName[] => formats ?? FIRST_PUBLISHED;

/** How many records an entry was made of. */
export const recordsIn = ({ record, version }: Pick<Entry, "record" | "version">): number => record ?? version;

/** `{uscc}/index.json`: one organ, every year. */
export interface OrganIndex {
  readonly uscc: string;
  /** The name of the latest year. */
  readonly organ: string;
  /** Characters 3–8 of the code. */
  readonly division: string;
  /** Oldest first. */
  readonly years: readonly (Entry & { readonly versions: readonly VersionLine[] })[];
}

/** `divisions/{division}/{year}.json`: the reports of a division's organs of one year, by code. */
export interface DivisionYear {
  readonly division: string;
  readonly year: number;
  readonly entries: readonly Entry[];
}

/** An organ by name. */
export interface OrganName {
  readonly uscc: string;
  readonly organ: string;
  /** It never published anything, so that it has no page. */
  readonly unpublished?: true;
}

/** An organ as a division lists it. */
export interface OrganLine extends OrganName {
  /** First letters of the name in pinyin, e.g. `lcsscjdglj`. */
  readonly initials: string;
  /** Years with a report that stands or was withdrawn, oldest first. */
  readonly years: readonly number[];
  /** Names that it had in other years, sorted; absent where none. */
  readonly former?: readonly string[];
}

/** `divisions/{division}/index.json`: the organs of a division that ever published, by code. */
export interface DivisionIndex {
  readonly division: string;
  readonly organs: readonly OrganLine[];
  /** Years that its roster wants reports of, whether anybody has published or not, oldest first; absent where none. */
  readonly wanted?: readonly number[];
}

/** The years that a division has pages of, oldest first. */
export const yearsOf = ({ organs, wanted = [] }: DivisionIndex): number[] =>
  [...new Set([...organs.flatMap(({ years }) => years), ...wanted])].sort((a, b) => a - b);

/** `divisions/{division}/roster.json`: the version of the division's roster that pages were last made again for. */
export interface IndexedRoster {
  readonly division: string;
  readonly version: number;
}

/** What became of a year's reports in a division, or in several together; a year without any is left out. */
export interface YearCounts {
  /** Reports that stand. */
  readonly current: number;
  /** Those of them whose first version came after the deadline. */
  readonly late: number;
  readonly withdrawn: number;
  /** Organs of the roster without a report, where there is a roster; else organs that ever published are held to the latest year. */
  readonly missing?: number;
}

/** How many organs ever published, and what became of the reports of each year. */
export interface Counted {
  readonly organs: number;
  readonly reports: Readonly<Record<string, YearCounts>>;
}

/** `provinces/{province}.json`: the divisions of a province (characters 3–4 of the code), by code. */
export interface ProvinceIndex {
  readonly province: string;
  readonly divisions: readonly (Counted & { readonly division: string })[];
}

/** The years that a province has pages of, the latest first. */
export const yearsOfProvince = ({ divisions }: ProvinceIndex): number[] =>
  [...new Set(divisions.flatMap(({ reports }) => Object.keys(reports)))].map(Number).sort((a, b) => b - a);

/** A division's year as its province adds it up. */
export interface DivisionSums {
  readonly division: string;
  /** Whether a roster says who belongs to whom, or names alone. */
  readonly byRoster: boolean;
  readonly organs: { readonly expected: number; readonly reported: number };
  /** Organs without a report that stands. */
  readonly lacking: readonly OrganName[];
  /** Reports that are listed in the division and not added. */
  readonly apart: readonly OrganName[];
  /** The organs' figures together, in the order of the province's cells; absent where there is none. */
  readonly sum?: FigureRow;
  /** The government's own report. */
  readonly government?: OrganName & { readonly version: number; readonly figures: FigureRow };
}

/** `provinces/{province}/{year}.json`: the divisions of a province with what a year's reports come to, by code. */
export interface ProvinceYear {
  readonly province: string;
  readonly year: number;
  /** JSON Pointers of the figures. */
  readonly cells: readonly string[];
  readonly divisions: readonly DivisionSums[];
}

/** `provinces/{province}/{year}.organs.csv`: every organ of a province with every figure of a year, by division. */
export interface ProvinceOrgans {
  /** The line of heads. */
  readonly head: string;
  /** The lines of each division, as they stand in the file. */
  readonly blocks: Readonly<Record<string, string>>;
}

/** `search/{province}.json`: what the search in the browser reads; rows by code. */
export interface SearchShard {
  readonly province: string;
  /**
   * Code, name, initials, first and last year; where characters have other readings, those by their place among the
   * initials: `0z3c` says that the first letter may be z, the fourth c (empty before former names); names of earlier years.
   */
  readonly organs: readonly (readonly [
    uscc: string,
    organ: string,
    initials: string,
    first: number,
    last: number,
    others?: string,
    ...former: string[],
  ])[];
  /** How each character of the names is read: syllables without tones, a space between several. Absent from older files. */
  readonly syllables?: Readonly<Record<string, string>>;
}

/** `catalogue.json`: the root; leads to everything else. */
export interface Catalogue {
  readonly provinces: readonly (Counted & { readonly province: string })[];
}

/** One publication of any kind. */
export interface Recent extends VersionLine {
  readonly uscc: string;
  readonly organ: string;
  readonly year: number;
}

/** `recent.json`: the latest publications of all, the newest first (then by code, year, version); at most 100. */
export interface RecentList {
  readonly entries: readonly Recent[];
}

/** Characters 3–8 of a 统一社会信用代码: the division (行政区划, GB/T 2260) of the organ. */
export const divisionOf = (uscc: string): string => uscc.slice(2, 8);
/** Characters 3–4: the province. */
export const provinceOf = (code: string): string => (code.length === 18 ? code.slice(2, 4) : code.slice(0, 2));

/** Where the files lie, without `published/`: relative to the root that readers see. */
export const paths = {
  organ: (uscc: string) => `${uscc}/index.json`,
  divisionYear: (division: string, year: number) => `divisions/${division}/${year}.json`,
  division: (division: string) => `divisions/${division}/index.json`,
  roster: (division: string) => `divisions/${division}/roster.json`,
  province: (province: string) => `provinces/${province}.json`,
  provinceYear: (province: string, year: number) => `provinces/${province}/${year}.json`,
  provinceOrgans: (province: string, year: number) => `provinces/${province}/${year}.organs.csv`,
  search: (province: string) => `search/${province}.json`,
  catalogue: "catalogue.json",
  recent: "recent.json",
} as const;
