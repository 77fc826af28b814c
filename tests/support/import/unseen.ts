/** Files whose figures are not what their text is: struck, raised, hidden, made by something else than text. */
import { readFile } from "node:fs/promises";
import hangzhou from "../../../examples/hangzhou-2025.json" with { type: "json" };

/** A way in which a cell shows something else than its text. */
export interface Fault {
  readonly name: string;
  /** The cell's content, in place of a figure of several digits. */
  readonly cell: (figure: string) => string;
  /** What is in the page's head. */
  readonly head?: string;
  /** What becomes of the figure: `read` is as it is without the fault. */
  readonly gives: "read" | "unread";
}

const half = (figure: string): [string, string] => [figure.slice(0, 2), figure.slice(2)];
const hidden = (style: string) => (figure: string) => `<span style="${style}">7</span>${figure}`;
const byClass = (rule: string) => ({
  head: `<style>${rule}</style>`,
  cell: (figure: string) => `<span class="x" id="y${figure}">7</span>${figure}`,
});

const STRUCK: readonly Fault[] = [
  { name: "a struck old figure before it", cell: (f) => `<s>${f.slice(1)}1</s> ${f}`, gives: "read" },
  { name: "a struck figure as long", cell: (f) => `<del>${f}</del>${f}`, gives: "read" },
  { name: "a struck digit", cell: (f) => `<strike>1</strike>${f}`, gives: "unread" },
  { name: "a digit struck within", cell: (f) => `${half(f)[0]}<s>9</s>${half(f)[1]}`, gives: "unread" },
  { name: "line-through", cell: hidden("text-decoration: underline line-through"), gives: "unread" },
  { name: "line-through by a class", ...byClass("td .x{text-decoration-line:line-through}"), gives: "unread" },
  { name: "all of it struck", cell: (f) => `<s>${f}</s>`, gives: "unread" },
];

const RAISED: readonly Fault[] = [
  { name: "a raised digit", cell: (f) => `${f}<sup>2</sup>`, gives: "unread" },
  { name: "a lowered digit", cell: (f) => `${f}<sub>2</sub>`, gives: "unread" },
  {
    name: "a digit raised by style",
    cell: (f) => `${f}<span style="vertical-align:super;font-size:8px">2</span>`,
    gives: "unread",
  },
  {
    name: "a digit raised by its place",
    cell: (f) => `${f}<span style="position:relative;top:-6px">2</span>`,
    gives: "unread",
  },
  { name: "the mark of a note", cell: (f) => `${f}<sup>[3]</sup>`, gives: "read" },
  { name: "a star", cell: (f) => `${f}<sup>*</sup>`, gives: "read" },
  { name: "a raised link", cell: (f) => `${f}<sup><a href="#n">3</a></sup>`, gives: "read" },
  { name: "superscript characters", cell: (f) => `${f}²`, gives: "unread" },
  { name: "a circled number", cell: (f) => `${f}③`, gives: "unread" },
  { name: "a fraction", cell: (f) => `${f}½`, gives: "unread" },
  { name: "ruby", cell: (f) => `<ruby>${f}<rt>8</rt></ruby>`, gives: "unread" },
];

