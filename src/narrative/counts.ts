import type { EditionForm, TableSection } from "../form/form.ts";
import type { FormCell } from "../form/form-cells.ts";
import { type Clause, type Clauses, headingOf, type Placed, type Sentence, sentencesOf } from "./clauses.ts";
import { cellsOf, type FigureRef, figureRefs } from "./figure-refs.ts";
import type { Kind } from "./grammar.ts";
import { sharesOf } from "./lists.ts";
import { isCount, type Stated } from "./numbers.ts";
import { type Readable, readable } from "./readable.ts";

/** A figure that a text states. */
export interface Mention extends FigureRef {
  /** The path from the report's root: `requests/results/granted`, `requests/received/commercial`. */
  readonly path: string;
  /** The cells that it counts: one, or those whose sum it is. */
  readonly cells: readonly FormCell[];
  /** Empty of a figure; else what it grew by since last year, in percent or in pieces, less than 0 if it shrank. */
  readonly measure: "" | "%" | "±";
  /** Of money, in 万元. */
  readonly value: number;
  /** What one unit of its last digit is worth. */
  readonly step: number;
  /** Where it stands, and where its sentence begins: UTF-16 offsets in the text. */
  readonly at: number;
  readonly end: number;
  readonly sentence: number;
}

/** Whose report a text is from. */
export interface Author {
  readonly year: number;
  readonly organ?: string;
}

/** What a sentence has said so far. */
interface State {
  subjects: Set<TableSection>;
  /** The rows that it has stated a figure of. */
  readonly stated: Set<string>;
  context: FigureRef | undefined;
  /** The section whose rows it named last. */
  last: TableSection | undefined;
  /** Whether it is in brackets. */
  aside: boolean;
  pending: FigureRef | undefined;
  /** The figures that a growth said next may be of. */
  growing: readonly FigureRef[];
  grown: boolean;
  compared: boolean;
  otherTime: boolean;
  otherOrgan: boolean;
  documents: boolean;
  /** What it says is shared out among several. */
  apart: boolean;
  /** It has counted something that is not understood. */
  foreign: boolean;
  /** The last figure, and how much of it was shared out since among what is not understood. */
  whole: number | undefined;
  parts: number;
  /** The clause before, not understood, goes on in the next. */
  carried: boolean;
}

const newState = (subjects: Iterable<TableSection>): State => ({
  subjects: new Set(subjects),
  stated: new Set(),
  context: undefined,
  last: undefined,
  aside: false,
  pending: undefined,
  growing: [],
  grown: false,
  compared: false,
  otherTime: false,
  otherOrgan: false,
  documents: false,
  apart: false,
  foreign: false,
  whole: undefined,
  parts: 0,
  carried: false,
});

/** What a clause says once and for the rest of its sentence. */
const LASTING: Partial<Record<Kind, Partial<State>>> = {
  since: { compared: true },
  now: { otherTime: false },
  past: { otherTime: true },
  ours: { otherOrgan: false, parts: 0 },
  theirs: { otherOrgan: true },
  documents: { documents: true },
};

const signOf = (kinds: readonly Kind[]): number =>
  kinds.reduce((sign, kind) => (kind === "up" ? 1 : kind === "down" ? -1 : sign), 0);

/** Whether what a text says of a part of a figure is in the form: of what was received, or of a row with rows of its own. */
const isWide = (form: EditionForm, { section, row, column }: FigureRef): boolean =>
  column === undefined &&
  (row === section.subject?.unnamed ||
    cellsOf(form, { section, row, column: "" }).some(
      ({ pointer }) => pointer.split("/").length > row.split("/").length + 3,
    ));

/** Money is in 万元. */
const scaleOf = ({ unit }: Stated): number => (unit === "元" ? 1e-4 : 1);

class Reader {
  readonly mentions: Mention[] = [];
  readonly #form: EditionForm;
  readonly #text: Readable;
  #state = newState([]);
  #sentence = 0;

  constructor(form: EditionForm, text: Readable) {
    this.#form = form;
    this.#text = text;
  }

  /** Reads a sentence under a heading that names subjects; gives the subjects that it names. */
  read({ at, clauses }: Sentence, heading: Iterable<TableSection>): ReadonlySet<TableSection> {
    this.#sentence = this.#text.at[at]!;
    this.#state = newState(heading);
    this.#clauses(clauses);
    return this.#state.subjects;
  }

  #clauses(clauses: Clauses): void {
    for (const item of clauses)
      if ("meanings" in item) this.#clause(item);
      else {
        // What brackets say of time, organ and parts ends with them.
        const before = { ...this.#state };
        this.#state.aside = true;
        this.#clauses(item);
        this.#state = before;
      }
  }

