import type { StructureNode } from "../../typeset/page.ts";
import type { WrittenPage } from "./page.ts";
import { element, qualified, rootPart } from "./xml.ts";

/**
 * The namespace of the tags: the structure types of ISO 32000-1, 14.8.4, as the tagged PDF has them, each with the objects
 * that it is made of.
 */
export const STRUCTURE = "urn:nianbao:structure:1";

/** The document's structure as custom tags (GB/T 33190—2016, 16). */
export function customTags({ children = [], role }: StructureNode, pages: readonly WrittenPage[]): Uint8Array {
  const references = new Map<number, string>();
  for (const { id, leaves } of pages)
    for (const [leaf, objects] of leaves) {
      const own = objects.map((object) => element("ObjectRef", { PageRef: id }, String(object))).join("");
      references.set(leaf, (references.get(leaf) ?? "") + own);
    }
  const write = (node: StructureNode): string =>
    qualified(
      `nb:${node.role}`,
      { RowSpan: node.rowSpan, ColSpan: node.colSpan, Scope: node.scope, Alt: node.alt, Summary: node.summary },
      ...(node.id === undefined ? (node.children ?? []).map(write) : [references.get(node.id) ?? ""]),
    );
  return rootPart(`nb:${role}`, { "xmlns:nb": STRUCTURE }, ...children.map(write));
}
