/** A roster as rows of a table, as offices keep and send such lists. */
import { isCode } from "../form/uscc.ts";
import { comparedName, type Organ, type Roster } from "./roster.ts";
import { KIND_NAMES, KINDS, type Kind } from "./schema.ts";

/** The columns, in the order in which they are written; a list of names, codes and divisions has the first three. */
export const COLUMNS = [
  "name",
  "uscc",
  "division",
  "kind",
  "superior",
  "superiorName",
  "formerNames",
  "since",
  "until",
  "mergedInto",
  "splitFrom",
  "deadline",
] as const;
export type Column = (typeof COLUMNS)[number];

/** How the heads of columns are called, the first as it is written; matched without spaces and brackets. */
const HEADS: Readonly<Record<Column, readonly string[]>> = {
  name: ["名称", "机关名称", "单位名称", "机构名称", "机关", "单位", "全称", "机关全称", "单位全称"],
  uscc: ["统一社会信用代码", "信用代码", "代码", "机构代码", "统一代码"],
  division: ["行政区划", "行政区划代码", "区划", "区划代码"],
  kind: ["类别", "类型", "机关类别", "单位类别", "机构类别", "性质"],
  superior: ["上级", "上级机关", "上级代码", "上级统一社会信用代码", "上级单位"],
  superiorName: ["上级名称", "上级机关名称", "上级单位名称"],
  formerNames: ["曾用名", "曾用名称", "原名"],
  since: ["设立日期", "设立时间", "成立日期", "成立时间"],
  until: ["撤销日期", "撤销时间"],
  mergedInto: ["并入", "并入机关"],
  splitFrom: ["析出自"],
  deadline: ["公布期限", "期限", "截止日期"],
};

const plainHead = (text: string): string => comparedName(text).replace(/\(.*\)$/, "");
const COLUMN_OF = new Map(COLUMNS.flatMap((column) => HEADS[column].map((head) => [head, column] as const)));

/** The head that a column is written under. */
export const headOf = (column: Column): string => HEADS[column][0]!;

/** What the columns of a head are; undefined where a row is none. */
export function columnsOf(row: readonly string[]): readonly (Column | undefined)[] | undefined {
  const columns = row.map((text) => COLUMN_OF.get(plainHead(text)));
  const known = columns.filter((column) => column !== undefined);
  return known.length > 1 && (known.includes("name") || known.includes("uscc")) && new Set(known).size === known.length
    ? columns
    : undefined;
}

/** A row of a list: what it says of one organ, as far as it says it. */
export interface ListedRow {
  /** How messages call it. */
  readonly where: string;
  readonly name?: string;
  readonly uscc?: string;
  readonly kind?: Kind;
  /** A code, or a name. */
  readonly superior?: string;
  readonly division?: string;
  readonly formerNames?: string[];
  readonly since?: string;
  readonly until?: string;
  /** A code, or a name. */
  readonly mergedInto?: string;
  readonly splitFrom?: string;
  readonly deadline?: string;
}

/** What a list says that cannot be taken, with the row. */
export interface RowProblem {
  readonly where: string;
  readonly zh: string;
  readonly en: string;
}

/** What was read of a list. */
export interface ReadRows {
  readonly rows: readonly ListedRow[];
  readonly problems: readonly RowProblem[];
}

const two = (text: string): string => text.padStart(2, "0");

/** A day as lists write it, ISO 8601; undefined where it is none. */
function dayOf(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  return year && month && day ? `${year}-${two(month)}-${two(day)}` : undefined;
}

/** A deadline, MM-DD; spreadsheets make a whole date of it. */
function deadlineOf(text: string): string | undefined {
  const [, month, day] = /^(?:\d{4}[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  return month && day ? `${two(month)}-${two(day)}` : undefined;
}

function kindOf(text: string): Kind | undefined {
  const plain = comparedName(text).toLowerCase();
  return KINDS.find((kind) => kind === plain || KIND_NAMES[kind][0] === plain || KIND_NAMES[kind][1] === plain);
}

const texts = (text: string): string | undefined => text;
const READ: Readonly<Record<Column, (text: string) => string | readonly string[] | undefined>> = {
  name: texts,
  uscc: (text) => {
    const code = comparedName(text).toUpperCase();
    return isCode(code) ? code : undefined;
  },
  division: (text) => /^\d{6}/.exec(comparedName(text))?.[0],
  kind: kindOf,
  superior: texts,
  superiorName: texts,
  formerNames: (text) => text.split(/[、;；\n]/).flatMap((name) => name.trim() || []),
  since: dayOf,
  until: dayOf,
  mergedInto: texts,
  splitFrom: texts,
  deadline: deadlineOf,
};

/**
 * Reads the rows of a list by its head; without one, rows of a name, a code and, if known, a division.
 * @param rows texts without spaces at their ends
 */
export function readRows(rows: readonly (readonly string[])[]): ReadRows {
  let columns: readonly (Column | undefined)[] | undefined;
  const found: ListedRow[] = [];
  const problems: RowProblem[] = [];
  for (const [i, row] of rows.entries()) {
    const head = columnsOf(row);
    if (head) {
      columns = head;
      continue;
    }
    const plain = columns ?? (isCode(comparedName(row[1] ?? "").toUpperCase()) ? COLUMNS.slice(0, 3) : undefined);
    if (!plain) continue;
    const values: Record<string, string | readonly string[]> = {};
    const named = row[plain.indexOf("name")] ?? "";
    const where = `第${i + 1}行${named === "" ? "" : `“${named.slice(0, 100)}”`}`;
    for (const [at, column] of plain.entries()) {
      const text = row[at]?.trim() ?? "";
      if (!column || text === "") continue;
      const value = READ[column](text);
      if (value === undefined)
        problems.push({
          where,
          zh: `${headOf(column)}“${text.slice(0, 40)}”读不懂`,
          en: `${column} “${text.slice(0, 40)}” is not understood`,
        });
      else values[column] = value;
    }
    const { superiorName, ...rest } = values;
    if (superiorName !== undefined) rest["superior"] ??= superiorName;
    if (Object.keys(rest).length > 0) found.push({ where, ...rest });
  }
  return { rows: found, problems };
}

/** A roster as rows of texts, a head before them. */
export function rosterRows({ organs }: Pick<Roster, "organs">): string[][] {
  const names = new Map(organs.map(({ uscc, name }) => [uscc, name]));
  const textOf = (organ: Organ, column: Column): string => {
    if (column === "kind") return KIND_NAMES[organ.kind][0];
    if (column === "formerNames") return (organ.formerNames ?? []).join("、");
    if (column === "superiorName") return organ.superior === undefined ? "" : (names.get(organ.superior) ?? "");
    return organ[column] ?? "";
  };
  return [COLUMNS.map(headOf), ...organs.map((organ) => COLUMNS.map((column) => textOf(organ, column)))];
}
