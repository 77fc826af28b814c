/** Every label of a form's tables, with the rows, columns and cells that it stands for: what files and pastes are matched with. */
import { cellsByPointer } from "./cells.ts";
import { type EditionForm, type PartData, type Section, type TableSection, tablesOf } from "./form.ts";
import { type FormCell, pointerOf } from "./form-cells.ts";
import { keyOf, similarity } from "./label.ts";
import { memoizePerForm } from "./memo.ts";
import { columnDepth, leafColumns, leafRows } from "./tree.ts";

export interface LabelledColumn {
  readonly path: string;
  readonly key: string;
  /** Keys of the heads above, outermost first. */
  readonly parents: readonly string[];
}

export interface LabelledRow {
  readonly section: TableSection;
  readonly part: PartData;
  /** The table's where it has none. */
  readonly label: string;
  readonly key: string;
  /** It has no label: its part has no rows. */
  readonly bare: boolean;
  /** Keys of the groups that it is in, outermost first. */
  readonly parents: readonly string[];
  readonly columns: readonly LabelledColumn[];
  /** The cells, one a column. */
  readonly cells: readonly FormCell[];
}

/** A group of rows that files may have as one row: its label, with the cells of the row that takes what is filed for it. */
export interface WholeGroup extends LabelledRow {
  /** The group's rows that are no other than 0 then. */
  readonly others: readonly LabelledRow[];
}

export interface LabelledTable {
  readonly section: TableSection;
  readonly rows: readonly LabelledRow[];
  readonly wholes: readonly WholeGroup[];
  /** Keys of everything that stands in heads of columns, `corner` among them. */
  readonly heads: readonly string[];
  /** The key of the head over the labels of rows. */
  readonly corner?: string;
  /** Keys of what stands beside the figures without being a row or a head: captions, groups of rows, the note. */
  readonly others: readonly string[];
  /** Keys of groups of rows. */
  readonly groups: readonly string[];
  /** How many rows of heads stand over a part. */
  readonly headRows: number;
}

const columnsOf = (form: EditionForm, { columns }: PartData): LabelledColumn[] =>
  leafColumns(form, columns).map(({ path, node, parents }) => ({
    path,
    key: keyOf(node.label),
    parents: parents.map((parent) => keyOf(parent.label)),
  }));

function partRows(form: EditionForm, section: TableSection, part: PartData): LabelledRow[] {
  const columns = columnsOf(form, part);
  const cells = (row: string): FormCell[] =>
    columns.map((column) => cellsByPointer(form).get(pointerOf(section, row, column.path))!);
  const row = { section, part, columns };
  if (!part.rows) {
    const { label } = section;
    return [{ ...row, label, key: keyOf(label), bare: true, parents: [], cells: cells("") }];
  }
  return leafRows(part.rows).map(({ path, node: { label }, parents }) => ({
    ...row,
    label,
    key: keyOf(label),
    bare: false,
    parents: parents.map((parent) => keyOf(parent.label)),
    cells: cells(path),
  }));
}

/** The groups of a part that may be filed as one row; `rows` are the part's. */
function wholesOf({ rows: data }: PartData, rows: readonly LabelledRow[]): WholeGroup[] {
  const leaves = data ? leafRows(data) : [];
  return leaves.flatMap(({ node, parents }, i): WholeGroup[] => {
    const group = parents.at(-1);
    if (!group || group.wholeAs !== node.key) return [];
    const row = rows[i]!;
    const others = rows.filter((_, k) => k !== i && leaves[k]!.parents.at(-1) === group);
    return [{ ...row, label: group.label, key: keyOf(group.label), parents: row.parents.slice(0, -1), others }];
  });
}

function labelledTable(form: EditionForm, section: TableSection): LabelledTable {
  const { parts, rowHead, note } = section;
  const byPart = parts.map((part) => ({ part, rows: partRows(form, section, part) }));
  const rows = byPart.flatMap((part) => part.rows);
  const corner = rowHead && keyOf(rowHead.label);
  const groups = [...new Set(rows.flatMap(({ parents }) => parents))];
  const heads = parts.flatMap((part) => [
    ...(part.columnsHead ? [keyOf(part.columnsHead.label)] : []),
    ...columnsOf(form, part).flatMap(({ key, parents }) => [...parents, key]),
  ]);
  const captions = parts.flatMap(({ caption }) => (caption ? [keyOf(caption.label)] : []));
  return {
    section,
    rows,
    wholes: byPart.flatMap((of) => wholesOf(of.part, of.rows)),
    heads: [...new Set([...(corner === undefined ? [] : [corner]), ...heads])],
    ...(corner === undefined ? {} : { corner }),
    others: [...(note ? [keyOf(note.label)] : []), ...captions, ...groups],
    groups,
    headRows: Math.max(...parts.map((p) => columnDepth(form, p.columns) + (p.columnsHead ? 1 : 0))),
  };
}

