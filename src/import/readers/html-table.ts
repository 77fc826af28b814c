/** A table of a page: figures in cells, or a page laid out in them. */
import type { SourceTable } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { readPageCell } from "../page/cell.ts";
import { type Look, lookOf } from "../page/look.ts";
import type { Tree } from "../page/tree.ts";
import { type SourceGrid, type SpanningCell, spread } from "../source.ts";
import { attribute, contentsOf, type Element, isElement, type Node } from "./html-tree.ts";

const MAX_CELLS = 50_000;
const MAX_PLACES = 1_000_000;
/** A cell with more text than this is a part of a page. */
const MOST_IN_CELL = 400;

/** Cells that hold parts of a page, in reading order. */
export interface LaidOut {
  readonly kind: "cells";
  readonly cells: readonly Part[];
}

/** How the parts of a page look, and are read. */
export interface View {
  readonly tree: Tree<Node>;
  readonly look: Look;
}

interface Part {
  readonly element: Element;
  readonly look: Look;
  /** How what is around it looks. */
  readonly around: Look;
}

/** The children of some names that are shown, with how they look. */
const children = (
  { element, look }: Pick<Part, "element" | "look">,
  tree: Tree<Node>,
  ...names: readonly string[]
): Part[] =>
  element.childNodes.flatMap((node): Part[] => {
    if (!isElement(node) || !names.includes(node.tagName)) return [];
    const own = lookOf(tree, node, look);
    const collapsed = node.tagName === "tr" && tree.styles(node).own.get("visibility") === "collapse";
    return own.gone || collapsed ? [] : [{ element: node, look: own, around: look }];
  });

const span = (cell: Element, name: string): number => {
  const value = Number.parseInt(attribute(cell, name) ?? "1", 10);
  return Number.isNaN(value) || value < 0 ? 1 : value;
};

/** The most characters of a table within a cell of a figure. */
const MOST_NESTED = 40;

/** Whether a cell holds a part of a page and no entry of a table. */
function holdsPage(cell: Element, beside: number): boolean {
  const { characters, headings, tables, inTables } = contentsOf(cell);
  if (characters > MOST_IN_CELL || headings > 0) return true;
  return tables > 0 && (beside === 0 || inTables > MOST_NESTED);
}

interface Group {
  readonly rows: readonly (readonly Part[])[];
}

function groupsOf(table: Part, tree: Tree<Node>): Group[] {
  const rowsOf = (part: Part) => children(part, tree, "tr").map((row) => children(row, tree, "td", "th"));
  return children(table, tree, "thead", "tbody", "tfoot").map((group) => ({ rows: rowsOf(group) }));
}

/** The grid of a group of rows; spans end with it. */
function gridOf({ rows }: Group, tree: Tree<Node>): SourceGrid {
  let [cells, places] = [0, 0];
  const spanning = rows.map((row) =>
    row.map(({ element, around }): SpanningCell => {
      const [colSpan, rowSpan] = [span(element, "colspan"), span(element, "rowspan")];
      cells += 1;
      places += Math.min(colSpan, 200) * Math.min(rowSpan === 0 ? 200 : rowSpan, 200, rows.length);
      if (cells > MAX_CELLS || places > MAX_PLACES)
        throw new ImportError(
          `表格超过${MAX_CELLS}格或${MAX_PLACES}个位置，不是一份年度报告的表`,
          `A table has more than ${MAX_CELLS} cells or ${MAX_PLACES} places and is not a report's`,
        );
      return { cell: readPageCell(tree, element, around), colSpan, rowSpan };
    }),
  );
  return spread(spanning);
}

/** A table as what it is: tables where its rows hold entries, cells in order where they hold parts of a page. */
export function* tableParts(table: Element, { tree, look }: View): Generator<SourceTable | LaidOut> {
  const whole: Part = { element: table, look, around: look };
  for (const caption of children(whole, tree, "caption")) yield { kind: "cells", cells: [caption] };
  let open: SourceGrid[number][] = [];
  const flush = function* (): Generator<SourceTable> {
    if (open.length > 0) yield { kind: "table", grid: open };
    open = [];
  };
  for (const group of groupsOf(whole, tree)) {
    const paged = group.rows.map((cells) => cells.some(({ element }) => holdsPage(element, cells.length - 1)));
    const grid = paged.every(Boolean) ? [] : gridOf(group, tree);
    for (const [i, cells] of group.rows.entries()) {
      if (paged[i]) {
        yield* flush();
        yield { kind: "cells", cells };
      } else open.push(grid[i]!);
    }
  }
  yield* flush();
}
