import { atomOfDivision, atomOfRecent } from "./feeds.ts";
import type { Catalogue, DivisionIndex, DivisionYear, OrganIndex, ProvinceIndex, RecentList } from "./shapes.ts";
import type { PublicFile } from "./shared.ts";
import { robots, sitemapOfOrgans, sitemapOfYear, sitemapsOfProvince } from "./sitemaps.ts";

/**
 * What is rendered for readers of each shared file: pure functions of what they are given. A path that one gives for
 * some state it also gives for every later state, since the indexer removes nothing. What depends on no record at all
 * (styles, scripts) goes with the catalogue.
 */
export interface Pages {
  organ(organ: OrganIndex): readonly PublicFile[];
  divisionYear(state: DivisionYear): readonly PublicFile[];
  /** @param years the latest two years that any organ has, the later first */
  division(division: DivisionIndex, years: readonly DivisionYear[]): readonly PublicFile[];
  province(province: ProvinceIndex): readonly PublicFile[];
  catalogue(catalogue: Catalogue): readonly PublicFile[];
  recent(recent: RecentList): readonly PublicFile[];
}

/** What machines read: Atom feeds (RFC 4287) and sitemaps. @param url the root that readers see, no slash at the end */
export const machinePages = (url: string): Pages => ({
  organ: () => [],
  divisionYear: (state) => [sitemapOfYear(state, url)],
  division: (division, years) => [atomOfDivision(division, years, url), sitemapOfOrgans(division, url)],
  province: (province) => [sitemapsOfProvince(province, url)],
  catalogue: (catalogue) => [robots(catalogue, url)],
  recent: (recent) => [atomOfRecent(recent, url)],
});

/** The files of several, together. */
export const allPages = (...all: readonly Pages[]): Pages => ({
  organ: (state) => all.flatMap((pages) => pages.organ(state)),
  divisionYear: (state) => all.flatMap((pages) => pages.divisionYear(state)),
  division: (state, years) => all.flatMap((pages) => pages.division(state, years)),
  province: (state) => all.flatMap((pages) => pages.province(state)),
  catalogue: (state) => all.flatMap((pages) => pages.catalogue(state)),
  recent: (state) => all.flatMap((pages) => pages.recent(state)),
});
