import { assetPaths, portalAssets } from "../../generated/portal.ts";
import type { Catalogue, DivisionIndex, DivisionYear, OrganIndex, ProvinceIndex, RecentList } from "../index/shapes.ts";
import { comparePage } from "./compare.ts";
import { dataPages } from "./data.ts";
import { divisionPage, divisionYearPages } from "./division.ts";
import { homePage, recentPage } from "./home.ts";
import { organCompare, organPage } from "./organ.ts";
import type { PageFile } from "./page-file.ts";
import { provincePages } from "./province.ts";
import type { PortalOptions } from "./view.ts";

/** What is rendered of each derived state: pure functions, the same state gives the same bytes. */
export interface PortalPages {
  organ(organ: OrganIndex): readonly PageFile[];
  divisionYear(state: DivisionYear): readonly PageFile[];
  /** @param years the latest two years that any organ has, the later first */
  division(division: DivisionIndex, years: readonly DivisionYear[]): readonly PageFile[];
  province(province: ProvinceIndex): readonly PageFile[];
  /** The pages that depend on the catalogue or on nothing, and the assets: styles and scripts by the hash of their content. */
  catalogue(catalogue: Catalogue): readonly PageFile[];
  recent(recent: RecentList): readonly PageFile[];
}

/** The pages that people read. */
export function portalPages(given: Omit<PortalOptions, "assets">): PortalPages {
  const options: PortalOptions = { ...given, assets: assetPaths };
  return {
    organ: (organ) => [...organPage(options, organ), ...organCompare(options, organ)],
    divisionYear: (state) => divisionYearPages(options, state),
    division: (index, years) => divisionPage(options, index, years),
    province: (index) => provincePages(options, index),
    catalogue: (catalogue) => [
      ...portalAssets,
      ...homePage(options, catalogue),
      ...comparePage(options, catalogue),
      ...dataPages(options, catalogue),
    ],
    recent: (recent) => recentPage(options, recent),
  };
}
