/** What the columns of both tables are, their values, and what people are told of them. */
import { inUnit, type Money, parseDecimal, yuan } from "../form/amounts.ts";
import { allCells, type CellPlace, type DatasetCell } from "./cells.ts";
import { isAddable, isCurrent, type ReportRow } from "./row.ts";

/** As SQL has them: amounts are DECIMAL(25, 6), wide enough for every amount that a report may state, in 元. */
export type ColumnType = "VARCHAR" | "INTEGER" | "BIGINT" | "BOOLEAN" | "TIMESTAMP" | "DATE" | "DECIMAL(25,6)";
/** Places after the point of an amount. */
export const SCALE = 6;
export const PRECISION = 25;

/** A value as it is written: an amount in units of 10^-6, a date or a time as Date, nothing as null. */
export type Value = string | number | bigint | boolean | Date | null;

export interface Column<Row> {
  readonly name: string;
  readonly type: ColumnType;
  readonly zh: string;
  readonly en: string;
  readonly of: (row: Row) => Value;
}

/** One figure of a version: a row of the tidy table. */
export interface FigureRow {
  readonly report: ReportRow;
  readonly place: CellPlace;
  readonly value: number | Money;
}

/** An exact decimal as a whole number of units of 10^-6. */
function scaled(decimal: string): bigint {
  const { units, scale } = parseDecimal(decimal);
  return units * 10n ** BigInt(SCALE - scale);
}

const amount = (value: number | Money): bigint =>
  typeof value === "number" ? BigInt(value) * 10n ** BigInt(SCALE) : scaled(yuan(value));

const published = ({ amount, unit }: Money): string => `${amount}${unit}`;
/** A figure of money as a report had it. @throws when it is none */
export function moneyOf(text: string): Money {
  const [, amount, unit] = /^([\d.]+)(.+)$/.exec(text) ?? [];
  if (amount === undefined || (unit !== "元" && unit !== "万元")) throw new Error(`“${text}” is no amount of money`);
  // Refuses what has a unit that nothing converts.
  inUnit(amount, unit);
  return { amount, unit };
}

const VERSION_COLUMNS: readonly Column<ReportRow>[] = [
  { name: "uscc", type: "VARCHAR", zh: "统一社会信用代码", en: "unified social credit code", of: (r) => r.uscc },
  {
    name: "organ",
    type: "VARCHAR",
    zh: "行政机关，这一版上的名称",
    en: "the organ's name in this version",
    of: (r) => r.organ,
  },
  {
    name: "kind",
    type: "VARCHAR",
    zh: "名录中的类别：government、department、township、vertical、other；没有名录时只认得出人民政府，其余为空",
    en: "kind of organ in the roster: government, department, township, vertical, other; without a roster governments alone are known by their names, the rest is null",
    of: (r) => r.placing.kind ?? null,
  },
  {
    name: "division",
    type: "VARCHAR",
    zh: "行政区划代码（GB/T 2260）",
    en: "division code (GB/T 2260)",
    of: (r) => r.division,
  },
  { name: "place", type: "VARCHAR", zh: "行政区划名称", en: "the division's name", of: (r) => r.place },
  {
    name: "province",
    type: "VARCHAR",
    zh: "省级代码，两位",
    en: "province, two digits",
    of: (r) => r.division.slice(0, 2),
  },
  { name: "year", type: "INTEGER", zh: "报告年度", en: "the year reported on", of: (r) => r.year },
  { name: "edition", type: "VARCHAR", zh: "格式版本", en: "edition of the form", of: (r) => r.edition },
  { name: "version", type: "INTEGER", zh: "第几版", en: "version, from 1", of: (r) => r.version },
  { name: "current", type: "BOOLEAN", zh: "现行的一版", en: "whether this version stands", of: isCurrent },
  {
    name: "withdrawn",
    type: "BOOLEAN",
    zh: "这一版已撤回",
    en: "whether this version was withdrawn",
    of: (r) => r.withdrawn,
  },
  {
    name: "superseded_by",
    type: "INTEGER",
    zh: "被第几版取代（更正或撤回）；现行的为空",
    en: "the version that took its place, a correction or a withdrawal; null of the one that stands",
    of: (r) => r.supersededBy ?? null,
  },
  {
    name: "addable",
    type: "BOOLEAN",
    zh: "可以相加：现行，且按名录不含在别的报告里；加总时只用为真的行，任何机关都不重复",
    en: "may be added up: it stands, and no other report that may be added up contains it",
    of: isAddable,
  },
  {
    name: "summed_in",
    type: "VARCHAR",
    zh: "计入哪个区划的机关之和；两位的是只计入全省的",
    en: "the division whose sum has it; two digits where only the province's has",
    of: (r) => (isAddable(r) ? (r.placing.summedIn ?? null) : null),
  },
];

