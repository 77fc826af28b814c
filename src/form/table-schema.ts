/** The JSON Schema of a table: an object by rows, or by columns where there are no rows. */
import type { CellType, ColumnData, EditionForm, PartData, RowData, TableSection } from "./form.ts";
import { BESIDE_TABLE } from "./narrative.ts";
import { type JsonSchema, object } from "./schema-nodes.ts";
import { leafRows, resolveColumns } from "./tree.ts";

/** The largest count, 2^53−1: the largest integer that JSON readers agree on (RFC 8259, 6). */
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

function cellSchema(type: CellType, label: string, en: string, column: ColumnData): JsonSchema {
  switch (type) {
    case "count":
      return {
        type: "integer",
        minimum: 0,
        maximum: MAX_COUNT,
        title: label,
        description: `${label}，非负整数（${en}）`,
      };
    case "signed":
      return {
        type: "integer",
        minimum: -MAX_COUNT,
        maximum: MAX_COUNT,
        title: label,
        description: `${label}，增为正、减为负（${en}）`,
      };
    case "money":
      return object(label, `${label}，金额以十进制字符串表示，不用浮点数（${en}）`, {
        amount: {
          type: "string",
          pattern: "^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,6})?$",
          title: "金额",
          description: '十进制数，如 "1007.25"',
        },
        unit: { enum: [...(column.units ?? ["万元"])], title: "单位", description: "金额单位" },
      });
  }
}

/**
 * An object for a tree of columns: leaves are cells, keyed groups are objects, groups without a key are transparent.
 * @param open whether any cell may be left out, and not only totals
 */
function columnProperties(
  form: EditionForm,
  columns: string | readonly ColumnData[],
  open = false,
): [Record<string, JsonSchema>, string[]] {
  const properties: Record<string, JsonSchema> = {};
  const optional: string[] = [];
  for (const column of resolveColumns(form, columns)) {
    if (column.columns && column.key === undefined) {
      const [inner, innerOptional] = columnProperties(form, column.columns, open);
      Object.assign(properties, inner);
      optional.push(...innerOptional);
    } else if (column.columns) {
      const [inner, innerOptional] = columnProperties(form, column.columns, open);
      properties[column.key!] = object(column.label, `${column.label}（${column.en}）`, inner, innerOptional);
      if (open) optional.push(column.key!);
    } else {
      properties[column.key!] = cellSchema(column.type ?? "count", column.label, column.en, column);
      if (open || column.total) optional.push(column.key!);
    }
  }
  return [properties, optional];
}

function rowProperties(
  rows: readonly RowData[],
  leaf: (row: RowData) => JsonSchema,
): [Record<string, JsonSchema>, string[]] {
  const properties: Record<string, JsonSchema> = {};
  for (const row of rows) {
    if (row.rows) {
      const [inner, optional] = rowProperties(row.rows, leaf);
      properties[row.key] = object(row.label, `${row.label}（${row.en}）`, inner, optional);
    } else properties[row.key] = leaf(row);
  }
  return [properties, rows.filter((row) => row.total).map((row) => row.key)];
}

/** The definitions of the rows of figures that the rows of a part share; of rows of totals any cell may be left out. */
function sharedRows(
  name: string,
  { columnsHead }: PartData,
  cellsOf: (row: Pick<RowData, "total">) => ReturnType<typeof columnProperties>,
  rows: readonly RowData[],
  defs: Record<string, JsonSchema>,
): (row: RowData) => JsonSchema {
  const { label } = columnsHead!;
  defs[`${name}Row`] = object(label, `按${label}分列的件数`, ...cellsOf({}));
  if (leafRows(rows).some(({ total }) => total))
    defs[`${name}TotalRow`] = object(label, `按${label}分列的合计，可以不填`, ...cellsOf({ total: true }));
  return (row) => ({
    $ref: `#/$defs/${name}${row.total ? "TotalRow" : "Row"}`,
    title: row.label,
    description: `${row.label}（${row.en}）`,
  });
}

/** The properties of a part: its rows, or where it has none its columns. */
function partProperties(
  form: EditionForm,
  section: TableSection,
  part: PartData,
  defs: Record<string, JsonSchema>,
): [Record<string, JsonSchema>, string[]] {
  const cellsOf = ({ total = false }: Pick<RowData, "total">) => columnProperties(form, part.columns, total);
  if (!part.rows) return cellsOf({});
  const at = section.parts.indexOf(part);
  const caption = part.caption ? `${part.caption.label}：` : "";
  const leaf = part.columnsHead
    ? sharedRows(`${section.key}${at > 0 ? `Part${at + 1}` : ""}`, part, cellsOf, part.rows, defs)
    : (row: RowData): JsonSchema => object(row.label, `${caption}${row.label}（${row.en}）`, ...cellsOf(row));
  return rowProperties(part.rows, leaf);
}

/** The property of the texts before or after a table; a section without them leaves it out. */
function beside(key: keyof typeof BESIDE_TABLE): Record<string, JsonSchema> {
  const { label, en } = BESIDE_TABLE[key];
  return {
    [key]: {
      type: "array",
      title: label,
      description: `${label}，如数字的口径、增减的原因；没有的不填（${en}）`,
      minItems: 1,
      maxItems: 50,
      items: { $ref: "#/$defs/paragraph" },
    },
  };
}

/**
 * The schema of a section of figures.
 * @param defs takes the definitions that rows of figures share
 * @param rest the rules that stand on the section
 */
export function tableSchema(
  form: EditionForm,
  section: TableSection,
  defs: Record<string, JsonSchema>,
  rest: JsonSchema,
): JsonSchema {
  const properties: Record<string, JsonSchema> = { ...beside("before") };
  const optional: string[] = Object.keys(BESIDE_TABLE);
  for (const part of section.parts) {
    const [own, ownOptional] = partProperties(form, section, part, defs);
    const twice = Object.keys(own).find((key) => Object.hasOwn(properties, key) || Object.hasOwn(BESIDE_TABLE, key));
    if (twice !== undefined) throw new Error(`edition ${form.edition}: ${section.key}/${twice} comes twice`);
    Object.assign(properties, own);
    optional.push(...ownOptional);
  }
  Object.assign(properties, beside("after"));
  return object(section.label, `${section.number}、${section.label}（${section.en}）`, properties, optional, rest);
}
