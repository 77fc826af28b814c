import { atomOfDivision, atomOfRecent } from "./feeds.ts";
import type {
  Catalogue,
  DivisionIndex,
  DivisionYear,
  OrganIndex,
  OrganName,
  ProvinceIndex,
  ProvinceYear,
  RecentList,
} from "./shapes.ts";
import type { PublicFile } from "./shared.ts";
import { robots, sitemapOfOrgans, sitemapOfYear, sitemapsOfProvince } from "./sitemaps.ts";
import type { Listed } from "./standing.ts";

/**
 * What is rendered for readers of the shared files: pure functions of what they are given, and given no more than they
 * are made again for. A path that one gives for some state it also gives for every later state, since the indexer
 * removes nothing.
 */
export interface Pages {
  /** What depends on no record: styles, scripts, schemas. Put in place once by each process, before any page. */
  readonly constant: readonly PublicFile[];
  organ(organ: OrganIndex): readonly PublicFile[];
  /**
   * @param missing organs of the division that are held to the year and have nothing for it, by code
   * @param listed the organs of the roster over the division, where there is one
   */
  divisionYear(state: DivisionYear, missing: readonly OrganName[], listed?: Listed): readonly PublicFile[];
  /** @param years the latest two years that it has, the later first */
  division(division: DivisionIndex, years: readonly DivisionYear[], listed?: Listed): readonly PublicFile[];
  /** @param latest the latest year that any of its divisions has */
  province(province: ProvinceIndex, latest?: ProvinceYear): readonly PublicFile[];
  provinceYear(state: ProvinceYear): readonly PublicFile[];
  catalogue(catalogue: Catalogue): readonly PublicFile[];
  recent(recent: RecentList): readonly PublicFile[];
  home(catalogue: Catalogue, recent: RecentList): readonly PublicFile[];
}

/** What machines read: Atom feeds (RFC 4287) and sitemaps. @param url the root that readers see, no slash at the end */
export const machinePages = (url: string): Pages => ({
  constant: [],
  organ: () => [],
  divisionYear: (state) => sitemapOfYear(state, url),
  division: (division, years) => [atomOfDivision(division, years, url), ...sitemapOfOrgans(division, url)],
  province: (province) => [sitemapsOfProvince(province, url)],
  provinceYear: () => [],
  catalogue: (catalogue) => [robots(catalogue, url)],
  recent: (recent) => [atomOfRecent(recent, url)],
  home: () => [],
});

/** The files of several, together. */
export const allPages = (...all: readonly Pages[]): Pages => ({
  constant: all.flatMap(({ constant }) => constant),
  organ: (state) => all.flatMap((pages) => pages.organ(state)),
  divisionYear: (state, missing, listed) => all.flatMap((pages) => pages.divisionYear(state, missing, listed)),
  division: (state, years, listed) => all.flatMap((pages) => pages.division(state, years, listed)),
  province: (state, latest) => all.flatMap((pages) => pages.province(state, latest)),
  provinceYear: (state) => all.flatMap((pages) => pages.provinceYear(state)),
  catalogue: (state) => all.flatMap((pages) => pages.catalogue(state)),
  recent: (state) => all.flatMap((pages) => pages.recent(state)),
  home: (catalogue, recent) => all.flatMap((pages) => pages.home(catalogue, recent)),
});
