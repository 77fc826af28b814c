/** Finds the figures of the form in the tables of a document. */

import { bestOf, keyOf } from "../../form/label.ts";
import type { LabelledRow, LabelledTable, WholeGroup } from "../../form/label-index.ts";
import type { Line, RowLine } from "../lines.ts";
import { figureLike, isNumeric } from "../locate.ts";
import type { SourceCell } from "../source.ts";
import { firstColumn, type Head, headFrom, headOf, isUnder, lostMerges } from "./heads.ts";
import { type Doubt, type Entry, readRow } from "./row.ts";
import { RowCounts } from "./row-counts.ts";
import {
  endsForeignRow,
  isAroundTable,
  isFigures,
  isKnown,
  isPageNumber,
  labelOf,
  labelsAfter,
  type RowLabel,
} from "./row-label.ts";

/** A row, or a cell of one, that the form has no place for. */
export interface Unplaced {
  /** Which line of the document. */
  readonly at: number;
  readonly text: string;
  /** Whether figures are in it. */
  readonly figures: boolean;
  /** Of a row without a label: the label of the one above. */
  readonly below?: string;
}

/** A row under the label of a group that it is not of in the form. */
export interface Astray {
  readonly at: number;
  readonly row: LabelledRow;
  readonly group: string;
}

/** A row for a group of the form's rows. */
export interface Whole {
  readonly at: number;
  readonly group: WholeGroup;
}

export interface Scan {
  readonly entries: readonly Entry[];
  readonly doubts: readonly Doubt[];
  readonly unplaced: readonly Unplaced[];
  /** Lines where a section's rows stand without heads of their columns: they were taken to be in the form's order. */
  readonly headless: readonly number[];
  readonly astray: readonly Astray[];
  /** Groups of rows that the file has as one row. */
  readonly wholes: readonly Whole[];
  /** The cells that were taken for labels of rows. */
  readonly labels: readonly SourceCell[];
  /** The lines that belong to a section's table, by the section's key. */
  readonly sections: ReadonlyMap<string, readonly number[]>;
  /** Other lines of the same tables, with nothing in them but words that the form's tables have. */
  readonly known: readonly number[];
}

/** Whether rows of a section in a table without its heads are enough to know it by. */
const MIN_ROWS = 3;

