/** The XML of office files: local names only, no document type, no entities but XML's own five. */
import { SaxesParser } from "saxes";
import { ImportError } from "../import-error.ts";
import { officeErrors } from "./office-errors.ts";

/** An element; names and attributes without their prefixes, which differ from program to program. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

export type Attributes = Readonly<Record<string, string>>;

/** What is called while a part is read. */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  text(text: string): void;
  close(name: string): void;
}

const MAX_DEPTH = 200;
/** Of the parts of one file that are kept as trees, with their attributes. */
const MAX_ELEMENTS = 500_000;

/** What the parts of one file have used up of what they may. */
export interface XmlBudget {
  elements: number;
}

function decoded(part: Uint8Array): string {
  const label =
    part[0] === 0xff && part[1] === 0xfe ? "utf-16le" : part[0] === 0xfe && part[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(label, { fatal: true }).decode(part);
}

/**
 * Reads a part from its beginning to its end.
 * @throws ImportError when it is not well-formed, nests too deep or declares a document type
 */
export function readXml(part: Uint8Array, handler: XmlHandler): void {
  const parser = new SaxesParser({ xmlns: true, position: false });
  let depth = 0;
  parser.on("error", () => {
    throw officeErrors.damaged();
  });
  parser.on("doctype", () => {
    throw new ImportError(
      "文件中有不允许的文档类型声明（DTD），没有读取",
      "The file declares a document type (DTD), which office files must not; it was not read",
    );
  });
  parser.on("opentag", ({ local, attributes }) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw officeErrors.tooLarge();
    const own: Record<string, string> = Object.create(null);
    for (const attribute of Object.values(attributes))
      if (attribute.prefix !== "xmlns") own[attribute.local] = attribute.value;
    handler.open(local, own);
  });
  parser.on("closetag", ({ local }) => {
    depth -= 1;
    handler.close(local);
  });
  parser.on("text", (text) => handler.text(text));
  parser.on("cdata", (text) => handler.text(text));
  try {
    parser.write(decoded(part)).close();
  } catch (error) {
    throw error instanceof ImportError ? error : officeErrors.damaged();
  }
}

/** A part as a tree. */
export function xmlTree(part: Uint8Array, budget: XmlBudget = { elements: 0 }): XmlElement {
  const root: (XmlElement | string)[] = [];
  const open: (XmlElement | string)[][] = [root];
  readXml(part, {
    open(name, attributes) {
      budget.elements += 1 + Object.keys(attributes).length / 4;
      if (budget.elements > MAX_ELEMENTS) throw officeErrors.tooLarge();
      const children: (XmlElement | string)[] = [];
      open.at(-1)!.push({ name, attributes, children });
      open.push(children);
    },
    text(text) {
      open.at(-1)!.push(text);
    },
    close() {
      open.pop();
    },
  });
  const element = root.find((child) => typeof child !== "string");
  if (!element) throw officeErrors.damaged();
  return element;
}

/** The elements in an element, of one name where one is given. */
export const elementsOf = (element: XmlElement | undefined, name?: string): XmlElement[] =>
  (element?.children ?? []).filter(
    (child): child is XmlElement => typeof child !== "string" && (name === undefined || child.name === name),
  );

/** The first element down a path of names. */
export const elementAt = (element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => elementsOf(at, name)[0], element);

/** All text in an element. */
export const textOf = (element: XmlElement | undefined): string =>
  (element?.children ?? []).map((child) => (typeof child === "string" ? child : textOf(child))).join("");

/** `val` down a path: most of WordprocessingML states its values. */
export const valueAt = (element: XmlElement | undefined, ...path: readonly string[]): string | undefined =>
  elementAt(element, ...path)?.attributes["val"];

/** A property that is there and not off (ISO/IEC 29500-1, 17.17.4). */
export function isOn(element: XmlElement | undefined, ...path: readonly string[]): boolean {
  const found = elementAt(element, ...path);
  return found !== undefined && !/^(?:0|false|off)$/.test(found.attributes["val"] ?? "");
}
