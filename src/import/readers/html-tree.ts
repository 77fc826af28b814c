/** What is asked of parse5's tree. */
import type { DefaultTreeAdapterMap } from "parse5";
import { NO_STYLES, type Styles, type Tree } from "../page/tree.ts";

export type Node = DefaultTreeAdapterMap["childNode"];
export type Element = DefaultTreeAdapterMap["element"];

export const isElement = (node: Node): node is Element => "tagName" in node;

export const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((attr) => attr.name === name)?.value;

/** The elements below one, of a name if one is given, in document order. */
export function* descendants(element: Element, name?: string): Generator<Element> {
  for (const child of element.childNodes) {
    if (!isElement(child)) continue;
    if (name === undefined || child.tagName === name) yield child;
    yield* descendants(child, name);
  }
}

/** All text below an element, whatever it is for. */
export function textOf(element: Element): string {
  const parts: string[] = [];
  const walk = (of: Element): void => {
    for (const node of of.childNodes) {
      if (node.nodeName === "#text") parts.push((node as { value: string }).value);
      else if (isElement(node)) walk(node);
    }
  };
  walk(element);
  return parts.join("");
}

/** What lies below an element, in sum. */
export interface Contents {
  /** Characters of text, without the white space at the ends of its pieces. */
  readonly characters: number;
  readonly headings: number;
  readonly mainHeadings: number;
  /** Tables, and the characters in them. */
  readonly tables: number;
  readonly inTables: number;
}

const known = new WeakMap<Element, Contents>();

/** The contents of an element, found once for each: what asks at every level of a nested page costs no more than one walk. */
export function contentsOf(element: Element): Contents {
  const before = known.get(element);
  if (before) return before;
  let [characters, headings, mainHeadings, tables, inTables] = [0, 0, 0, 0, 0];
  for (const node of element.childNodes) {
    if (node.nodeName === "#text") characters += (node as { value: string }).value.trim().length;
    if (!isElement(node)) continue;
    const below = contentsOf(node);
    const table = node.tagName === "table";
    characters += below.characters;
    headings += below.headings + (/^h[1-6]$/.test(node.tagName) ? 1 : 0);
    mainHeadings += below.mainHeadings + (node.tagName === "h1" ? 1 : 0);
    tables += below.tables + (table ? 1 : 0);
    inTables += table ? below.characters : below.inTables;
  }
  const contents = { characters, headings, mainHeadings, tables, inTables };
  known.set(element, contents);
  return contents;
}

/** The tree of a page with its styles, as its cells are read. */
export const pageTree = (styles: { of(element: Element): Styles }): Tree<Node> => ({
  name: (node) => (isElement(node) ? node.tagName : node.nodeName),
  text: (node) => (node.nodeName === "#text" ? (node as { value: string }).value : ""),
  attribute: (node, name) => (isElement(node) ? attribute(node, name) : undefined),
  children: (node) => (isElement(node) ? node.childNodes : []),
  parent: (node) => (node.parentNode && "tagName" in node.parentNode ? node.parentNode : undefined),
  styles: (node) => (isElement(node) ? styles.of(node) : NO_STYLES),
});

const LANDMARKS = new Set(["navigation", "contentinfo", "search", "complementary", "menu", "menubar"]);
const AROUND =
  /(?:^|[-_\s])(?:nav|navbar|menu|crumbs?|breadcrumbs?|footer|foot|copyright|share|sidebar|pager|toolbar)(?:[-_\s\d]|$)/i;
/** An element with more text than this is no navigation, whatever it is called. */
const MOST_AROUND = 2000;

/** Whether an element is set apart from what the page is about. */
export function isAside(element: Element): boolean {
  if (["nav", "footer", "aside"].includes(element.tagName)) return true;
  if (LANDMARKS.has(attribute(element, "role") ?? "")) return true;
  const named = `${attribute(element, "class") ?? ""} ${attribute(element, "id") ?? ""}`;
  if (!AROUND.test(named.slice(0, 1000))) return false;
  const { characters, mainHeadings } = contentsOf(element);
  return characters < MOST_AROUND && mainHeadings === 0;
}
