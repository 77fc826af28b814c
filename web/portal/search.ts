/** The home page: the search. */
import { byId, chinese, element, page, remember } from "./page.ts";
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
