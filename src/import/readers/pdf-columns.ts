/** Tables that have no ruling lines, by the columns that their figures stand in. */
import type { FormLabels } from "../../form/label-index.ts";
import type { Doubt } from "../doubt.ts";
import type { SourceCell } from "../source.ts";
import { isFigure } from "./figure-like.ts";
import { type Column, columnsUnder, nearestTo } from "./pdf-align.ts";
import { joined } from "./pdf-characters.ts";
import type { PagedLine } from "./pdf-flow.ts";
import { type GlyphLine, lineOf, stretches } from "./pdf-lines.ts";
import type { Table } from "./pdf-tables.ts";

interface Span {
  from: number;
  to: number;
}

/** A line, with how far down it is if the pages hung together. */
interface Row {
  readonly line: PagedLine;
  readonly parts: readonly GlyphLine[];
  readonly y: number;
  /** Whether it is figures, with a label before them or without. */
  readonly data: boolean;
}

/** Further than any page is high, pt. */
const APART = 10_000;
/** How many lines a table's head may have, or a row's label between the figures of two rows. */
const MOST_LINES = 9;

function rowOf(line: PagedLine, known: FormLabels): Row {
  const parts = stretches(line, 0.3);
  const figures = parts.filter((part) => isFigure(part.text));
  // A long label may reach up to its figure.
  const [, label, figure] = /^(.*?\D)([+-]?[\d.,]+(?:万?元)?)$/u.exec(line.text) ?? [];
  const close = parts.length === 1 && label !== undefined && known.isLabel(label) && isFigure(figure!);
  const data =
    close || (parts.length > 1 && figures.length >= Math.max(1, parts.length - 2) && isFigure(parts.at(-1)!.text));
  return { line, parts, y: line.baseline + line.page * APART, data };
}

/** Whether a line may be of a table that stands next to it. */
const mayBeHead = ({ line }: Row, known: FormLabels): boolean =>
  !known.isTitle(line.text) &&
  !/[。；]$/u.test(line.text) &&
  (stretches(line, 0.15, 0.15).length > 1 || known.isLabel(line.text) || known.beginsLabel(line.text));

/** Where tables begin and end among lines. */
function blocks(rows: readonly Row[], known: FormLabels): Span[] {
  const found: Span[] = [];
  for (const [i, row] of rows.entries()) {
    if (!row.data) continue;
    const last = found.at(-1);
    const between = last ? rows.slice(last.to + 1, i) : [];
    const goesOn =
      last &&
      between.length <= MOST_LINES &&
      !between.some((r) => known.isTitle(r.line.text) || /。$/u.test(r.line.text));
    if (goesOn) last.to = i;
    else found.push({ from: i, to: i });
  }
  return found
    .filter(({ from, to }) => {
      const data = rows.slice(from, to + 1).filter((row) => row.data);
      return data.length > 1 || data[0]!.parts.length > 4;
    })
    .map(({ from, to }) => {
      let [first, last] = [from, to];
      while (first > 0 && from - first < MOST_LINES && mayBeHead(rows[first - 1]!, known)) first -= 1;
      // What is left of the last row's label.
      while (last + 1 < rows.length && last - to < 3 && isLabelsEnd(rows[last + 1]!, rows[last]!, known)) last += 1;
      return { from: first, to: last };
    });
}

/** Whether a line goes on with the label of a row before it. */
const isLabelsEnd = ({ line, parts }: Row, before: Row, known: FormLabels): boolean =>
  parts.length === 1 &&
  before.line.page === line.page &&
  known.isLabel(before.parts[0]!.text + line.text) &&
  !known.isLabel(before.parts[0]!.text);

/** The columns of figures; nothing where they are not as many as the most figures of a line. */
function figureColumns(rows: readonly Row[]): Column[] | undefined {
  const lines = rows.filter((row) => row.data).map(({ parts }) => parts.filter((part) => isFigure(part.text)));
  const columns = columnsUnder(lines);
  return columns?.length === Math.max(...lines.map((line) => line.length)) ? columns : undefined;
}

/** What of a line stands before the figures, part by part. */
function labelParts({ line, data }: Row, figures: readonly Column[]): GlyphLine[] {
  if (!data) return stretches(line, 0.2, 0.2).filter((part) => part.right < figures[0]!.from);
  const glyphs = line.glyphs.filter((glyph) => glyph.x < figures[0]!.from - 1 && !/^\s*$/u.test(glyph.text));
  return glyphs.length === 0 ? [] : stretches(lineOf(glyphs), 0.2, 0.2);
}

