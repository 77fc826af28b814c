/** A report's paper laid out on spreadsheets: texts in merged cells over the whole width, tables from the first column on. */
import type { Paper, PaperCell, PaperGrid, PaperItem } from "../paper.ts";

export interface Sheet {
  readonly name: string;
  readonly grid: PaperGrid;
}

const empty = (): PaperCell => ({ text: "", role: "rowHeader" });

function laidOut(items: readonly PaperItem[]): PaperGrid {
  const width = Math.max(
    2,
    ...items.map((item) => (item.kind === "table" ? Math.max(...item.grid.map((r) => r.length)) : 1)),
  );
  return items.flatMap((item): PaperGrid => {
    if (item.kind === "text") {
      const cell: PaperCell = { text: item.text, role: "caption" };
      return [Array.from({ length: width }, () => cell)];
    }
    return item.grid.map((row) => [...row, ...Array.from({ length: width - row.length }, empty)]);
  });
}

/** All on one sheet. */
export const oneSheet = (paper: Paper): Sheet => ({ name: "年度报告", grid: laidOut(paper.items) });

/** A sheet for each section, title and signature on those at the ends. */
export function sheetsOf(paper: Paper): Sheet[] {
  const sheets: PaperItem[][] = [];
  for (const item of paper.items) {
    if (sheets.length === 0 || (item.kind === "text" && item.role === "section")) sheets.push([]);
    sheets.at(-1)!.push(item);
  }
  return sheets.map((items, i) => ({ name: `Sheet${i + 1}`, grid: laidOut(items) }));
}
