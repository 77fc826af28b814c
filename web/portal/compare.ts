/** Comparisons: two years of one organ, or up to six organs of one year. */
import { compareOrgans } from "./compare-organs.ts";
import { compareYears } from "./compare-years.ts";
import { byId } from "./page.ts";

const years = document.querySelector<HTMLElement>("#years");
if (years) compareYears(years);
else compareOrgans(byId("organs"));
