/** A table of a page: figures in cells, or a page laid out in them. */
import type { SourceTable } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { type SourceGrid, type SpanningCell, spread } from "../source.ts";
import { attribute, descendants, type Element, isElement, isHidden, textOf } from "./html-tree.ts";

const MAX_CELLS = 50_000;
const MAX_PLACES = 1_000_000;
/** A cell with more text than this is a part of a page. */
const MOST_IN_CELL = 400;

/** Cells that hold parts of a page, in reading order. */
export interface LaidOut {
  readonly kind: "cells";
  readonly cells: readonly Element[];
}

const children = (element: Element, ...names: readonly string[]): Element[] =>
  element.childNodes.filter(
    (node): node is Element => isElement(node) && names.includes(node.tagName) && !isHidden(node),
  );

const span = (cell: Element, name: string): number => {
  const value = Number.parseInt(attribute(cell, name) ?? "1", 10);
  return Number.isNaN(value) || value < 0 ? 1 : value;
};

/** Begin and end of lines in a cell. */
const LINE = new Set(["p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"]);

/** A cell's text; lines are parted by line breaks, so that two numbers are not read as one. */
function cellText(cell: Element): string {
  const parts: string[] = [];
  const walk = (element: Element): void => {
    for (const node of element.childNodes) {
      if (node.nodeName === "#text") parts.push((node as { value: string }).value.replace(/[\t\r\n\f ]+/g, " "));
      else if (isElement(node) && !isHidden(node)) {
        const line = LINE.has(node.tagName);
        if (line) parts.push("\n");
        walk(node);
        if (line) parts.push("\n");
      }
    }
  };
  walk(cell);
  const text = parts.join("").replace(/[ \n]+/g, (run) => (run.includes("\n") ? "\n" : run));
  let [from, to] = [0, text.length];
  while (from < to && /[ \n]/.test(text[from]!)) from += 1;
  while (to > from && /[ \n]/.test(text[to - 1]!)) to -= 1;
  return text.slice(from, to);
}

/** Whether a cell holds a part of a page and no entry of a table. */
const holdsPage = (cell: Element): boolean =>
  textOf(cell).trim().length > MOST_IN_CELL ||
  [...descendants(cell)].some(({ tagName }) => tagName === "table" || /^h[1-6]$/.test(tagName));

interface Group {
  readonly rows: readonly (readonly Element[])[];
}

function groupsOf(table: Element): Group[] {
  const rowsOf = (element: Element) => children(element, "tr").map((row) => children(row, "td", "th"));
  return children(table, "thead", "tbody", "tfoot").map((group) => ({ rows: rowsOf(group) }));
}

/** The grid of a group of rows; spans end with it. */
function gridOf({ rows }: Group): SourceGrid {
  let [cells, places] = [0, 0];
  const spanning = rows.map((row) =>
    row.map((cell): SpanningCell => {
      const [colSpan, rowSpan] = [span(cell, "colspan"), span(cell, "rowspan")];
      cells += 1;
      places += Math.min(colSpan, 200) * Math.min(rowSpan === 0 ? 200 : rowSpan, 200, rows.length);
      if (cells > MAX_CELLS || places > MAX_PLACES)
        throw new ImportError(
          `表格超过${MAX_CELLS}格或${MAX_PLACES}个位置，不是一份年度报告的表`,
          `A table has more than ${MAX_CELLS} cells or ${MAX_PLACES} places and is not a report's`,
        );
      return { cell: { text: cellText(cell) }, colSpan, rowSpan };
    }),
  );
  return spread(spanning);
}

/** A table as what it is: tables where its rows hold entries, cells in order where they hold parts of a page. */
export function* tableParts(table: Element): Generator<SourceTable | LaidOut> {
  for (const caption of children(table, "caption")) yield { kind: "cells", cells: [caption] };
  let open: SourceGrid[number][] = [];
  const flush = function* (): Generator<SourceTable> {
    if (open.length > 0) yield { kind: "table", grid: open };
    open = [];
  };
  for (const group of groupsOf(table)) {
    const paged = group.rows.map((cells) => cells.some(holdsPage));
    const grid = paged.every(Boolean) ? [] : gridOf(group);
    for (const [i, cells] of group.rows.entries()) {
      if (paged[i]) {
        yield* flush();
        yield { kind: "cells", cells };
      } else open.push(grid[i]!);
    }
  }
  yield* flush();
}
