/** What DOCX and XLSX have in common: a package of parts that name one another (ISO/IEC 29500-2). */
import { ImportError } from "../import-error.ts";
import { officeErrors } from "./office-errors.ts";
import { elementAt, elementsOf, textOf, type XmlElement, xmlTree } from "./xml.ts";
import { openZip, type Zip } from "./zip.ts";

/** A part that another one names. */
export interface Relation {
  readonly id: string;
  /** The last step of its type: `styles`, `worksheet`, …. */
  readonly type: string;
  /** The part's name. */
  readonly target: string;
}

/** An opened file. */
export interface OfficePackage {
  readonly format: "docx" | "xlsx";
  readonly zip: Zip;
  /** The name of its main part. */
  readonly main: string;
}

/** Where a target leads from the folder of the part that names it. */
export function resolved(folder: string, target: string): string {
  const steps: string[] = target.startsWith("/") ? [] : folder.split("/").filter(Boolean);
  for (const step of target.split("/").filter(Boolean))
    if (step === "..") steps.pop();
    else if (step !== ".") steps.push(step);
  return steps.join("/");
}

/** The parts that a part names; of the package itself with the name `""`. */
export async function relationsOf(zip: Zip, part: string): Promise<Relation[]> {
  const cut = part.lastIndexOf("/");
  const [folder, name] = [part.slice(0, cut + 1), part.slice(cut + 1)];
  const rels = await zip.read(`${folder}_rels/${name}.rels`);
  if (!rels) return [];
  return elementsOf(xmlTree(rels, zip.xml), "Relationship")
    .filter(({ attributes }) => attributes["TargetMode"] !== "External")
    .map(({ attributes }) => ({
      id: attributes["Id"] ?? "",
      type: (attributes["Type"] ?? "").replace(/^.*\//, ""),
      target: resolved(folder, attributes["Target"] ?? ""),
    }));
}

/** A part as a tree, or undefined where there is none. */
export async function treeOf(zip: Zip, part: string | undefined): Promise<XmlElement | undefined> {
  const bytes = part === undefined ? undefined : await zip.read(part);
  return bytes && xmlTree(bytes, zip.xml);
}

/** The tree of the part that a part names by a type. */
export const namedTree = (zip: Zip, relations: readonly Relation[], type: string): Promise<XmlElement | undefined> =>
  treeOf(zip, relations.find((relation) => relation.type === type)?.target);

/** By the main part's content type; where the package does not say it, by the folder that everybody puts it in. */
const FORMATS: readonly (readonly [pattern: RegExp, format: "docx" | "xlsx" | "binary"])[] = [
  [/wordprocessingml|ms-word\.|^ word\//, "docx"],
  [/sheet\.binary|\.bin$/, "binary"],
  [/spreadsheetml|ms-excel\.|^ xl\//, "xlsx"],
];

/**
 * Opens an office file and tells which it is by what is in it.
 * @throws ImportError when it is none that is read here
 */
export async function openOffice(bytes: Uint8Array): Promise<OfficePackage> {
  const zip = await openZip(bytes);
  const main = (await relationsOf(zip, "")).find(({ type }) => type === "officeDocument")?.target;
  if (main !== undefined) {
    const override = elementsOf(await treeOf(zip, "[Content_Types].xml"), "Override").find(
      ({ attributes }) => attributes["PartName"]?.slice(1) === main,
    );
    const types = `${override?.attributes["ContentType"] ?? ""} ${main}`;
    const format = FORMATS.find(([pattern]) => pattern.test(types))?.[1];
    if (format === "docx" || format === "xlsx") {
      if (!zip.has(main)) throw officeErrors.damaged();
      return { format, zip, main };
    }
  }
  throw new ImportError(
    "不是 .docx 或 .xlsx 文件；演示文稿、.ods、.odt、.xlsb 等请另存为 .docx 或 .xlsx，压缩包请先解压",
    "Not a .docx or .xlsx file: save other formats as one of them, and unpack archives first",
  );
}

/** What a file says of itself. */
export interface PackageProperties {
  readonly title?: string;
  /** Whose program wrote it. */
  readonly company?: string;
  /** Those of its custom properties whose names begin with a prefix, without it. */
  readonly own: Readonly<Record<string, string>>;
}

/** Reads the properties of a file. */
export async function propertiesOf(zip: Zip, prefix = ""): Promise<PackageProperties> {
  const relations = await relationsOf(zip, "");
  const title = textOf(elementAt(await namedTree(zip, relations, "core-properties"), "title")).trim();
  const custom = elementsOf(await namedTree(zip, relations, "custom-properties"), "property");
  const own = custom.flatMap((property): [string, string][] => {
    const { name = "" } = property.attributes;
    return name.startsWith(prefix) ? [[name.slice(prefix.length), textOf(property)]] : [];
  });
  const company = textOf(elementAt(await namedTree(zip, relations, "extended-properties"), "Company")).trim();
  return {
    ...(title === "" ? {} : { title }),
    ...(company === "" ? {} : { company }),
    own: Object.fromEntries(own),
  };
}
