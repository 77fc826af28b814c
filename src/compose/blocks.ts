/**
 * A report composed for reading: what every renderer (PDF, HTML, …) draws, in document order.
 * Blocks carry the text and its structure, never a font, a size or a position.
 */
export type Block = TitleBlock | HeadingBlock | ParagraphBlock | TableBlock | SignatureBlock;

/** The document's title, one entry a source line: the organ's name, then `YYYY年政府信息公开工作年度报告`. */
export interface TitleBlock {
  readonly kind: "title";
  readonly lines: readonly string[];
}

/** A heading with its printed number: level 1 `一、`, 2 `（一）`, 3 `1.`, 4 `（1）`. */
export interface HeadingBlock {
  readonly kind: "heading";
  readonly level: 1 | 2 | 3 | 4;
  /** The number as printed, e.g. `（一）`. */
  readonly number: string;
  /** The heading without its number. */
  readonly text: string;
  /** A stable anchor: the section's key for level 1, key and path for the others, e.g. `overview-1-2`. */
  readonly id: string;
  /** Whether it begins a page of its own. */
  readonly newPage?: boolean;
}

/** A paragraph of body text, indented by two characters unless it names who is written to. */
export interface ParagraphBlock {
  readonly kind: "paragraph";
  readonly text: string;
  /** Not indented. */
  readonly flush?: true;
}

/** A table: parts in order, each with its own head, all on the same column grid. */
export interface TableBlock {
  readonly kind: "table";
  /** The key of the section that it fills, e.g. `requests`. */
  readonly id: string;
  /** An accessible name, not printed in the PDF, e.g. 表三 收到和处理政府信息公开申请情况. */
  readonly label: string;
  /** One entry a grid column: `label` columns may say how wide they are, pt; the others share the room that is left. */
  readonly columns: readonly { readonly role: "label" | "number"; readonly width?: number }[];
  readonly parts: readonly TablePart[];
}

/** Rows that belong together; the head is repeated when they go over to a new page. */
export interface TablePart {
  readonly head: readonly TableRow[];
  readonly body: readonly TableRow[];
}

/** Cells as in HTML: a position that a cell above or to the left spans is left out. */
export interface TableRow {
  readonly cells: readonly TableCell[];
}

/** One cell. */
export interface TableCell {
  readonly text: string;
  /** `caption` heads a block (第二十条第（一）项), `note` is the 勾稽关系 note, `data` holds a figure. */
  readonly role: "caption" | "columnHeader" | "rowHeader" | "note" | "data";
  readonly colSpan?: number;
  readonly rowSpan?: number;
  /** Of a data cell: the figure's JSON Pointer in the report. */
  readonly pointer?: string;
}

/** The organ and the 成文日期 at the end, e.g. `2021年1月26日`. */
export interface SignatureBlock {
  readonly kind: "signature";
  readonly organ: string;
  readonly date: string;
}
