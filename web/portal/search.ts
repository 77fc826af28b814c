/** The home page: the search, and the latest publications. */
import type { RecentList } from "../../src/index/shapes.ts";
import { byId, chinese, element, load, page, remember, t } from "./page.ts";
import { described, startSearch } from "./search-box.ts";

startSearch({
  item: (organ, division) => {
    const year = byId<HTMLSelectElement>("year").value;
    const href = `${page(`${organ[0]}/index.html`)}${year === "" ? "" : `#y${year}`}`;
    return element("li", {}, element("a", { href }, chinese(organ[1])), " ", described(organ, division));
  },
  changed: ({ q, province, division, year }) =>
    remember([
      ["q", q],
      ["province", province],
      ["division", division],
      ["year", year],
    ]),
});

const KINDS = {
  original: ["公布", "published"],
  correction: ["更正", "corrected"],
  withdrawal: ["撤回", "withdrawn"],
} as const;
const LATEST = 8;

/** The latest publications: where they cannot be fetched, the link to their page is enough. */
async function showLatest(): Promise<void> {
  const list = byId<HTMLUListElement>("latest");
  const { entries } = await load<RecentList>(list.dataset["recent"]!);
  list.replaceChildren(
    ...entries
      .slice(0, LATEST)
      .map(({ uscc, organ, year, kind, publishedAt }) =>
        element(
          "li",
          {},
          element("time", { dateTime: publishedAt }, publishedAt.slice(0, 10)),
          " ",
          element("a", { href: page(`${uscc}/index.html`) }, chinese(organ)),
          ` ${t(`${year}年度`, String(year))} `,
          element("small", {}, t(KINDS[kind][0], KINDS[kind][1])),
        ),
      ),
  );
  list.hidden = entries.length === 0;
}
void showLatest().catch(() => undefined);
