import type { Block, TableBlock, TableCell } from "../src/compose/blocks.ts";

/** The page and styles of an official document: 22 lines of 28 characters in a type area of 156 × 225 mm. */
const PREAMBLE = `#set page(
  width: 210mm, height: 297mm,
  margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm),
  footer-descent: 7mm,
  footer: context {
    let number = counter(page).get().first()
    set text(font: "Noto Serif SC", size: 14pt)
    align(if calc.odd(number) { right } else { left }, pad(x: 14pt)[— #number —])
  },
)
#set text(font: ("Nianbao Fangsong", "Noto Serif SC"), size: 16pt, lang: "zh", region: "cn", top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: 12.99pt, spacing: 12.99pt, first-line-indent: (amount: 2em, all: true))
#show heading: it => block(above: 12.99pt, below: 12.99pt, {
  set text(size: 16pt, weight: 400)
  set text(font: ("Noto Sans SC", "Noto Serif SC"), weight: 500) if it.level == 1
  set text(font: ("Nianbao Kaiti", "Noto Serif SC")) if it.level == 2
  h(2em) + it.body
})
#set table(stroke: 0.5pt, inset: (x: 2.5pt, y: 5pt), align: center + horizon)
#show table: set text(font: "Noto Serif SC")
#show table: set par(justify: false, leading: 0.3em, first-line-indent: 0pt)
`;

/** A text in markup: no ASCII sign means anything. */
const escaped = (text: string): string => text.replaceAll(/[!-/:-@[-`{-~]/g, "\\$&");

function cell({ text, role, rowSpan, colSpan }: TableCell): string {
  const options = [
    ...(rowSpan ? [`rowspan: ${rowSpan}`] : []),
    ...(colSpan ? [`colspan: ${colSpan}`] : []),
    ...(role === "rowHeader" && !rowSpan ? ["align: left + horizon"] : []),
  ];
  return options.length > 0 ? `table.cell(${options.join(", ")})[${escaped(text)}]` : `[${escaped(text)}]`;
}

const LABEL_WIDTHS: Readonly<Record<number, readonly string[]>> = { 0: [], 1: ["130pt"], 3: ["28pt", "50pt", "130pt"] };

function table(block: TableBlock): string {
  const labels = block.columns.filter(({ role }) => role === "label").length;
  const widths = [
    ...(LABEL_WIDTHS[labels] ?? Array.from({ length: labels }, () => "1fr")),
    ...Array.from({ length: block.columns.length - labels }, () => "1fr"),
  ];
  const rows = block.parts.flatMap(({ head, body }) => {
    const heads = head.map(({ cells }) => cells.map(cell).join(", "));
    const repeated = block.parts.length === 1 ? [`table.header(${heads.join(", ")})`] : heads;
    return [...repeated, ...body.map(({ cells }) => cells.map(cell).join(", "))];
  });
  const size = block.columns.length > 4 ? 9 : 12;
  return `#{
  set text(size: ${size}pt)
  table(columns: (${widths.join(", ")}), ${rows.join(",\n  ")})
}`;
}

function markup(block: Block): string {
  switch (block.kind) {
    case "title":
      return `#v(29pt)\n#align(center, text(font: "Noto Serif SC", weight: 700, size: 22pt)[${block.lines.map(escaped).join(" \\\n")}])\n#v(29pt)`;
    case "heading":
      return `#heading(level: ${block.level})[${escaped(block.number + block.text)}]`;
    case "paragraph":
      return escaped(block.text);
    case "table":
      return table(block);
    case "signature":
      return `#v(29pt)\n#block(breakable: false, width: 100%, align(right, pad(right: 2em)[#set par(first-line-indent: 0pt)\n${escaped(block.organ)} \\\n${escaped(block.date)}]))`;
  }
}

/** The blocks as a Typst document. */
export const typstSource = (blocks: readonly Block[]): string => `${PREAMBLE}\n${blocks.map(markup).join("\n\n")}\n`;
