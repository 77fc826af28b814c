import type { EditionForm } from "../form/form.ts";
import type { Kind } from "./grammar.ts";
import { numberAt, numberOfNumeral, type Stated } from "./numbers.ts";
import { type Meaning, type Word, wordAt } from "./words.ts";

export type Placed<T> = T & { readonly at: number };

/** What stands between two stops of a sentence, or an item of a list. */
export interface Clause {
  readonly at: number;
  end: number;
  readonly meanings: Placed<Meaning>[];
  readonly numbers: Placed<Stated>[];
  /** The numbers of 分别为5件、3件. */
  list?: readonly Placed<Stated>[];
  /** In the order in which they stand. */
  readonly kinds: Kind[];
  /** Something in it is not understood. */
  unknown: boolean;
  /** The next is an item of the same list. */
  goesOn: boolean;
}

/** Clauses in their order; those in brackets stand in a list of their own. */
export type Clauses = readonly (Clause | Clauses)[];

export interface Sentence {
  readonly at: number;
  readonly end: number;
  readonly clauses: Clauses;
}

const DATE =
  /(\d{4}|[〇零一二三四五六七八九]{4})年度?([底末初]|以来)?|\d{1,2}月(?:份|[底初末]|\d{1,2}[日号])?|\d{1,2}[日号]/y;
/** （一）, 1., 一是 before what they number. */
const ITEM = /\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:\)|[.、](?!\d)|是)/y;
/** 按照《…》的规定: says nothing of what is counted. */
const LAW = /(?:按照|根据|依据|依照|按)(?:《[^《》]{1,40}》[、和及]?){1,4}等?的?(?:有关|相关)?(?:规定|要求|程序)?/y;
const SEPARATOR = /[、,]|[和及与]/y;
/** In brackets after a figure: it counts less than it seems to. */
const LESS = /不含|不包|除|扣/;

/** No clause that people write has so many words for the form's rows and columns. */
const MOST_WORDS = 50;
const MOST_BRACKETS = 8;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const isCounted = ({ numbers, list }: Clause): boolean => numbers.length > 0 || list !== undefined;

/** `5、3和2件` or `5件、3件` at a place of a text, up to a stop. */
function listAt(text: string, at: number): readonly [Placed<Stated>[], number] | undefined {
  const numbers: Placed<Stated>[] = [];
  let end = at;
  for (let number = numberAt(text, at); number && numbers.length < MOST_WORDS; ) {
    numbers.push({ ...number, at: end });
    end = number.end;
    number = matchAt(SEPARATOR, text, end) ? numberAt(text, SEPARATOR.lastIndex) : undefined;
    if (number) end = SEPARATOR.lastIndex;
  }
  const unit = numbers.at(-1)?.unit;
  const alike = numbers.every((n) => !n.vague && (n.unit === unit || n.unit === ""));
  return numbers.length > 1 && unit && alike && ",;。!?()\n".includes(text[end] ?? "\n") ? [numbers, end] : undefined;
}

/** Cuts a readable text into sentences and clauses, in one go from its beginning to its end. */
class Scanner {
  readonly #form: EditionForm;
  readonly #year: number;
  readonly #text: string;
  /** What stands around the brackets that are open. */
  readonly #outer: { readonly clause: Clause; readonly clauses: (Clause | Clauses)[]; readonly at: number }[] = [];
  #clauses: (Clause | Clauses)[] = [];
  #clause = Scanner.#begin(0);
  #at = 0;

  constructor(form: EditionForm, year: number, text: string) {
    this.#form = form;
    this.#year = year;
    this.#text = text;
  }

