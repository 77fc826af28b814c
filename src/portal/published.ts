/** Who of a division has published for a year, and who has not. What that means today is for a script to say. */
import { html } from "hono/html";
import { nameWithin } from "../index/divisions.ts";
import type { OrganName } from "../index/shapes.ts";
import type { Held } from "../index/standing.ts";
import { hatchings, shareChart } from "./charts.ts";
import type { Html } from "./comparison.ts";
import { chinese, scrolling } from "./layout.ts";
import { organPath } from "./organ.ts";
import type { View } from "./view.ts";
import { day, due, STANDINGS, standingMark, standingName } from "./words.ts";

/** An organ by a name, with a link to its page where it has one. */
const organLink = (view: View, { uscc, unpublished }: OrganName, name: string): Html | string =>
  unpublished ? chinese(view, name) : html`<a href="${view.page(organPath(uscc))}">${chinese(view, name)}</a>`;

/**
 * How many organs are in each state.
 * @param byRoster whether a roster says who is held to the year
 */
export function standingChart(view: View, held: readonly Held[], byRoster = false): Html {
  const counted = STANDINGS.map((s) => held.filter(({ standing }) => standing === s).length);
  return html`${hatchings()}<div class="charts">${shareChart(view, {
    id: "standing",
    title: byRoster
      ? view.t(`名录中应公布的机关${held.length}个`, `${held.length} organs of the roster that should publish`)
      : view.t(`已知机关${held.length}个`, `${held.length} organs known`),
    of: "",
    kinds: STANDINGS.map((standing) => standingName(view, standing)),
    stacks: [{ label: "", values: counted }],
  })}</div>
`;
}

/** The organs that are not in time, those without a report first, with the deadline of each. */
export function wantingTable(view: View, held: readonly Held[], year: number): Html {
  const { t } = view;
  const rows = held.filter(({ standing }) => standing !== "inTime");
  if (rows.length === 0) return html`<p>${t("已知的机关都已按期公布。", "Every organ known published in time.")}</p>`;
  const caption = t(
    `${year}年度未见公布、已撤回、逾期公布的机关`,
    `Organs without a report for ${year}, with a withdrawn or a late one`,
  );
  const order = ({ standing }: Held): number => -STANDINGS.indexOf(standing);
  return scrolling(
    caption,
    html`<table><caption>${caption}</caption><thead><tr><th scope="col">${t("行政机关", "Organ")}</th><th scope="col">${t("状态", "State")}</th><th scope="col">${t("期限", "Deadline")}</th><th scope="col">${t("首次公布", "First published")}</th></tr></thead>
<tbody>${[...rows]
      .sort((a, b) => order(a) - order(b))
      .map(
        (
          organ,
        ) => html`<tr><th scope="row" class="name">${organLink(view, organ, organ.organ)}</th><td>${standingMark(view, organ.standing, organ.due)}</td><td>${day(organ.due)} ${organ.standing === "missing" ? due(organ.due) : ""}</td><td>${organ.entry ? day(organ.entry.firstPublishedAt) : "—"}</td></tr>
`,
      )}</tbody></table>`,
  );
}

/**
 * Every organ that is held to the year with its state, as a map of the division: by name without the division's own.
 * @param more further text about an organ
 */
export const organGrid = (
  view: View,
  held: readonly Held[],
  division: string,
  more: (organ: Held) => Html | "" = () => "",
): Html =>
  html`<ul class="grid">${held.map(
    (organ) =>
      html`<li class="${organ.standing}">${organLink(view, organ, nameWithin(organ.organ, division))}${more(organ)} ${standingMark(view, organ.standing, organ.due)}</li>
`,
  )}</ul>
`;
