/** The tables of a form as rows and columns that can be looked for by their labels. */

import { cellsByPointer, oncePerForm } from "../../form/cells.ts";
import {
  type ColumnData,
  type EditionForm,
  type FormCell,
  leafColumns,
  leafRows,
  type TableSection,
} from "../../form/form.ts";
import { keyOf } from "./labels.ts";

export interface ShapeColumn {
  readonly path: string;
  readonly key: string;
  /** Keys of the heads above, outermost first. */
  readonly parents: readonly string[];
}

export interface ShapeRow {
  readonly section: TableSection;
  readonly label: string;
  readonly key: string;
  /** Keys of the groups that it is in, outermost first. */
  readonly parents: readonly string[];
  readonly columns: readonly ShapeColumn[];
  /** The cells, one a column. */
  readonly cells: readonly FormCell[];
}

export interface ShapeSection {
  readonly section: TableSection;
  readonly rows: readonly ShapeRow[];
  /** Keys of everything that stands in heads of columns, the corner of section 二 among them. */
  readonly heads: readonly string[];
  /** Keys of what stands beside the figures without being a row or a head: captions, groups of rows, the note. */
  readonly others: readonly string[];
  /** Keys of groups of rows. */
  readonly groups: readonly string[];
}

const columnsOf = (form: EditionForm, columns: string | readonly ColumnData[]): ShapeColumn[] =>
  leafColumns(form, columns).map(({ path, node, parents }) => ({
    path,
    key: keyOf(node.label),
    parents: parents.map((parent) => keyOf(parent.label)),
  }));

function sectionShape(form: EditionForm, section: TableSection): ShapeSection {
  const cells = cellsByPointer(form);
  const row = (
    path: string,
    label: string,
    columns: readonly ShapeColumn[],
    parents: readonly string[] = [],
  ): ShapeRow => ({
    section,
    label,
    key: keyOf(label),
    parents,
    columns,
    cells: columns.map(
      (column) => cells.get(["", section.key, path, column.path].filter((p, i) => i === 0 || p !== "").join("/"))!,
    ),
  });
  const headKeys = (columns: readonly ShapeColumn[]) => columns.flatMap(({ key, parents }) => [...parents, key]);
  switch (section.kind) {
    case "blocks": {
      const rows = section.blocks.flatMap((block) => {
        const columns = columnsOf(form, block.columns);
        return leafRows(block.rows).map(({ path, node }) => row(path, node.label, columns));
      });
      const heads = [keyOf(section.rowHead), ...rows.flatMap(({ columns }) => headKeys(columns))];
      return {
        section,
        rows,
        heads: [...new Set(heads)],
        others: section.blocks.map(({ label }) => keyOf(label)),
        groups: [],
      };
    }
    case "matrix": {
      const columns = columnsOf(form, section.columns);
      const leaves = leafRows(section.rows);
      const groups = [...new Set(leaves.flatMap(({ parents }) => parents.map((parent) => keyOf(parent.label))))];
      return {
        section,
        rows: leaves.map(({ path, node, parents }) =>
          row(
            path,
            node.label,
            columns,
            parents.map((parent) => keyOf(parent.label)),
          ),
        ),
        heads: [...new Set([keyOf(section.columnsLabel), ...headKeys(columns)])],
        others: [keyOf(section.note), ...groups],
        groups,
      };
    }
    case "row": {
      const columns = columnsOf(form, section.columns);
      return {
        section,
        rows: [row("", section.label, columns)],
        heads: [...new Set(headKeys(columns))],
        others: [],
        groups: [],
      };
    }
  }
}

/** The tables of a form. */
export const shapeOf = oncePerForm((form): readonly ShapeSection[] =>
  form.sections.flatMap((section) => (section.kind === "narrative" ? [] : [sectionShape(form, section)])),
);