const HIDDEN: readonly Fault[] = [
  { name: "display:none", cell: hidden("display:none"), gives: "read" },
  {
    name: "display:none !important by an element's class",
    ...byClass(".x{display:none!important}span.x{display:inline}"),
    gives: "read",
  },
  {
    name: "display:none by an id that a class does not undo",
    ...byClass("span[id^=y]{display:none}.q{display:inline}"),
    gives: "read",
  },
  {
    name: "a class of wide screens",
    ...byClass("@media print{.x{display:inline}}@media screen and (min-width:600px){.x{display:none}}"),
    gives: "read",
  },
  { name: "visibility", cell: hidden("visibility:hidden"), gives: "read" },
  { name: "opacity", cell: hidden("opacity:0"), gives: "unread" },
  { name: "no size", cell: hidden("font-size:0"), gives: "unread" },
  { name: "white on white", cell: hidden("color:#FFFFFF"), gives: "unread" },
  { name: "nearly white", ...byClass("table .x{color:rgb(253, 253, 253)}"), gives: "unread" },
  { name: "transparent", cell: hidden("color:transparent"), gives: "unread" },
  { name: "off the screen", ...byClass(".x{position:absolute;left:-9999px}"), gives: "unread" },
  { name: "indented off the screen", cell: hidden("display:inline-block;text-indent:-999em"), gives: "unread" },
  { name: "clipped to nothing", cell: hidden("position:absolute;clip:rect(0,0,0,0)"), gives: "unread" },
  { name: "a box of no size", cell: hidden("display:inline-block;width:0;overflow:hidden"), gives: "unread" },
  { name: "the attribute hidden", cell: (f) => `<i hidden>7</i>${f}`, gives: "read" },
  { name: "a white font", cell: (f) => `<font color="white">7</font>${f}`, gives: "unread" },
  { name: "Word's hidden text", cell: hidden("mso-hide:all;display:none"), gives: "read" },
  { name: "a template and a comment", cell: (f) => `<template>7</template><!-- 7 -->${f}`, gives: "read" },
  { name: "noscript", cell: (f) => `<noscript>7</noscript>${f}`, gives: "read" },
  { name: "all of it hidden", cell: (f) => `<span style="visibility:hidden">${f}</span>`, gives: "unread" },
  {
    name: "text for screen readers that can be seen",
    cell: (f) => `<span aria-hidden="true">${f}</span>`,
    gives: "read",
  },
];

const MADE: readonly Fault[] = [
  { name: "an input", cell: (f) => `<input value="${f}">`, gives: "unread" },
  { name: "a select", cell: (f) => `<select><option>${f}</select>`, gives: "unread" },
  { name: "a text area", cell: (f) => `<textarea>${f}</textarea>`, gives: "unread" },
  { name: "a button", cell: (f) => `<button>${f}</button>`, gives: "unread" },
  { name: "a picture", cell: () => `<img src="a.png">`, gives: "unread" },
  { name: "a picture after a digit", cell: (f) => `${f}<img src="0.png" alt="0">`, gives: "unread" },
  { name: "an SVG", cell: (f) => `<svg><text>${f}</text></svg>`, gives: "unread" },
  { name: "an equation", cell: (f) => `<math><mn>${f}</mn></math>`, gives: "unread" },
  { name: "a canvas", cell: () => "<canvas></canvas>", gives: "unread" },
  { name: "a frame", cell: () => `<iframe src="x"></iframe>`, gives: "unread" },
  { name: "an object", cell: () => `<object data="x.xlsx"></object>`, gives: "unread" },
  {
    name: "a nested table",
    cell: (f) => `<table><tr><td>${half(f)[0]}</td><td>${half(f)[1]}</td></tr></table>`,
    gives: "unread",
  },
  { name: "digits before it by a style", ...byClass(".x::before{content:'7'}.x{font-weight:bold}"), gives: "unread" },
  { name: "a counter", ...byClass(".x:after{content:counter(n)}"), gives: "unread" },
];

