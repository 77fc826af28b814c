import { inUnit } from "../form/amounts.ts";
import type { MoneyUnit } from "../form/form.ts";
import { type FormCell, formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import type { Figures } from "./figure-row.ts";
import type { OrganName } from "./shapes.ts";
import type { DivisionTotals, OwnReport } from "./totals.ts";

/** What money is shown in: the unit of the cell that comes first, which its label may say. */
const unitOf = ({ units }: FormCell): MoneyUnit => units?.[0] ?? "元";

const headOf = (cell: FormCell): string =>
  cell.type === "money" && !cell.unitInLabel ? `${cell.label}（${unitOf(cell)}）` : cell.label;

const cellsOf = (edition: string): readonly FormCell[] => {
  const form = formOf(edition);
  return form ? formCells(form) : [];
};

/** A cell's figure; a list leaves out a single kind of applicant where there is none. @param sum of several reports */
const figuresIn = (cells: readonly FormCell[], figures: Figures, sum: boolean): string[] =>
  cells.map((cell) => {
    if (sum && !cell.adds) return "";
    const value = figures[cell.pointer] ?? 0;
    return cell.type === "money" ? inUnit(String(value), unitOf(cell)) : String(value);
  });

/** The heads of a table with organs as rows and every cell of an edition as a column. */
export const organHeads = (edition: string): readonly string[] => [
  "统一社会信用代码",
  "行政机关",
  "年度",
  "在合计中",
  "版本",
  ...cellsOf(edition).map(headOf),
];

interface Line extends OrganName {
  readonly version?: number;
  readonly figures?: Figures;
}

const lineOf =
  (edition: string, year: number) =>
  (state: string, { uscc, organ, version, figures }: Line, sum = false): readonly string[] => {
    const cells = cellsOf(edition);
    return [
      uscc,
      organ,
      String(year),
      state,
      version === undefined ? "" : String(version),
      ...(figures ? figuresIn(cells, figures, sum) : cells.map(() => "")),
    ];
  };

const COUNTED = "计入";
const LACKING = "没有现行的报告";
const OWN = "政府的报告，不计入";
const APART = "不计入";

/**
 * A division's year as a table with organs as rows: those that are added up, those without a report, their sum, the
 * government's own report, and what is listed here and not added.
 * @returns rows of text, the heads first
 */
export function organTable(totals: DivisionTotals): readonly (readonly string[])[] {
  const { edition, year, counted, expected, reported, lacking, own, apart, sum } = totals;
  const line = lineOf(edition, year);
  const of = (state: string) => (each: Line | OwnReport) => line(state, each);
  return [
    organHeads(edition),
    ...counted.map(of(COUNTED)),
    ...lacking.map(of(LACKING)),
    ...(sum ? [line(`${expected}个机关中的${reported}个`, { uscc: "", organ: "机关之和", figures: sum }, true)] : []),
    ...(own ? [of(OWN)(own)] : []),
    ...apart.map(of(APART)),
  ];
}

/** The same for the table of the province, which has one sum for all its divisions: without heads and sum. */
export function provinceLines(totals: DivisionTotals): readonly (readonly string[])[] {
  const { edition, year, division, counted, lacking, lent, own, apart } = totals;
  const line = lineOf(edition, year);
  const lentOnes = new Set(lent.counted);
  return [
    ...[...counted, ...lent.counted].map((entry) => line(COUNTED, entry)),
    ...[...lacking, ...lent.lacking].map((organ) => line(LACKING, organ)),
    ...(own ? [line(OWN, own)] : []),
    ...apart.filter((entry) => !lentOnes.has(entry)).map((entry) => line(APART, entry)),
  ].map((cells) => [division, ...cells]);
}