  get #elsewhere(): boolean {
    const { otherTime, otherOrgan, parts, whole } = this.#state;
    return otherTime || otherOrgan || (parts > 0 && parts !== whole);
  }

  #clause(clause: Clause): void {
    const state = this.#state;
    for (const kind of clause.kinds) Object.assign(state, LASTING[kind]);
    const { meanings, numbers, kinds, list } = clause;
    const unknown = clause.unknown || state.carried || (kinds.includes("besides") && numbers.length > 0);
    if (list) this.#shares(clause, unknown);
    else if (kinds.includes("each")) state.apart = true;
    const [number] = numbers;
    const blind = unknown || numbers.length > 1 || state.apart;
    const etc = kinds.includes("etc");
    state.carried = clause.goesOn && unknown;
    let pending: FigureRef | undefined;
    if (list) state.grown = false;
    else if (signOf(kinds) !== 0) this.#growth(clause, blind);
    else if (number && isCount(number)) this.#figure(clause, number, blind);
    else if (blind)
      state.carried ||=
        unknown && !number && (kinds.includes("cause") || meanings.some((m) => m.row !== undefined && !m.alternatives));
    else if (!number && kinds.includes("not")) this.#denial(clause);
    else if (!number && !etc) [pending] = this.#refs(clause);
    // The 申请 of 行政许可申请 are not those of 表三.
    for (const m of blind || this.#elsewhere ? [] : meanings)
      if (m.subject && meanings.every((other) => !other.row || other.section === m.section))
        state.subjects.add(m.section);
    if (meanings.length > 0 || numbers.length > 0 || unknown) state.pending = pending;
    state.last =
      meanings.findLast((m) => m.row !== undefined && m.row !== m.section.subject?.unnamed)?.section ?? state.last;
  }

  #refs({ meanings, kinds }: Clause, number?: Placed<Stated>): FigureRef[] {
    const [denied, etc] = [kinds.includes("not"), kinds.includes("etc")];
    const refs = figureRefs(meanings, number, { form: this.#form, ...this.#state, denied, etc });
    // What is made and what is made public are two counts.
    return kinds.includes("documents") ? refs.filter(({ section }) => section.subject?.phrases) : refs;
  }

  #growth(clause: Clause, blind: boolean): void {
    const state = this.#state;
    const [number] = clause.numbers;
    const own = clause.meanings.length > 0 ? this.#refs(clause) : state.growing;
    const [ref] = own;
    if (!blind && !this.#elsewhere && !clause.kinds.includes("not") && state.compared && number && ref && !own[1]) {
      const scale = number.unit === "倍" ? 100 : scaleOf(number);
      this.#mention(ref, isCount(number) ? "±" : "%", number, scale * signOf(clause.kinds));
    }
    state.growing = blind ? [] : own;
    state.grown = true;
  }

  #figure(clause: Clause, number: Placed<Stated>, blind: boolean): void {
    const state = this.#state;
    const { kinds, meanings } = clause;
    if (blind) this.#part(clause, number);
    const silent = blind || this.#elsewhere || kinds.includes("since") || kinds.includes("not");
    const refs = silent ? [] : this.#refs(clause, number);
    const certain = refs.length === 1 || number.value === 0 ? refs : [];
    for (const ref of certain) this.#mention(ref, "", number, scaleOf(number));
    state.growing = [...(state.grown ? [] : state.growing), ...certain].slice(0, 2);
    state.grown = false;
    const [ref] = certain;
    if (!ref) state.foreign ||= meanings.length === 0 || blind;
    else if (!ref.column) [state.whole, state.parts] = [number.value, 0];
    if (ref && !state.documents) state.subjects.add(ref.section);
    state.context = ref ?? state.context;
    // What follows 上年结转的3件中 is of these alone.
    if (ref && kinds.includes("within") && !isWide(this.#form, ref)) state.otherOrgan = true;
  }

  /** Of what is not understood: another organ's, unless it shares out the last figure among its own parts. */
  #part({ meanings: all }: Clause, number: Stated): void {
    const state = this.#state;
    const meanings = all.filter((m) => !m.otherwise);
    if (number.value === 0 || state.otherTime || (meanings.length === 0 && state.parts === 0)) return;
    if (state.whole === undefined || state.apart) state.otherOrgan ||= meanings.length > 0;
    else state.parts += number.value;
  }

  #denial(clause: Clause): void {
    if (this.#elsewhere || clause.meanings.length === 0 || clause.kinds.filter((kind) => kind === "not").length > 1)
      return;
    for (const ref of this.#refs(clause))
      this.#mention(ref, "", { value: 0, step: 1, at: clause.at, end: clause.end }, 1);
  }

  #shares(clause: Clause, unknown: boolean): void {
    const state = this.#state;
    const none = clause.kinds.some((kind) => kind === "not" || kind === "since" || kind === "up" || kind === "down");
    const shares =
      unknown || state.apart || this.#elsewhere || none ? [] : sharesOf(clause, { form: this.#form, ...state });
    if (shares.length === 0) state.apart = true;
    for (const [ref, number] of shares) this.#mention(ref, "", number, scaleOf(number));
    state.growing = [];
  }

  #mention(
    ref: FigureRef,
    measure: Mention["measure"],
    number: Pick<Placed<Stated>, "value" | "step" | "at" | "end">,
    scale: number,
  ): void {
    if (measure === "") this.#state.stated.add(ref.row);
    this.mentions.push({
      ...ref,
      path: [ref.section.key, ref.row, ...(ref.column ? [ref.column] : [])].join("/"),
      cells: cellsOf(this.#form, ref),
      measure,
      value: Number((number.value * scale).toPrecision(15)),
      step: number.step * Math.abs(scale),
      at: this.#text.at[number.at]!,
      end: this.#text.at[number.end - 1]! + 1,
      sentence: this.#sentence,
    });
  }
}

/**
 * The figures that a text states of the tables of its own report; in linear time. Nothing is taken from a clause with a
 * word that is not known, nor from one on another year, a part of the year or another organ.
 */
export function countsIn(text: string, form: EditionForm, { year, organ = "" }: Author): Mention[] {
  const plain = readable(text, organ);
  const reader = new Reader(form, plain);
  let heading: ReadonlySet<TableSection> = new Set();
  for (const sentence of sentencesOf(form, year, plain.text)) {
    const kind = headingOf(plain.text, sentence);
    const subjects = reader.read(sentence, kind ? [] : heading);
    if (kind) heading = kind === "heading" ? subjects : new Set();
  }
  return reader.mentions;
}