const APART: readonly Fault[] = [
  { name: "a line break", cell: (f) => `${half(f)[0]}<br>${half(f)[1]}`, gives: "unread" },
  { name: "two paragraphs", cell: (f) => `<p>${f}</p><p>120</p>`, gives: "unread" },
  {
    name: "two blocks by style",
    cell: (f) => `<span style="display:block">${f}</span><span style="display:block">1</span>`,
    gives: "unread",
  },
  { name: "preformatted lines", cell: (f) => `<pre>${f}\n12</pre>`, gives: "unread" },
  { name: "a list number", cell: (f) => `<ol><li>${f}</li></ol>`, gives: "unread" },
  { name: "a sign on a line of its own", cell: (f) => `<p>-</p><p>${f}</p>`, gives: "unread" },
  { name: "a space within", cell: (f) => `${f} 120`, gives: "unread" },
  { name: "a counter on the second line", cell: (f) => `${f}<br>件`, gives: "read" },
  { name: "digits in spans", cell: (f) => [...f].map((d) => `<span>${d}</span>`).join(""), gives: "read" },
  { name: "a break opportunity", cell: (f) => half(f).join("<wbr>"), gives: "read" },
  { name: "another order", cell: (f) => `<bdo dir="rtl">${f}</bdo>`, gives: "unread" },
  { name: "an override of the order", cell: (f) => `\u202e${f}\u202c`, gives: "unread" },
  {
    name: "a white box with another figure over it",
    cell: (f) =>
      `<span style="position:relative">7<span style="position:absolute;left:0;top:0;background:#fff">${f}</span></span>`,
    gives: "unread",
  },
  {
    name: "digits scaled to a third",
    cell: (f) => `<span style="display:inline-block;transform:scaleX(.33)">${f}</span>`,
    gives: "read",
  },
  { name: "a float", cell: (f) => `${half(f)[1]}<span style="float:left">${half(f)[0]}</span>`, gives: "unread" },
  {
    name: "turned digits",
    cell: (f) => `<span style="display:inline-block;transform:rotate(180deg)">${f}</span>`,
    gives: "unread",
  },
  { name: "combining marks", cell: (f) => `${f}\u0336`, gives: "unread" },
];

const WRITTEN: readonly Fault[] = [
  { name: "the numeral one", cell: () => "一", gives: "unread" },
  { name: "the radical one", cell: () => "⼀", gives: "unread" },
  { name: "ten thousands of pieces", cell: (f) => `${f}万件`, gives: "unread" },
  { name: "a bracket that says what is in it", cell: (f) => `${f}（其中修订16件）`, gives: "read" },
  { name: "a bracket with another figure", cell: (f) => `${f}（16）`, gives: "unread" },
  { name: "digits of another script", cell: () => "٣٤٥", gives: "unread" },
  { name: "scientific notation", cell: () => "1.4E+04", gives: "unread" },
  { name: "a point before three zeros", cell: (f) => `${f}.000`, gives: "unread" },
  { name: "a date", cell: () => "2025/1/5", gives: "unread" },
];

export const FAULTS: readonly Fault[] = [...STRUCK, ...RAISED, ...HIDDEN, ...MADE, ...APART, ...WRITTEN];

/** Counts of the Hangzhou report that stand in one cell each, with what they are. */
export const FIGURES: ReadonlyMap<string, string> = new Map([
  ["13612", "/requests/received/naturalPerson"],
  ["4185", "/disclosure/normativeDocuments/inForce"],
  ["6937489", "/disclosure/penalties/decisions"],
]);

const TABLES = new URL("../../fixtures/cases/hangzhou-2025.tables.html", import.meta.url);

/** The sections of text of the Hangzhou report. */
const prose = (key: "overview" | "problems" | "other"): string =>
  hangzhou[key].body
    .map(({ type, text, level }: { type: string; text: string; level?: number }) =>
      type === "heading" ? `<h${level! + 1}>${text}</h${level! + 1}>` : `<p>${text}</p>`,
    )
    .join("\n");

/** The page of the Hangzhou report; `change` alters its tables. */
export async function pageOf(change: (tables: string) => string, head = ""): Promise<string> {
  const tables = change((await readFile(TABLES, "utf8")).replace(/^[\s\S]*?(?=<p>二、)/, ""));
  const { name } = hangzhou.organ;
  return `<!doctype html><meta charset="utf-8"><title>年度报告</title>${head}<body><h1>${name}2025年政府信息公开工作年度报告</h1>
<h2>一、总体情况</h2>${prose("overview")}${tables}<h2>五、存在的主要问题及改进情况</h2>${prose("problems")}
<h2>六、其他需要报告的事项</h2>${prose("other")}<p>${name}</p><p>2026年1月26日</p>`;
}

/** The page with a fault in each of `FIGURES`. */
export const faultyPage = ({ cell, head = "" }: Fault): Promise<string> =>
  pageOf(
    (tables) =>
      [...FIGURES.keys()].reduce((html, figure) => html.replace(`>${figure}<`, () => `>${cell(figure)}<`), tables),
    head,
  );
