import type { OutlineEntry } from "../../typeset/page.ts";
import { mm } from "./units.ts";
import { element } from "./xml.ts";

interface Item {
  readonly entry: OutlineEntry;
  readonly children: Item[];
}

/** The headings as a tree: each under the last one before it of a higher level. */
function treeOf(entries: readonly OutlineEntry[]): Item[] {
  const top: Item[] = [];
  const open: Item[] = [];
  for (const entry of entries) {
    while (open.length > 0 && open.at(-1)!.entry.level >= entry.level) open.pop();
    const item = { entry, children: [] };
    (open.at(-1)?.children ?? top).push(item);
    open.push(item);
  }
  return top;
}

/**
 * The outline (GB/T 33190—2016, 7.8), or nothing where there are no headings.
 * @param pages the identifiers of the pages
 */
export function outlines(entries: readonly OutlineEntry[], pages: readonly number[]): string {
  const write = ({ entry: { text, page, y }, children }: Item): string => {
    const destination = element("Dest", { Type: "XYZ", PageID: pages[page], Left: 0, Top: mm(y), Zoom: 0 });
    const action = element("Action", { Event: "CLICK" }, element("Goto", {}, destination));
    return element(
      "OutlineElem",
      { Title: text, ...(children.length > 0 ? { Count: children.length } : {}), Expanded: "true" },
      element("Actions", {}, action),
      ...children.map(write),
    );
  };
  const items = treeOf(entries);
  return items.length === 0 ? "" : element("Outlines", {}, ...items.map(write));
}
