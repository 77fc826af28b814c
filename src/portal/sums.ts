/** How pages show what a division's reports come to. */
import { html } from "hono/html";
import type { OrganName } from "../index/shapes.ts";
import type { Totals } from "../index/totals.ts";
import { hatchings } from "./charts.ts";
import { columnTables } from "./columns.ts";
import { comparisonTable, type Html, type ReportColumn } from "./comparison.ts";
import { FORM, ROWS } from "./form.ts";
import { chinese } from "./layout.ts";
import { rateTable } from "./rates.ts";
import { SUM_CHARTS, shareOf } from "./sum-charts.ts";
import type { View } from "./view.ts";

/** The organs' sum as a column. */
export const sumColumn = (totals: Totals, title: string): ReportColumn => ({
  title,
  edition: totals.edition,
  figures: totals.sum,
});

/**
 * The distribution of a year's results and remedies over all organs; of the government's own report where there is no other.
 * @param embedded what the charts are found by in the pages of others, as the query of their address
 */
export function distribution(view: View, totals: Totals, embedded: string): Html | "" {
  if (!(totals.sum ?? totals.own?.figures)) return "";
  return html`${hatchings()}<div class="charts" data-embed="${view.page("embed.html")}?${embedded}">
${Object.values(SUM_CHARTS).map((chart) => chart(view, ROWS, totals))}</div>
`;
}

/** So many organs are named in a line, and so many in the list that is folded under it; the data have them all. */
const [FEW_NAMED, MOST_NAMED] = [4, 60];

const listed = (view: View, organs: readonly OrganName[]): Html =>
  html`${organs.map(({ organ }, i) => html`${i > 0 ? view.t("、", ", ") : ""}${chinese(view, organ)}`)}`;

/** Some organs by name; many as a list to be opened, so that on a phone the figures are not far below. */
function namesOf(view: View, organs: readonly OrganName[]): Html {
  const { t } = view;
  const few = listed(view, organs.slice(0, FEW_NAMED));
  if (organs.length <= FEW_NAMED) return few;
  const rest = organs.length - MOST_NAMED;
  return html`${few}${t(`等${organs.length}个`, ` and ${organs.length - FEW_NAMED} more`)} <details class="names"><summary>${t("名单", "Names")}</summary>${listed(view, organs.slice(0, MOST_NAMED))}${rest > 0 ? t(`，另有${rest}个，见JSON`, `, and ${rest} more, see the JSON`) : ""}</details>`;
}

/** Why the government's figures and the organs' sum differ, by name. */
function reasons(view: View, { lacking, elsewhere, apart, own, byRoster }: Totals): Html {
  const { t } = view;
  const rows: (readonly [string, readonly OrganName[]])[] = [
    [t("没有现行的报告，未计入机关之和：", "Without a current report, not in the organs' sum: "), lacking],
    [
      t(
        "下级政府和在别的行政区划列出的机关，未计入机关之和：",
        "Governments below and organs listed with other divisions, not in the organs' sum: ",
      ),
      elsewhere,
    ],
    [t("列在本区划而不相加的报告：", "Reports that are listed here and not added: "), apart],
  ];
  return html`<ul class="reasons">${
    own
      ? html`<li>${t(`${own.organ}的报告已经汇总所属各部门和下级政府，不再与它们相加。`, "The government's own report already contains its departments and the governments below; it is never added to theirs.")}</li>
`
      : ""
  }${rows.map(([label, organs]) =>
    organs.length === 0
      ? ""
      : html`<li>${label}${namesOf(view, organs)}</li>
`,
  )}${
    byRoster
      ? ""
      : html`<li>${t("没有名录：哪些机关应当公布、哪个是政府，按公布过的报告和名称判断。", "There is no roster: who should publish, and which is the government, follows from what was published and from names.")}</li>
`
  }</ul>
`;
}

/** The organs' sum and the government's own report with every column. */
export function columnsOf(view: View, totals: Totals): Html {
  const { sum, own, edition } = totals;
  const title = view.t(`机关之和（${shareOf(view, totals)}）`, `organs' sum (${shareOf(view, totals)})`);
  const government = view.t("政府的报告", "the government's report");
  return html`${sum ? columnTables(view, title, edition, sum) : ""}${
    own ? columnTables(view, government, edition, own.figures) : ""
  }`;
}

/** The organs' sum, the government's own figures beside it, and why they differ. */
export function sumsOf(view: View, totals: Totals): Html {
  const { t } = view;
  const { own, reported, year, edition } = totals;
  const sum = sumColumn(totals, t(`机关之和（${shareOf(view, totals)}）`, `Organs' sum (${shareOf(view, totals)})`));
  const government: ReportColumn | undefined = own && {
    title: t("政府的报告", "The government's report"),
    href: view.file(`${own.uscc}/${year}/report.html`),
    edition,
    figures: own.figures,
  };
  const columns = [...(reported > 0 ? [sum] : []), ...(government ? [government] : [])];
  if (columns.length === 0) return html`${reasons(view, totals)}`;
  const caption = t(
    `${year}年度${columns.map(({ title }) => title).join("、")}`,
    `${year}: ${columns.map(({ title }) => title).join(", ")}`,
  );
  return html`${reasons(view, totals)}${comparisonTable(FORM, columns, {
    lang: view.lang,
    caption,
    ...(columns.length === 2 ? { change: "difference" as const } : {}),
  })}${rateTable(view, t(`${year}年度的比率`, `Rates of ${year}`), columns)}`;
}
