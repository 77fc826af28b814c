import { inUnit } from "../form/amounts.ts";
import type { MoneyUnit } from "../form/form.ts";
import { type FormCell, formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import type { Entry, OrganName } from "../index/shapes.ts";
import type { Figures } from "./figures.ts";
import { sumOf, type Totals } from "./totals.ts";

/** What money is shown in: the unit of the cell that comes first, which its label may say. */
const unitOf = ({ units }: FormCell): MoneyUnit => units?.[0] ?? "元";

const headOf = (cell: FormCell): string =>
  cell.type === "money" && !cell.unitInLabel ? `${cell.label}（${unitOf(cell)}）` : cell.label;

/** A cell's figure; a list leaves out a single kind of applicant where there is none. */
const figuresIn = (cells: readonly FormCell[], figures: Figures): string[] =>
  cells.map((cell) => {
    const value = figures[cell.pointer] ?? 0;
    return cell.type === "money" ? inUnit(String(value), unitOf(cell)) : String(value);
  });

/**
 * A division's year as a table with organs as rows and every cell of the form as a column: those that are added up,
 * those without a report, their sum, the government's own report, and what is listed here and not added.
 * @returns rows of text, the heads first; the heads alone where no report stands
 */
export function organTable(totals: Totals): readonly (readonly string[])[] {
  const { edition, counted, expected, lacking, own, apart, year } = totals;
  const form = formOf(edition);
  const cells = form ? formCells(form) : [];
  const line = (state: string, { uscc, organ }: OrganName, version: string, figures: Figures | undefined): string[] => [
    uscc,
    organ,
    String(year),
    state,
    version,
    ...(figures ? figuresIn(cells, figures) : cells.map(() => "")),
  ];
  const of = (state: string) => (entry: Entry) => line(state, entry, String(entry.version), entry.figures);
  const sum = sumOf(totals);
  return [
    ["统一社会信用代码", "行政机关", "年度", "在合计中", "版本", ...cells.map(headOf)],
    ...counted.map(of("计入")),
    ...lacking.map((organ) => line("没有现行的报告", organ, "", undefined)),
    ...(sum ? [line(`${expected}个机关中的${counted.length}个`, { uscc: "", organ: "机关之和" }, "", sum)] : []),
    ...(own ? [of("政府的报告，不计入")(own)] : []),
    ...apart.map(of("不计入")),
  ];
}
