/** The texts of a workbook: runs, each with its own font where it has one. */
import type { Piece } from "./cell-content.ts";
import type { Rgb } from "./color.ts";
import { type Font, fontOf, markOf } from "./xlsx-look.ts";
import { unescaped } from "./xlsx-values.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";

/** A run of text; without a font of its own it has the cell's. */
export interface Run {
  readonly text: string;
  readonly font?: Font;
}

/** The runs of a rich text, without the readings that stand over it. */
export const richText = (element: XmlElement, theme: readonly Rgb[]): readonly Run[] =>
  elementsOf(element).flatMap((child): Run[] => {
    if (child.name === "t") return [{ text: unescaped(textOf(child)) }];
    if (child.name !== "r") return [];
    const properties = elementAt(child, "rPr");
    const text = unescaped(textOf(elementAt(child, "t")));
    return [properties ? { text, font: fontOf(properties, theme) } : { text }];
  });

/** The runs as pieces on the ground of a cell. */
export const piecesOf = (runs: readonly Run[], font: Font, ground: Rgb | undefined): Piece[] =>
  runs.map((run): Piece => ({ text: run.text, mark: markOf(run.font ?? font, ground) }));
