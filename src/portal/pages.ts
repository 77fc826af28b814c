import { assetPaths, portalAssets } from "../../generated/portal.ts";
import type { Pages } from "../index/pages.ts";
import { comparePage } from "./compare.ts";
import { dataPages } from "./data.ts";
import { divisionPage, divisionYearPages } from "./division.ts";
import { homePage, recentPage } from "./home.ts";
import { organCompare, organPage } from "./organ.ts";
import { provincePages } from "./province.ts";
import type { PortalOptions } from "./view.ts";

/**
 * The pages that people read, in both languages. The assets go with the catalogue: styles and scripts by the hash of
 * their content, which never change under their names.
 */
export function portalPages(given: Omit<PortalOptions, "assets">): Pages {
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
