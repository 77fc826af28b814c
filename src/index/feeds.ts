import { Feed } from "feed";
import { divisionName } from "./divisions.ts";
import { compare, RECENT } from "./merge.ts";
import type { DivisionIndex, DivisionYear, Entry, Recent, RecentList } from "./shapes.ts";
import type { PublicFile } from "./shared.ts";

const ACTIONS = { original: "公布", correction: "更正", withdrawal: "撤回" } as const;
/** The library writes titles as HTML. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const titleOf = ({ organ, year }: { readonly organ: string; readonly year: number }): string =>
  escaped(`${organ}${year}年政府信息公开工作年度报告`);

interface Item {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly link: string;
  readonly updated: string;
  readonly published: string;
}

/** An Atom feed whose dates come from its items alone. */
function atom(path: string, title: string, link: string, items: readonly Item[], url: string): PublicFile {
  const updated = items
    .map((item) => item.updated)
    .sort(compare)
    .at(-1);
  const feed = new Feed({
    id: `${url}/${path}`,
    title,
    link,
    feedLinks: { atom: `${url}/${path}` },
    author: { name: "年报" },
    generator: "nianbao",
    copyright: "",
    updated: new Date(updated ?? 0),
  });
  for (const item of items)
    feed.addItem({
      id: item.id,
      title: item.title,
      description: item.summary,
      link: item.link,
      date: new Date(item.updated),
      published: new Date(item.published),
    });
  return { path, body: feed.atom1(), contentType: "application/atom+xml; charset=utf-8" };
}

/** `feed.atom`: every publication, correction and withdrawal as one item, the latest 100. */
export function atomOfRecent({ entries }: RecentList, url: string): PublicFile {
  const item = (recent: Recent): Item => {
    const { uscc, year, version, kind, publishedAt, reason } = recent;
    return {
      id: `urn:nianbao:${uscc}:${year}:${version}`,
      title: `${kind === "original" ? "" : `${ACTIONS[kind]}：`}${titleOf(recent)}`,
      summary: `${ACTIONS[kind]}，第${version}版${reason === undefined ? "" : `。理由：${escaped(reason)}`}`,
      link: `${url}/${uscc}/${year}/v${version}/report.html`,
      updated: publishedAt,
      published: publishedAt,
    };
  };
  return atom("feed.atom", "政府信息公开工作年度报告", `${url}/index.html`, entries.map(item), url);
}

/** `divisions/{division}/feed.atom`: the reports of the latest years, one item each as it stands, at most 100. */
export function atomOfDivision({ division }: DivisionIndex, years: readonly DivisionYear[], url: string): PublicFile {
  const item = (entry: Entry): Item => ({
    id: `urn:nianbao:${entry.uscc}:${entry.year}`,
    title: `${titleOf(entry)}${entry.status === "withdrawn" ? "（已撤回）" : ""}`,
    summary: `第${entry.version}版，${entry.status === "withdrawn" ? "已撤回" : "现行"}`,
    link: `${url}/${entry.uscc}/${entry.year}/index.html`,
    updated: entry.publishedAt,
    published: entry.firstPublishedAt,
  });
  const entries = years
    .flatMap((state) => state.entries)
    .sort((a, b) => compare(b.publishedAt, a.publishedAt) || compare(a.uscc, b.uscc) || compare(a.year, b.year))
    .slice(0, RECENT);
  const folder = `divisions/${division}`;
  const title = `${divisionName(division)}：政府信息公开工作年度报告`;
  return atom(`${folder}/feed.atom`, title, `${url}/${folder}/index.html`, entries.map(item), url);
}
