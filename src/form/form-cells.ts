/** The figures that a form asks for: one cell for each row and column of its tables. */
import {
  type CellType,
  type ColumnData,
  type EditionForm,
  type MoneyUnit,
  type PartData,
  type RowData,
  type Section,
  type TableSection,
  tablesOf,
} from "./form.ts";
import { memoizePerForm } from "./memo.ts";
import { type Leaf, leafColumns, leafRows } from "./tree.ts";

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
  /** Whether the figures of organs add up to their region's. */
  readonly adds: boolean;
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
          adds: column.node.adds !== false,
          label: `${section.table}“${names.map((n) => n.label).join("／")}”`,
          labelEn: `Table ${section.key} “${names.map((n) => n.en).join(" / ")}”`,
          ...(column.node.units ? { units: column.node.units } : {}),
          ...(column.node.unitInLabel ? { unitInLabel: true } : {}),
        };
      }),
    );
  });
}

const cellsBySection = memoizePerForm(
  (form): ReadonlyMap<Section, readonly FormCell[]> =>
    new Map(tablesOf(form).map((section) => [section, cellsOf(form, section)])),
);

/** Every figure of one section, row by row, as printed. */
export const sectionCells = (form: EditionForm, section: TableSection): readonly FormCell[] =>
  cellsBySection(form).get(section) ?? cellsOf(form, section);

/** Every figure of the form, in printed order. */
export const formCells = memoizePerForm((form): readonly FormCell[] => [...cellsBySection(form).values()].flat());
