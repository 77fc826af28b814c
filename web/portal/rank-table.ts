/** The table of a ranking: ranked first, what is too small after, then who has no figure; its heads sort. */
import { grouped, percent } from "../../src/portal/figures.ts";
import type { Candidate, Measure, Placed, Ranking } from "../../src/portal/ranking.ts";
import { chinese, element, lang, t } from "./page.ts";

interface Line {
  readonly candidate: Candidate;
  readonly rank?: number;
  readonly placed?: Placed;
}

const linesOf = ({ ranked, small, without }: Ranking): Line[] => [
  ...ranked.map((placed) => ({ candidate: placed, placed, rank: placed.rank })),
  ...small.map((placed) => ({ candidate: placed, placed })),
  ...without.map((candidate) => ({ candidate })),
];

const valueText = (placed: Placed | undefined): string =>
  !placed ? "—" : placed.share ? percent(placed.share.part, placed.share.whole) : grouped(placed.value);

/** A column: what it is called, what it shows, and what it sorts by. */
interface Column {
  readonly name: string;
  readonly numeric: boolean;
  text(line: Line): string;
  key(line: Line): number | string;
}

const NONE = Number.NEGATIVE_INFINITY;

function columnsOf({ ranked, small, without }: Ranking, measure: Measure): Column[] {
  const all: readonly Candidate[] = [...ranked, ...small, ...without];
  const rate = "rate" in measure;
  return [
    {
      name: t("名次", "Rank"),
      numeric: true,
      text: ({ rank }) => String(rank ?? "—"),
      key: ({ rank }) => rank ?? Number.POSITIVE_INFINITY,
    },
    {
      name: t("名称", "Name"),
      numeric: false,
      text: ({ candidate }) => candidate.name,
      key: ({ candidate }) => candidate.name,
    },
    {
      name: rate ? t("比率", "Rate") : t("数值", "Figure"),
      numeric: true,
      text: ({ placed }) => valueText(placed),
      key: ({ placed }) => placed?.value ?? NONE,
    },
    ...(rate
      ? ([
          {
            name: t("分子", "Part"),
            numeric: true,
            text: ({ placed }) => grouped(placed?.share?.part ?? "—"),
            key: ({ placed }) => placed?.share?.part ?? NONE,
          },
          {
            name: t("分母", "Whole"),
            numeric: true,
            text: ({ placed }) => grouped(placed?.share?.whole ?? "—"),
            key: ({ placed }) => placed?.share?.whole ?? NONE,
          },
        ] satisfies Column[])
      : []),
    ...(all.some(({ organs }) => organs)
      ? ([
          {
            name: t("计入的机关", "Organs in the sum"),
            numeric: true,
            text: ({ candidate: { organs } }) =>
              organs ? `${grouped(organs.reported)}/${grouped(organs.expected)}` : "—",
            key: ({ candidate: { organs } }) => organs?.reported ?? NONE,
          },
        ] satisfies Column[])
      : []),
  ];
}

const cell = ({ name, numeric }: Column, line: Line, text: string): HTMLElement => {
  if (numeric) return element("td", { className: "figure" }, text);
  const link = element("a", { href: line.candidate.href }, lang === "en" && /[^ -~]/.test(text) ? chinese(text) : text);
  return Object.assign(element("th", { className: "name" }, link), { scope: "row", title: name });
};

export function rankingTable(ranking: Ranking, measure: Measure, caption: string): HTMLElement {
  const columns = columnsOf(ranking, measure);
  const lines = linesOf(ranking);
  const body = element("tbody");
  const fill = (sorted: readonly Line[]): void =>
    body.replaceChildren(
      ...sorted.map((line) => element("tr", {}, ...columns.map((column) => cell(column, line, column.text(line))))),
    );
  const heads = columns.map((column, i) => {
    const head = element("th", { scope: "col", className: column.numeric ? "figure" : "" });
    if (i === 0) head.ariaSort = "ascending";
    const button = element("button", { type: "button", className: "sort" }, column.name);
    button.addEventListener("click", () => {
      // Names and ranks begin with the first, figures with the largest.
      const first = i < 2 ? "ascending" : "descending";
      const order = head.ariaSort === first ? (first === "ascending" ? "descending" : "ascending") : first;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.ariaSort = order;
      const sign = order === "ascending" ? 1 : -1;
      fill(
        lines.toSorted((a, b) => {
          const [x, y] = [column.key(a), column.key(b)];
          return sign * (typeof x === "string" ? x.localeCompare(String(y), "zh-CN") : x - Number(y) || 0);
        }),
      );
    });
    head.append(button);
    return head;
  });
  fill(lines);
  const table = element(
    "table",
    { className: "ranking" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads)),
    body,
  );
  const scroll = Object.assign(element("div", { className: "scroll", tabIndex: 0 }, table), {
    role: "region",
    ariaLabel: caption,
  });
  return scroll;
}

/** The same as rows of CSV, in the order of the ranks; a rate as a fraction of one. */
export function rankingRows(ranking: Ranking, measure: Measure): string[][] {
  const columns = columnsOf(ranking, measure);
  return [
    columns.map(({ name }) => name),
    ...linesOf(ranking).map((line) =>
      columns.map((column, i) => {
        if (i === 0) return String(line.rank ?? "");
        if (i === 2) return line.placed ? String(line.placed.value) : "";
        return column
          .text(line)
          .replace(/(?<=\d),(?=\d{3})/g, "")
          .replace(/^—$/, "");
      }),
    ),
  ];
}
