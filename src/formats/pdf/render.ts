import { createHash } from "node:crypto";
import type { PDFOutline } from "pdfmake/js/PDFDocument.js";
import { FACES, type FaceName } from "../../basics/faces.ts";
import { sha256 } from "../../basics/hash.ts";
import type { Fonts } from "../../fonts/fonts.ts";
import { PAGE_HEIGHT, PAGE_WIDTH } from "../../typeset/grid.ts";
import type { OutlineEntry, TypesetDocument } from "../../typeset/page.ts";
import type { DocumentMetadata } from "../content.ts";
import { pageContent } from "./content.ts";
import { CompactDocument } from "./document.ts";
import { DocumentFont } from "./document-font.ts";
import { xmp } from "./metadata.ts";
import { PRODUCER } from "./producer.ts";
import { writeStructure } from "./structure.ts";

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

/**
 * Writes a typeset document as PDF/A-3b: fonts embedded, tagged, with bookmarks, metadata and its source attached. The
 * same input gives the same bytes.
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
    {
      size: [PAGE_WIDTH, PAGE_HEIGHT],
      margin: 0,
      lang: "zh-CN",
      displayTitle: true,
      info: {
        Title: metadata.title,
        Author: metadata.author,
        Subject: metadata.subject,
        Keywords: metadata.keywords.join(", "),
        Creator: PROGRAM,
        Producer: PRODUCER,
        CreationDate: date,
        ModDate: date,
      },
    },
    Buffer.from(xmp(metadata, checksums, PROGRAM)),
    createHash("md5").update(checksums.source).update(checksums.pages).digest(),
  );
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => document.once("end", resolve).once("error", reject));

  const used = new Map<FaceName, DocumentFont>();
  const fontOf = (face: FaceName): DocumentFont => {
    let font = used.get(face);
    if (!font) {
      font = new DocumentFont(document, fonts.faces[face]);
      used.set(face, font);
    }
    return font;
  };
  const nameOf = (face: FaceName): string => `F${FACES.indexOf(face) + 1}`;
  const pages = typeset.pages.map((page, index) => {
    document.addPage();
    const { operators, leaves } = pageContent(page, fontOf, nameOf);
    // pdfkit turns the page over so that y grows downwards; the text wants it upright.
    document.addContent(`q 1 0 0 -1 0 ${PAGE_HEIGHT} cm\n${operators}\nQ`);
    for (const image of page.images) {
      document.addContent(`/Figure <</MCID ${leaves.length}>> BDC`);
      document.image(Buffer.from(image.png), image.x, image.y, { width: image.width, height: image.height });
      document.addContent("EMC");
      leaves.push(image.leaf);
    }
    for (const face of new Set(page.runs.map((run) => run.face)))
      document.page.fonts[nameOf(face)] = fontOf(face).dictionary;
    Object.assign(document.page.dictionary.data, { StructParents: index, Tabs: "S" });
    return { page: document.page.dictionary, leaves };
  });
  for (const font of used.values()) font.end();
  writeStructure(document, typeset.structure, pages);
  writeOutline(document.outline, typeset.outline);
  document.file(Buffer.from(source.bytes), {
    name: source.name,
    type: source.type,
    relationship: "Source",
    description: "本报告的数据 · the data of this report",
    creationDate: date,
    modifiedDate: date,
  });
  const profile = document.ref({ N: 3 });
  profile.end(fonts.profile);
  document._root.data["OutputIntents"] = [
    {
      Type: "OutputIntent",
      S: "GTS_PDFA1",
      OutputConditionIdentifier: new String("sRGB IEC61966-2.1"),
      Info: new String("sRGB IEC61966-2.1"),
      DestOutputProfile: profile,
    },
  ];
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
