import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from "docx";
import type { Block, SignatureBlock } from "../../compose/blocks.ts";
import { classOf, isWord, SPACE } from "../../typeset/classes.ts";
import {
  BODY_SIZE,
  CELL,
  HEIGHT,
  LEFT,
  NUMBER_BASELINE,
  NUMBER_SIZE,
  PAGE_HEIGHT,
  PAGE_WIDTH,
  PITCH,
  TITLE_SIZE,
  TOP,
  WIDTH,
} from "../../typeset/grid.ts";
import { NAME_ROOM, signaturePlaces } from "../../typeset/signature.ts";
import { linesByMeaning } from "../../typeset/title.ts";
import { TITLE_ROOM } from "../../typeset/typeset.ts";
import type { DocumentMetadata } from "../content.ts";
import { SIGNATURE, TITLE } from "./own.ts";
import { finished } from "./package.ts";
import { fixed, run, STYLES, twips } from "./styles.ts";
import { docxTable } from "./table.ts";

const HEADINGS = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
} as const;

/** About how wide a text is, whose characters are an em wide: Word knows its fonts, we do not. pt */
const widthOf = (text: string, em = CELL): number =>
  [...text].reduce((width, character) => {
    const kind = classOf(character.codePointAt(0)!);
    return width + (isWord(kind) || kind === SPACE ? em / 2 : em);
  }, 0);

/** A name in lines that are broken by meaning: one paragraph, which the reader of such documents reads as one text. */
const brokenRuns = (lines: readonly string[]): TextRun[] =>
  lines.map((text, i) => new TextRun(i === 0 ? { text } : { text, break: 1 }));

/**
 * Organ and date at their places (GB/T 9704—2012, 7.3.5), both from the right: a font that is wider than the one they were
 * counted by takes them to the left and never over the margin.
 */
function signature({ organ, date }: SignatureBlock): Paragraph[] {
  const lines = linesByMeaning([organ], NAME_ROOM, CELL, (line) => widthOf(line));
  const width = Math.min(Math.max(...lines.map((line) => widthOf(line))), NAME_ROOM);
  const dateWidth = widthOf(date);
  const places = signaturePlaces(width, dateWidth, false);
  const from = (place: number, own: number) => ({ right: twips(Math.max(0, WIDTH - place - own)) });
  return [
    new Paragraph({
      style: SIGNATURE,
      children: brokenRuns(lines),
      keepNext: true,
      indent: from(places.organ, width),
      spacing: { ...fixed(PITCH), before: twips(PITCH) },
    }),
    new Paragraph({
      style: SIGNATURE,
      text: date,
      indent: from(places.date, dateWidth),
    }),
  ];
}

function partsOf(block: Block, next: Block | undefined): (Paragraph | Table)[] {
  switch (block.kind) {
    case "title":
      return block.lines.map(
        (text, i, { length }) =>
          new Paragraph({
            style: TITLE,
            children: brokenRuns(linesByMeaning([text], WIDTH, TITLE_SIZE, (line) => widthOf(line, TITLE_SIZE))),
            spacing: {
              ...fixed(PITCH),
              before: i === 0 ? twips(TITLE_ROOM.above * PITCH) : 0,
              after: i === length - 1 ? twips(TITLE_ROOM.below * PITCH) : 0,
            },
          }),
      );
    case "heading":
      return [
        new Paragraph({
          heading: HEADINGS[block.level],
          text: `${block.number}${block.text}`,
          pageBreakBefore: block.newPage === true,
        }),
      ];
    case "paragraph":
      // No page has the signature alone (7.3.5).
      return [
        new Paragraph({
          style: "BodyText",
          text: block.text,
          keepNext: next?.kind === "signature",
          ...(block.flush ? { indent: { firstLine: 0, firstLineChars: 0 } } : {}),
        }),
      ];
    case "table":
      return [docxTable(block)];
    case "signature":
      return signature(block);
  }
}

/** The page number between dashes, 4号 宋体, one character in from the outer edge (7.5). */
const footer = (alignment: (typeof AlignmentType)["LEFT" | "RIGHT"]): Footer =>
  new Footer({
    children: [
      new Paragraph({
        style: "Footer",
        alignment,
        indent: alignment === AlignmentType.LEFT ? { left: twips(NUMBER_SIZE) } : { right: twips(NUMBER_SIZE) },
        children: [new TextRun({ children: ["— ", PageNumber.CURRENT, " —"] })],
      }),
    ],
  });

/**
 * An editable official document (GB/T 9704—2012) for Word, WPS and LibreOffice: A4, real styles for headings, real heads
 * for tables, no clock. The same content gives the same bytes.
 * @param properties custom properties of the file
 */
export async function officialDocument(
  blocks: readonly Block[],
  metadata: DocumentMetadata,
  properties: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const document = new Document({
    styles: {
      default: {
        document: { run: { ...run("fangsong", BODY_SIZE), language: { value: "en-US", eastAsia: "zh-CN" } } },
      },
      paragraphStyles: [...STYLES],
    },
    customProperties: Object.entries(properties).map(([name, value]) => ({ name, value })),
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(PAGE_WIDTH), height: twips(PAGE_HEIGHT) },
            margin: {
              top: twips(TOP),
              left: twips(LEFT),
              right: twips(PAGE_WIDTH - LEFT - WIDTH),
              bottom: twips(PAGE_HEIGHT - TOP - HEIGHT),
              footer: twips(PAGE_HEIGHT - NUMBER_BASELINE - 0.12 * NUMBER_SIZE),
            },
          },
          // The pitch is fixed in the styles; a grid of lines would hold for the cells of tables too.
          grid: { type: DocumentGridType.DEFAULT, linePitch: twips(PITCH) },
        },
        footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) },
        children: blocks.flatMap((block, i) => partsOf(block, blocks[i + 1])),
      },
    ],
  });
  return finished(await Packer.toBuffer(document), metadata);
}
