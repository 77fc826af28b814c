/** Tables of which nothing but the order of their cells is left: one cell a paragraph, rows not parted from each other. */
import { isNote, keyOf, NOTE_AMONG_LINES } from "../../form/label.ts";
import type { FormLabels, LabelRole } from "../../form/label-index.ts";
import { type Line, type RowCell, type RowLine, rowPlace } from "../lines.ts";
import { figureLike } from "../locate.ts";

/** A label or a figure, and how many lines it takes. */
interface Token {
  readonly role: LabelRole | "figure";
  readonly text: string;
  readonly lines: number;
}

/** No label is broken over more lines. */
const MOST_LINES = 4;
const NUMBERED = /^\s*[（(]?[一二三四五六七八九十\d０-９]{1,2}[）)、.．]/u;

/** The label or figure that begins at a line. */
function tokenAt(lines: readonly Line[], at: number, { labels }: FormLabels): Token | undefined {
  const first = lines[at];
  if (first?.kind !== "text" || first.level !== undefined) return undefined;
  if (figureLike(first.text)) return { role: "figure", text: first.text, lines: 1 };
  let text = "";
  let found: Token | undefined;
  for (let count = 1; count <= MOST_LINES; count += 1) {
    const line = lines[at + count - 1];
    if (line?.kind !== "text" || (count > 1 && figureLike(line.text)) || text.length > 120) break;
    text += line.text;
    const role = labels.get(keyOf(text));
    if (role) found = { role, text, lines: count };
    else if (found && count === found.lines + 1 && isNote(line.text.trim(), NOTE_AMONG_LINES))
      found = { ...found, lines: count };
  }
  return found;
}

/** What one row has so far. */
class Rows {
  readonly rows: Token[][] = [];
  readonly #known: FormLabels;
  #labels: Token[] = [];
  #figures: Token[] = [];

  constructor(known: FormLabels) {
    this.#known = known;
  }

  add(token: Token): void {
    if (token.role !== "figure" && this.#figures.length > 0) this.end();
    (token.role === "figure" ? this.#figures : this.#labels).push(token);
  }

  /** Which label is the row's: the last that is one, or a head's word with a row's number: （七）总计. */
  #own(): number {
    if (this.#figures.length === 0) return -1;
    const last = this.#labels.at(-1);
    if (last?.role === "head" && NUMBERED.test(last.text) && this.#known.rows.has(keyOf(last.text)))
      return this.#labels.length - 1;
    return this.#labels.findLastIndex(({ role }) => role === "row");
  }

  /** Heads and captions before a row's label are rows of their own; groups of rows stand in the row before its label. */
  end(): void {
    const own = this.#own();
    const heads = this.#labels.slice(0, own < 0 ? undefined : own);
    let run: Token[] = [];
    for (const token of heads) {
      if (run.length > 0 && run[0]!.role !== token.role) {
        this.rows.push(run);
        run = [];
      }
      run.push(token);
    }
    if (run.length > 0) this.rows.push(run);
    if (this.#figures.length > 0) this.rows.push([...(own < 0 ? [] : this.#labels.slice(own)), ...this.#figures]);
    [this.#labels, this.#figures] = [[], []];
  }
}

/** Fewer labels or figures than these are no table. */
const FEWEST = 3;

interface Stretch {
  /** None where they are no table. */
  readonly rows: readonly (readonly Token[])[];
  /** The line after it. */
  readonly end: number;
}

/** The labels and figures from a line on, as rows. */
function stretchFrom(lines: readonly Line[], from: number, known: FormLabels): Stretch {
  const rows = new Rows(known);
  let [at, labels, figures] = [from, 0, 0];
  for (let token = tokenAt(lines, at, known); token; token = tokenAt(lines, at, known)) {
    if (labels === 0 && token.role === "figure") break;
    rows.add(token);
    if (token.role === "figure") figures += 1;
    else labels += 1;
    at += token.lines;
  }
  if (labels < FEWEST || figures < FEWEST) return { rows: [], end: Math.max(at, from + 1) };
  rows.end();
  return { rows: rows.rows, end: at };
}

const rowLine = (tokens: readonly Token[], table: number, row: number): RowLine => ({
  kind: "row",
  table,
  row,
  cells: tokens.map(({ text }, at): RowCell => ({ cell: { text }, text, from: at, to: at })),
  where: rowPlace(table, row),
});

/**
 * The lines of a document with what reads as a table's labels and figures, one a paragraph, put back into rows: a row
 * begins at a label of the form and ends before the next. What is none of either is left as it is.
 */
export function withSequences(lines: readonly Line[], known: FormLabels): Line[] {
  let tables = lines.reduce((most, line) => Math.max(most, line.table ?? 0), 0);
  const out: Line[] = [];
  for (let at = 0; at < lines.length; ) {
    const { rows, end } = stretchFrom(lines, at, known);
    if (rows.length > 0) tables += 1;
    else out.push(...lines.slice(at, end));
    for (const [i, tokens] of rows.entries()) out.push(rowLine(tokens, tables, i + 1));
    at = end;
  }
  return out;
}
