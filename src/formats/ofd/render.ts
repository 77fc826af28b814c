import { sha256 } from "../../basics/hash.ts";
import type { Fonts } from "../../fonts/fonts.ts";
import type { PlacedImage, TypesetDocument } from "../../typeset/page.ts";
import type { DocumentMetadata } from "../content.ts";
import { DocumentFonts, type FontResource } from "./document-fonts.ts";
import { Ids } from "./ids.ts";
import { outlines } from "./outline.ts";
import { PAGES_CHECKSUM, pagesText, SOURCE, SOURCE_CHECKSUM } from "./own.ts";
import { packed } from "./package.ts";
import { PAGE_BOX, type WrittenPage, writePage } from "./page.ts";
import { customTags, STRUCTURE } from "./tags.ts";
import { element, part, text, textElement } from "./xml.ts";

const PROGRAM = "nianbao";

/** The images of a document, each once: where it lies and under which identifier. */
interface Images {
  readonly idOf: (image: PlacedImage) => number;
  readonly files: ReadonlyMap<number, Uint8Array>;
}

function imagesOf({ pages }: TypesetDocument, ids: Ids): Images {
  const known = new Map<Uint8Array, number>();
  for (const { png } of pages.flatMap(({ images }) => images)) if (!known.has(png)) known.set(png, ids.next());
  return { idOf: ({ png }) => known.get(png)!, files: new Map([...known].map(([png, id]) => [id, png])) };
}

/** `OFD.xml` (7.4). There are no signatures: an organ's seal system enters its own here (docs/OFD.md). */
function entry(metadata: DocumentMetadata, checksums: { readonly source: string; readonly pages: string }): Uint8Array {
  const { title, author, subject, keywords, date } = metadata;
  const custom = (Name: string, value: string): string => element("CustomData", { Name }, text(value));
  const info = element(
    "DocInfo",
    {},
    textElement("DocID", sha256(checksums.source + checksums.pages).slice(0, 32)),
    textElement("Title", title),
    textElement("Author", author),
    textElement("Subject", subject),
    textElement("CreationDate", date),
    textElement("ModDate", date),
    textElement("DocUsage", "Normal"),
    element("Keywords", {}, ...keywords.map((keyword) => textElement("Keyword", keyword))),
    textElement("Creator", PROGRAM),
    element(
      "CustomDatas",
      {},
      custom("nianbao:identifier", metadata.identifier),
      custom(SOURCE_CHECKSUM, checksums.source),
      custom(PAGES_CHECKSUM, checksums.pages),
    ),
  );
  const body = element("DocBody", {}, info, textElement("DocRoot", "Doc_0/Document.xml"));
  return part("OFD", { Version: "1.0", DocType: "OFD" }, body);
}

/** `Document.xml` (7.5). */
function documentRoot(outline: string, pages: readonly WrittenPage[], ids: Ids, images: Images): Uint8Array {
  const common = element(
    "CommonData",
    {},
    textElement("MaxUnitID", ids.largest),
    element("PageArea", {}, textElement("PhysicalBox", PAGE_BOX)),
    textElement("PublicRes", "PublicRes.xml"),
    ...(images.files.size > 0 ? [textElement("DocumentRes", "DocumentRes.xml")] : []),
    textElement("DefaultCS", ids.colorSpace),
  );
  const list = pages.map(({ id }, i) => element("Page", { ID: id, BaseLoc: `Pages/Page_${i}/Content.xml` }));
  return part(
    "Document",
    {},
    common,
    element("Pages", {}, ...list),
    outline,
    element(
      "VPreferences",
      {},
      textElement("PageMode", outline === "" ? "None" : "UseOutlines"),
      textElement("TabDisplay", "DocTitle"),
    ),
    textElement("CustomTags", "Tags/CustomTags.xml"),
    textElement("Attachments", "Attachs/Attachments.xml"),
  );
}

const fontFile = ({ face }: FontResource): string => `${face}.otf`;

/** `PublicRes.xml` (7.9): the colours and the fonts. */
function publicResources(fonts: readonly FontResource[], ids: Ids): Uint8Array {
  const colours = element("ColorSpace", { ID: ids.colorSpace, Type: "RGB", BitsPerComponent: 8 });
  const list = fonts.map((font) =>
    element(
      "Font",
      { ID: ids.font(font.face), FontName: font.name, FamilyName: font.family, Charset: "unicode" },
      textElement("FontFile", fontFile(font)),
    ),
  );
  return part("Res", { BaseLoc: "Res" }, element("ColorSpaces", {}, colours), element("Fonts", {}, ...list));
}

const imageFile = (id: number): string => `image_${id}.png`;

/** `DocumentRes.xml` (7.9): the seal. */
function documentResources({ files }: Images): Uint8Array {
  const list = [...files.keys()].map((id) =>
    element("MultiMedia", { ID: id, Type: "Image", Format: "PNG" }, textElement("MediaFile", imageFile(id))),
  );
  return part("Res", { BaseLoc: "Res" }, element("MultiMedias", {}, ...list));
}

/** `Attachments.xml` (20): the data that the pages were made from; its size is in KB. */
function attachments(source: Uint8Array, date: string): Uint8Array {
  const time = `${date}T00:00:00`;
  const attributes = {
    ID: "Attachment_1",
    Name: SOURCE.name,
    Format: SOURCE.format,
    CreationDate: time,
    ModDate: time,
    Size: Math.round((source.length / 1024) * 1000) / 1000,
    Visible: "true",
    Usage: "none",
  };
  const file = textElement("FileLoc", `${SOURCE.name}.${SOURCE.format}`);
  return part("Attachments", {}, element("Attachment", attributes, file));
}

/**
 * Writes a typeset document as OFD (GB/T 33190—2016): fonts embedded, with an outline, its structure as custom tags, and its
 * source attached. The same input gives the same bytes.
 */
export function renderOfd(
  typeset: TypesetDocument,
  fonts: Fonts,
  metadata: DocumentMetadata,
  source: Uint8Array,
): Uint8Array {
  const ids = new Ids();
  const used = new DocumentFonts();
  const images = imagesOf(typeset, ids);
  const pages = typeset.pages.map((page) => writePage(page, { ids, fonts, used, imageOf: images.idOf }));
  const resources = used.resources(fonts);
  const checksums = { source: sha256(source), pages: sha256(pagesText(pages.map((page) => page.text))) };
  const outline = outlines(
    typeset.outline,
    pages.map(({ id }) => id),
  );
  const tag = element("CustomTag", { NameSpace: STRUCTURE }, textElement("FileLoc", "Structure.xml"));
  return packed([
    ["OFD.xml", entry(metadata, checksums)],
    ["Doc_0/Document.xml", documentRoot(outline, pages, ids, images)],
    ["Doc_0/PublicRes.xml", publicResources(resources, ids)],
    ...(images.files.size > 0 ? [["Doc_0/DocumentRes.xml", documentResources(images)] as const] : []),
    ...pages.map(({ content }, i) => [`Doc_0/Pages/Page_${i}/Content.xml`, content] as const),
    ["Doc_0/Tags/CustomTags.xml", part("CustomTags", {}, tag)],
    ["Doc_0/Tags/Structure.xml", customTags(typeset.structure, pages)],
    ["Doc_0/Attachs/Attachments.xml", attachments(source, metadata.date)],
    [`Doc_0/Attachs/${SOURCE.name}.${SOURCE.format}`, source],
    ...resources.map((font) => [`Doc_0/Res/${fontFile(font)}`, font.file] as const),
    ...[...images.files].map(([id, png]) => [`Doc_0/Res/${imageFile(id)}`, png] as const),
  ]);
}
