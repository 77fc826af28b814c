/** How far several places are with a year, and how many reports they have of each. */
import { html } from "hono/html";
import { formForYear } from "../form/forms.ts";
import { countTogether } from "../index/merge.ts";
import type { Counted } from "../index/shapes.ts";
import type { Standing } from "../index/standing.ts";
import { hatchings, progress, shareChart } from "./charts.ts";
import type { Html } from "./comparison.ts";
import { grouped } from "./figures.ts";
import { chinese, scrolling } from "./layout.ts";
import type { View } from "./view.ts";
import { day, due, STANDINGS, standingName } from "./words.ts";

/** A place with its name and its page. */
export type Place = Counted & { readonly name: string; readonly href: string };

/** The years that any of the places has a report of, withdrawn or not, the latest first. */
export const reportYears = (places: readonly Counted[]): number[] =>
  [...new Set(places.flatMap(({ reports }) => Object.keys(reports)))].map(Number).sort((a, b) => b - a);

/**
 * Organs by standing: by the roster, where there is one; else every organ known is held to the latest year, since none
 * has begun after it.
 */
function byStanding({ organs, reports }: Counted, latest: number): Record<Standing, number> {
  const { current, late, withdrawn, missing } = reports[latest] ?? { current: 0, late: 0, withdrawn: 0 };
  return { inTime: current - late, late, withdrawn, missing: missing ?? Math.max(0, organs - current - withdrawn) };
}

/** How many organs are held to the latest year. */
const heldCount = (place: Counted, latest: number): number =>
  Object.values(byStanding(place, latest)).reduce((sum, count) => sum + count, 0);

/** What is said of the organs that are held to a year: those of rosters should publish, others are known to. */
const heldName = ({ t }: View, { reports }: Counted, latest: number, count?: string): string => {
  const [zh, en] =
    reports[latest]?.missing === undefined
      ? ["已知机关", "organs known"]
      : ["应公布的机关", "organs that should publish"];
  if (count !== undefined) return t(`${zh}${count}个`, `${count} ${en}`);
  return t(zh, `O${en.slice(1)}`);
};

/** The deadlines of a report year, from its edition; how far they are is for a script to say. */
function deadlines({ t }: View, year: number): Html {
  const form = formForYear(year);
  if (!form) return html``;
  const [organ, regional] = [`${year + 1}-${form.deadline}`, `${year + 1}-${form.regionalDeadline}`];
  return html`<dl class="facts"><div><dt>${t("行政机关公布期限", "Deadline for organs")}</dt><dd>${day(organ)} ${due(organ)}</dd></div><div><dt>${t("县级以上人民政府公布期限", "Deadline for governments of county level and above")}</dt><dd>${day(regional)} ${due(regional)}</dd></div></dl>
`;
}

/** The deadlines of the latest year and what became of its reports, over all the places. */
export function standings(view: View, together: Counted, latest: number): Html {
  const counts = byStanding(together, latest);
  return html`${deadlines(view, latest)}${hatchings()}<div class="charts">${shareChart(view, {
    id: "standing",
    title: heldName(view, together, latest, grouped(heldCount(together, latest))),
    of: "",
    kinds: STANDINGS.map((standing) => standingName(view, standing)),
    stacks: [{ label: "", values: STANDINGS.map((standing) => counts[standing]) }],
  })}</div>
`;
}

/** How many years the second table shows. */
const YEARS = 6;

/** Lists places: how far each is with the latest year, then how many reports that stand it has of each. */
export function placesTables(view: View, head: string, places: readonly Place[]): Html {
  const { t } = view;
  const years = reportYears(places).slice(0, YEARS);
  const [latest] = years;
  if (latest === undefined) return html``;
  const together = countTogether(places);
  const table = (caption: string, columns: readonly string[], cells: (place: Counted) => readonly Html[]): Html => {
    const line = (name: Html, place: Counted): Html => html`<tr>${name}${cells(place)}</tr>
`;
    return scrolling(
      caption,
      html`<table class="counted"><caption>${caption}</caption>
<thead><tr><th scope="col">${head}</th>${columns.map((column) => html`<th scope="col" class="figure">${column}</th>`)}</tr></thead>
<tbody>${places.map((place) => line(html`<th scope="row" class="name"><a href="${place.href}">${chinese(view, place.name)}</a></th>`, place))}</tbody>
${places.length > 1 ? html`<tfoot>${line(html`<th scope="row">${t("合计", "Total")}</th>`, together)}</tfoot>` : ""}</table>`,
    );
  };
  const figure = (value: number): Html => html`<td class="figure">${grouped(value)}</td>`;
  return html`${table(
    t(
      `${latest}年度公布情况（机关数）；是哪些机关，见各行政区划`,
      `Organs by state for ${latest}; which they are is listed with each division`,
    ),
    [
      heldName(view, together, latest),
      t("已公布", "Published"),
      ...STANDINGS.map((standing) => standingName(view, standing)),
    ],
    (place) => {
      const counts = byStanding(place, latest);
      const { current } = place.reports[latest] ?? { current: 0 };
      const held = heldCount(place, latest);
      return [
        figure(held),
        html`<td class="figure">${held === 0 ? "" : `${Math.floor((100 * current) / held)}%`} ${progress(current, held)}</td>`,
        ...STANDINGS.map((standing) => figure(counts[standing])),
      ];
    },
  )}${
    years.length < 2
      ? ""
      : table(
          t("各年度现行报告数", "Current reports by year"),
          years.map((year) => t(`${year}年度`, String(year))),
          ({ reports }) => years.map((year) => figure(reports[year]?.current ?? 0)),
        )
  }`;
}
