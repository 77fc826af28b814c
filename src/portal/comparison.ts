/** Reports side by side: the same table on the server and in the browser. */
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Figures } from "../index/figure-row.ts";
import { difference, percent, printed, reportedIn, signed, type Value } from "./figures.ts";
import type { FormRows, Row, RowEdition } from "./rows.ts";
import type { Lang } from "./view.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** One report of a comparison. */
export interface ReportColumn {
  /** What distinguishes it from the others: a year, or an organ. */
  readonly title: string;
  readonly href?: string;
  readonly edition: string;
  /** Undefined where there is no report that stands. */
  readonly figures: Figures | undefined;
}

export interface ComparisonOptions {
  readonly lang: Lang;
  readonly caption: string;
  /** With what the second column has more or less than the first: of two years, or of two sides of one. */
  readonly change?: boolean | "difference";
  /** The sections to show; all without. */
  readonly sections?: readonly string[];
}

/** The newest of the editions that the columns are on and that has the row. */
export function rowName(row: Row, editions: readonly string[]): RowEdition {
  const known = Object.keys(row.editions).sort().reverse();
  return row.editions[known.find((edition) => editions.includes(edition)) ?? known[0]!]!;
}

/** The rows that one of the columns has. */
export function shownRows({ rows }: FormRows, columns: readonly ReportColumn[], sections?: readonly string[]): Row[] {
  const editions = new Set(columns.filter(({ figures }) => figures).map(({ edition }) => edition));
  return rows.filter(
    (row) => (!sections || sections.includes(row.section)) && [...editions].some((edition) => row.editions[edition]),
  );
}

/** What a row has in each column; undefined where it has none. */
export const valuesOf = (row: Row, columns: readonly ReportColumn[]): (Value | undefined)[] =>
  columns.map(({ edition, figures }) => (figures ? reportedIn(row, edition, figures) : undefined));

/** Whether a row differs between two columns that have it. */
export function differs(values: readonly (Value | undefined)[]): boolean {
  const known = values.filter((value) => value !== undefined);
  return known.some((value) => value !== known[0]);
}

/** The change from the first of two values to the second, with an arrow, so that colour is not needed. */
function change(a: Value | undefined, b: Value | undefined, t: (zh: string, en: string) => string): Html | string {
  if (a === undefined || b === undefined) return html`<span class="none">${t("不可比", "not comparable")}</span>`;
  if (a === b) return html`<span class="none">${t("不变", "same")}</span>`;
  const by = difference(a, b);
  const up = !String(by).startsWith("-");
  const share =
    typeof a === "number" && typeof by === "number" && a > 0 && Math.abs(by) < 10 * a
      ? `${up ? "+" : "−"}${percent(Math.abs(by), a)}`
      : "";
  return html`<strong class="${up ? "up" : "down"}"><span aria-hidden="true">${up ? "▲" : "▼"}</span> ${signed(by)}</strong>${share === "" ? "" : html` <small>${share}</small>`}`;
}

/** By how much the second of two values differs from the first. */
function apart(a: Value | undefined, b: Value | undefined, t: (zh: string, en: string) => string): Html | string {
  if (a === undefined || b === undefined) return html`<span class="none">${t("不可比", "not comparable")}</span>`;
  return a === b ? html`<span class="none">${t("相同", "the same")}</span>` : signed(difference(a, b));
}

