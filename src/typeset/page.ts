/**
 * Pages as the typesetter leaves them: every glyph run, rule and image at its place, with the logical structure beside
 * them. All lengths in pt (1/72 inch), origin at the page's top left, y downwards, text at its baseline.
 */
export interface TypesetDocument {
  readonly pages: readonly Page[];
  /** The logical structure, in reading order; runs refer to its leaves by number. */
  readonly structure: StructureNode;
  /** Headings for the bookmarks, in order. */
  readonly outline: readonly OutlineEntry[];
  /** Characters that the role's own face lacks, with the face that they came from instead. */
  readonly fallbacks: readonly { readonly character: string; readonly face: FaceName }[];
}

/** One page, 595.28 × 841.89 pt (A4). */
export interface Page {
  readonly runs: readonly Run[];
  readonly rules: readonly Rule[];
  readonly images: readonly PlacedImage[];
}

/** The faces that a report is set in; organs may supply their own files for each. */
export type FaceName = "fangsong" | "kaiti" | "heiti" | "biaosong" | "songti";

/** Characters of one face and size on one baseline. */
export interface Run {
  readonly face: FaceName;
  /** Font size, pt. */
  readonly size: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** The advance of each code point of `text` in pt, grid and justification included. */
  readonly advances: readonly number[];
  /** The `id` of the structure leaf that it belongs to; absent for an artefact (page number, watermark). */
  readonly structure?: number;
  /** Grey level 0 (black) to 1 (white); absent for black. */
  readonly grey?: number;
  /** Rotation in degrees counter-clockwise around (x, y), for the watermark; absent for none. */
  readonly rotate?: number;
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
  /** PNG bytes. */
  readonly png: Uint8Array;
  /** The alternative text. */
  readonly alt: string;
}

/** ISO 32000-1 14.8.4 standard structure types that the document uses. */
export type StructureRole =
  | "Document" | "H1" | "H2" | "H3" | "H4" | "P" | "Title" | "Table" | "TR" | "TH" | "TD" | "Figure";

/** A node of the structure tree; a leaf has an `id` that runs refer to. */
export interface StructureNode {
  readonly role: StructureRole;
  readonly id?: number;
  readonly children?: readonly StructureNode[];
  readonly rowSpan?: number;
  readonly colSpan?: number;
  /** Of a TH. */
  readonly scope?: "Row" | "Column" | "Both";
}

/** One bookmark. */
export interface OutlineEntry {
  readonly level: 1 | 2 | 3 | 4;
  readonly text: string;
  /** Zero-based page index. */
  readonly page: number;
  /** Baseline of the heading's first line, pt. */
  readonly y: number;
}
