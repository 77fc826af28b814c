/** The parts of an OFD file (GB/T 33190—2016, 7) as they name one another. */
import { ImportError } from "../import-error.ts";
import { resolved, treeOf } from "./office.ts";
import { officeErrors } from "./office-errors.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";
import { openZip, type Zip } from "./zip.ts";

/** A part: its tree, and how what it names is found. */
export interface OfdPart {
  readonly root: XmlElement;
  /** The name of the part that a location in this one leads to: from the archive's root, or from where this part lies. */
  readonly at: (location: string, base?: string) => string;
}

/** An opened file with one document in it. */
export interface OfdPackage {
  readonly zip: Zip;
  /** `DocInfo` of `OFD.xml`. */
  readonly info: XmlElement | undefined;
  readonly document: OfdPart;
}

/** The folder that a part lies in. */
const folderOf = (name: string): string => name.slice(0, name.lastIndexOf("/") + 1);

/** A part by its name, or undefined where there is none. */
export async function partOf(zip: Zip, name: string): Promise<OfdPart | undefined> {
  const root = await treeOf(zip, name);
  if (!root) return undefined;
  const folder = folderOf(name);
  return { root, at: (location, base) => resolved(base === undefined ? folder : resolved(folder, base), location) };
}

/** The text of an element down a path: a location, a title. */
export const textAt = (element: XmlElement | undefined, ...path: readonly string[]): string =>
  textOf(elementAt(element, ...path)).trim();

/** The parts that elements of a name in an element lead to, one after another; what is not there is left out. */
export async function partsNamed(
  zip: Zip,
  of: OfdPart,
  inside: XmlElement | undefined,
  name: string,
): Promise<OfdPart[]> {
  const parts: OfdPart[] = [];
  for (const element of elementsOf(inside, name)) {
    const part = await partOf(zip, of.at(textOf(element).trim()));
    if (part) parts.push(part);
  }
  return parts;
}

/**
 * Opens a file.
 * @throws ImportError when it is damaged, encrypted, or has more than one document in it
 */
export async function openOfd(bytes: Uint8Array): Promise<OfdPackage> {
  const zip = await openZip(bytes);
  const main = await partOf(zip, "OFD.xml");
  // GM/T 0099—2020: what is encrypted is listed beside the file that readers begin with.
  if (zip.has("Encryptions.xml") || (!main && zip.has("OFDEntries.xml"))) throw officeErrors.locked();
  if (!main) throw officeErrors.damaged();
  const bodies = elementsOf(main.root, "DocBody");
  if (bodies.length > 1)
    throw new ImportError(
      `这个OFD里有${bodies.length}份文档；请用OFD阅读器分开另存，逐个导入`,
      `This OFD file has ${bodies.length} documents in it; save them apart and import them one by one`,
    );
  const document = await partOf(zip, main.at(textAt(bodies[0], "DocRoot")));
  if (!document) throw officeErrors.damaged();
  return { zip, info: elementAt(bodies[0], "DocInfo"), document };
}
