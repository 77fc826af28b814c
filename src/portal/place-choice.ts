/** The fields by which a year and a province are chosen on pages that no publication makes again. */
import { html } from "hono/html";
import { divisionNames } from "../../generated/divisions.ts";
import { divisionName } from "../index/divisions.ts";
import type { Html } from "./comparison.ts";
import { ENGLISH_PROVINCES } from "./province-names.ts";
import type { View } from "./view.ts";

/** Every province that there is; a script keeps those that have published (`catalogue.json`). */
const PROVINCES = [
  "10",
  ...Object.keys(divisionNames)
    .filter((code) => code.endsWith("0000"))
    .map((code) => code.slice(0, 2))
    .sort(),
];

/** @param all what the first choice is called, which is of no single province; none without */
export const placeChoice = (view: View, all: string | undefined): Html => {
  const { t } = view;
  return html`<div><label for="year">${t("年度", "Year")}</label><select id="year" name="year"></select></div>
<div><label for="province">${t("省", "Province")}</label><select id="province" name="province">${all === undefined ? "" : html`<option value="">${all}</option>`}${PROVINCES.map((province) => html`<option value="${province}" data-zh="${divisionName(`${province}0000`)}" data-en="${ENGLISH_PROVINCES[province] ?? ""}">${view.place(`${province}0000`)}</option>`)}</select></div>`;
};

/** What such a page says to who has no script. */
export const withoutScript = ({ t, page }: View): Html =>
  html`<noscript><p>${t("这一页要在浏览器里计算，需要脚本。没有脚本时，各省、各行政区划的年度页有同样的数字：", "This page computes in the browser and needs script. Without it, the pages of provinces and divisions by year have the same figures: ")}<a href="${page("index.html")}">${t("首页", "home page")}</a></p></noscript>`;
