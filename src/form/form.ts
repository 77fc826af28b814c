/** The shape of an edition file (`schemas/editions/*.json`) and walks over it. The form itself is stated nowhere else. */

/** Labels in both languages; `label` is the printed one. */
export interface Labelled {
  readonly label: string;
  readonly en: string;
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
export interface ColumnData extends Labelled, Phrases {
  readonly key?: string;
  readonly type?: CellType;
  readonly units?: readonly MoneyUnit[];
  /** The label already says the unit, so that the cell prints the bare amount. */
  readonly unitInLabel?: boolean;
  readonly total?: boolean;
  readonly columns?: string | readonly ColumnData[];
}

/** A row, or a group of rows. */
export interface RowData extends Labelled, Phrases {
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

interface SectionBase extends Labelled {
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
  /** What it is to mention, as clerks are told before they write. */
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
  readonly rules: readonly RuleData[];
}

/** The columns that a `columns` property stands for. */
export function resolveColumns(form: EditionForm, columns: string | readonly ColumnData[]): readonly ColumnData[] {
  if (typeof columns !== "string") return columns;
  const set = form.columnSets[columns];
  if (!set) throw new Error(`edition ${form.edition} has no column set “${columns}”`);
  return set;
}

/** A leaf of a tree of columns or rows, with the way to it. */
export interface Leaf<T> {
  /** Keys from the section down, joined with `/`. */
  readonly path: string;
  readonly node: T;
  /** Whether it, or a node above it, is a total: it may be left out and is then computed. */
  readonly total: boolean;
  /** The nodes above it, outermost first. */
  readonly parents: readonly T[];
}

/** The leaf columns, in printed order. */
export function leafColumns(
  form: EditionForm,
  columns: string | readonly ColumnData[],
  prefix = "",
  parents: readonly ColumnData[] = [],
): Leaf<ColumnData>[] {
  return resolveColumns(form, columns).flatMap((node) => {
    const path = node.key === undefined ? prefix : prefix === "" ? node.key : `${prefix}/${node.key}`;
    return node.columns
      ? leafColumns(form, node.columns, path, [...parents, node])
      : [{ path, node, total: node.total === true, parents }];
  });
}

/** How many rows of heads a tree of columns has. */
export const columnDepth = (form: EditionForm, columns: PartData["columns"]): number =>
  Math.max(...resolveColumns(form, columns).map((c) => (c.columns ? 1 + columnDepth(form, c.columns) : 1)));

/** The leaf rows, in printed order. */
export function leafRows(rows: readonly RowData[], prefix = "", parents: readonly RowData[] = []): Leaf<RowData>[] {
  return rows.flatMap((node) => {
    const path = prefix === "" ? node.key : `${prefix}/${node.key}`;
    return node.rows
      ? leafRows(node.rows, path, [...parents, node])
      : [{ path, node, total: node.total === true, parents }];
  });
}

/** A row of figures: a leaf row of a part or, of a part without rows, the columns of one keyed group. */
export interface FigureRow {
  readonly part: PartData;
  /** From the section down; empty for columns without rows that are in no keyed group. */
  readonly path: string;
  /** Absent where the part has no rows. */
  readonly row?: Leaf<RowData>;
  /** How messages call it. */
  readonly label: string;
  readonly en: string;
  readonly total: boolean;
  /** Their paths go on from the row's. */
  readonly columns: readonly Leaf<ColumnData>[];
}

function groupRows(form: EditionForm, part: PartData): FigureRow[] {
  const groups = new Map<string, FigureRow & { columns: Leaf<ColumnData>[] }>();
  for (const leaf of leafColumns(form, part.columns)) {
    const path = leaf.path.slice(0, Math.max(0, leaf.path.lastIndexOf("/")));
    const names = { label: leaf.parents.map((p) => p.label).join("／"), en: leaf.parents.map((p) => p.en).join(" / ") };
    const group = groups.get(path) ?? { part, path, ...names, total: false, columns: [] };
    groups.set(path, group);
    group.columns.push({ ...leaf, path: leaf.path.slice(leaf.path.lastIndexOf("/") + 1) });
  }
  return [...groups.values()];
}

/** The rows of figures of a part, top down. */
export function figureRows(form: EditionForm, part: PartData): FigureRow[] {
  if (!part.rows) return groupRows(form, part);
  const columns = leafColumns(form, part.columns);
  return leafRows(part.rows).map((row) => {
    const { label, short, en } = row.node;
    return { part, path: row.path, row, label: short ?? label, en, total: row.total, columns };
  });
}

/** Whether a part has columns of totals. */
export const hasTotalColumn = (form: EditionForm, { columns }: PartData): boolean =>
  leafColumns(form, columns).some(({ total }) => total);

/** One figure of the form. */
export interface FormCell {
  readonly section: TableSection;
  readonly part: PartData;
  /** Absent where the part has no rows. */
  readonly row?: Leaf<RowData>;
  readonly column: Leaf<ColumnData>;
  /** JSON Pointer in the report, e.g. `/requests/received/naturalPerson`. */
  readonly pointer: string;
  readonly type: CellType;
  readonly total: boolean;
  /** e.g. 表三“一、本年新收政府信息公开申请数量／自然人”. */
  readonly label: string;
  readonly labelEn: string;
  readonly units?: readonly MoneyUnit[];
  readonly unitInLabel?: boolean;
}

/** The JSON Pointer of a figure; a path is empty where there is nothing on the way. */
export const pointerOf = (section: TableSection, row: string, column: string): string =>
  ["", section.key, row, column].filter((path, i) => i === 0 || path !== "").join("/");

function cellsOf(form: EditionForm, section: TableSection): FormCell[] {
  return section.parts.flatMap((part) => {
    const columns = leafColumns(form, part.columns);
    return (part.rows ? leafRows(part.rows) : [undefined]).flatMap((row) =>
      columns.map((column): FormCell => {
        const names = [...(row ? [...row.parents, row.node] : []), ...column.parents, column.node];
        return {
          section,
          part,
          ...(row ? { row } : {}),
          column,
          pointer: pointerOf(section, row?.path ?? "", column.path),
          type: column.node.type ?? "count",
          total: column.total || row?.total === true,
          label: `${section.table}“${names.map((n) => n.label).join("／")}”`,
          labelEn: `Table ${section.key} “${names.map((n) => n.en).join(" / ")}”`,
          ...(column.node.units ? { units: column.node.units } : {}),
          ...(column.node.unitInLabel ? { unitInLabel: true } : {}),
        };
      }),
    );
  });
}

/** A function of a form or a section, which never change, worked out once for each. */
function once<Key extends object, Value>(work: (form: EditionForm, key: Key) => Value) {
  const known = new WeakMap<Key, Value>();
  return (form: EditionForm, key: Key): Value => {
    const value = known.get(key) ?? work(form, key);
    known.set(key, value);
    return value;
  };
}

/** Every figure of one section, row by row, as printed. */
export const sectionCells = once<TableSection, readonly FormCell[]>(cellsOf);

const allCells = once<EditionForm, readonly FormCell[]>((form) =>
  form.sections.flatMap((section) => (section.kind === "narrative" ? [] : sectionCells(form, section))),
);

/** Every figure of the form, in printed order. */
export const formCells = (form: EditionForm): readonly FormCell[] => allCells(form, form);

/** The tables of the form, in printed order. */
export const tablesOf = (form: EditionForm): TableSection[] =>
  form.sections.filter((section) => section.kind === "table");