/** The tidy table: a row a figure. */
export const FIGURE_COLUMNS: readonly Column<FigureRow>[] = [
  ...VERSION_COLUMNS.map(
    (column): Column<FigureRow> => ({
      ...column,
      of:
        column.name === "addable"
          ? ({ report, place }) => isAddable(report) && place.cell.adds
          : ({ report }) => column.of(report),
    }),
  ),
  {
    name: "cell",
    type: "VARCHAR",
    zh: "单元格：报告中的 JSON 指针",
    en: "the cell: its JSON Pointer in the report",
    of: ({ place }) => place.cell.pointer,
  },
  { name: "table_label", type: "VARCHAR", zh: "表", en: "table", of: ({ place }) => place.table },
  {
    name: "row_label",
    type: "VARCHAR",
    zh: "行，印出的名称；没有行的表为空",
    en: "row as printed; null in a table without rows",
    of: ({ place }) => place.row || null,
  },
  {
    name: "column_label",
    type: "VARCHAR",
    zh: "栏，印出的名称",
    en: "column as printed",
    of: ({ place }) => place.column,
  },
  {
    name: "value",
    type: "DECIMAL(25,6)",
    zh: "数值；金额以元计",
    en: "the figure; money in yuan",
    of: ({ value }) => amount(value),
  },
  {
    name: "unit",
    type: "VARCHAR",
    zh: "金额的单位：元",
    en: "of money: 元 (yuan)",
    of: ({ value }) => (typeof value === "number" ? null : "元"),
  },
  {
    name: "published",
    type: "VARCHAR",
    zh: "金额在报告上的写法，带单位",
    en: "money as the report states it, with its unit",
    of: ({ value }) => (typeof value === "number" ? null : published(value)),
  },
  {
    name: "computed",
    type: "BOOLEAN",
    zh: "总计：由其他单元格算出，与报告所填核对一致",
    en: "a total: computed from other cells, and equal to what was filed",
    of: ({ place }) => place.cell.total,
  },
];

/** The columns of the wide table before its figures, and what only whoever compacts reads. */
const REPORT_COLUMNS: readonly Column<ReportRow>[] = [
  ...VERSION_COLUMNS,
  {
    name: "redacted",
    type: "BOOLEAN",
    zh: "这一版已撤下，没有数字",
    en: "taken out of the public: without figures",
    of: (r) => r.redacted,
  },
  {
    name: "published_at",
    type: "TIMESTAMP",
    zh: "公布时间",
    en: "when it was published",
    of: (r) => new Date(r.publishedAt),
  },
  {
    name: "signed",
    type: "DATE",
    zh: "成文日期",
    en: "date of signing",
    of: (r) => (r.signed === undefined ? null : new Date(`${r.signed}T00:00:00Z`)),
  },
  {
    name: "records",
    type: "INTEGER",
    zh: "该机关该年度的公布记录数",
    en: "records of the organ's year",
    of: (r) => r.records,
  },
  {
    name: "may_be_summed_in",
    type: "VARCHAR",
    zh: "名录所定的归属，不论这一版是否现行",
    en: "where the roster has it summed, whether this version stands or not",
    of: (r) => r.placing.summedIn ?? null,
  },
];

/** What a column of the wide table has beside the amount: as the report states it. */
export const publishedName = ({ column }: DatasetCell): string => `${column}_published`;

function cellColumns(cell: DatasetCell): Column<ReportRow>[] {
  const { pointer, column, type, label, labelEn } = cell;
  const told = { zh: label, en: labelEn };
  if (type !== "money")
    return [
      {
        ...{ name: column, type: "BIGINT", ...told },
        of: ({ figures }) => {
          const value = figures.get(pointer);
          return typeof value === "number" ? BigInt(value) : null;
        },
      },
    ];
  return [
    {
      ...{ name: column, type: "DECIMAL(25,6)", zh: `${label}（元）`, en: `${labelEn} (yuan)` },
      of: ({ figures }) => {
        const value = figures.get(pointer);
        return value === undefined ? null : amount(value);
      },
    },
    {
      ...{ name: publishedName(cell), type: "VARCHAR", zh: `${label}，报告上的写法`, en: `${labelEn}, as published` },
      of: ({ figures }) => {
        const value = figures.get(pointer);
        return value === undefined ? null : typeof value === "number" ? String(value) : published(value);
      },
    },
  ];
}

/** The wide table: a row a version, its figures in the order of the form. */
export const reportColumns = (cells: readonly DatasetCell[] = allCells()): readonly Column<ReportRow>[] => [
  ...REPORT_COLUMNS,
  ...cells.flatMap(cellColumns),
];