  static #begin(at: number): Clause {
    return { at, end: at, meanings: [], numbers: [], kinds: [], unknown: false, goesOn: false };
  }

  *sentences(): Generator<Sentence> {
    let from = 0;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!;
      if ("。!?\n".includes(character)) {
        yield this.#sentence(from);
        from = this.#at;
      } else if (",;".includes(character)) {
        this.#at += 1;
        this.#close(this.#at - 1, this.#at, false);
      } else if (character === "(" && !this.#item()) this.#open();
      else if (character === ")") this.#shut();
      else if (character === " ") this.#at += 1;
      else this.#read();
    }
    yield this.#sentence(from);
  }

  #sentence(from: number): Sentence {
    while (this.#outer.length > 0) this.#shut();
    const end = this.#at;
    this.#at += 1;
    this.#close(end, this.#at, false);
    const clauses = this.#clauses;
    this.#clauses = [];
    return { at: from, end, clauses };
  }

  #close(end: number, next: number, goesOn: boolean): void {
    if (end > this.#clause.at) this.#clauses.push(Object.assign(this.#clause, { end, goesOn }));
    this.#clause = Scanner.#begin(next);
  }

  #open(): void {
    const at = this.#at;
    this.#at += 1;
    if (this.#outer.length === MOST_BRACKETS) return;
    this.#outer.push({ clause: this.#clause, clauses: this.#clauses, at });
    this.#clauses = [];
    this.#clause = Scanner.#begin(this.#at);
  }

  /** Joins what stood in brackets to its clause if it counts nothing by itself. */
  #shut(): void {
    const end = this.#at;
    if (this.#text[end] === ")") this.#at += 1;
    const outer = this.#outer.pop();
    if (!outer) return;
    this.#close(end, this.#at, false);
    const inner = this.#clauses;
    const { clause } = outer;
    [this.#clause, this.#clauses] = [clause, outer.clauses];
    const flat = inner.filter((item): item is Clause => !Array.isArray(item));
    const plain = flat.length === inner.length && !flat.some(isCounted);
    const [only] = flat;
    const figure = inner.length === 1 && only && !only.unknown && only.meanings.length === 0 && only.numbers.length > 0;
    if (!isCounted(clause) && figure) {
      clause.numbers.push(...only.numbers.slice(0, 2));
      this.#close(this.#at, this.#at, true);
    } else if (!plain && isCounted(clause)) {
      this.#close(outer.at, this.#at, true);
      this.#clauses.push(inner);
    } else if (!plain) this.#clauses.push(inner);
    else if (isCounted(clause) && flat.some((c) => c.unknown))
      clause.unknown ||= LESS.test(this.#text.slice(outer.at, Math.min(end, outer.at + 40)));
    else
      for (const { meanings, kinds, unknown } of flat) {
        clause.unknown ||= unknown || clause.meanings.length > MOST_WORDS;
        // （均为自然人） after a figure says more of it, and not what it is of.
        const own = isCounted(clause) ? meanings.filter((m) => m.subject) : meanings;
        if (!clause.unknown) clause.meanings.push(...own);
        clause.kinds.push(...kinds);
      }
  }

  #item(): RegExpExecArray | null {
    return this.#at === this.#clause.at ? matchAt(ITEM, this.#text, this.#at) : null;
  }

  #read(): void {
    const [text, at] = [this.#text, this.#at];
    const skipped = this.#item() ?? matchAt(LAW, text, at);
    const [word, end] = skipped ? [] : (wordAt(this.#form, this.#year, text, at) ?? []);
    if (skipped) this.#at = at + skipped[0].length;
    else if (word) this.#word(word, at, end!);
    else this.#number();
  }

  #word(word: Word, at: number, end: number): void {
    this.#at = end;
    if (word.meanings.length > 0) {
      if (this.#clause.meanings.length > MOST_WORDS) this.#clause.unknown = true;
      else for (const meaning of word.meanings) this.#clause.meanings.push({ ...meaning, at });
      return;
    }
    for (const kind of word.kinds) {
      if (kind === "within") this.#clause.kinds.push(kind);
      if (kind === "among" || kind === "within") this.#close(at, end, false);
      else if (kind === "and" && isCounted(this.#clause)) this.#close(at, end, true);
      else if (isCounted(this.#clause) && (kind === "since" || kind === "total")) this.#close(at, at, false);
      if (kind === "each") this.#list();
      this.#clause.kinds.push(kind);
    }
  }

  /** What is shared out among several; where the numbers follow at once, one for each. */
  #list(): void {
    const list = isCounted(this.#clause) ? undefined : listAt(this.#text, this.#at);
    if (list) [this.#clause.list, this.#at] = list;
  }

  #number(): void {
    const date = matchAt(DATE, this.#text, this.#at);
    if (date) {
      const year = date[1] && (/\d/.test(date[1]) ? Number(date[1]) : numberOfNumeral(date[1]));
      this.#clause.kinds.push(year !== this.#year || /初|以来/.test(date[2] ?? "") ? "past" : "now");
      this.#at += date[0].length;
      return;
    }
    const number = numberAt(this.#text, this.#at);
    if (number && !number.vague && (number.unit || number.value === 0))
      this.#clause.numbers.push({ ...number, at: this.#at });
    else this.#clause.unknown = true;
    this.#at = number?.end ?? this.#at + 1;
  }
}

/** The sentences of a text whose digits and signs are half-width, one after the other; in linear time. */
export const sentencesOf = (form: EditionForm, year: number, text: string): Iterable<Sentence> =>
  new Scanner(form, year, text).sentences();

/** A heading names what the sentences after it are about; an item or a line begins something new. */
export function headingOf(text: string, { at, end }: Sentence): "heading" | "item" | undefined {
  const short = end - at < 24 ? text.slice(at, end) : "";
  if (/(?:情况|工作|方面|公开|申请)$/.test(short) && !/\d(?:件|条)/.test(short)) return "heading";
  return text[at - 1] === "\n" || matchAt(ITEM, text, at) ? "item" : undefined;
}
