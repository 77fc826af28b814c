/** Charts as SVG that needs no script and no style of its own, each with its figures as a table behind it. */
import { html } from "hono/html";
import type { Html } from "./comparison.ts";
import { grouped, percent } from "./figures.ts";
import type { Words } from "./view.ts";

const WIDTH = 360;

/** The hatchings that tell kinds apart without colour; once on a page with charts. */
export const hatchings =
  (): Html => html`<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="h1" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hb" width="6" height="6"/><rect class="h1" width="2.4" height="6"/></pattern>
<pattern id="h3" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect class="hb" width="5" height="5"/><rect class="h3" width="2" height="5"/></pattern>
<pattern id="h5" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="hb" width="5" height="5"/><circle class="h5" cx="2.5" cy="2.5" r="1.3"/></pattern>
</defs></svg>`;

/** A rectangle in the look of the nth kind. */
const piece = (kind: number, x: number, y: number, width: number, height: number, title?: string): Html =>
  kind % 2 === 1
    ? html`<rect class="k${kind}" fill="url(#h${kind})" x="${x}" y="${y}" width="${width}" height="${height}">${title ? html`<title>${title}</title>` : ""}</rect>`
    : html`<rect class="k${kind}" x="${x}" y="${y}" width="${width}" height="${height}">${title ? html`<title>${title}</title>` : ""}</rect>`;

const round = (n: number): number => Math.round(n * 100) / 100;

/** A value in few characters where bars are narrow: 12.3万. */
function brief({ lang }: Words, value: number): string {
  if (value < 100_000) return grouped(value);
  const [by, unit] =
    lang === "en"
      ? value < 1e6
        ? [1e3, "k"]
        : [1e6, "m"]
      : value < 1e8
        ? ([1e4, "万"] as const)
        : ([1e8, "亿"] as const);
  const digits = value / Number(by);
  return `${grouped(digits < 100 ? digits.toFixed(digits < 10 ? 2 : 1) : Math.round(digits))}${unit}`;
}

interface FigureOptions {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the picture shows, in words. */
  readonly description: string;
  readonly height: number;
}

/** A picture with its caption, its words for those who do not see it, and its table. */
function figure(
  { id, title, description, height }: FigureOptions,
  picture: Html,
  legend: Html | "",
  table: Html,
  view: Words,
): Html {
  return html`<figure class="chart" id="${id}"><figcaption>${title}</figcaption>
<svg role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${WIDTH} ${height}"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>${picture}</svg>
${legend}<div class="tools soon" hidden></div><details><summary>${view.t("数据表", "Table")}<span class="vh">${view.t("：", ": ")}${title}</span></summary>
<div class="scroll" role="region" tabindex="0" aria-label="${title}${view.t("数据表", ", table")}">${table}</div></details></figure>
`;
}

/** A value with what it is of; undefined where there is no report. */
export interface Point {
  readonly label: string;
  readonly value: number | undefined;
}

/** One column a point. */
export function columnChart(
  view: Words,
  {
    id,
    title,
    unit,
    points,
  }: { readonly id: string; readonly title: string; readonly unit: string; readonly points: readonly Point[] },
): Html {
  const none = view.t("无", "none");
  const [height, base, top] = [190, 166, 22];
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0));
  const step = WIDTH / Math.max(points.length, 1);
  const bar = Math.min(44, step * 0.62);
  const every = Math.ceil(points.length / 9);
  const columns = points.map(({ label, value }, i) => {
    const middle = round(step * (i + 0.5));
    const tall = value === undefined ? 0 : round(((base - top) * value) / most);
    const shown = i % every === 0 || i === points.length - 1;
    return html`${value ? html`<rect class="k0" x="${round(middle - bar / 2)}" y="${round(base - tall)}" width="${round(bar)}" height="${tall}"><title>${label}：${grouped(value)}</title></rect>` : ""}${shown ? html`<text class="value" x="${middle}" y="${round(base - tall - 5)}" text-anchor="middle">${value === undefined ? none : brief(view, value)}</text><text x="${middle}" y="${base + 17}" text-anchor="middle">${label}</text>` : ""}`;
  });
  const table = html`<table><caption>${title}（${unit}）</caption><thead><tr><th scope="col">${view.t("年度", "Year")}</th><th scope="col" class="figure">${unit}</th></tr></thead>
<tbody>${points.map(({ label, value }) => html`<tr><th scope="row">${label}</th><td class="figure">${value === undefined ? "—" : grouped(value)}</td></tr>`)}</tbody></table>`;
  const description = points
    .map(({ label, value }) => `${label}${view.t("：", ": ")}${value === undefined ? none : grouped(value)}`)
    .join(view.t("；", "; "));
  return figure(
    { id, title, description, height },
    html`<line class="axis" x1="0" x2="${WIDTH}" y1="${base}" y2="${base}"/>${columns}`,
    "",
    table,
    view,
  );
}

