/** How much of each table of a document a section of the form has. */
import type { LabelledTable } from "../../form/label-index.ts";
import type { Line, RowLine } from "../lines.ts";
import { labelOf } from "./row-label.ts";

interface RowCount {
  readonly rows: number;
  /** How many of them have a label of the section. */
  readonly labelled: number;
  /** The first place after their innermost labels. */
  readonly begin: number;
}

/** Counts the rows of tables, each table once a section. */
export class RowCounts {
  readonly #rows = new Map<number, RowLine[]>();
  readonly #counts = new Map<LabelledTable, Map<number, RowCount>>();

  constructor(lines: readonly Line[]) {
    for (const line of lines) {
      if (line.kind !== "row") continue;
      const rows = this.#rows.get(line.table);
      if (rows) rows.push(line);
      else this.#rows.set(line.table, [line]);
    }
  }

  of(shape: LabelledTable, table: number): RowCount {
    const known = this.#counts.get(shape)?.get(table);
    if (known) return known;
    const rows = this.#rows.get(table) ?? [];
    const labels = rows.flatMap((line) => {
      const labelled = labelOf(line, [shape]);
      return labelled ? [line.cells[labelled.cell]!.to + 1] : [];
    });
    const count = { rows: rows.length, labelled: labels.length, begin: labels.reduce((a, b) => Math.max(a, b), 0) };
    this.#counts.set(shape, (this.#counts.get(shape) ?? new Map<number, RowCount>()).set(table, count));
    return count;
  }
}
