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
  /** Where each leaf is that is an image, in the coordinates of PDF. */
  readonly boxes: ReadonlyMap<number, readonly number[]>;
}

/** The level of a heading's role; 0 of any other. */
const levelOf = ({ role }: StructureNode): number => Number(/^H(\d)$/.exec(role)?.[1] ?? 0);

/** Whether no heading of the structure is more than one level below the one before it (ISO 14289-1, 7.4.2). */
export function headingsDescend(root: StructureNode): boolean {
  let before = 0;
  return (root.children ?? []).every((node) => {
    const level = levelOf(node);
    if (level === 0) return true;
    const descends = level <= before + 1;
    before = level;
    return descends;
  });
}

/** What a node says of itself beside its role (ISO 32000-1, 14.8.5): of tables and cells, or where an image stands. */
function attributesOf(node: StructureNode, box: readonly number[] | undefined): Record<string, unknown> | undefined {
  if (box) return { O: "Layout", Placement: "Block", BBox: box };
  const { rowSpan, colSpan, scope, summary } = node;
  const table = {
    ...(rowSpan ? { RowSpan: rowSpan } : {}),
    ...(colSpan ? { ColSpan: colSpan } : {}),
    ...(scope ? { Scope: scope } : {}),
    ...(summary ? { Summary: new String(summary) } : {}),
  };
  return Object.keys(table).length > 0 ? { O: "Table", ...table } : undefined;
}

/** Writes the logical structure (ISO 32000-1, 14.7) and the way back to it from every piece of content. */
export function writeStructure(document: CompactDocument, root: StructureNode, pages: readonly WrittenPage[]): void {
  const contents: Content[][] = [];
  const boxes = new Map(pages.flatMap((page) => [...page.boxes]));
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
    const attributes = attributesOf(node, node.id === undefined ? undefined : boxes.get(node.id));
    if (attributes) data["A"] = attributes;
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
