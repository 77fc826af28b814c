import type { Message } from "../basics/finding.ts";
import type { ColumnData, EditionForm, Helped, Labelled, RowData } from "./form.ts";
import { resolveColumns } from "./tree.ts";

/** A help text with the way to what it is about, from the section down. */
export interface PlacedHelp {
  readonly path: readonly Labelled[];
  readonly help: Message;
}

/** Every help text of an edition, in the order of the form. */
export function helpTexts(form: EditionForm): PlacedHelp[] {
  const found: PlacedHelp[] = [];
  const note = (path: readonly (Labelled & Helped)[]): void => {
    const help = path.at(-1)?.help;
    if (help) found.push({ path, help });
  };
  const walkRows = (rows: readonly RowData[], above: readonly Labelled[]): void => {
    for (const row of rows) {
      note([...above, row]);
      walkRows(row.rows ?? [], [...above, row]);
    }
  };
  const walkColumns = (columns: string | readonly ColumnData[], above: readonly Labelled[]): void => {
    for (const column of resolveColumns(form, columns)) {
      note([...above, column]);
      walkColumns(column.columns ?? [], [...above, column]);
    }
  };
  for (const section of form.sections) {
    note([section]);
    for (const part of section.kind === "table" ? section.parts : []) {
      walkColumns(part.columns, part.caption ? [section, part.caption] : [section]);
      walkRows(part.rows ?? [], [section]);
    }
  }
  return found;
}

/** The help texts of all editions as a table of the documentation; what several editions say is one line. */
export function helpTable(forms: readonly EditionForm[]): string {
  const lines = new Map<string, string[]>();
  for (const form of forms)
    for (const { path, help } of helpTexts(form)) {
      const line = `${path.map(({ label }) => label).join("／")} | ${help.zh} ${help.en}`;
      const editions = lines.get(line) ?? [];
      if (!editions.includes(form.edition)) editions.push(form.edition);
      lines.set(line, editions);
    }
  const rows = [...lines].map(
    ([line, editions]) => `| ${editions.length < forms.length ? editions.join(", ") : "all"} | ${line} |`,
  );
  return ["| edition | where | what is said |", "|---|---|---|", ...rows].join("\n");
}
