/** Figures by JSON Pointer, as an `Entry` has them: money in 元. */
export type Figures = Readonly<Record<string, number | string>>;

/** Figures in the order of a list of cells: short where many places stand in one file. A cell that is not there is null. */
export type FigureRow = readonly (number | string | null)[];

export const figureRow = (cells: readonly string[], figures: Figures): FigureRow =>
  cells.map((pointer) => figures[pointer] ?? null);

/** The figures that a row has. */
export function figuresOfRow(cells: readonly string[], row: FigureRow): Figures {
  const figures: Record<string, number | string> = {};
  for (const [i, value] of row.entries()) if (value !== null) figures[cells[i]!] = value;
  return figures;
}
