import type { Content, TDocumentDefinitions } from "pdfmake/interfaces.js";
import type { Block, HeadingBlock, SignatureBlock } from "../../blocks.ts";
import type { FaceName, Fonts } from "./fonts.ts";
import {
  CHARACTER,
  LINE_PITCH,
  MARGIN_BOTTOM,
  MARGIN_LEFT,
  MARGIN_RIGHT,
  MARGIN_TOP,
  SIZE_2,
  SIZE_3,
  SIZE_4,
  TYPE_HEIGHT,
  TYPE_WIDTH,
} from "./page.ts";
import { tableContents } from "./tables.ts";
import { inlines } from "./text.ts";

/** What a PDF says of itself. */
export interface DocumentMetadata {
  readonly title: string;
  /** The organ. */
  readonly author: string;
  readonly subject: string;
  readonly keywords: readonly string[];
  /** The 成文日期 (ISO): the only date in the file, so that the same report gives the same bytes. */
  readonly date: string;
}

/** GB/T 9704—2012, 7.3.3: 一、in 黑体, （一） in 楷体, 1. and （1） in 仿宋. */
const HEADING_FACES: Readonly<Record<HeadingBlock["level"], FaceName>> = {
  1: "heiti",
  2: "kaiti",
  3: "fangsong",
  4: "fangsong",
};

/** Sets 16 pt characters on the grid of 28 a line. */
const ON_GRID = { characterSpacing: CHARACTER - SIZE_3 };

const body = (text: string, face: FaceName, fonts: Fonts) => inlines(text, face, SIZE_3, fonts, LINE_PITCH, ON_GRID);

/** A heading; `together` is how many lines may not be parted: it, the headings that follow it, and one line of text. */
const heading = (block: HeadingBlock, fonts: Fonts, together?: number): Content => ({
  text: body(`${block.number}${block.text}`, HEADING_FACES[block.level], fonts),
  ...(together ? { headlineLevel: together } : {}),
  leadingIndent: 2 * CHARACTER,
});

/**
 * GB/T 9704—2012, 7.3.5.2, without a seal: the organ two characters in from the right, the date on the next line
 * beginning two characters right of the organ's first; where the date is the longer, the date stands two characters in
 * and the organ follows it.
 */
function signature(block: SignatureBlock, fonts: Fonts): Content {
  const width = (text: string): number =>
    fonts
      .stretches(text, "fangsong")
      .reduce(
        (sum, s) => sum + fonts.get(s.face).width(s.text) * SIZE_3 + [...s.text].length * ON_GRID.characterSpacing,
        0,
      );
  const inset = 2 * CHARACTER;
  const [organ, date] = [width(block.organ), width(block.date)];
  const organX = Math.max(0, date > organ ? TYPE_WIDTH - inset - date - inset : TYPE_WIDTH - inset - organ);
  const dateX = Math.max(0, Math.min(organX + inset, TYPE_WIDTH - date));
  return {
    unbreakable: true,
    margin: [0, LINE_PITCH, 0, 0],
    stack: [
      { text: body(block.organ, "fangsong", fonts), margin: [organX, 0, 0, 0] },
      { text: body(block.date, "fangsong", fonts), margin: [dateX, 0, 0, 0], noWrap: true },
    ],
  };
}

function content(blocks: readonly Block[], fonts: Fonts): Content[] {
  const out: Content[] = [];
  for (let i = 0; i < blocks.length; i += 1) {
    const block = blocks[i]!;
    switch (block.kind) {
      case "title":
        out.push({
          stack: block.lines.map((line) => ({
            text: inlines(line, "biaosong", SIZE_2, fonts, 1.3 * LINE_PITCH),
            alignment: "center" as const,
          })),
          margin: [0, 0, 0, LINE_PITCH],
        });
        break;
      case "heading": {
        const next = blocks[i + 1];
        if (next?.kind === "table") {
          // The heading stays with the table's first part, or with its head where that part must break.
          const [first, ...others] = tableContents(next, fonts);
          if (first?.whole) out.push({ stack: [heading(block, fonts), first.content], unbreakable: true });
          else if (first) out.push(heading(block, fonts, 6), first.content);
          out.push(...others.map(({ content }) => content));
          i += 1;
        } else {
          const chain = blocks.slice(i).findIndex((b) => b.kind !== "heading");
          out.push(heading(block, fonts, chain + 1));
        }
        break;
      }
      case "paragraph":
        out.push({ text: body(block.text, "fangsong", fonts), leadingIndent: 2 * CHARACTER, alignment: "justify" });
        break;
      case "table":
        out.push(...tableContents(block, fonts).map(({ content }) => content));
        break;
      case "signature":
        out.push(signature(block, fonts));
        break;
    }
  }
  return out;
}

/** The blocks as a pdfmake document definition. */
export function definition(
  blocks: readonly Block[],
  fonts: Fonts,
  metadata: DocumentMetadata,
  watermark?: string,
): TDocumentDefinitions {
  // Midnight in Shanghai, as the reader reads it; pdfkit prints UTC.
  const date = new Date(`${metadata.date}T00:00:00+08:00`);
  return {
    pageSize: "A4",
    pageMargins: [MARGIN_LEFT, MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM],
    language: "zh-CN",
    compress: true,
    info: {
      title: metadata.title,
      author: metadata.author,
      subject: metadata.subject,
      keywords: metadata.keywords.join(", "),
      creator: "nianbao",
      producer: "pdfmake",
      creationDate: date,
      modDate: date,
    },
    defaultStyle: { font: "fangsong", fontSize: SIZE_3 },
    content: content(blocks, fonts),
    // GB/T 9704—2012, 7.5: 4号, a dash on each side, odd pages right, even pages left, one character in, 7 mm below the type area.
    footer: (page) => ({
      text: inlines(`— ${page} —`, "songti", SIZE_4, fonts, 1.2 * SIZE_4),
      alignment: page % 2 === 1 ? "right" : "left",
      margin: [MARGIN_LEFT + SIZE_4, 19.8, MARGIN_RIGHT + SIZE_4, 0],
    }),
    // A heading at a page's foot goes over with what follows; `headlineLevel` says how many lines must stay together.
    pageBreakBefore: (node) =>
      node.headlineLevel !== undefined &&
      node.startPosition.top + (node.headlineLevel - 0.5) * LINE_PITCH > MARGIN_TOP + TYPE_HEIGHT,
    ...(watermark ? { watermark: { text: watermark, font: "heiti", color: "#888888", opacity: 0.18 } } : {}),
  };
}