/** A piece of a line in its column, or over several. */
interface Piece {
  readonly first: number;
  readonly last: number;
  readonly text: string;
  readonly y: number;
  readonly doubt?: Doubt | undefined;
}

/** A line of heads or labels, each where the figures are that it is nearest to. */
function headPieces(row: Row, labels: readonly Column[], figures: readonly Column[]): Piece[] {
  return stretches(row.line, 0.15, 0.15).map((part) => {
    const head = part.right > figures[0]!.from;
    const place = head ? labels.length + nearestTo(part, figures) : nearestTo(part, labels);
    return { first: place, last: place, text: part.text, y: row.y, doubt: part.doubt };
  });
}

/** A line cut at the columns. */
function pieces(row: Row, labels: readonly Column[], figures: readonly Column[]): Piece[] {
  if (!row.data) return headPieces(row, labels, figures);
  const before = labelParts(row, figures);
  const glyphs = new Set(before.flatMap((part) => part.glyphs));
  const after = row.line.glyphs.filter((glyph) => !glyphs.has(glyph) && !/^\s*$/u.test(glyph.text));
  const piece = (part: GlyphLine, place: number): Piece => ({
    first: place,
    last: place,
    text: part.text,
    y: row.y,
    doubt: part.doubt,
  });
  return [
    ...before.map((part) => piece(part, nearestTo(part, labels))),
    ...(after.length === 0
      ? []
      : stretches(lineOf(after), 0.3).map((part) => piece(part, labels.length + nearestTo(part, figures)))),
  ];
}

const NUMBERED =
  /^(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+条)/u;

/** The labels of one column, each with all its lines and the middle of them. */
function labelsOf(
  column: readonly Piece[],
  besideFigures: (y: number) => boolean,
  known: FormLabels,
): { text: string; y: number; first: number; last: number }[] {
  const labels: { text: string; ys: number[]; first: number; last: number }[] = [];
  for (const piece of column.toSorted((a, b) => a.y - b.y)) {
    const last = labels.at(-1);
    const whole = last && joined(last.text, piece.text);
    const goesOn =
      last &&
      whole &&
      !NUMBERED.test(piece.text) &&
      !(besideFigures(piece.y) && last.ys.some(besideFigures)) &&
      (piece.y - last.ys.at(-1)! < 40 || known.beginsLabel(whole)) &&
      (known.beginsLabel(whole) || !known.isLabel(last.text)) &&
      !isFigure(piece.text);
    if (goesOn) {
      last.text = whole;
      last.ys.push(piece.y);
      last.last = Math.max(last.last, piece.last);
    } else labels.push({ text: piece.text, ys: [piece.y], first: piece.first, last: piece.last });
  }
  return labels.map(({ ys, ...label }) => {
    // Of a label that goes over to the next page, what is on its first page.
    const last = ys.findLast((y) => y - ys[0]! < APART / 2)!;
    return { ...label, y: (ys[0]! + last) / 2 };
  });
}

/** Heads over the figures, the lines of each as one, where its last line is. */
function wholeHeads(heads: readonly Piece[], known: FormLabels): Piece[] {
  const whole: Piece[] = [];
  for (const piece of heads.toSorted((a, b) => a.first - b.first || a.y - b.y)) {
    const last = whole.at(-1);
    const text = last && last.first === piece.first ? joined(last.text, piece.text) : "";
    if (last && known.beginsLabel(text)) whole[whole.length - 1] = { ...piece, text };
    else whole.push(piece);
  }
  return whole;
}

/** Heads with the lowest of each column in one row, the last before the figures, however high they stand. */
function leafHeads(heads: readonly Piece[], labels: number, top: number): Piece[] {
  const over = heads.filter((piece) => piece.y < top);
  const lowest = new Map<number, Piece>();
  for (const piece of over)
    if (piece.first >= labels && piece.y >= (lowest.get(piece.first)?.y ?? piece.y)) lowest.set(piece.first, piece);
  const y = Math.max(...over.map((piece) => piece.y));
  return heads.map((piece) => (lowest.get(piece.first) === piece ? { ...piece, y } : piece));
}

