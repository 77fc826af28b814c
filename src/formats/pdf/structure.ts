import type { PDFReference } from "pdfmake/js/PDFDocument.js";
import type { StructureNode } from "../../typeset/page.ts";
import type { CompactDocument } from "./document.ts";

/** Where the content of a leaf is: MCIDs by page, in order. */
interface Content {
  readonly page: PDFReference;
  readonly mcid: number;
}

/** A page's object, and the leaf of each of its MCIDs. */
export interface WrittenPage {
  readonly page: PDFReference;
  readonly leaves: readonly number[];
}

/** Writes the logical structure (ISO 32000-1, 14.7) and the way back to it from every piece of content. */
export function writeStructure(document: CompactDocument, root: StructureNode, pages: readonly WrittenPage[]): void {
  const contents: Content[][] = [];
  for (const { page, leaves } of pages)
    for (const [mcid, leaf] of leaves.entries()) {
      contents[leaf] ??= [];
      contents[leaf]!.push({ page, mcid });
    }
  const elements: PDFReference[] = [];
  const tree = document.ref();
  const write = (node: StructureNode, parent: PDFReference): PDFReference => {
    const element = document.ref();
    const data: Record<string, unknown> = { S: node.role, P: parent };
    if (node.id !== undefined) {
      elements[node.id] = element;
      const own = contents[node.id] ?? [];
      const page = own[0]?.page;
      if (page) {
        data["Pg"] = page;
        const kids = own.map((c) => (c.page === page ? c.mcid : { Type: "MCR", Pg: c.page, MCID: c.mcid }));
        data["K"] = kids.length === 1 ? kids[0] : kids;
      }
    } else data["K"] = (node.children ?? []).map((child) => write(child, element));
    const attributes: Record<string, unknown> = {};
    if (node.rowSpan) attributes["RowSpan"] = node.rowSpan;
    if (node.colSpan) attributes["ColSpan"] = node.colSpan;
    if (node.scope) attributes["Scope"] = node.scope;
    if (Object.keys(attributes).length > 0) data["A"] = { O: "Table", ...attributes };
    if (node.alt) data["Alt"] = new String(node.alt);
    element.data = data;
    element.end();
    return element;
  };
  const top = write(root, tree);
  const parents = document.ref({
    Nums: pages.flatMap(({ leaves }, i) => [i, leaves.map((leaf) => elements[leaf])]),
  });
  parents.end();
  tree.data = { Type: "StructTreeRoot", K: top, ParentTree: parents, ParentTreeNextKey: pages.length };
  tree.end();
  document._root.data["StructTreeRoot"] = tree;
  document._root.data["MarkInfo"] = { Marked: true };
}
