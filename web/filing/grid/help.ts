/** What the edition says of the rows and columns of a table: what a figure counts. */
import type { Message } from "../../../src/basics/finding.ts";
import type { ColumnData, EditionForm, Helped, Labelled, PartData } from "../../../src/form/form.ts";
import type { FormCell } from "../../../src/form/form-cells.ts";
import { resolveColumns } from "../../../src/form/tree.ts";

/** A help text with what it is about. */
export interface Help extends Labelled {
  readonly text: Message;
}

/** What whoever types into a total is told. */
export const COMPUTED: Message = {
  zh: "这一格由系统自动合计，不用填写；改了它的各项，它就跟着变。",
  en: "This figure is computed and need not be typed; it follows when its parts are changed.",
};

const helpOf = (nodes: readonly (Labelled & Helped)[]): Help[] =>
  nodes.flatMap(({ label, en, help }) => (help ? [{ label, en, text: help }] : []));

/** Help texts each once: a row's cells share its own. */
const distinct = (all: readonly Help[]): Help[] =>
  all.filter((one, i) => all.findIndex((o) => o.text === one.text) === i);

/** What helps with a figure: of its row first, then of its column, each with what they belong to. */
const cellHelp = ({ row, column }: FormCell): Help[] =>
  helpOf([...(row ? [row.node, ...row.parents.toReversed()] : []), column.node, ...column.parents.toReversed()]);

/** What helps with a row of figures. */
export const rowHelp = (cells: readonly FormCell[]): readonly Help[] => distinct(cells.flatMap(cellHelp));

/** What helps with the columns of a part that has no rows to show it beside, by the label of the column. */
export function headHelp(form: EditionForm, { rows, columns }: PartData): ReadonlyMap<string, readonly Help[]> {
  const found = new Map<string, Help[]>();
  const walk = (list: string | readonly ColumnData[]): void => {
    for (const column of resolveColumns(form, list)) {
      const own = helpOf([column]);
      if (own.length > 0) found.set(column.label, distinct([...(found.get(column.label) ?? []), ...own]));
      if (column.columns) walk(column.columns);
    }
  };
  if (!rows) walk(columns);
  return found;
}