/** What has been seen so far of tables that go on. */
class Scanner {
  readonly entries: Entry[] = [];
  readonly doubts: Doubt[] = [];
  readonly unplaced: Unplaced[] = [];
  readonly headless: number[] = [];
  readonly astray: Astray[] = [];
  readonly wholes: Whole[] = [];
  readonly labels: SourceCell[] = [];
  /** Rows that may be a group's, to be read when all others are. */
  readonly #groups: {
    readonly at: number;
    readonly cell: number;
    readonly group: WholeGroup;
    readonly head: Head | undefined;
    readonly before: number;
  }[] = [];
  /** Rows of nothing but words that the form's tables have. */
  readonly #known: number[] = [];
  readonly sections = new Map<string, number[]>();
  readonly #lines: readonly Line[];
  readonly #shapes: readonly LabelledTable[];
  /** The heads that rows are under, by section, the last read at the end. */
  readonly #open = new Map<LabelledTable, Head>();
  /** Sections that a caption of theirs stands over. */
  #captioned = new Set<LabelledTable>();
  /** Rows that have been read. */
  readonly #read = new Set<LabelledRow>();

  readonly #counts: RowCounts;

  constructor(lines: readonly Line[], shapes: readonly LabelledTable[]) {
    this.#lines = lines;
    this.#shapes = shapes;
    this.#counts = new RowCounts(lines);
  }

  run(): Scan {
    let table = 0;
    for (let at = 0; at < this.#lines.length; at += 1) {
      const line = this.#lines[at]!;
      if (line.kind === "text") {
        // A table goes on after a page's number or 续表, and not after a paragraph or a heading.
        if (line.table === undefined && !isAroundTable(line.text) && !isPageNumber(line.text)) this.#close();
        continue;
      }
      if (line.table !== table) this.#captioned = new Set();
      table = line.table;
      const shape = headOf(line, this.#shapes);
      if (shape) at = this.#head(at, shape);
      else this.#row(at, line);
    }
    this.#readWholes();
    const ofSections = new Set([...this.sections.values()].flat().map((at) => (this.#lines[at] as RowLine).table));
    const known: number[] = [];
    for (const at of this.#known) {
      const line = this.#lines[at] as RowLine;
      if (ofSections.has(line.table)) known.push(at);
      else this.#leave(at, line);
    }
    const { entries, doubts, unplaced, headless, astray, wholes, labels, sections } = this;
    return { entries, doubts, unplaced, headless, astray, wholes, labels, sections, known };
  }

  #close(): void {
    this.#open.clear();
    this.#captioned.clear();
  }

  #mark(at: number, { section }: LabelledTable): void {
    const lines = this.sections.get(section.key) ?? [];
    this.sections.set(section.key, lines);
    lines.push(at);
  }

  /** Takes the rows of heads from a line on; returns the last. */
  #head(at: number, shape: LabelledTable): number {
    const rows: RowLine[] = [];
    let end = at;
    for (; end < this.#lines.length; end += 1) {
      const line = this.#lines[end]!;
      if (line.kind !== "row" || line.table !== (this.#lines[at] as RowLine).table) break;
      if (headOf(line, this.#shapes) !== shape) break;
      // Another row of heads begins another part.
      if (rows.length > 0 && shape.headRows === 1) break;
      rows.push(line);
      this.#mark(end, shape);
    }
    const next = this.#lines[end];
    if (next?.kind === "row" && next.table === rows[0]!.table && lostMerges([...rows, next], shape)) {
      rows.push(next);
      this.#mark(end, shape);
      end += 1;
    }
    this.#open.delete(shape);
    this.#open.set(shape, headFrom(rows, shape));
    return end - 1;
  }

  #row(at: number, line: RowLine): void {
    const filled = line.cells.filter(({ text }) => text.trim() !== "");
    const caption = this.#shapes.find(({ others }) =>
      filled.every(({ text }) => bestOf(keyOf(text), others, (key) => key) !== undefined),
    );
    const label = labelOf(line, this.#shapes);
    const labelled = label && !endsForeignRow(line, label, this.#shapes) ? label : undefined;
    const labelledOf = labelled && this.#shapes.find(({ rows }) => rows.includes(labelled.row));
    const figures = this.#bare();
    if (filled.length === 0) {
      if (figures && !this.#read.has(figures.row)) this.#data(at, line, figures.row, figures.shape);
    } else if (caption) {
      this.#captioned.add(caption);
      this.#mark(at, caption);
    } else if (labelled && labelledOf && this.#isOf(labelledOf, line.table))
      this.#data(at, line, labelled.row, labelledOf, labelled);
    else if (this.#wholeAt(at, line)) return;
    else if (figures && isFigures(line)) this.#data(at, line, figures.row, figures.shape);
    else if (isKnown(line, this.#shapes)) this.#known.push(at);
    else this.#leave(at, line);
  }

  /** Takes a row of figures that is labelled as a group of rows; whether the group's own rows are there is known at the end. */
  #wholeAt(at: number, line: RowLine): boolean {
    for (const shape of this.#shapes) {
      const cell = line.cells.findLastIndex(({ text }) => text.trim() !== "" && !figureLike(text));
      const group = shape.wholes.find(({ key }) => cell >= 0 && key === keyOf(line.cells[cell]!.text));
      const figures = line.cells.slice(cell + 1).filter(({ text }) => text.trim() !== "").length;
      if (!group || figures === 0 || !this.#isOf(shape, line.table)) continue;
      this.#groups.push({ at, cell, group, head: this.#open.get(shape), before: this.entries.length });
      return true;
    }
    return false;
  }

  /** Reads rows that are a group's, of groups whose own rows the file has not. */
  #readWholes(): void {
    for (const { at, cell, group, head, before } of this.#groups.toReversed()) {
      const line = this.#lines[at] as RowLine;
      const shape = this.#shapes.find(({ wholes }) => wholes.includes(group))!;
      const own = shape.rows.filter(
        ({ cells }) => cells === group.cells || group.others.some((o) => o.cells === cells),
      );
      if (own.some((row) => this.#read.has(row))) this.#leave(at, line);
      else {
        const end = this.entries.length;
        this.#data(at, line, group, shape, { row: group, cell, like: 0.95 }, head);
        // Where they stand in the file.
        this.entries.splice(before, 0, ...this.entries.splice(end));
        this.wholes.push({ at, group });
      }
    }
  }

  /** The row without a label whose heads were read last. */
  #bare(): { readonly row: LabelledRow; readonly shape: LabelledTable } | undefined {
    for (const [shape, head] of [...this.#open].reverse()) {
      const bare = shape.rows.filter((row) => row.bare);
      const row = bare.length === shape.rows.length ? bare[0] : bare.find((r) => isUnder(head, r));
      if (row) return { row, shape };
    }
    return undefined;
  }

  /** Whether a table is known to be a section's: it has heads or a caption of it, goes on from one, or has many of its rows. */
  #isOf(shape: LabelledTable, table: number): boolean {
    if (this.#open.has(shape) || this.#captioned.has(shape)) return true;
    const { rows, labelled } = this.#counts.of(shape, table);
    return labelled >= MIN_ROWS && labelled * 2 >= rows;
  }

  #data(at: number, line: RowLine, row: LabelledRow, shape: LabelledTable, labelled?: RowLabel, under?: Head): void {
    const head = under ?? this.#open.get(shape);
    const begin = head?.table === line.table || !labelled ? undefined : this.#counts.of(shape, line.table).begin;
    const place = begin ?? (head ? firstColumn(head, row) : undefined) ?? 0;
    const inner = labelled ? labelsAfter(line, labelled.cell, place) : [];
    // A label of a group, and within it one that the form does not have.
    if (inner.some(({ text }) => text.trim() !== "" && bestOf(keyOf(text), shape.others, (key) => key) === undefined)) {
      this.#leave(at, line);
      return;
    }
    this.#mark(at, shape);
    if (labelled) this.labels.push(...line.cells.slice(0, labelled.cell + 1).map(({ cell }) => cell));
    if (!head) this.headless.push(at);
    for (const { text } of line.cells.slice(0, labelled?.cell ?? 0)) {
      const group = bestOf(keyOf(text), shape.groups, (key) => key);
      if (group && group.like > 0.9 && !row.parents.includes(group.of))
        this.astray.push({ at, row, group: text.trim() });
    }
    const { entries, doubt, beside } = readRow(line, row, {
      ...(head ? { head } : {}),
      ...(labelled ? { label: labelled.cell + inner.length } : {}),
      ...(begin === undefined ? {} : { begin }),
      like: labelled?.like ?? 1,
    });
    this.#read.add(row);
    this.entries.push(...entries);
    if (doubt?.texts.some(({ text }) => text.trim() !== "")) this.doubts.push(doubt);
    for (const { head: over, text } of beside)
      this.unplaced.push({ at, text: `${over}：${text}`, figures: isNumeric(text) });
  }

  #leave(at: number, { cells }: RowLine): void {
    const texts = cells.map(({ text }) => text.trim()).filter((text) => text !== "");
    const figures = texts.some(isNumeric);
    const above = this.#lines[at - 1];
    const label =
      above?.kind === "row" ? above.cells.findLast(({ text }) => !figureLike(text))?.text.trim() : undefined;
    const below = figures && label && texts.every(figureLike) ? label : undefined;
    this.unplaced.push({ at, text: texts.join("　"), figures, ...(below ? { below } : {}) });
  }
}

/** Where the figures of a document belong in the tables of a form. */
export const scan = (lines: readonly Line[], shapes: readonly LabelledTable[]): Scan =>
  new Scanner(lines, shapes).run();
