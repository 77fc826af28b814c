import { createHash } from "node:crypto";
import type { PDFOutline } from "pdfmake/js/PDFDocument.js";
import { FACES, type FaceName } from "../../basics/faces.ts";
import { sha256 } from "../../basics/hash.ts";
import type { Fonts } from "../../fonts/fonts.ts";
import { PAGE_HEIGHT, PAGE_WIDTH } from "../../typeset/grid.ts";
import type { OutlineEntry, Page, TypesetDocument } from "../../typeset/page.ts";
import type { DocumentMetadata } from "../content.ts";
import { pageContent } from "./content.ts";
import { CompactDocument } from "./document.ts";
import { DocumentFont } from "./document-font.ts";
import { xmp } from "./metadata.ts";
import { PRODUCER } from "./producer.ts";
import { headingsDescend, type WrittenPage, writeStructure } from "./structure.ts";

/** A file that goes into the PDF: the data that the pages were made from. */
export interface Source {
  readonly name: string;
  /** A media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

const PROGRAM = "nianbao";

/** What a document's pages say, for its checksum: all text but blanks, a line feed after each page. */
function pagesText({ pages }: TypesetDocument): string {
  let out = "";
  for (const page of pages) {
    for (const { text } of page.runs)
      for (const codePoint of text) {
        const character = String.fromCodePoint(codePoint);
        if (!/\s/u.test(character)) out += character;
      }
    out += "\n";
  }
  return out;
}

function writeOutline(root: PDFOutline, entries: readonly OutlineEntry[]): void {
  const open: { readonly level: number; readonly item: PDFOutline }[] = [{ level: 0, item: root }];
  for (const { level, text, page, y } of entries) {
    while (open.at(-1)!.level >= level) open.pop();
    const item = open.at(-1)!.item.addItem(text, { pageNumber: page, top: y, expanded: true });
    open.push({ level, item });
  }
}

/** The fonts of one document, each opened when it is first needed. */
class DocumentFonts {
  readonly #document: CompactDocument;
  readonly #fonts: Fonts;
  readonly #used = new Map<FaceName, DocumentFont>();

  constructor(document: CompactDocument, fonts: Fonts) {
    this.#document = document;
    this.#fonts = fonts;
  }

  readonly of = (face: FaceName): DocumentFont => {
    const known = this.#used.get(face);
    if (known) return known;
    const font = new DocumentFont(this.#document, this.#fonts.faces[face]);
    this.#used.set(face, font);
    return font;
  };

  /** What a page's resources and operators call a face. */
  readonly nameOf = (face: FaceName): string => `F${FACES.indexOf(face) + 1}`;

  end(): void {
    for (const font of this.#used.values()) font.end();
  }
}

/** Writes a page; says which leaf of the structure each of its marked contents is. */
function writePage(document: CompactDocument, page: Page, index: number, fonts: DocumentFonts): WrittenPage {
  document.addPage();
  const { operators, leaves } = pageContent(page, fonts.of, fonts.nameOf);
  // pdfkit turns the page over so that y grows downwards; the text wants it upright.
  document.addContent(`q 1 0 0 -1 0 ${PAGE_HEIGHT} cm\n${operators}\nQ`);
  const boxes = new Map<number, readonly number[]>();
  for (const image of page.images) {
    document.addContent(`/Figure <</MCID ${leaves.length}>> BDC`);
    document.image(Buffer.from(image.png), image.x, image.y, { width: image.width, height: image.height });
    document.addContent("EMC");
    leaves.push(image.leaf);
    const [bottom, top] = [PAGE_HEIGHT - image.y - image.height, PAGE_HEIGHT - image.y];
    boxes.set(image.leaf, [image.x, bottom, image.x + image.width, top]);
  }
  for (const face of new Set(page.runs.map((run) => run.face)))
    document.page.fonts[fonts.nameOf(face)] = fonts.of(face).dictionary;
  Object.assign(document.page.dictionary.data, { StructParents: index, Tabs: "S" });
  return { page: document.page.dictionary, leaves, boxes };
}

function attach(document: CompactDocument, { bytes, name, type }: Source, date: Date): void {
  document.file(Buffer.from(bytes), {
    name,
    type,
    relationship: "Source",
    description: "本报告的数据 · the data of this report",
    creationDate: date,
    modifiedDate: date,
  });
}

/** What colours mean in the file (ISO 19005-3, 6.2.3). */
function writeOutputIntent(document: CompactDocument, profile: Uint8Array): void {
  const stream = document.ref({ N: 3 });
  stream.end(profile);
  document._root.data["OutputIntents"] = [
    {
      Type: "OutputIntent",
      S: "GTS_PDFA1",
      OutputConditionIdentifier: new String("sRGB IEC61966-2.1"),
      Info: new String("sRGB IEC61966-2.1"),
      DestOutputProfile: stream,
    },
  ];
}

/** What pdfkit is to make the document with. */
const optionsOf = ({ title, author, subject, keywords }: DocumentMetadata, date: Date): Record<string, unknown> => ({
  size: [PAGE_WIDTH, PAGE_HEIGHT],
  margin: 0,
  lang: "zh-CN",
  displayTitle: true,
  info: {
    Title: title,
    Author: author,
    Subject: subject,
    Keywords: keywords.join(", "),
    Creator: PROGRAM,
    Producer: PRODUCER,
    CreationDate: date,
    ModDate: date,
  },
});

/**
 * Writes a typeset document as PDF/A-3a and PDF/UA-1: fonts embedded, tagged, with bookmarks, metadata and its source
 * attached. The same input gives the same bytes.
 */
export async function renderPdf(
  typeset: TypesetDocument,
  fonts: Fonts,
  metadata: DocumentMetadata,
  source: Source,
): Promise<Uint8Array> {
  const checksums = { source: sha256(source.bytes), pages: sha256(pagesText(typeset)) };
  // Midnight in Shanghai, as the reader reads it; pdfkit prints UTC.
  const date = new Date(`${metadata.date}T00:00:00+08:00`);
  const document = new CompactDocument(
    optionsOf(metadata, date),
    Buffer.from(xmp(metadata, checksums, PROGRAM, headingsDescend(typeset.structure))),
    createHash("md5").update(checksums.source).update(checksums.pages).digest(),
  );
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.once("end", resolve).once("error", reject));

  const documentFonts = new DocumentFonts(document, fonts);
  const pages = typeset.pages.map((page, index) => writePage(document, page, index, documentFonts));
  documentFonts.end();
  writeStructure(document, typeset.structure, pages);
  writeOutline(document.outline, typeset.outline);
  attach(document, source, date);
  writeOutputIntent(document, fonts.profile);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
