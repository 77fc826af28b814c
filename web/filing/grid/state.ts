/** What the cursor of a table does: where it is, what is selected, what is being typed. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { printedFigure } from "../../../src/compose/tables.ts";
import { cellsByPointer, getCell, isSound } from "../../../src/form/cells.ts";
import { type Reading, readFigure, reportValue } from "../../../src/import/figures.ts";
import type { SourceGrid } from "../../../src/import/source.ts";
import { runningTotal } from "../model/draft.ts";
import type { Change } from "../model/edits.ts";
import type { Form } from "../model/form-model.ts";
import { kindOf, type PasteReport, pasteGrid } from "../paste/paste.ts";
import { COMPUTED, type Help } from "./help.ts";
import type { Layout } from "./layout.ts";
import { between, type Cursor, cursorAt } from "./moves.ts";

/** A cell that is being typed in. */
export interface Editing {
  readonly pointer: string;
  readonly text: string;
  /** Begun by typing: arrows leave the cell. Begun with Enter or F2: they move within the text. */
  readonly typed: boolean;
}

/** What the last paste or entry did, shown above the table. */
export type Outcome =
  | { readonly kind: "pasted"; readonly report: PasteReport }
  | { readonly kind: "elsewhere"; readonly layout: Layout }
  | { readonly kind: "entered"; readonly pointer: string; readonly source: string; readonly reading: Reading };

/** One table's cursor and selection; the figures themselves are in the form. */
export class GridState {
  readonly model: Form;
  readonly layout: Layout;
  readonly cursor = signal<Cursor>({ pointer: "", column: 0 });
  readonly anchor = signal("");
  readonly editing = signal<Editing | undefined>(undefined);
  readonly outcome = signal<Outcome | undefined>(undefined);
  /** What is shown of what there is to say of a row or a column. */
  readonly help = signal<readonly Help[] | undefined>(undefined);
  readonly selected: ReadonlySignal<ReadonlySet<string>>;
  #runs = 0;
  /** What was said of a total that was typed into. */
  #told: readonly Help[] | undefined;

  constructor(model: Form, layout: Layout) {
    this.model = model;
    this.layout = layout;
    this.go(cursorAt(layout, layout.data[0]![0]!.pointer));
    this.selected = computed(() => {
      const cells = between(layout, this.anchor.value, this.cursor.value.pointer).flat();
      return new Set(cells.length > 1 ? cells : []);
    });
  }

  isTotal(pointer: string): boolean {
    return cellsByPointer(this.model.form.value).get(pointer)?.total === true;
  }

  /** What helps with the cell in hand: of its row, or of its columns where it stands in none. */
  get helpHere(): readonly Help[] | undefined {
    const { row } = this.layout.byPointer.get(this.cursor.value.pointer) ?? {};
    const help = this.layout.rows.find((r) => r.row === row && row !== undefined)?.help ?? [];
    return help.length > 0 ? help : undefined;
  }

  /** Shows help, or puts it away when it is shown already. */
  showHelp(help: readonly Help[] | undefined): void {
    this.help.value = this.help.value === help ? undefined : help;
  }

  /** Says of the total in hand, into which somebody typed, that it is computed; until another cell is come to. */
  tellComputed(): void {
    const { label, labelEn } = cellsByPointer(this.model.form.value).get(this.cursor.value.pointer)!;
    this.#told = [{ label, en: labelEn, text: COMPUTED }];
    this.help.value = this.#told;
  }

  /** A figure as its cell shows it. */
  textAt(pointer: string): string {
    const form = this.model.form.value;
    const report = this.model.report.value;
    const cell = cellsByPointer(form).get(pointer)!;
    if (cell.total) return String(runningTotal(form, report, pointer)?.value ?? "");
    const value = getCell(report, pointer);
    if (value === undefined || value === null) return "";
    if (cell.type === "money") {
      const { amount, unit } = value as { amount?: unknown; unit?: unknown };
      return typeof amount === "string" && typeof unit === "string"
        ? /^\d+(\.\d+)?$/.test(amount)
          ? printedFigure(cell, { amount, unit })
          : amount
        : JSON.stringify(value);
    }
    if (isSound(value, cell.type)) return printedFigure(cell, value);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  /** Puts the cursor somewhere; with `extend` the selection reaches from where it was begun. */
  go(cursor: Cursor, extend = false): void {
    if (this.#told && cursor.pointer !== this.cursor.value.pointer) {
      if (this.help.value === this.#told) this.help.value = undefined;
      this.#told = undefined;
    }
    this.cursor.value = cursor;
    if (!extend) this.anchor.value = cursor.pointer;
  }

  #read(pointer: string, text: string): { change: Change; reading: Reading } {
    const kind = kindOf(this.model.form.value, this.model.report.value, pointer);
    const reading = readFigure(text, kind);
    return { change: [pointer, reportValue(reading, kind)], reading };
  }

  get #tag(): string {
    return `cell ${this.#runs}`;
  }