/** The tables of a form. */
export const labelledTables = memoizePerForm((form): readonly LabelledTable[] =>
  tablesOf(form).map((section) => labelledTable(form, section)),
);

/** A section of a form by its title. */
export interface TitledSection {
  readonly section: Section;
  /** The key of the title. */
  readonly title: string;
}

/** The sections of a form, in order. */
export const titledSections = memoizePerForm((form): readonly TitledSection[] =>
  form.sections.map((section) => ({ section, title: keyOf(section.label) })),
);

/** What a label stands for: a row, a head over columns, or what stands beside the figures without being either. */
export type LabelRole = "row" | "head" | "other";

/** What the tables of several forms say besides figures, and what their sections are called. */
export interface FormLabels {
  /** The forms that they are of, oldest first. */
  readonly forms: readonly EditionForm[];
  /** Keys of labels of rows and columns, captions and notes, with what each stands for. */
  readonly labels: ReadonlyMap<string, LabelRole>;
  /** Keys of labels of rows, whatever else they are: 总计 and 其他 are heads too. */
  readonly rows: ReadonlySet<string>;
  /** Keys of the titles of sections. */
  readonly titles: ReadonlySet<string>;
  /** Whether a text is the label of a row or a column, a caption or a note. */
  isLabel(text: string): boolean;
  /** Whether a text is one, but for a quarter of its characters. */
  isNearLabel(text: string): boolean;
  /** Whether a text is the beginning of one, or all of it. */
  beginsLabel(text: string): boolean;
  /** Whether a text is the title of a section. */
  isTitle(text: string): boolean;
  /** Whether a text is one, but for a quarter of its characters. */
  isNearTitle(text: string): boolean;
}

const NEAR = 0.75;
/** Longer than any label. */
const LONG = 80;

/** Whether a text is one of several keys, but for a quarter of its characters. */
function isNear(text: string, keys: Iterable<string>): boolean {
  const key = text.length > LONG ? "" : keyOf(text);
  if (!/\p{L}/u.test(key)) return false;
  for (const known of keys) {
    const longer = Math.max(known.length, key.length);
    if (Math.abs(known.length - key.length) <= longer * (1 - NEAR) && similarity(known, key) >= NEAR) return true;
  }
  return false;
}

/** What each label of forms stands for: of several things what it is in the last table that has it, and rather a head than a row. */
function rolesOf(forms: readonly EditionForm[]): Pick<FormLabels, "labels" | "rows"> {
  const labels = new Map<string, LabelRole>();
  const rowKeys = new Set<string>();
  for (const { rows, heads, others } of forms.flatMap((form) => labelledTables(form))) {
    const own = rows.flatMap(({ bare, key }) => (bare ? [] : [key]));
    // In the order in which a table has them: what matches several is taken for the first.
    for (const key of [...own, ...heads, ...others]) labels.set(key, labels.get(key) ?? "other");
    for (const key of others) labels.set(key, "other");
    for (const key of heads) labels.set(key, "head");
    for (const key of own) {
      rowKeys.add(key);
      if (labels.get(key) !== "head") labels.set(key, "row");
    }
  }
  return { labels, rows: rowKeys };
}

/** The labels of forms, to distinguish rows of a table from text where a file does not. */
export function labelsOf(forms: readonly EditionForm[]): FormLabels {
  const { labels, rows } = rolesOf(forms);
  const titles = new Set(forms.flatMap((form) => titledSections(form).map(({ title }) => title)));
  return {
    forms,
    labels,
    rows,
    titles,
    isLabel: (text) => labels.has(keyOf(text)),
    isNearLabel: (text) => isNear(text, labels.keys()),
    beginsLabel: (text) => {
      const key = keyOf(text);
      return key !== "" && [...labels.keys()].some((label) => label.startsWith(key));
    },
    isTitle: (text) => titles.has(keyOf(text)),
    isNearTitle: (text) => isNear(text, titles),
  };
}
