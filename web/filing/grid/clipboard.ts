/** Between the clipboard and the tables. */
import { likenessTo } from "../../../src/import/locate.ts";
import { type SourceGrid, textGrid } from "../../../src/import/source.ts";
import { copiedTables } from "./copied-page.ts";
import type { Layout } from "./layout.ts";

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Rows of texts as a spreadsheet takes them. */
export const asTsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join("\t")).join("\n");
export const asHtml = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((text) => `<td>${escapeHtml(text)}</td>`).join("")}</tr>`).join("")}</table>`;

/** The tables in copied HTML. */
const tablesIn = (html: string): SourceGrid[] => (html.includes("<") ? copiedTables(html) : []);

/** What was copied: a grid of texts, or one text. */
export type Copied =
  | { readonly kind: "grid"; readonly grid: SourceGrid }
  | { readonly kind: "text"; readonly text: string }
  /** A table of another part of the form. */
  | { readonly kind: "elsewhere"; readonly layout: Layout };

/** How many rows a table has to name before it is taken for another part's. */
const SURE = 3;

/** Reads a clipboard for a table; of several copied tables the one that is most like it. */
export function copied(data: DataTransfer, layout: Layout, others: readonly Layout[]): Copied {
  const text = data.getData("text/plain");
  const lines = text.replace(/(?:\r\n|\r|\n)$/, "");
  const grids = tablesIn(data.getData("text/html"));
  if (grids.length === 0 && /[\t\r\n]/.test(lines)) grids.push(textGrid(text));
  const best = grids.map((grid) => ({ grid, like: likenessTo(grid, layout.shape) })).sort((a, b) => b.like - a.like)[0];
  if (!best) return { kind: "text", text: lines };
  if (best.like === 0) {
    const other = others.find((l) => l !== layout && grids.some((grid) => likenessTo(grid, l.shape) >= SURE));
    if (other) return { kind: "elsewhere", layout: other };
  }
  const cells = best.grid.flat();
  // A single cell is typed text, unless something about it has to be said.
  const [only] = cells;
  return new Set(cells).size === 1 && !only?.doubt && !only?.text.includes("\n")
    ? { kind: "text", text: only?.text ?? "" }
    : { kind: "grid", grid: best.grid };
}