/** One bar a report (or several together), cut by kind. */
export interface Stack {
  readonly label: string;
  readonly values: readonly number[] | undefined;
}

interface StackOptions {
  readonly id: string;
  readonly title: string;
  /** What the bars are, heads the table's first column; empty when there is one bar. */
  readonly of: string;
  readonly kinds: readonly string[];
  readonly stacks: readonly Stack[];
}

/** Bars of one length, cut by kind in proportion, with what they add up to beside them. */
export function shareChart(view: Words, { id, title, of, kinds, stacks }: StackOptions): Html {
  const none = view.t("无", "none");
  const [step, tall] = [30, 20];
  const named = stacks.some(({ label }) => label !== "");
  const left = named ? 42 : 0;
  const right = 50;
  const room = WIDTH - left - right;
  const rows = stacks.map(({ label, values }, i) => {
    const y = i * step + 5;
    const sum = (values ?? []).reduce((a, b) => a + b, 0);
    let x = left;
    const pieces = (sum === 0 ? [] : values!).map((value, kind) => {
      const width = (room * value) / sum;
      const at = x;
      x += width;
      if (value === 0) return "";
      // A gap between neighbours, unless the piece is too small for one.
      const gap = width > 4 ? 1.5 : 0;
      return piece(
        kind,
        round(at),
        y,
        round(width - gap),
        tall,
        `${kinds[kind]}：${grouped(value)}（${percent(value, sum)}）`,
      );
    });
    return html`${named ? html`<text x="0" y="${y + 15}">${label}</text>` : ""}${sum === 0 ? html`<text class="soft" x="${left}" y="${y + 15}">${values ? "0" : none}</text>` : pieces}${sum === 0 ? "" : html`<text class="value" x="${WIDTH}" y="${y + 15}" text-anchor="end">${brief(view, sum)}</text>`}`;
  });
  const legend = html`<ul class="legend">${kinds.map((kind, i) => html`<li><svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">${piece(i, 0, 0, 14, 14)}</svg> ${kind}</li>`)}</ul>
`;
  const total = view.t("合计", "Total");
  const many = stacks.length > 1;
  const body = many
    ? html`<thead><tr><th scope="col">${of}</th>${kinds.map((kind) => html`<th scope="col" class="figure">${kind}</th>`)}<th scope="col" class="figure">${total}</th></tr></thead>
<tbody>${stacks.map(({ label, values }) => html`<tr><th scope="row">${label}</th>${kinds.map((_, i) => html`<td class="figure">${values ? grouped(values[i]!) : "—"}</td>`)}<td class="figure">${values ? grouped(values.reduce((a, b) => a + b, 0)) : "—"}</td></tr>`)}</tbody>`
    : shares(view, kinds, stacks[0]?.values ?? [], total);
  const description = stacks
    .map(
      ({ label, values }) =>
        `${label}${label === "" ? "" : view.t("：", ": ")}${values ? kinds.map((kind, i) => `${kind} ${grouped(values[i]!)}`).join(view.t("，", ", ")) : none}`,
    )
    .join(view.t("；", "; "));
  return figure(
    { id, title, description, height: stacks.length * step + 4 },
    html`${rows}`,
    legend,
    html`<table><caption>${title}</caption>${body}</table>`,
    view,
  );
}

/** The table of a single bar: a row a kind, with its share. */
function shares(view: Words, kinds: readonly string[], values: readonly number[], total: string): Html {
  const sum = values.reduce((a, b) => a + b, 0);
  return html`<thead><tr><th scope="col">${view.t("类别", "Kind")}</th><th scope="col" class="figure">${view.t("数量", "Number")}</th><th scope="col" class="figure">${view.t("占比", "Share")}</th></tr></thead>
<tbody>${kinds.map((kind, i) => html`<tr><th scope="row">${kind}</th><td class="figure">${grouped(values[i] ?? 0)}</td><td class="figure">${percent(values[i] ?? 0, sum)}</td></tr>`)}<tr><th scope="row">${total}</th><td class="figure">${grouped(sum)}</td><td></td></tr></tbody>`;
}

/** How much of a whole is done, as a thin bar beside the figures; says nothing by itself. */
export const progress = (done: number, whole: number): Html =>
  html`<svg class="progress" width="96" height="8" viewBox="0 0 96 8" aria-hidden="true" focusable="false"><rect class="rest" width="96" height="8"/><rect class="k0" width="${whole === 0 ? 0 : round((96 * Math.min(done, whole)) / whole)}" height="8"/></svg>`;
