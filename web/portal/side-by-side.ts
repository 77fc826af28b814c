/** The table of a comparison on its page: put in place, narrowed to what differs, downloaded as shown. */
import { csv } from "../../src/formats/csv/csv.ts";
import { comparisonRows, comparisonTable, type ReportColumn } from "../../src/portal/comparison.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import { byId, download, lang, t } from "./page.ts";

/** Reports side by side. */
export interface Comparison {
  readonly form: FormRows;
  readonly columns: readonly ReportColumn[];
  readonly caption: string;
  /** What the download is called. */
  readonly fileName: string;
  /** Whether the change from the first to the second is a column of its own. */
  readonly change: boolean;
}

const status = byId("status");
const only = byId<HTMLInputElement>("only");
/** What is shown, as it is saved. */
let shown: { readonly fileName: string; rows(): string[][] } | undefined;

/** Puts the table in place: made by the same function as on the server, which escapes what it is given. */
export async function show(comparison: Comparison): Promise<void> {
  const { form, columns, caption, change, fileName } = comparison;
  shown = { fileName, rows: () => comparisonRows(form, columns, lang) };
  byId("table").innerHTML = String(await comparisonTable(form, columns, { lang, caption, change }));
  filter();
}

/** Puts another table in its place, with what it is as a file. */
export function showRows(table: HTMLElement, rows: string[][], fileName: string): void {
  shown = { fileName, rows: () => rows };
  byId("table").replaceChildren(table);
}

/** There is nothing to download any more. */
export function forget(): void {
  shown = undefined;
}

/** Says in the page's status line how it went. */
export function report(text: string): void {
  status.textContent = text;
}

export const reportFailure = (): void =>
  report(t("取不到数据，请检查网络后再试。", "The data could not be fetched; check the connection and try again."));

/** Hides the rows that do not differ, when that is asked for. */
const filter = (): void => void byId("table").classList.toggle("only-different", only.checked);

function save(): void {
  if (!shown) return;
  const bytes = csv(shown.rows()) as Uint8Array<ArrayBuffer>;
  download(shown.fileName, "text/csv;charset=utf-8", bytes);
}

only.addEventListener("change", filter);
byId("csv").addEventListener("click", save);
