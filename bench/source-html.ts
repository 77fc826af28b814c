import type { Block, TableBlock, TableCell } from "../src/compose/blocks.ts";

const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt "Noto Serif SC"; padding: 7mm 14pt 0 0; vertical-align: top; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt "Noto Serif SC"; padding: 7mm 0 0 14pt; vertical-align: top; } }
* { margin: 0; padding: 0; }
html { font: 16pt/28.99pt "Nianbao Fangsong", "Noto Serif SC"; }
p { text-indent: 2em; text-align: justify; orphans: 1; widows: 1; }
h1 { font: 700 22pt/29pt "Noto Serif SC"; text-align: center; margin: 29pt 0; }
h2, h3, h4, h5 { font-size: 16pt; font-weight: 400; text-indent: 2em; break-after: avoid; }
h2 { font-family: "Noto Sans SC", "Noto Serif SC"; font-weight: 500; }
h3 { font-family: "Nianbao Kaiti", "Noto Serif SC"; }
table { width: calc(100% - 1pt); border-collapse: collapse; table-layout: fixed; font: 12pt/1.3 "Noto Serif SC"; margin: 3pt 0.5pt; }
table.small { font-size: 9pt; }
tr { break-inside: avoid; }
td, th { border: 0.5pt solid #000; padding: 4pt 2.5pt; text-align: center; font-weight: 400; }
table.small td, table.small th { padding: 2pt 2.5pt; }
th.left { text-align: left; }
.signature { margin-top: 29pt; text-align: right; padding-right: 2em; break-inside: avoid; }
`;

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign]!);

function cell({ text, role, rowSpan, colSpan }: TableCell): string {
  const tag = role === "data" ? "td" : "th";
  const left = role === "rowHeader" && !rowSpan ? ' class="left"' : "";
  const spans = `${rowSpan ? ` rowspan="${rowSpan}"` : ""}${colSpan ? ` colspan="${colSpan}"` : ""}`;
  return `<${tag}${left}${spans}>${escaped(text)}</${tag}>`;
}

const LABEL_WIDTHS: Readonly<Record<number, readonly number[]>> = { 1: [130], 3: [28, 50, 130] };

function table(block: TableBlock): string {
  const labels = block.columns.filter(({ role }) => role === "label").length;
  const columns = block.columns.map((_, i) => {
    const width = LABEL_WIDTHS[labels]?.[i];
    return width ? `<col style="width:${width}pt">` : "<col>";
  });
  const rows = (part: readonly { readonly cells: readonly TableCell[] }[]): string =>
    part.map(({ cells }) => `<tr>${cells.map(cell).join("")}</tr>`).join("\n");
  const head = block.parts.length === 1 ? "thead" : "tbody";
  const parts = block.parts.map((part) => `<${head}>${rows(part.head)}</${head}>\n<tbody>${rows(part.body)}</tbody>`);
  const small = block.columns.length > 4 ? ' class="small"' : "";
  return `<table${small} aria-label="${escaped(block.label)}"><colgroup>${columns.join("")}</colgroup>${parts.join("\n")}</table>`;
}

function element(block: Block): string {
  switch (block.kind) {
    case "title":
      return `<h1>${block.lines.map(escaped).join("<br>")}</h1>`;
    case "heading":
      return `<h${block.level + 1}>${escaped(block.number + block.text)}</h${block.level + 1}>`;
    case "paragraph":
      return `<p>${escaped(block.text)}</p>`;
    case "table":
      return table(block);
    case "signature":
      return `<div class="signature">${escaped(block.organ)}<br>${escaped(block.date)}</div>`;
  }
}

/** The blocks as a page to print. */
export const htmlSource = (blocks: readonly Block[]): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>年度报告</title><style>${STYLE}</style></head><body>
${blocks.map(element).join("\n")}
</body></html>
`;
