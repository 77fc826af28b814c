/** Pages as organs publish them, made of a report: its tables in the form's own shape, text around them. */
import type { Report } from "../../generated/report.ts";
import type { TableCell } from "../../src/compose/blocks.ts";
import { composeTable } from "../../src/compose/tables.ts";
import { getCell } from "../../src/form/cells.ts";
import type { TableSection } from "../../src/form/form.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import type { Account, Imported, ImportOptions } from "../../src/import/account.ts";
import { importReport } from "../../src/import/import.ts";

/** A cell that a test may change; one that is gone is left out of its row. */
export interface PageCell {
  text: string;
  colSpan: number;
  rowSpan: number;
  readonly role: TableCell["role"];
  readonly pointer?: string;
}

/** The rows of a section's table, blocks one after another, as cells with their spans. */
export function tableRows(report: Report, key: string): PageCell[][] {
  const form = formOf(report.edition)!;
  const section = form.sections.find((s): s is TableSection => s.key === key && s.kind !== "narrative")!;
  return composeTable(form, section, report).parts.flatMap(({ head, body }) =>
    [...head, ...body].map(({ cells }) =>
      cells.map(({ text, role, pointer, colSpan = 1, rowSpan = 1 }) => ({
        text,
        role,
        colSpan,
        rowSpan,
        ...(pointer === undefined ? {} : { pointer }),
      })),
    ),
  );
}

/** Rows as an HTML table. */
export const htmlTable = (rows: readonly (readonly PageCell[])[], attributes = ""): string =>
  `<table${attributes}>\n${rows
    .map(
      (row) =>
        `<tr>${row
          .map(({ text, colSpan, rowSpan }) => {
            const spans = `${colSpan > 1 ? ` colspan="${colSpan}"` : ""}${rowSpan > 1 ? ` rowspan=${rowSpan}` : ""}`;
            return `<td${spans}>${text}</td>`;
          })
          .join("")}</tr>`,
    )
    .join("\n")}\n</table>`;

/** Changes the cell of a figure. */
export function setText(rows: PageCell[][], pointer: string, text: string): PageCell[][] {
  rows.flat().find((cell) => cell.pointer === pointer)!.text = text;
  return rows;
}

/** Takes cells out of their rows. */
export const without = (rows: PageCell[][], ...pointers: readonly string[]): PageCell[][] =>
  rows.map((row) => row.filter((cell) => cell.pointer === undefined || !pointers.includes(cell.pointer)));

export interface PageParts {
  readonly title: string;
  readonly disclosure: string;
  readonly requests: string;
  readonly remedies: string;
  readonly overview: string;
  readonly problems: string;
  readonly other: string;
  readonly signature: string;
}

/** The body of a page that has all that a report has. */
export function body(report: Report, parts: Partial<PageParts> = {}): string {
  const table = (key: string): string => htmlTable(tableRows(report, key));
  const [year, month, day] = report.signed.split("-").map(Number);
  const part = {
    title: `<p>${report.organ.name}</p><p>${report.year}年政府信息公开工作年度报告</p>`,
    overview: "<p>（一）主动公开</p><p>全年按目录公开各类信息。</p>",
    disclosure: table("disclosure"),
    requests: table("requests"),
    remedies: table("remedies"),
    problems: "<p>问题是更新不够及时，已经改进。</p>",
    other: "<p>无</p>",
    signature: `<p>${report.organ.name}</p><p>${year}年${month}月${day}日</p>`,
    ...parts,
  };
  return `${part.title}
<p>一、总体情况</p>
${part.overview}
<p>二、主动公开政府信息情况</p>
${part.disclosure}
<p>三、收到和处理政府信息公开申请情况</p>
${part.requests}
<p>四、政府信息公开行政复议、行政诉讼情况</p>
${part.remedies}
<p>五、存在的主要问题及改进情况</p>
${part.problems}
<p>六、其他需要报告的事项</p>
${part.other}
${part.signature}`;
}

/** Imports a page given as HTML. */
export const imported = (html: string, options?: ImportOptions): Promise<Imported> =>
  importReport(new TextEncoder().encode(`<!doctype html><html><body>${html}</body></html>`), options);

/** The findings of an account with an id, each as its level and the labels that it names. */
export const found = ({ findings }: Account, id: string): (readonly [string, readonly string[]])[] =>
  findings.filter((f) => f.id === id).map((f) => [f.level, f.cells.map((cell) => cell.label)] as const);

/** Ids of the findings that are more than information, each once. */
export const raised = ({ findings }: Account): string[] =>
  [...new Set(findings.filter(({ level }) => level !== "information").map(({ id }) => id))].sort();

/** How a cell came by its value. */
export const cellAt = ({ cells }: Account, pointer: string) => cells.find((cell) => cell.pointer === pointer)!;

/** The figures that differ, by label. */
export const differing = (actual: unknown, expected: Report): string[] =>
  formCells(formOf(expected.edition)!)
    .filter(({ pointer }) => JSON.stringify(getCell(actual, pointer)) !== JSON.stringify(getCell(expected, pointer)))
    .map(({ label }) => label);

export type TableKey = "disclosure" | "requests" | "remedies";
/** Changes a table's rows, or gives HTML in place of the table. */
export type TableChange = (rows: PageCell[][]) => PageCell[][] | string;

/** Imports a report's whole page with one table changed. */
export function importedWith(report: Report, key: TableKey, change: TableChange): Promise<Imported> {
  const changed = change(tableRows(report, key));
  return imported(body(report, { [key]: typeof changed === "string" ? changed : htmlTable(changed) }));
}
