/** The answer on its page: a table that sorts, a chart, a download. */
import { csv } from "../../src/formats/csv/csv.ts";
import { byId, element, lang, t } from "./page.ts";
import { decimal, type Order, type Sorting, type Sum, sortedBy } from "./query-sums.ts";

export interface Answer {
  readonly rows: readonly Sum[];
  /** What a group is, and what the figure is with its unit. */
  readonly group: string;
  readonly figure: string;
  /** Where groups are organs: the address of one's page. */
  readonly href?: (key: string) => string;
  /** Whether groups have names in Chinese on every page. */
  readonly chinese: boolean;
  /** Whether there is a sum of all. */
  readonly total: boolean;
  readonly fileName: string;
}

/** Rows of the table, bars of the chart; all of them are in the download. */
const ROWS = 500;
const BARS = 24;

const SVG = "http://www.w3.org/2000/svg";
function svg(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: (Node | string)[]
): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

const together = (rows: readonly Sum[]): Pick<Sum, "reports" | "value"> =>
  rows.reduce((all, { reports, value }) => ({ reports: all.reports + reports, value: all.value + value }), {
    reports: 0,
    value: 0n,
  });

function head(label: string, order: Order, sorting: Sorting, sort: (by: Sorting) => void): HTMLElement {
  const [up, down] = [sorting === order, sorting === `-${order}`];
  const cell = element("th", { scope: "col", className: order === "name" ? "" : "figure" });
  cell.setAttribute("aria-sort", up ? "ascending" : down ? "descending" : "none");
  // Figures are looked at from the greatest, names from the first.
  const next: Sorting = order === "name" ? (up ? "-name" : "name") : down ? order : `-${order}`;
  const button = element("button", { type: "button", className: "sort" }, label);
  button.dataset["order"] = order;
  button.addEventListener("click", () => sort(next));
  cell.append(button);
  return cell;
}

function tableOf(answer: Answer, rows: readonly Sum[], sorting: Sorting, sort: (by: Sorting) => void): HTMLElement {
  const { group, figure, href, chinese, total } = answer;
  const nameCell = ({ key, name }: Sum): HTMLElement => {
    const shown = href ? element("a", { href: href(key) }, name) : name;
    return element("th", { scope: "row", className: "name", lang: chinese ? "zh-CN" : lang }, shown);
  };
  const line = (first: HTMLElement, { reports, value }: Pick<Sum, "reports" | "value">): HTMLElement =>
    element(
      "tr",
      {},
      first,
      element("td", { className: "figure" }, reports.toLocaleString("en")),
      element("td", { className: "figure" }, decimal(value)),
    );
  const table = element(
    "table",
    {},
    element("caption", {}, t(`${figure}（按${group}）`, `${figure}, by ${group.toLowerCase()}`)),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        head(group, "name", sorting, sort),
        head(t("报告", "Reports"), "reports", sorting, sort),
        head(total ? t("合计", "Sum") : t("数字", "Figure"), "value", sorting, sort),
      ),
    ),
    element("tbody", {}, ...rows.slice(0, ROWS).map((row) => line(nameCell(row), row))),
  );
  if (total)
    table.append(element("tfoot", {}, line(element("th", { scope: "row" }, t("共计", "All")), together(answer.rows))));
  const scroll = element("div", { className: "scroll", role: "region", tabIndex: 0, ariaLabel: figure }, table);
  return scroll;
}

/** Bars beside each other's names; the table says the same in figures. */
function chartOf({ figure }: Answer, rows: readonly Sum[]): Node[] {
  const bars = rows.slice(0, BARS);
  const most = bars.reduce((max, { value }) => (value > max ? value : max), 0n);
  if (bars.length < 2 || most === 0n) return [];
  // As wide as the screen has room for, so that what is written is as large on a telephone.
  const width = Math.min(640, Math.max(288, document.documentElement.clientWidth - 32));
  const latin = bars.every(({ name }) => /^[\x20-\x7e]*$/.test(name));
  const [height, em] = [26, latin ? 7 : 14];
  const named = Math.max(...bars.map(({ name }) => [...name].length)) * em + 16;
  const [names, figures] = [Math.min(named, 200, width * 0.45), 96];
  const drawn = bars.flatMap(({ name, value }, i): SVGElement[] => {
    const y = i * height;
    const length = value > 0n ? Number((value * 1000n) / most) / 1000 : 0;
    const room = width - names - figures;
    const longest = Math.floor((names - 8) / em);
    const short = [...name].length > longest ? `${[...name].slice(0, longest - 1).join("")}…` : name;
    return [
      svg("text", { x: names - 8, y: y + 17, "text-anchor": "end" }, short),
      svg("rect", { class: "k0", x: names, y: y + 4, width: Math.max(1, length * room), height: height - 8 }),
      svg("text", { x: names + Math.max(1, length * room) + 6, y: y + 17 }, decimal(value)),
    ];
  });
  const label = t(`${figure}，柱状图，数字见下表`, `${figure}, bars; the table below has the figures`);
  return [
    svg("svg", { viewBox: `0 0 ${width} ${bars.length * height}`, role: "img", "aria-label": label }, ...drawn),
    element(
      "figcaption",
      {},
      rows.length > bars.length ? t(`${figure}（前${bars.length}项）`, `${figure} (the first ${bars.length})`) : figure,
    ),
  ];
}

/** Puts an answer in place. @param sort called with how it is to be sorted instead */
export function show(answer: Answer, sorting: Sorting, sort: (by: Sorting) => void): void {
  const rows = sortedBy(answer.rows, sorting);
  byId("chart").replaceChildren(...chartOf(answer, rows));
  byId("chart").hidden = byId("chart").childElementCount === 0;
  byId("table").replaceChildren(tableOf(answer, rows, sorting, sort));
  byId("note").textContent =
    rows.length > ROWS
      ? t(
          `表中只列前${ROWS}行，共${rows.length}行，CSV里是全部。`,
          `The table has the first ${ROWS} of ${rows.length} rows; the CSV has all.`,
        )
      : "";
}

/** Downloads an answer as it is sorted. */
export function download(answer: Answer, sorting: Sorting): void {
  const rows = sortedBy(answer.rows, sorting).map(({ key, name, reports, value }) => [
    key,
    name,
    String(reports),
    decimal(value, false),
  ]);
  const heads = [t("代码", "Code"), answer.group, t("报告", "Reports"), answer.figure];
  const bytes = csv([heads, ...rows]) as Uint8Array<ArrayBuffer>;
  const href = URL.createObjectURL(new Blob([bytes], { type: "text/csv;charset=utf-8" }));
  element("a", { href, download: answer.fileName }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
