/** What is asked of parse5's tree. */
import type { DefaultTreeAdapterMap } from "parse5";

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
export const textOf = (element: Element): string =>
  element.childNodes
    .map((node) =>
      node.nodeName === "#text" ? (node as { value: string }).value : isElement(node) ? textOf(node) : "",
    )
    .join("");

/** What is not read: not text, or text for machines. */
const UNREAD = new Set(
  "script style noscript template iframe object embed svg math select datalist button textarea audio video canvas map head title xml del".split(
    " ",
  ),
);
const HIDDEN = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)/i;

/** Whether a page does not show an element. */
export const isHidden = (element: Element): boolean =>
  UNREAD.has(element.tagName) ||
  attribute(element, "hidden") !== undefined ||
  HIDDEN.test(attribute(element, "style") ?? "");

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
  return AROUND.test(named) && textOf(element).length < MOST_AROUND && descendants(element, "h1").next().done === true;
}
