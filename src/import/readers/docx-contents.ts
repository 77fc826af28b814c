/** What elements of WordprocessingML hold, without those that only stand around others and what was deleted. */
import type { Thing } from "../doubt.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";

/** Elements that stand around others and add nothing: content controls, links, insertions. */
export const WRAPPERS = new Set([
  "sdt",
  "sdtContent",
  "ins",
  "moveTo",
  "customXml",
  "smartTag",
  "hyperlink",
  "fldSimple",
  "dir",
  "bdo",
]);
/** Elements around what a change took away. */
const DELETED = new Set(["del", "moveFrom"]);

/** Whether a content control holds the table of contents. */
export const isContents = (element: XmlElement): boolean =>
  /table of contents/i.test(elementAt(element, "sdtPr", "docPartObj", "docPartGallery")?.attributes["val"] ?? "");

/** Of the same thing twice, for new programs and for old ones, the one that is shown. */
export const chosen = (element: XmlElement): XmlElement | undefined =>
  elementAt(element, "Choice") ?? elementAt(element, "Fallback");

/** What is in an element, without what only stands around it and what was deleted. */
export function contentsOf(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) => {
    if (DELETED.has(child.name) || isContents(child)) return [];
    if (WRAPPERS.has(child.name)) return contentsOf(child);
    if (child.name !== "AlternateContent") return [child];
    const choice = chosen(child);
    return choice ? contentsOf(choice) : [];
  });
}

/** The boxes of text that a drawing holds, in order. */
export function textBoxes(element: XmlElement): XmlElement[] {
  if (element.name === "txbxContent") return [element];
  return contentsOf(element).flatMap(textBoxes);
}

/** What a drawing, a picture or an object is. */
export function drawnThing(element: XmlElement): Thing {
  const names = new Set<string>();
  const collect = (at: XmlElement): void => {
    names.add(at.name);
    for (const child of elementsOf(at)) if (child.name !== "txbxContent") collect(child);
  };
  collect(element);
  if (names.has("OLEObject")) return "workbook";
  if (names.has("control")) return "control";
  if (names.has("chart") || names.has("relIds")) return "chart";
  return names.has("blip") || names.has("imagedata") ? "picture" : "drawing";
}

/** What an equation has in its runs, one after the other. */
export function mathText(element: XmlElement): string {
  return elementsOf(element)
    .map((child) => (child.name === "t" ? textOf(child) : mathText(child)))
    .join("");
}

/** The text that a change took away. */
export function deletedText(element: XmlElement): string {
  return elementsOf(element)
    .map((child) => (child.name === "delText" || child.name === "t" ? textOf(child) : deletedText(child)))
    .join("");
}
