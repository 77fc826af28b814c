/** The pages of an OFD file, with what they are laid on and what is laid over them, within limits. */
import { ImportError } from "../import-error.ts";
import type { SaidOfGlyphs } from "./ofd-glyphs.ts";
import { type OfdPackage, type OfdPart, partOf, partsNamed, textAt } from "./ofd-package.ts";
import { type OfdBudget, OfdPageReader } from "./ofd-page.ts";
import { type Resources, resourcesOf } from "./ofd-resources.ts";
import { boxOf, isTrue, type OfdBox } from "./ofd-values.ts";
import { officeErrors } from "./office-errors.ts";
import { ANNOTATED } from "./pdf-painted.ts";
import type { Page } from "./pdf-parts.ts";
import { refuseUnread, withoutLies } from "./pdf-unread.ts";
import { elementAt, elementsOf, type XmlElement } from "./xml.ts";

const MAX_PAGES = 300;
/** What all pages may take (`ofd-page.ts`); a full page of small print takes some ten thousand. */
const MAX_PAINTED = 1_000_000;
/** The longest side of a page, mm. */
const MAX_SIDE = 5000;

const tooMuch = (): ImportError =>
  new ImportError(
    "这个OFD的内容过多，不像一份年度报告，未予读取",
    "This OFD has far more in it than a report and was not read",
  );

/** Annotations that lie over what they are laid on. */
const COVERING = /^(?:Path|Stamp)$/;

/** A page of the list, and the parts that belong to it. */
interface PageParts {
  readonly page: OfdPart;
  readonly id: string;
}

/** What all pages of a document are read with. */
interface Around {
  readonly file: OfdPackage;
  readonly resources: Resources;
  readonly templates: ReadonlyMap<string, OfdPart>;
  /** The annotations of a page, by its identifier. */
  readonly annotations: ReadonlyMap<string, readonly OfdPart[]>;
  readonly budget: OfdBudget;
  readonly said: SaidOfGlyphs;
}

async function templatesOf({ zip, document }: OfdPackage): Promise<Map<string, OfdPart>> {
  const templates = new Map<string, OfdPart>();
  for (const { attributes } of elementsOf(elementAt(document.root, "CommonData"), "TemplatePage")) {
    const part = await partOf(zip, document.at(attributes["BaseLoc"] ?? ""));
    if (part) templates.set(attributes["ID"] ?? "", part);
  }
  return templates;
}

/** The annotations of the pages (15): a list of files by page, each with the annotations of it. */
async function annotationsOf({ zip, document }: OfdPackage): Promise<Map<string, OfdPart[]>> {
  const pages = new Map<string, OfdPart[]>();
  for (const list of await partsNamed(zip, document, document.root, "Annotations"))
    for (const page of elementsOf(list.root, "Page")) {
      const part = await partOf(zip, list.at(textAt(page, "FileLoc")));
      const id = page.attributes["PageID"] ?? "";
      const same = pages.get(id) ?? [];
      pages.set(id, same);
      if (part) same.push(part);
    }
  return pages;
}

/** The size of a page: its own, or the document's. */
function sizeOf(page: XmlElement, document: XmlElement): OfdBox {
  const area = elementAt(page, "Area") ?? elementAt(document, "CommonData", "PageArea");
  const box = boxOf(textAt(area, "PhysicalBox")) ?? boxOf(textAt(document, "CommonData", "PageArea", "PhysicalBox"));
  const fits = (side: number): boolean => side > 0 && side <= MAX_SIDE;
  if (!box || !fits(box.width) || !fits(box.height)) throw officeErrors.damaged();
  return box;
}

async function readPage({ page, id }: PageParts, around: Around): Promise<Page> {
  const { file, resources, templates, budget } = around;
  for (const part of await partsNamed(file.zip, page, page.root, "PageRes")) resources.add(part);
  const reader = new OfdPageReader(sizeOf(page.root, file.document.root), resources, budget, around.said);
  const laid = (where: "Background" | "Foreground"): void => {
    for (const { attributes } of elementsOf(page.root, "Template")) {
      if ((attributes["ZOrder"] === "Foreground" ? "Foreground" : "Background") !== where) continue;
      const content = elementAt(templates.get(attributes["TemplateID"] ?? "")?.root, "Content");
      for (const layer of ["Background", "Body", "Foreground"] as const) reader.layers(content, layer);
    }
  };
  const content = elementAt(page.root, "Content");
  laid("Background");
  for (const layer of ["Background", "Body", "Foreground"] as const) reader.layers(content, layer);
  laid("Foreground");
  for (const { root } of around.annotations.get(id) ?? [])
    for (const annotation of elementsOf(root, "Annot")) {
      const { Type = "", Visible } = annotation.attributes;
      const appearance = elementAt(annotation, "Appearance");
      if (appearance && Type !== "Link" && isTrue(Visible, true))
        reader.annotation(appearance, ANNOTATED, COVERING.test(Type));
    }
  return reader.page();
}

/**
 * The pages of a file.
 * @throws ImportError when it cannot be read, is a scan or too large
 */
export async function readOfdPages(file: OfdPackage): Promise<Page[]> {
  const { zip, document } = file;
  const list = elementsOf(elementAt(document.root, "Pages"), "Page");
  if (list.length > MAX_PAGES)
    throw new ImportError(
      `这个OFD有${list.length}页，超过${MAX_PAGES}页，不像一份年度报告`,
      `This OFD has ${list.length} pages, more than ${MAX_PAGES}: not a report`,
    );
  const around: Around = {
    file,
    resources: await resourcesOf(file),
    templates: await templatesOf(file),
    annotations: await annotationsOf(file),
    budget: { left: MAX_PAINTED },
    said: { digits: new Map(), liars: new Set() },
  };
  const read: Page[] = [];
  for (const { attributes } of list) {
    const page = await partOf(zip, document.at(attributes["BaseLoc"] ?? ""));
    if (!page) throw officeErrors.damaged();
    try {
      read.push(await readPage({ page, id: attributes["ID"] ?? "" }, around));
    } catch (error) {
      throw error instanceof RangeError ? tooMuch() : error;
    }
  }
  const pages = read.map((page) => withoutLies(page, around.said.liars));
  refuseUnread(pages, "OFD");
  return pages;
}
