import type { Content, TableCell as PdfmakeCell } from "pdfmake/interfaces.js";
import type { Block, TableBlock } from "../src/compose/blocks.ts";

const HEADING_FACES = { 1: "heiti", 2: "kaiti", 3: "fangsong", 4: "fangsong" } as const;
const LABEL_WIDTHS: Readonly<Record<number, readonly number[]>> = { 0: [], 1: [130], 3: [28, 50, 130] };

/** A table's rows as the library wants them: every position filled, those that are spanned with nothing. */
function rows(block: TableBlock): PdfmakeCell[][] {
  const all = block.parts.flatMap(({ head, body }) => [...head, ...body]);
  const filled = all.map((): (PdfmakeCell | undefined)[] => block.columns.map(() => undefined));
  for (const [r, { cells }] of all.entries()) {
    let column = 0;
    for (const { text, role, rowSpan = 1, colSpan = 1 } of cells) {
      while (filled[r]![column] !== undefined) column += 1;
      for (let i = 0; i < rowSpan; i += 1) for (let j = 0; j < colSpan; j += 1) filled[r + i]![column + j] = {};
      filled[r]![column] = {
        text,
        rowSpan,
        colSpan,
        alignment: role === "rowHeader" && rowSpan === 1 ? "left" : "center",
      };
      column += colSpan;
    }
  }
  return filled.map((row) => row.map((cell) => cell ?? {}));
}

function table(block: TableBlock): Content {
  const labels = block.columns.filter(({ role }) => role === "label").length;
  return {
    table: {
      headerRows: block.parts.length === 1 ? block.parts[0]!.head.length : 0,
      dontBreakRows: true,
      widths: [
        ...(LABEL_WIDTHS[labels] ?? Array.from({ length: labels }, () => "*")).map((w) =>
          typeof w === "number" ? w - 9 : w,
        ),
        ...Array.from({ length: block.columns.length - labels }, () => "*"),
      ],
      body: rows(block),
    },
    font: "songti",
    fontSize: block.columns.length > 4 ? 9 : 12,
    lineHeight: 1,
  };
}

function content(block: Block): Content {
  switch (block.kind) {
    case "title":
      return {
        text: block.lines.join("\n"),
        font: "biaosong",
        fontSize: 22,
        lineHeight: 1,
        alignment: "center",
        margin: [0, 29, 0, 29],
      };
    case "heading":
      return { text: block.number + block.text, font: HEADING_FACES[block.level], leadingIndent: 32 };
    case "paragraph":
      return { text: block.text, alignment: "justify", leadingIndent: 32 };
    case "table":
      return table(block);
    case "signature":
      return { text: `${block.organ}\n${block.date}`, alignment: "right", margin: [0, 29, 32, 0] };
  }
}

/** The blocks as the content of a pdfmake document definition. */
export const pdfmakeSource = (blocks: readonly Block[]): Content[] => blocks.map(content);
