/** Labels as people type them. */
import type { Made, Quirk } from "../made.ts";
import { cellsOf, type PaperCell, tableOf } from "../paper.ts";

const labelsOf = ({ paper }: Made): PaperCell[] => cellsOf(paper).filter((cell) => cell.role !== "data");
const relabelled = (name: string, write: (label: string, place: number) => string): Quirk => ({
  name,
  apply: (made) => {
    for (const [i, cell] of labelsOf(made).entries()) cell.text = write(cell.text, i);
  },
});

export const spaced = relabelled("labels with spaces", (label, i) =>
  i % 2 === 0 ? ` ${label.slice(0, 2)} ${label.slice(2)}` : `${label.slice(0, 1)}  ${label.slice(1)} `,
);
export const ideographicSpaces = relabelled("labels with ideographic and no-break spaces", (label, i) =>
  i % 2 === 0 ? `　${label.slice(0, 3)}　${label.slice(3)}` : `${label}\u00a0`,
);
export const halfBrackets = relabelled("labels in half-width brackets", (label) =>
  label.replaceAll("（", "(").replaceAll("）", ")"),
);
export const mixedBrackets = relabelled("labels in mixed brackets and full-width digits", (label, i) =>
  (i % 2 === 0 ? label.replaceAll("（", "(") : label.replaceAll("）", ")")).replace(/^\d/, (d) =>
    String.fromCharCode(d.charCodeAt(0) + 0xfee0),
  ),
);
export const brokenLabels = relabelled("labels broken over lines", (label) =>
  label.length > 6 ? `${label.slice(0, 4)}\n${label.slice(4)}` : label,
);
export const unnumbered = relabelled("labels without their numbers", (label) =>
  label.replace(/^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]、|\d\.)/, ""),
);
export const otherNumbers = relabelled("labels numbered 1、 and （1）", (label, i) =>
  label.replace(/^(\d)\./, i % 2 === 0 ? "$1、" : "（$1）"),
);
export const otherQuotes = relabelled("labels with straight quotes, a full-width slash and other colons", (label) =>
  label.replace(/[“”]/g, '"').replace("/", "／").replace("：", ":"),
);

/** 规范性文件 with a note under it. */
export const noted: Quirk = {
  name: "规范性文件 with a note under it",
  apply: (made) => {
    for (const cell of labelsOf(made))
      if (/^(行政)?规范性文件$/.test(cell.text)) cell.text = `${cell.text}\n（截至年底）`;
  },
};

/** Blank places where cells were merged, as after 取消合并单元格. */
export const unmerged: Quirk = {
  name: "merged labels taken apart, the text in the first place",
  apply: ({ paper }) => apart(tableOf(paper, "requests").grid, (_, first) => (first ? undefined : "")),
};
/** The group's label in every row of it. */
export const repeated: Quirk = {
  name: "merged labels taken apart, the text in every row",
  apply: ({ paper }) => apart(tableOf(paper, "requests").grid, (text) => text),
};

function apart(grid: PaperCell[][], write: (text: string, first: boolean) => string | undefined): void {
  const seen = new Set<PaperCell>();
  for (const row of grid)
    for (const [column, cell] of row.entries()) {
      if (cell.role !== "rowHeader") continue;
      // What is merged to the right stays so: a label over two columns is one label.
      if (row[column - 1] === cell || (column > 0 && row[column - 1]!.text === cell.text)) continue;
      const text = write(cell.text, !seen.has(cell));
      if (seen.has(cell) && text !== undefined) {
        const copy: PaperCell = { ...cell, text };
        for (let at = column; row[at] === cell; at += 1) row[at] = copy;
      }
      seen.add(cell);
    }
}
