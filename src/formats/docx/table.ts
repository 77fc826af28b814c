import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from "docx";
import type { TableCell as Cell, TableBlock } from "../../compose/blocks.ts";
import {
  columnEdges,
  FRAME,
  fitFigure,
  isCentred,
  LEAST_PADDING,
  PADDING,
  rowRoom,
  STROKE,
  tableSize,
} from "../../typeset/table-grid.ts";
import { tableStyle, twips } from "./styles.ts";

/** A line of a width in pt; Word counts eighths. */
const line = (width: number) => ({ style: BorderStyle.SINGLE, size: width * 8, color: "000000" });

/** About how wide a figure is, in em: Word knows its fonts, we do not, and those that stand in are the wider. */
const DIGIT = 0.56;

/** A figure that is too long for its cell, smaller and narrower: Word would break it over lines. */
function fitted(text: string, width: number, size: number): { run: TextRun; condensed: boolean } | undefined {
  const fit = fitFigure(text.length * DIGIT * size, width - 2 * PADDING, size);
  if (fit.size === size) return undefined;
  // Word counts sizes in half points and widths in whole parts of a hundred.
  const half = Math.floor(fit.size * 2);
  const scale = Math.floor(100 * fit.condensed);
  return { run: new TextRun({ text, size: half, ...(scale < 100 ? { scale } : {}) }), condensed: scale < 100 };
}

/**
 * A table on a fixed grid. A part goes over to the next page as a whole, unless it is longer than a page; no row is
 * parted. The head is repeated where the table has only one: Word repeats none but the first.
 */
export function docxTable(table: TableBlock): Table {
  const edges = columnEdges(table).map(twips);
  const size = tableSize(table);
  const room = twips(rowRoom(size) / 2);
  const cell = (own: Cell, column: number): TableCell => {
    const [columnSpan, rowSpan] = [own.colSpan ?? 1, own.rowSpan ?? 1];
    const width = edges[column + columnSpan]! - edges[column]!;
    const figure = own.role === "data" ? fitted(own.text, width / 20, size) : undefined;
    const near = { left: twips(LEAST_PADDING), right: twips(LEAST_PADDING) };
    return new TableCell({
      columnSpan,
      rowSpan,
      width: { size: width, type: WidthType.DXA },
      ...(figure?.condensed ? { margins: near } : {}),
      verticalAlign: VerticalAlignTable.CENTER,
      children: [
        new Paragraph({
          style: tableStyle(size),
          ...(figure ? { children: [figure.run] } : { text: own.text }),
          ...(isCentred(own, column) ? {} : { alignment: AlignmentType.LEFT }),
        }),
      ],
    });
  };
  /** For each column how many rows down it is taken. */
  const taken = table.columns.map(() => 0);
  const rows = table.parts.flatMap(({ head, body }) =>
    [...head, ...body].map(({ cells }, r) => {
      let column = 0;
      const placed = cells.map((own) => {
        while (taken[column]! > 0) column += 1;
        const at = column;
        column += own.colSpan ?? 1;
        taken.fill(own.rowSpan ?? 1, at, column);
        return cell(own, at);
      });
      for (const [at, down] of taken.entries()) taken[at] = Math.max(0, down - 1);
      const last = r === head.length + body.length - 1;
      return new TableRow({
        cantSplit: true,
        tableHeader: r < head.length && table.parts.length === 1,
        keepNext: !last,
        children: placed,
      });
    }),
  );
  return new Table({
    rows,
    columnWidths: edges.slice(1).map((edge, i) => edge - edges[i]!),
    width: { size: edges.at(-1)!, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { left: twips(PADDING), right: twips(PADDING), top: room, bottom: room },
    borders: {
      top: line(FRAME),
      bottom: line(FRAME),
      left: line(FRAME),
      right: line(FRAME),
      insideHorizontal: line(STROKE),
      insideVertical: line(STROKE),
    },
  });
}
