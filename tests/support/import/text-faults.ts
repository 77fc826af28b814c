/** The example's tables as text, with one figure that is not what its text says. */
import { readFileSync } from "node:fs";
import hangzhou from "../../../examples/hangzhou-2025.json" with { type: "json" };
import type { Report } from "../../../generated/report.ts";
import { getCell } from "../../../src/form/cells.ts";
import { paperOf, tablesOf } from "./paper.ts";
import { delimited } from "./write/delimited.ts";
import { oneSheet } from "./write/sheet.ts";

/** The figure that is written otherwise. */
export const FAULTY = "/requests/received/naturalPerson";

const TABLES = new URL("../../fixtures/cases/hangzhou-2025.tables.html", import.meta.url);

/** A row of cells as a text has it, and what such a file is called. */
interface Rows {
  readonly extension: string;
  readonly row: (cells: readonly string[]) => string;
}

export const TEXTS = {
  pipes: { extension: "md", row: (cells) => `| ${cells.join(" | ")} |` },
  tabs: { extension: "txt", row: (cells) => cells.join("\t") },
  cells: { extension: "txt", row: (cells) => `\t${cells.join("\n\t")}\n` },
} as const satisfies Readonly<Record<string, Rows>>;

export const TEXT_FAULTS: readonly { readonly name: string; readonly write: (figure: string) => string }[] = [
  { name: "a struck figure in Markdown", write: (f) => `~~9~~${f}` },
  { name: "a struck figure in a tag", write: (f) => `<s>9</s>${f}` },
  { name: "a raised digit", write: (f) => `${f}<sup>2</sup>` },
  { name: "a raised digit of Unicode", write: (f) => `${f}²` },
  { name: "a digit that a style hides", write: (f) => `<span style="display:none">7</span>${f}` },
  { name: "two figures", write: (f) => `${f} 120` },
  { name: "two lines", write: (f) => `${f}<br>120` },
  { name: "a picture", write: () => "![](figure.png)" },
  { name: "a picture by a formula", write: () => '=DISPIMG("ID_1",1)' },
  { name: "a formula", write: () => "=SUM(A1:A3)" },
  { name: "the numeral one", write: () => "一" },
  { name: "the radical one", write: () => "⼀" },
  { name: "ten thousands", write: (f) => `${f}万件` },
  { name: "another order of digits", write: (f) => `\u202e${f}\u202c` },
  { name: "combining marks", write: (f) => `${f}\u0336` },
];

const prose = (key: "overview" | "problems" | "other"): string => hangzhou[key].body.map(({ text }) => text).join("\n");

/** The example with its tables as text. */
export function asText(write: (figure: string) => string, { row }: Rows): string {
  const html = readFileSync(TABLES, "utf8");
  const figure = String(getCell(hangzhou, FAULTY));
  let faults = 0;
  const text = html
    .replace(/<tr[^>]*>([\s\S]*?)<\/tr>/g, (_, inner: string) => {
      const cells = [...inner.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) =>
        cell!.replace(/<[^>]+>/g, "").trim(),
      );
      const written = cells.map((cell) => {
        if (cell !== figure || faults > 0) return cell;
        faults += 1;
        return write(cell);
      });
      return `${row(written)}\n`;
    })
    .replace(/<\/?(?:p|h\d|table|title|div)[^>]*>/g, "\n");
  if (faults !== 1) throw new Error(`${faults} cells have the figure`);
  const tables = text.replace(/<(?!s>|\/s>|sup>|\/sup>|del>|\/del>|br>|span|\/span|img)[^>]+>/g, "");
  const { name } = hangzhou.organ;
  return [
    `${name}2025年政府信息公开工作年度报告`,
    "一、总体情况",
    prose("overview"),
    tables.slice(tables.indexOf("二、")),
    "五、存在的主要问题及改进情况",
    prose("problems"),
    "六、其他需要报告的事项",
    prose("other"),
    name,
    "2026年1月26日",
  ].join("\n");
}

/** The example as a spreadsheet program saves it as CSV. */
export function asCsv(write: (figure: string) => string): string {
  const paper = paperOf(hangzhou as unknown as Report);
  for (const { grid } of tablesOf(paper))
    for (const cell of new Set(grid.flat())) if (cell.pointer === FAULTY) cell.text = write(cell.text);
  return delimited(oneSheet(paper).grid, ",");
}
