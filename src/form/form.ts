/** The shape of an edition file (`schemas/editions/*.json`). The form itself is stated nowhere else. */
import type { Message } from "../basics/finding.ts";

/** Labels in both languages; `label` is the printed one. */
export interface Labelled {
  readonly label: string;
  readonly en: string;
}

/** What may be said to whoever fills something in: what it counts, what it is to hold. */
export interface Helped {
  readonly help?: Message;
}

/** How sentences call a row or a column; `(a|b|)` are alternatives, `{last}` and `{next}` the years beside the report's. */
export interface Phrases {
  /** Enough by themselves; without them the label is, but for its number. */
  readonly phrases?: readonly string[];
  /** Enough where the section's subject is named in the sentence, too. */
  readonly subjectPhrases?: readonly string[];
}

/** How sentences call several rows at once, or a row that they may not mean. Rows are joined by `+`: their sum. */
export interface PhraseGroup extends Phrases {
  readonly rows: string;
  /** Other rows that may be meant. */
  readonly alternatives?: readonly string[];
}

/** What sentences on the figures of a section are about. */
export interface SubjectData {
  /** What such sentences name. */
  readonly phrases?: readonly string[];
  /** The row of a figure of which a sentence names the subject alone. */
  readonly unnamed?: string;
  /** Words before a number by which it is of something else. */
  readonly otherwise?: readonly string[];
  /** By row, others, or sums of them, that a sentence may mean without saying so. */
  readonly alternatives?: Readonly<Record<string, readonly string[]>>;
  readonly groups?: readonly PhraseGroup[];
}

export type CellType = "count" | "signed" | "money";
export type MoneyUnit = "元" | "万元";

/** A column, or a group of columns under one head. `columns` may name a set of `columnSets`. */
export interface ColumnData extends Labelled, Helped, Phrases {
  readonly key?: string;
  readonly type?: CellType;
  readonly units?: readonly MoneyUnit[];
  /** The label already says the unit, so that the cell prints the bare amount. */
  readonly unitInLabel?: boolean;
  readonly total?: boolean;
  /**
   * False where the figures of organs do not add up to their region's: it is found from last year's report by the rule
   * that says how, or left to be filled in.
   */
  readonly adds?: boolean;
  readonly columns?: string | readonly ColumnData[];
}

/** A row, or a group of rows. */
export interface RowData extends Labelled, Helped, Phrases {
  readonly key: string;
  /** How messages call it, where the printed label is too long. */
  readonly short?: string;
  readonly total?: boolean;
  readonly rows?: readonly RowData[];
  /** Of a group that the edition before has as one row: the key of the row for what is filed for it as a whole. */
  readonly wholeAs?: string;
}

/**
 * A part of a table: a tree of rows against a tree of columns. Without `rows` it is one row of figures, and the groups of
 * its columns that have a key are what rows are elsewhere.
 */
export interface PartData {
  /** Stands over the part, across the table. */
  readonly caption?: Labelled;
  /** One head over all columns. Rows below it are of one kind: the published schema has one definition for all. */
  readonly columnsHead?: Labelled;
  /** May name a set of `columnSets`. */
  readonly columns: string | readonly ColumnData[];
  readonly rows?: readonly RowData[];
}

interface SectionBase extends Labelled, Helped {
  readonly key: string;
  readonly number: string;
}

/** A topic that a narrative is to speak of. */
export interface TopicData extends Labelled {
  readonly key: string;
  /** Other names of it. */
  readonly alternatives?: readonly string[];
  /** Names that are plain enough in a heading only. */
  readonly inHeadings?: readonly string[];
}

export interface NarrativeSection extends SectionBase {
  readonly kind: "narrative";
  readonly topics?: readonly TopicData[];
  /** What it is to mention, as clerks read before they write. */
  readonly mentions?: readonly string[];
}

/** A table: parts below each other on one grid of columns. */
export interface TableSection extends SectionBase {
  readonly kind: "table";
  /** How it is called, e.g. 表三. */
  readonly table: string;
  /** Heads the labels of rows. */
  readonly rowHead?: Labelled;
  /** Stands in the place of `rowHead`. */
  readonly note?: Labelled;
  /** Of the columns of labels, outermost first, pt; equal to the others where there is none. */
  readonly labelWidths?: readonly number[];
  /** The columns that the figures of all parts share; as many as the widest part has where it does not say. */
  readonly figureColumns?: number;
  readonly parts: readonly PartData[];
  readonly subject?: SubjectData;
}

export type Section = NarrativeSection | TableSection;

/** One declared rule; what `left`, `op` and `right` mean is in `src/form/relations.ts`. */
export interface RuleData {
  readonly id: string;
  readonly level: "error" | "warning" | "information";
  readonly keyword: string;
  readonly needs?: "previous";
  readonly section?: string;
  readonly rows?: "all" | readonly string[];
  readonly columns?: "all" | readonly string[];
  readonly left?: readonly string[];
  readonly op?: "=" | "<=" | ">=";
  readonly right?: readonly string[];
  readonly factor?: number;
  readonly difference?: number;
  /** Of a narrative, characters. */
  readonly least?: number;
  readonly most?: number;
  /** From 0 to 1. */
  readonly share?: number;
  /** How many figures above 0. */
  readonly figures?: number;
  /** JSON Pointer of the figure that texts are held against. */
  readonly cell?: string;
  /** Where texts are looked at. */
  readonly sections?: readonly string[];
  /** What is looked for in texts without spaces and with half-width signs: regular expressions without anything greedy over a sentence. */
  readonly phrases?: readonly string[];
  /** What makes a sentence one on something else. */
  readonly otherwise?: readonly string[];
  /** What makes it one on this after all. */
  readonly unless?: readonly string[];
}

/** One edition of the form. */
/** A share of a report's figures, or of several reports' sums: what it is of is told wherever it is shown. */
export interface RateData extends Labelled {
  readonly key: string;
  /** Cells by JSON Pointer; together they are the part. */
  readonly part: readonly string[];
  /** The cells that together are the whole, the part among them. */
  readonly whole: readonly string[];
  /** What it counts and what it does not. */
  readonly note: Message;
}

export interface EditionForm {
  readonly edition: string;
  readonly source: string;
  /** The first and the last report year that it is for; null while it is in force. */
  readonly firstYear: number;
  readonly lastYear: number | null;
  readonly title: string;
  /** The deadline in the year after the report's, MM-DD. */
  readonly deadline: string;
  /** The deadline for the regional summary of a people's government of county level and above, MM-DD. */
  readonly regionalDeadline: string;
  readonly columnSets: Readonly<Record<string, readonly ColumnData[]>>;
  readonly sections: readonly Section[];
  readonly rates: readonly RateData[];
  readonly rules: readonly RuleData[];
}

/** The tables of the form, in printed order. */
export const tablesOf = (form: EditionForm): TableSection[] =>
  form.sections.filter((section) => section.kind === "table");
