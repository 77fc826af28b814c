import { addDecimals } from "../form/amounts.ts";
import { formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";

/** Figures by JSON Pointer, as an `Entry` has them: money in 元. */
export type Figures = Readonly<Record<string, number | string>>;

/** The figures of several reports added up, each pointer by itself. */
export function sumFigures(all: readonly Figures[]): Figures {
  const sums: Record<string, number | string> = {};
  for (const figures of all)
    for (const [pointer, value] of Object.entries(figures)) {
      const before = sums[pointer];
      sums[pointer] =
        typeof value === "number"
          ? ((before as number | undefined) ?? 0) + value
          : addDecimals((before as string | undefined) ?? "0", value, 1n);
    }
  return sums;
}

/** Figures in the order of a list of cells: short where many places stand in one file. A cell that is not there is null. */
export type FigureRow = readonly (number | string | null)[];

/** The cells of an edition, by JSON Pointer, in the order of the form. */
export function cellsOfEdition(edition: string): readonly string[] {
  const form = formOf(edition);
  return form ? formCells(form).map(({ pointer }) => pointer) : [];
}

export const figureRow = (cells: readonly string[], figures: Figures): FigureRow =>
  cells.map((pointer) => figures[pointer] ?? null);

/** The figures that a row has. */
export function figuresOfRow(cells: readonly string[], row: FigureRow): Figures {
  const figures: Record<string, number | string> = {};
  for (const [i, value] of row.entries()) if (value !== null) figures[cells[i]!] = value;
  return figures;
}