/** Lines as a table: a row for each line of figures, labels beside them, heads above. */
function tableOf(rows: readonly Row[], known: FormLabels): Table | undefined {
  const figures = figureColumns(rows);
  if (!figures) return undefined;
  const labels = columnsUnder(rows.map((row) => labelParts(row, figures))) ?? [];
  const count = labels.length + figures.length;
  const cut = rows.map((row) => pieces(row, labels, figures));
  const twice = cut.some((line) => {
    const places = line.filter((piece) => isFigure(piece.text)).map((piece) => piece.first);
    return new Set(places).size < places.length;
  });
  if (twice) return undefined;
  const isData = cut.map((line) => line.some((p) => p.first >= labels.length && isFigure(p.text)));
  const made: { y: number; cells: SourceCell[] }[] = [];
  const put = (row: { cells: SourceCell[] }, { first, last, text, doubt }: Omit<Piece, "y">): void => {
    const { text: before, doubt: known } = row.cells[first]!;
    const why = known ?? doubt ?? (/\d$/.test(before) && /^\d/.test(text) ? ({ kind: "lines" } as const) : undefined);
    const cell: SourceCell = { text: before === "" ? text : joined(before, text), ...(why ? { doubt: why } : {}) };
    for (let i = first; i <= last; i += 1) row.cells[i] = cell;
  };
  const empty = (y: number): { y: number; cells: SourceCell[] } => ({
    y,
    cells: Array.from({ length: count }, () => ({ text: "" })),
  });
  for (const [i, row] of rows.entries()) {
    if (!isData[i]) continue;
    const data = empty(row.y);
    for (const piece of cut[i]!) if (piece.first >= labels.length) put(data, piece);
    made.push(data);
  }
  const top = made[0]!.y - 0.8 * rows[0]!.line.size;
  const heads = new Map<number, { y: number; cells: SourceCell[] }>();
  const above = cut.flatMap((line, i) =>
    line.filter((piece) => (piece.first < labels.length ? piece.y < top : !isData[i])),
  );
  for (const piece of leafHeads(wholeHeads(above, known), labels.length, top)) {
    const head = heads.get(piece.y) ?? empty(piece.y);
    heads.set(piece.y, head);
    put(head, piece);
  }
  for (let column = 0; column < labels.length; column += 1) {
    const inColumn = cut.flat().filter((piece) => piece.first === column && piece.y >= top);
    for (const label of labelsOf(inColumn, (y) => made.some((row) => Math.abs(row.y - y) < 1), known)) {
      const beside = [...heads.values()].find((head) => Math.abs(head.y - label.y) < 2);
      if (beside) {
        put(beside, label);
        continue;
      }
      const nearest = made.reduce((a, b) => (Math.abs(b.y - label.y) < Math.abs(a.y - label.y) ? b : a));
      // A caption between two rows is a row of its own.
      const own = Math.abs(nearest.y - label.y) > 0.7 * rows[0]!.line.size && nearest.cells[column]!.text !== "";
      if (own || /^第.+条/u.test(label.text)) {
        const caption = empty(label.y);
        put(caption, label);
        heads.set(label.y, caption);
      } else put(nearest, label);
    }
  }
  const all = [...made, ...heads.values()].sort((a, b) => a.y - b.y);
  const xs = [...labels.map(({ from }) => from), ...figures.map(({ from }) => from), figures.at(-1)!.to];
  const { line } = rows[0]!;
  return { xs, rows: all.map((row) => row.cells), top: line.baseline, bottom: rows.at(-1)!.line.baseline };
}

/** Lines in reading order with what stands between them; those that are a table without ruling lines, as tables. */
export function columnsOf(
  items: readonly (PagedLine | Table)[],
  isLine: (item: PagedLine | Table) => item is PagedLine,
  known: FormLabels,
): (PagedLine | Table)[] {
  const made: (PagedLine | Table)[] = [];
  let run: PagedLine[] = [];
  const end = (): void => {
    const rows = run.map((line) => rowOf(line, known));
    let at = 0;
    for (const { from, to } of blocks(rows, known)) {
      const table = tableOf(rows.slice(from, to + 1), known);
      if (!table) continue;
      made.push(...run.slice(at, from), table);
      at = to + 1;
    }
    made.push(...run.slice(at));
    run = [];
  };
  for (const item of items) {
    if (isLine(item)) run.push(item);
    else {
      end();
      made.push(item);
    }
  }
  end();
  return made;
}
