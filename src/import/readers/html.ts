import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, type TreeAdapter } from "parse5";
import { ownFacts } from "../../formats/html/read.ts";
import type { SourceDocument, SourceMeta } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { decode } from "./decode.ts";
import { itemsIn } from "./html-flow.ts";
import { PageStyles } from "./html-style.ts";
import { attribute, descendants, type Element, pageTree, textOf } from "./html-tree.ts";

/** What a page may have at most: no report comes near any of these. */
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_ELEMENTS = 300_000;
/** As deep as browsers go. */
const MAX_DEPTH = 512;

const tooMuch = (zh: string, en: string): ImportError =>
  new ImportError(`网页${zh}，不是一份年度报告的页面`, `The page ${en} and is not the page of a report`);

/** The parser's tree, given up as soon as it is larger than a report's: its work grows with size times depth. */
function boundedTree(): TreeAdapter<DefaultTreeAdapterMap> {
  let [elements, depth] = [0, 0];
  return {
    ...defaultTreeAdapter,
    createElement: (...args) => {
      elements += 1;
      if (elements > MAX_ELEMENTS)
        throw tooMuch(`的元素超过${MAX_ELEMENTS}个`, `has more than ${MAX_ELEMENTS} elements`);
      return defaultTreeAdapter.createElement(...args);
    },
    onItemPush: () => {
      depth += 1;
      if (depth > MAX_DEPTH)
        throw tooMuch(`的元素嵌套超过${MAX_DEPTH}层`, `nests elements more than ${MAX_DEPTH} deep`);
    },
    onItemPop: () => {
      depth -= 1;
    },
  };
}

/** The head that Windows puts before clipboard HTML ([CF_HTML]). */
const CLIPBOARD_HEAD = /^\s*Version:[\d.]+\s(?:\s*\w+:[^<\n]*\n?)*/;

/** The blocks of data in a page. */
const dataBlocks = (root: Element): string[] =>
  [...descendants(root, "script")]
    .filter((script) => attribute(script, "type") === "application/ld+json")
    .map((script) => textOf(script));

/** Names of `<meta>` by which sites say what is asked for; those of the 政府网站 first. */
const META: Readonly<Record<keyof SourceMeta, readonly string[]>> = {
  title: ["articletitle", "og:title"],
  site: ["sitename", "og:site_name"],
  source: ["contentsource", "author"],
  published: ["pubdate", "publishdate", "article:published_time", "og:release_date"],
};

/** What the page says of itself. */
function metaOf(root: Element): SourceMeta {
  const contents = new Map<string, string>();
  for (const element of descendants(root, "meta")) {
    const name = (attribute(element, "name") ?? attribute(element, "property") ?? "").toLowerCase();
    const content = (attribute(element, "content") ?? "").slice(0, 500).trim();
    if (content !== "" && !contents.has(name)) contents.set(name, content);
  }
  return Object.fromEntries(
    Object.entries(META).flatMap(([key, names]) => {
      const value = names.map((name) => contents.get(name)).find((content) => content !== undefined);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/**
 * Reads a page as saved from a site, or as spreadsheets and word processors write it to a file or the clipboard.
 * @throws ImportError when it is larger or deeper than any report
 */
export function readHtml(bytes: Uint8Array): SourceDocument {
  if (bytes.length > MAX_BYTES) throw tooMuch("超过20 MiB", "is larger than 20 MiB");
  const { text, encoding, undecodable } = decode(bytes);
  const document = parse(text.replace(CLIPBOARD_HEAD, ""), { treeAdapter: boundedTree() });
  const root = document.childNodes.find((node): node is Element => node.nodeName === "html");
  if (!root) throw new ImportError("网页里没有内容", "The page is empty");
  const [titleElement] = descendants(root, "title");
  const title = titleElement ? textOf(titleElement).replace(/\s+/g, " ").trim() : "";
  // A page of this system has the report in its article, and nothing of it elsewhere.
  const [article] = descendants(root, "article");
  const tree = pageTree(new PageStyles(Array.from(descendants(root, "style"), textOf)));
  const articleItems = article ? itemsIn(article, true, tree).items : [];
  const own = ownFacts(dataBlocks(root), articleItems);
  const whole = own ? undefined : itemsIn(root, false, tree);
  const things = [...(whole?.things ?? [])].map(([thing, count]) => ({ thing, count }));
  return {
    format: "html",
    encoding,
    ...(undecodable === undefined ? {} : { undecodable }),
    ...(title === "" ? {} : { title }),
    ...(own ? { own } : { meta: metaOf(root) }),
    ...(things.length === 0 ? {} : { things }),
    items: whole?.items ?? articleItems,
  };
}
