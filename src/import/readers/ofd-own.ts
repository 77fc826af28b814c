/** Takes the data out of an OFD file of this system. */
import { sha256 } from "../../basics/hash.ts";
import { ExtractError, NoDataError } from "../../formats/extract-error.ts";
import { PAGES_CHECKSUM, pagesText, SOURCE, SOURCE_CHECKSUM } from "../../formats/ofd/own.ts";
import { ImportError } from "../import-error.ts";
import { type OfdPackage, openOfd, partOf, partsNamed, textAt } from "./ofd-package.ts";
import { officeErrors } from "./office-errors.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";

/** The text of everything in an element that shows text, in the order in which it stands there. */
function shownText(element: XmlElement): string {
  return elementsOf(element)
    .map((child) => (child.name === "TextCode" ? textOf(child) : shownText(child)))
    .join("");
}

async function attached({ zip, document }: OfdPackage): Promise<Uint8Array | undefined> {
  for (const list of await partsNamed(zip, document, document.root, "Attachments"))
    for (const attachment of elementsOf(list.root, "Attachment")) {
      const { Name, Format } = attachment.attributes;
      if (Name === SOURCE.name && Format === SOURCE.format) return zip.read(list.at(textAt(attachment, "FileLoc")));
    }
  return undefined;
}

/** What the pages say; a page that is laid on another one is none of this system's. */
async function textOfPages({ zip, document }: OfdPackage): Promise<string> {
  const pages: string[] = [];
  for (const [i, { attributes }] of elementsOf(elementAt(document.root, "Pages"), "Page").entries()) {
    const page = await partOf(zip, document.at(attributes["BaseLoc"] ?? ""));
    if (!page) throw officeErrors.damaged();
    if (elementsOf(page.root, "Template").length > 0)
      throw new ExtractError(`第${i + 1}页加了别的内容`, `Something was laid under or over page ${i + 1}`);
    pages.push(shownText(page.root));
  }
  return pagesText(pages);
}

/**
 * The data that an opened file carries, after checking that neither they nor the pages were changed: both hash to what
 * `OFD.xml` says, and nothing is laid over the pages. A signature is no change. It does not recognize a file that was made
 * anew; the publication record can.
 * @throws ExtractError when the file is none of ours or was altered
 */
export async function ownSource(file: OfdPackage): Promise<Uint8Array> {
  const data = elementsOf(elementAt(file.info, "CustomDatas"), "CustomData");
  const kept = (name: string): string | undefined => {
    const found = data.find(({ attributes }) => attributes["Name"] === name);
    return found && textOf(found).trim();
  };
  const [source, pages] = [kept(SOURCE_CHECKSUM), kept(PAGES_CHECKSUM)];
  const bytes = source && pages ? await attached(file) : undefined;
  if (!bytes)
    throw new NoDataError("不是本系统生成的年度报告，没有附带数据", "Not a report of this system: it carries no data");
  if (sha256(bytes) !== source)
    throw new ExtractError(
      "附带的数据已被改动，与文件的校验值不符",
      "The attached data were altered: they do not match the file's checksum",
    );
  const { zip, document } = file;
  for (const list of await partsNamed(zip, document, document.root, "Annotations"))
    if (elementsOf(list.root, "Page").length > 0)
      throw new ExtractError("页面上加盖了批注", "The pages have annotations laid over them");
  if (sha256(await textOfPages(file)) !== pages)
    throw new ExtractError(
      "页面文字已被改动，与文件的校验值不符",
      "The pages were altered: their text does not match the file's checksum",
    );
  return bytes;
}

/**
 * The attached `report.json` of a file, byte for byte.
 * @throws ExtractError when it is no OFD, none of ours or was altered
 */
export async function extractOfd(bytes: Uint8Array): Promise<Uint8Array> {
  const file = await openOfd(bytes).catch((error: unknown) => {
    throw error instanceof ImportError ? new ExtractError("不是可读的OFD文件", "Not a readable OFD file") : error;
  });
  return ownSource(file);
}
