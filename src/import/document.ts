import type { OwnFacts } from "../formats/own-facts.ts";
import type { ImportedName } from "../formats/registry.ts";
import type { Thing } from "./doubt.ts";
import type { SourceGrid } from "./source.ts";

/** A paragraph or a heading, in reading order. */
export interface SourceText {
  readonly kind: "text";
  /** One paragraph; runs of white space are as the file has them, without line breaks. */
  readonly text: string;
  /** The level that the file itself gives a heading: `h1` or Heading 1 is 1. */
  readonly level?: number;
  /** The file sets it apart from what it is about: navigation, a footer, nothing but links. */
  readonly aside?: true;
  /** Of a document of this system: it is in the signature at the end. Of a page: it is a table's `caption`. */
  readonly role?: "signature" | "caption";
}

/** A table, spans resolved. */
export interface SourceTable {
  readonly kind: "table";
  readonly grid: SourceGrid;
}

export type SourceItem = SourceText | SourceTable;

/** What a page or a file says of itself besides its text, as it writes it. */
export interface SourceMeta {
  /** The article's title. */
  readonly title?: string;
  /** Whose site it is, or whose program wrote the file. */
  readonly site?: string;
  /** Whose text it is. */
  readonly source?: string;
  /** When it was published. */
  readonly published?: string;
}

/** What a reader makes of a file that says a report in words and tables: what is in it, in reading order. */
export interface SourceDocument {
  /** By what is in the file and not by what it is called. */
  readonly format: ImportedName;
  /** Of text formats, the WHATWG name of the encoding that it was read as, e.g. `gb18030`. */
  readonly encoding?: string;
  /** How many characters could not be decoded; absent when all could. */
  readonly undecodable?: number;
  /** What the file calls itself besides its text: an HTML `<title>`, a document property. */
  readonly title?: string;
  /** What it says of itself in its metadata. */
  readonly meta?: SourceMeta;
  /** This system made it: texts are then taken as they are, and headings by their level alone. */
  readonly own?: OwnFacts;
  /** The organ's code, where the file keeps it without showing it. */
  readonly uscc?: string;
  readonly items: readonly SourceItem[];
  /** What stands beside its texts and tables and may hold what they do not: pictures, frames, embedded files. */
  readonly things?: readonly { readonly thing: Thing; readonly count: number }[];
  /** What the file has and does not show, and was not read: hidden rows, hidden sheets. */
  readonly hidden?: readonly { readonly text: string; readonly where: string }[];
}

/** What a reader makes of a file that carries a report's data themselves: a `report.json`, a CSV or a PDF of this system. */
export interface ExactDocument {
  /** By what is in the file and not by what it is called. */
  readonly format: ImportedName;
  readonly encoding?: string;
  /** The report, as it would be sent; not checked yet. */
  readonly report: unknown;
}