  begin(typed: boolean, text?: string): void {
    const { pointer } = this.cursor.value;
    if (this.isTotal(pointer)) return;
    this.#runs += 1;
    this.model.seal();
    this.editing.value = { pointer, text: text ?? this.textAt(pointer), typed };
    if (text !== undefined) this.type(text);
  }

  /** Takes what has been typed so far; the totals follow it. */
  type(text: string): void {
    const editing = this.editing.value;
    if (!editing) return;
    this.editing.value = { ...editing, text };
    this.model.edit([this.#read(editing.pointer, text).change], this.#tag);
  }

  commit(): void {
    const editing = this.editing.value;
    if (!editing) return;
    this.editing.value = undefined;
    this.model.touch(editing.pointer);
    this.model.seal();
    const { reading } = this.#read(editing.pointer, editing.text);
    const changed = reading.kind === "unread" || (reading.kind === "figure" && reading.notes.length > 0);
    if (changed) this.outcome.value = { kind: "entered", pointer: editing.pointer, source: editing.text, reading };
    // What a paste did stays until it was read.
    else if (this.outcome.value?.kind === "entered") this.outcome.value = undefined;
  }

  /** Restores what was in the cell before. */
  cancel(): void {
    if (!this.editing.value) return;
    this.editing.value = undefined;
    this.model.takeBack(this.#tag);
  }

  #targets(): string[] {
    const { pointer } = this.cursor.value;
    const all = this.selected.value.size > 0 ? [...this.selected.value] : [pointer];
    return all.filter((p) => !this.isTotal(p));
  }

  clear(): void {
    const targets = this.#targets();
    const report = this.model.report.value;
    this.model.edit(targets.filter((p) => getCell(report, p) !== undefined).map((p): Change => [p, undefined]));
    this.model.touch(...targets);
  }

  /** Puts one text into every selected cell. */
  fillWith(text: string): void {
    const targets = this.#targets();
    if (targets.length === 0) this.tellComputed();
    const read = targets.map((pointer) => this.#read(pointer, text));
    this.model.edit(read.map(({ change }) => change));
    this.model.touch(...targets);
    const { reading } = read[0] ?? {};
    if (reading && reading.kind !== "blank" && targets[0] !== undefined)
      this.outcome.value = { kind: "entered", pointer: targets[0], source: text, reading };
  }

  paste(grid: SourceGrid): void {
    this.commit();
    const { model, layout } = this;
    const start = between(layout, this.anchor.value, this.cursor.value.pointer)[0]?.[0] ?? this.cursor.value.pointer;
    const report = pasteGrid(model.form.value, layout.shape, model.report.value, grid, start);
    model.edit(report.changes);
    model.touch(...report.cells.filter((cell) => cell.reading.kind !== "blank").map((cell) => cell.pointer));
    this.outcome.value = { kind: "pasted", report };
  }

  /** The selected texts, row by row, as they are shown. */
  copyRows(): string[][] {
    return between(this.layout, this.anchor.value, this.cursor.value.pointer).map((row) =>
      row.map((pointer) => this.textAt(pointer)),
    );
  }

  /** Fills the cells that are still empty with 0, as one step. */
  fillEmpty(): void {
    const form = this.model.form.value;
    const report = this.model.report.value;
    const empty = this.layout.data
      .flat()
      .filter(({ pointer }) => !this.isTotal(pointer) && getCell(report, pointer) === undefined);
    this.model.edit(
      empty.map(({ pointer }): Change => {
        const kind = kindOf(form, report, pointer);
        return [pointer, reportValue(readFigure("0", kind), kind)];
      }),
    );
    this.model.touch(...empty.map(({ pointer }) => pointer));
  }
}
