import { assetPaths, portalAssets } from "../../generated/portal.ts";
import type { Pages } from "../index/pages.ts";
import { absentPage } from "./absent.ts";
import { comparePage } from "./compare.ts";
import { dataPages, schemaFiles } from "./data.ts";
import { dataSchema } from "./data-schema.ts";
import { divisionPage, divisionYearPages } from "./division.ts";
import { embedPage } from "./embed.ts";
import { homePage, recentPage } from "./home.ts";
import { methodPage } from "./method.ts";
import { organCompare, organPage } from "./organ.ts";
import { provincePages } from "./province.ts";
import { provinceYearPages } from "./province-year.ts";
import { queryPage } from "./query.ts";
import { rankPage } from "./rank.ts";
import { textPage } from "./text.ts";
import { verifyPage } from "./verify.ts";
import type { PortalOptions } from "./view.ts";
import { wholeYearPage } from "./whole-year.ts";

/** The pages that people read, in both languages. Styles and scripts have the hash of their content in their names. */
export function portalPages(given: Omit<PortalOptions, "assets">): Pages {
  const options: PortalOptions = { ...given, assets: assetPaths };
  return {
    constant: [
      ...portalAssets,
      ...schemaFiles(),
      ...absentPage(options),
      ...verifyPage(options),
      ...embedPage(options),
      ...methodPage(options),
      ...rankPage(options),
      ...wholeYearPage(options),
      ...textPage(options),
      ...queryPage(options),
      ...dataSchema(options),
    ],
    organ: (organ) => [...organPage(options, organ), ...organCompare(options, organ)],
    divisionYear: (state, missing, listed) => divisionYearPages(options, state, missing, listed),
    division: (index, years, listed) => divisionPage(options, index, years, listed),
    province: (index, latest) => provincePages(options, index, latest),
    provinceYear: (state) => provinceYearPages(options, state),
    catalogue: (catalogue) => [...comparePage(options, catalogue), ...dataPages(options, catalogue)],
    recent: (recent) => recentPage(options, recent),
    home: (catalogue, recent) => homePage(options, catalogue, recent),
  };
}
