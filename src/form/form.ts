/** The shape of an edition file (`schemas/editions/*.json`) and walks over it. The form itself is stated nowhere else. */

/** Labels in both languages; `label` is the printed one. */
export interface Labelled {
  readonly label: string;
  readonly en: string;
}

/** How sentences call a row or a column, and what they must speak of; `(a|b|)` are alternatives, `{last}` is last year. */
export interface Said {
  /** Enough by themselves; without them the label is, but for its number. */
  readonly said?: readonly string[];
  /** Enough where the section's subject is named in the sentence, too. */
  readonly saidOfSubject?: readonly string[];
}

export type CellType = "count" | "signed" | "money";
export type MoneyUnit = "元" | "万元";

/** A column, or a group of columns under one head. `columns` may name a set of `columnSets`. */
export interface ColumnData extends Labelled, Said {
  readonly key?: string;
  readonly type?: CellType;
  readonly units?: readonly MoneyUnit[];
  /** The label already says the unit, so that the cell prints the bare amount. */
  readonly unitInLabel?: boolean;
  readonly total?: boolean;
  readonly columns?: string | readonly ColumnData[];
}

/** A row, or a group of rows. */
export interface RowData extends Labelled, Said {
  readonly key: string;
  /** How messages call it, where the printed label is too long. */
  readonly short?: string;
  readonly total?: boolean;
  readonly rows?: readonly RowData[];
}

export interface BlockData extends Labelled {
  readonly columns: string | readonly ColumnData[];
  readonly rows: readonly RowData[];
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
  readonly mentions?: readonly string[];
}

interface TableBase extends SectionBase {
  readonly speaksOf?: {
    /** What sentences on its figures name. */
    readonly subject?: readonly string[];
    /** Words before a number by which it is of something else. */
    readonly otherwise?: readonly string[];
    /** By row, another that a sentence may count in without saying so. */
    readonly orWith?: Readonly<Record<string, string>>;
  };
}

/** Section 二: blocks of rows, each block with its own columns. */
export interface BlocksSection extends TableBase {
  readonly kind: "blocks";
  readonly table: string;
  readonly rowHead: string;
  readonly rowHeadEn: string;
  readonly gridColumns: number;
  readonly blocks: readonly BlockData[];
}

/** Section 三: a tree of rows against a tree of columns. */
export interface MatrixSection extends TableBase {
  readonly kind: "matrix";
  readonly table: string;
  readonly note: string;
  readonly noteEn: string;
  readonly columnsLabel: string;
  readonly columnsLabelEn: string;
  readonly columns: string | readonly ColumnData[];
  readonly rows: readonly RowData[];
}

/** Section 四: a tree of columns over one row of numbers. */
export interface RowSection extends TableBase {
  readonly kind: "row";
  readonly table: string;
  readonly columns: string | readonly ColumnData[];
}

export type TableSection = BlocksSection | MatrixSection | RowSection;
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

/** The leaf rows, in printed order. */
export function leafRows(rows: readonly RowData[], prefix = "", parents: readonly RowData[] = []): Leaf<RowData>[] {
  return rows.flatMap((node) => {
    const path = prefix === "" ? node.key : `${prefix}/${node.key}`;
    return node.rows
      ? leafRows(node.rows, path, [...parents, node])
      : [{ path, node, total: node.total === true, parents }];
  });
}

/** One figure of the form. */
export interface FormCell {
  readonly section: TableSection;
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

/** Every figure of one section, row by row, as printed. */
export function sectionCells(form: EditionForm, section: TableSection): FormCell[] {
  const cell = (path: string, row: Leaf<RowData> | undefined, column: Leaf<ColumnData>): FormCell => {
    const names = [...(row ? [...row.parents, row.node] : []), ...column.parents, column.node];
    return {
      section,
      pointer: `/${section.key}/${path}`,
      type: column.node.type ?? "count",
      total: column.total || row?.total === true,
      label: `${section.table}“${names.map((n) => n.label).join("／")}”`,
      labelEn: `Table ${section.key} “${names.map((n) => n.en).join(" / ")}”`,
      ...(column.node.units ? { units: column.node.units } : {}),
      ...(column.node.unitInLabel ? { unitInLabel: true } : {}),
    };
  };
  switch (section.kind) {
    case "blocks":
      return section.blocks.flatMap((block) =>
        leafRows(block.rows).flatMap((row) =>
          leafColumns(form, block.columns).map((column) => cell(`${row.path}/${column.path}`, row, column)),
        ),
      );
    case "matrix":
      return leafRows(section.rows).flatMap((row) =>
        leafColumns(form, section.columns).map((column) => cell(`${row.path}/${column.path}`, row, column)),
      );
    case "row":
      return leafColumns(form, section.columns).map((column) => cell(column.path, undefined, column));
  }
}

/** Every figure of the form, in printed order. */
export function formCells(form: EditionForm): FormCell[] {
  return form.sections.flatMap((section) => (section.kind === "narrative" ? [] : sectionCells(form, section)));
}