/** The table of a comparison: sections as groups of rows, differences marked by a sign. */
export function comparisonTable(form: FormRows, columns: readonly ReportColumn[], options: ComparisonOptions): Html {
  const { lang, caption } = options;
  const t = (zh: string, en: string): string => (lang === "en" ? en : zh);
  const withChange = options.change !== undefined && options.change !== false && columns.length === 2;
  const changed = options.change === "difference" ? apart : change;
  const several = columns.length > 1;
  const editions = columns.map(({ edition }) => edition);
  const width = columns.length + 1 + (several ? 1 : 0);
  const rows = shownRows(form, columns, options.sections);

  const noValue = (row: Row, { edition, figures }: ReportColumn): Html | string => {
    if (!figures) return "—";
    const why = row.editions[edition] ? t("不能相加", "is no sum") : t("这一版没有此项", "not on this edition");
    return html`<span aria-hidden="true">／</span><span class="vh">${why}</span>`;
  };
  const line = (row: Row): Html => {
    const name = rowName(row, editions);
    const values = valuesOf(row, columns);
    const heading = name.cells.length === 0;
    const differ = several && differs(values);
    const others = [...new Set(columns.map(({ edition }) => row.editions[edition]?.label ?? name.label))].filter(
      (label) => label !== name.label,
    );
    const other = others.length > 0 && lang !== "en" ? html` <small>${`（旧版：${others.join("；")}）`}</small>` : "";
    const label = html`<th scope="row" class="d${row.depth}">${lang === "en" ? name.en : name.label}${other}</th>`;
    if (heading)
      return html`<tr class="heading"${several ? html` data-same` : ""}>${label}${columns.map(() => html`<td></td>`)}${several ? html`<td></td>` : ""}</tr>
`;
    const cells = values.map((value, i) =>
      value === undefined
        ? html`<td class="figure none">${noValue(row, columns[i]!)}</td>`
        : html`<td class="figure">${printed(row, value)}</td>`,
    );
    const mark = !several
      ? ""
      : withChange
        ? html`<td class="figure change">${changed(values[0], values[1], t)}</td>`
        : html`<td class="mark">${differ ? html`<span aria-hidden="true">≠</span><span class="vh">${t("不同", "different")}</span>` : html`<span class="vh">${t("相同", "same")}</span>`}</td>`;
    return html`<tr class="${differ ? "differs" : "same"}"${several && !differ ? html` data-same` : ""}>${label}${cells}${mark}</tr>
`;
  };
  const bodies = form.sections.map((section) => {
    const own = rows.filter((row) => row.section === section.key);
    if (own.length === 0) return "";
    return html`<tbody>
<tr class="section"><th scope="rowgroup" colspan="${width}">${lang === "en" ? section.en : section.label}</th></tr>
${own.map(line)}</tbody>
`;
  });
  const heads = columns.map(
    ({ title, href }) =>
      html`<th scope="col" class="figure">${href ? html`<a href="${href}">${title}</a>` : title}</th>`,
  );
  const last = !several
    ? ""
    : html`<th scope="col" class="${withChange ? "figure" : "mark"}">${withChange ? (options.change === "difference" ? t("相差", "Difference") : t("增减", "Change")) : t("异同", "Differs")}</th>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table class="comparison${several ? "" : " single"}"><caption>${caption}</caption>
<thead><tr><th scope="col">${t("项目", "Item")}</th>${heads}${last}</tr></thead>
${bodies}</table></div>`;
}

/** The same as rows of CSV. */
export function comparisonRows(form: FormRows, columns: readonly ReportColumn[], lang: Lang): string[][] {
  const t = (zh: string, en: string): string => (lang === "en" ? en : zh);
  const head = [t("部分", "Section"), t("项目", "Item"), t("单位", "Unit"), ...columns.map(({ title }) => title)];
  const editions = columns.map(({ edition }) => edition);
  const above: string[] = [];
  const rows = shownRows(form, columns).flatMap((row) => {
    const name = rowName(row, editions);
    above.length = row.depth;
    above[row.depth] = lang === "en" ? name.en : name.label;
    if (name.cells.length === 0) return [];
    const section = form.sections.find(({ key }) => key === row.section);
    const values = valuesOf(row, columns).map((value) => (value === undefined ? "" : String(value)));
    const unit = row.type === "money" ? (row.unit ?? "元") : row.section === "disclosure" ? "" : t("件", "items");
    return [[(lang === "en" ? section?.en : section?.label) ?? "", above.join("／"), unit, ...values]];
  });
  return [head, ...rows];
}
