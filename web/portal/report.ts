/**
 * What there is to say today of a published version, on its own page and on the page of its year's versions: whether it
 * stands, the way to it, how it is cited. Pages never change and this file does (`report.js`), so that it asks nothing of
 * them but where they lie, `main`, and the element that it replaces.
 */

import { citeBlock } from "./cite-block.ts";
import { element, load } from "./page.ts";
import { type Listing, standingOf } from "./report-standing.ts";

/** Where a page lies: `{root}{uscc}/{year}/[v{N}/]{name}`. */
const [, base = "", uscc = "", year = "", named, file = ""] =
  /^(.*\/)([0-9A-Z]{18})\/(\d{4})\/(?:v(\d+)\/)?([^/]*)$/.exec(location.pathname) ?? [];
const root = new URL(base, location.href);
const folder = new URL(`${uscc}/${year}/`, root);
const isReport = file.startsWith("report");

/** The exact way to the page, in the place of words that are right at either depth. */
function showTrail(organ: string, version: number | undefined): void {
  const trail = document.getElementById("trail");
  if (!trail) return;
  const link = (href: string, text: string): HTMLElement => element("a", { href: new URL(href, root).href }, text);
  const ways = [
    link("index.html", "首页"),
    " › ",
    link(`${uscc}/index.html`, organ),
    " › ",
    link(`${uscc}/${year}/index.html`, `${year}年度`),
    ...(version === undefined ? [] : [` › 第${version}版`]),
  ];
  trail.replaceChildren(element("p", { className: "plain" }, ...ways));
}

/** What became of a version, above everything else. */
function showStanding(listing: Listing, version: number): void {
  const standing = standingOf(listing.versions, version);
  if (!standing) return;
  const { text, by } = standing;
  const href = new URL(`v${by}/report.html`, folder).href;
  const notice = element(
    "div",
    { className: "state" },
    element(
      "p",
      {},
      text,
      " ",
      element("a", { href }, `看第${by}版`),
      " · ",
      element("a", { href: new URL("index.html", folder).href }, "各版本"),
    ),
  );
  notice.setAttribute("role", "status");
  document.querySelector("main")?.prepend(notice);
}

function showCitations({ uscc, organ, year, versions }: Listing, wanted: number | undefined): void {
  const main = document.querySelector("main");
  const title = document.title.replace(/：各版本$/, "");
  const shown = versions.filter(({ version, kind, status }) =>
    wanted === undefined ? kind !== "withdrawal" && status !== "redacted" : version === wanted,
  );
  const blocks = shown.toReversed().map(({ version, publishedAt }) => {
    const url = new URL(`v${version}/report.html`, folder).href;
    return citeBlock({ organ, uscc, year, title, version, publishedAt, url });
  });
  main?.append(...blocks);
}

if (uscc !== "") {
  const listing = await load<Listing>(new URL("versions.json", folder)).catch(() => undefined);
  if (listing) {
    const version = named === undefined ? undefined : Number(named);
    showTrail(listing.organ, version);
    if (isReport && version !== undefined) showStanding(listing, version);
    showCitations(listing, isReport ? (version ?? listing.versions.at(-1)?.version) : undefined);
  }
}
