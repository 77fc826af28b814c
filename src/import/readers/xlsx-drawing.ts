/** What lies on a sheet: drawings with their places, and the texts of boxes (ISO/IEC 29500-1, 20.5). */
import type { SourceText } from "../document.ts";
import type { Thing } from "../doubt.ts";
import { namedTree, relationsOf, treeOf } from "./office.ts";
import { LAST_COLUMN, LAST_ROW, type Range } from "./xlsx-address.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";
import type { Zip } from "./zip.ts";

/** A thing, and the cells that it lies over. */
export interface Area extends Range {
  readonly thing: Thing;
}

/** No form has as many. */
const MOST_AREAS = 2000;

const THINGS: Readonly<Record<string, Thing>> = {
  pic: "picture",
  graphicFrame: "chart",
  sp: "drawing",
  cxnSp: "drawing",
  grpSp: "drawing",
  contentPart: "drawing",
};

const numberIn = (element: XmlElement | undefined, name: string): number => Number(textOf(elementAt(element, name)));

/** The cells between two marks, counted from 0; a mark at a cell's very edge is not in it. */
function between(from: readonly number[], to: readonly number[]): Range | undefined {
  const [left = 0, , top = 0] = from;
  const [column = left, columnOff = 1, row = top, rowOff = 1] = to;
  const right = columnOff > 0 || column <= left ? column : column - 1;
  const bottom = rowOff > 0 || row <= top ? row : row - 1;
  const all = [left, top, right, bottom];
  if (!all.every((value) => Number.isSafeInteger(value) && value >= 0)) return undefined;
  return {
    top: top + 1,
    left: left + 1,
    bottom: Math.min(bottom + 1, LAST_ROW),
    right: Math.min(right + 1, LAST_COLUMN),
  };
}

const markOf = (element: XmlElement | undefined): number[] =>
  element ? ["col", "colOff", "row", "rowOff"].map((name) => numberIn(element, name)) : [];

function anchored(anchor: XmlElement): Area[] {
  const range = between(markOf(elementAt(anchor, "from")), markOf(elementAt(anchor, "to")));
  const inner = elementsOf(anchor).flatMap((child) =>
    child.name === "AlternateContent"
      ? elementsOf(elementAt(child, "Choice") ?? elementAt(child, "Fallback"))
      : [child],
  );
  const thing = inner.map(({ name }) => THINGS[name]).find((found) => found !== undefined);
  return range && thing && elementAt(anchor, "from") ? [{ thing, ...range }] : [];
}

/** The controls and objects of old drawings (VML); comments are seen only when somebody points at them. */
function oldAreas(tree: XmlElement | undefined): Area[] {
  return elementsOf(tree, "shape").flatMap((shape): Area[] => {
    const data = elementAt(shape, "ClientData");
    const type = data?.attributes["ObjectType"];
    if (!data || type === "Note") return [];
    const marks = textOf(elementAt(data, "Anchor")).split(",", 8).map(Number);
    const range = between(marks.slice(0, 4), marks.slice(4));
    return range ? [{ thing: type === "Pict" ? "workbook" : "control", ...range }] : [];
  });
}

/** What lies on a sheet. */
export interface Drawings {
  readonly areas: readonly Area[];
  readonly texts: readonly SourceText[];
}

/** Reads the drawings that a sheet names. */
export async function drawingsOf(zip: Zip, sheet: string): Promise<Drawings> {
  const relations = await relationsOf(zip, sheet);
  const tree = await namedTree(zip, relations, "drawing");
  const texts: string[] = [];
  const collect = (element: XmlElement): void => {
    for (const child of elementsOf(element))
      if (child.name === "p") texts.push(textOf(child).trim());
      else if (child.name !== "Fallback") collect(child);
  };
  if (tree) collect(tree);
  // Old drawings are often no XML at all: what lies on the sheet is then known from the new ones alone.
  const old = await treeOf(zip, relations.find(({ type }) => type === "vmlDrawing")?.target).catch(() => undefined);
  const areas = [...elementsOf(tree).slice(0, MOST_AREAS).flatMap(anchored), ...oldAreas(old)].slice(0, MOST_AREAS);
  return { areas, texts: texts.filter((text) => text !== "").map((text) => ({ kind: "text", text })) };
}
