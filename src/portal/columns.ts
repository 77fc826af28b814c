/** Every column of the tables whose rows pages show by their totals: who the applicants were. */
import { html } from "hono/html";
import type { ColumnData, EditionForm, PartData, RowData, TableSection } from "../form/form.ts";
import { tablesOf } from "../form/form.ts";
import { pointerOf } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import { hasTotalColumn, type Leaf, leafColumns, leafRows } from "../form/tree.ts";
import type { Figures } from "../index/figure-row.ts";
import type { Html } from "./comparison.ts";
import { grouped } from "./figures.ts";
import { scrolling } from "./layout.ts";
import type { View } from "./view.ts";

interface Table {
  readonly section: TableSection;
  readonly rows: readonly Leaf<RowData>[];
  readonly columns: readonly Leaf<ColumnData>[];
}

const tableOf = (form: EditionForm, section: TableSection, part: PartData): Table[] =>
  part.rows && hasTotalColumn(form, part)
    ? [{ section, rows: leafRows(part.rows), columns: leafColumns(form, part.columns) }]
    : [];

/** A row's figures; those that a list leaves out are 0. Undefined where the total is not their sum: the list lacks them. */
function figuresIn({ section, columns }: Table, row: Leaf<RowData>, figures: Figures): readonly number[] | undefined {
  const values = columns.map(({ path }) => Number(figures[pointerOf(section, row.path, path)] ?? 0));
  const single = values.reduce((sum, value, i) => (columns[i]!.total ? sum : sum + value), 0);
  return values.every((value, i) => !columns[i]!.total || value === single) ? values : undefined;
}

/** The heads of columns in two rows: groups above their columns, a column in no group over both. */
function heads(columns: readonly Leaf<ColumnData>[], { lang, t }: View): Html {
  const name = ({ label, en }: { readonly label: string; readonly en: string }): string => (lang === "en" ? en : label);
  const groups = [...Map.groupBy(columns, ({ parents, path }) => parents[0] ?? path).values()];
  return html`<thead><tr><th scope="col" rowspan="2">${t("项目", "Item")}</th>${groups.map((group) => {
    const [parent] = group[0]!.parents;
    return parent
      ? html`<th scope="colgroup" colspan="${group.length}">${name(parent)}</th>`
      : html`<th scope="col" rowspan="2" class="figure">${name(group[0]!.node)}</th>`;
  })}</tr>
<tr>${columns.filter(({ parents }) => parents.length > 0).map(({ node }) => html`<th scope="col" class="figure">${name(node)}</th>`)}</tr></thead>`;
}

/** The rows of a table under the headings that they stand under. */
function body(table: Table, values: readonly (readonly number[])[], { lang }: View): Html[] {
  const named = ({ label, en }: RowData): string => (lang === "en" ? en : label);
  return table.rows.map(({ node, parents }, at) => {
    const above = table.rows[at - 1]?.parents ?? [];
    const headings = parents.flatMap((parent, depth) =>
      parent === above[depth]
        ? []
        : html`<tr class="heading"><th scope="row" class="d${depth}">${named(parent)}</th>${table.columns.map(() => html`<td></td>`)}</tr>
`,
    );
    return html`${headings}<tr><th scope="row" class="d${parents.length}">${named(node)}</th>${values[at]!.map((value) => html`<td class="figure">${grouped(value)}</td>`)}</tr>
`;
  });
}

/** The tables of a report, or of the sum of several, with every column, folded; nothing where a list has the totals alone. */
export function columnTables(view: View, title: string, edition: string, figures: Figures): Html | "" {
  const form = formOf(edition);
  if (!form) return "";
  const tables = tablesOf(form).flatMap((section) => section.parts.flatMap((part) => tableOf(form, section, part)));
  const shown = tables.flatMap((table) => {
    const values = table.rows.flatMap((row) => {
      const found = figuresIn(table, row, figures);
      return found ? [found] : [];
    });
    return values.length === table.rows.length ? [{ table, values }] : [];
  });
  return html`${shown.map(({ table, values }) => {
    const { number, label, en } = table.section;
    const caption = view.t(`${number}、${label}：${title}，各栏`, `${en}: ${title}, all columns`);
    return html`<details class="columns"><summary>${caption}</summary>
${scrolling(
  caption,
  html`<table class="comparison"><caption class="vh">${caption}</caption>
${heads(table.columns, view)}
<tbody>
${body(table, values, view)}</tbody></table>`,
)}</details>
`;
  })}`;
}
