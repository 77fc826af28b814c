/** Walks over the trees of rows and columns that a table is made of. */
import type { ColumnData, EditionForm, Labelled, PartData, RowData } from "./form.ts";

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
export interface FigureRow extends Labelled {
  readonly part: PartData;
  /** From the section down; empty for columns without rows that are in no keyed group. */
  readonly path: string;
  /** Absent where the part has no rows. */
  readonly row?: Leaf<RowData>;
  /** How messages call it. */
  readonly label: string;
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
