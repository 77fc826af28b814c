import type { FaceName } from "../basics/faces.ts";

/**
 * Pages as the typesetter leaves them: every run of characters, rule and image at its place, with the logical structure
 * beside them. All lengths in pt (1/72 inch), origin at the page's top left, y downwards, text at its baseline.
 */
export interface TypesetDocument {
  readonly pages: readonly Page[];
  /** The logical structure, in reading order; runs refer to its leaves by their `id`. */
  readonly structure: StructureNode;
  /** Headings for the bookmarks, in order. */
  readonly outline: readonly OutlineEntry[];
}

/** One page, 595.28 × 841.89 pt (A4). */
export interface Page {
  readonly runs: Run[];
  readonly rules: Rule[];
  readonly images: PlacedImage[];
}

/** Characters of one face and size on one baseline. */
export interface Run {
  readonly face: FaceName;
  /** Type size, pt. */
  readonly size: number;
  readonly y: number;
  /** Code points. */
  readonly text: Uint32Array;
  /** Where each code point begins; one entry more, where the last one ends. Grid and justification included. */
  readonly x: Float64Array;
  /** The structure leaf that it belongs to; absent for an artefact (page number, watermark, repeated table head). */
  readonly leaf?: number;
  /** Drawn light grey and slanting upwards across the page; absent for black text. */
  readonly watermark?: true;
  /** How wide its characters are drawn as a part of their own width; absent for 1. `x` is where they stand. */
  readonly condensed?: number;
}

/** A straight stroke, horizontal or vertical. */
export interface Rule {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Stroke width, pt. */
  readonly width: number;
}

/** An image at its place (the seal). */
export interface PlacedImage {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
  /** The structure leaf that it belongs to. */
  readonly leaf: number;
}

/** ISO 32000-1, 14.8.4: the standard structure types that the document uses. */
export type StructureRole =
  | "Document"
  | "H1"
  | "H2"
  | "H3"
  | "H4"
  | "H5"
  | "P"
  | "Table"
  | "TR"
  | "TH"
  | "TD"
  | "Figure";

/** A node of the structure tree; one that runs refer to has an `id`. */
export interface StructureNode {
  readonly role: StructureRole;
  readonly id?: number;
  readonly children?: StructureNode[];
  readonly rowSpan?: number;
  readonly colSpan?: number;
  /** Of a TH. */
  readonly scope?: "Row" | "Column";
  /** The alternative text of a Figure. */
  readonly alt?: string;
  /** What a Table is of, for those who do not see it. */
  readonly summary?: string;
}

/** One bookmark. */
export interface OutlineEntry {
  readonly level: 1 | 2 | 3 | 4;
  readonly text: string;
  /** Zero-based page index. */
  readonly page: number;
  /** The top of the heading's first line. */
  readonly y: number;
}
