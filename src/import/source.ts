/** What a clipboard holds, as a grid of texts. */

/** One cell of what was copied; a merged cell stands at every place that it spans. */
export interface SourceCell {
  readonly text: string;
}

/** Rows of places; a row may be shorter than others. */
export type SourceGrid = readonly (readonly (SourceCell | undefined)[])[];

/** What is needed of an HTML table: an `HTMLTableElement` is one. */
export interface TableLike {
  readonly rows: Iterable<{
    readonly cells: Iterable<{
      readonly textContent: string | null;
      readonly colSpan: number;
      readonly rowSpan: number;
    }>;
  }>;
}

/** The most columns and rows that a span may reach over: a page may say anything. */
const MOST = 200;

/** The places of an HTML table, spans resolved (HTML, 4.9.12.1). */
export function tableGrid(table: TableLike): SourceGrid {
  const rows = [...table.rows];
  const grid: (SourceCell | undefined)[][] = rows.map(() => []);
  for (const [r, row] of rows.entries()) {
    let column = 0;
    for (const cell of row.cells) {
      while (grid[r]![column] !== undefined) column += 1;
      const source: SourceCell = { text: (cell.textContent ?? "").replace(/[\t\r\n ]+/g, " ") };
      const width = Math.min(Math.max(cell.colSpan, 1), MOST);
      const height = cell.rowSpan === 0 ? MOST : Math.min(Math.max(cell.rowSpan, 1), MOST);
      for (let down = 0; down < height && r + down < grid.length; down += 1)
        for (let right = 0; right < width; right += 1) grid[r + down]![column + right] = source;
      column += width;
    }
  }
  return grid;
}

/** The places of tab-separated text as Excel, WPS and Numbers copy it: quotes around what holds a tab, break or quote. */
export function textGrid(text: string): SourceGrid {
  const rows: SourceCell[][] = [[]];
  const pattern = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\r|\n|$)/gy;
  for (const [, field = "", end = ""] of text.replace(/(?:\r\n|\r|\n)$/, "").matchAll(pattern)) {
    const quoted = field.length > 1 && field.startsWith('"') && field.endsWith('"');
    rows.at(-1)!.push({ text: quoted ? field.slice(1, -1).replaceAll('""', '"') : field });
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}
