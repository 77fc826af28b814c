import type { EditionForm, FormCell, TableSection } from "../form/form.ts";
import { numberAt, type Stated } from "./numbers.ts";
import { cellsOf, type Place, placesOf } from "./places.ts";
import { type Meaning, wordAt } from "./words.ts";

/** A figure that a text states. */
export interface Mention extends Place {
  /** The place from the report's root: `requests/results/granted`, `requests/received/commercial`. */
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

const DATE = /(\d{4})年度?([底末初]|以来)?|\d{1,2}月(?:份|[底初末]|\d{1,2}[日号])?|\d{1,2}[日号]/y;
/** （一）, 1., 一是 before what they number. */
const ITEM = /\(?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:\)|[.、](?!\d)|是)/y;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** Full-width digits, letters and signs as their ASCII twins, and the organ's name as 本局, one for one. */
function readable(text: string, organ: string): string {
  let plain = text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  for (let at = 0; at < organ.length - 3; at += 1)
    if (at === 0 || "省市区县州旗盟".includes(organ[at]!))
      plain = plain.replaceAll(organ.slice(at), (name) => "本局".padEnd(name.length));
  return plain;
}

/** No clause that people write has so many words for the form's rows and columns. */
const MOST_WORDS = 50;

interface Clause {
  readonly meanings: (Meaning & { readonly at: number })[];
  readonly numbers: (Stated & { readonly at: number })[];
  readonly at: number;
  /** Something in it is not understood. */
  unknown: boolean;
  cause: boolean;
  /** It compares with last year. */
  since: boolean;
  /** How many times it denies, and whether something grew or shrank. */
  not: number;
  sign: number;
}

const newClause = (at: number, unknown = false): Clause => ({
  meanings: [],
  numbers: [],
  at,
  unknown,
  cause: false,
  since: false,
  not: 0,
  sign: 0,
});

const newSentence = (at: number) => ({
  at,
  subjects: new Set<TableSection>(),
  context: undefined as Place | undefined,
  pending: undefined as Place | undefined,
  /** The figures that a growth said next may be of. */
  growing: [] as Place[],
  grown: false,
  compared: false,
  otherTime: false,
  otherOrgan: false,
  documents: false,
  apart: false,
});

/**
 * The figures that a text states of the tables of its own report; in linear time. Nothing is taken from a clause with a
 * word that is not known, nor from one on another year, a part of the year or another organ.
 */
export function countsIn(text: string, form: EditionForm, { year, organ = "" }: Author): Mention[] {
  const plain = readable(text, organ);
  const mentions: Mention[] = [];
  let sentence = newSentence(0);
  let clause = newClause(0);

  const state = (
    places: readonly Place[],
    measure: Mention["measure"],
    number: Omit<Stated, "unit" | "vague"> & { at: number },
    scale = 1,
  ) => {
    for (const place of places)
      mentions.push({
        ...place,
        path: [place.section.key, place.row, ...(place.column ? [place.column] : [])].join("/"),
        cells: cellsOf(form, place),
        measure,
        value: Number((number.value * scale).toPrecision(15)),
        step: number.step * Math.abs(scale),
        at: number.at,
        end: number.end,
        sentence: sentence.at,
      });
  };

  /** Takes what the clause says, and begins the next. */
  const close = (at: number, next: number, goesOn: boolean): void => {
    const { meanings, numbers, unknown, cause, since, not, sign } = clause;
    if (at === clause.at) {
      clause = newClause(next, unknown);
      return;
    }
    const [number, second] = numbers;
    const blind = unknown || second !== undefined || sentence.apart;
    const elsewhere = sentence.otherTime || sentence.otherOrgan;
    const read = { form, ...sentence };
    let [after, pending]: [boolean, Place | undefined] = [goesOn && unknown, undefined];
    if (sign) {
      const own = meanings.length > 0 ? placesOf(meanings, undefined, read) : sentence.growing;
      if (!blind && !elsewhere && !not && sentence.compared && number && own.length === 1)
        state(own, number.unit === "%" ? "%" : "±", number, sign);
      sentence.growing = blind ? [] : own;
      sentence.grown = true;
    } else if (number && number.unit !== "%") {
      if (blind && meanings.length > 0 && !sentence.otherTime) sentence.otherOrgan = true;
      const places = blind || since || not || elsewhere ? [] : placesOf(meanings, number, read);
      const certain = places.length === 1 || number.value === 0 ? places : [];
      state(certain, "", number, number.unit === "元" ? 1e-4 : 1);
      sentence.growing = [...(sentence.grown ? [] : sentence.growing), ...certain].slice(0, 2);
      sentence.grown = false;
      sentence.context = certain[0] ?? sentence.context;
    } else if (blind) after ||= unknown && !number && (cause || meanings.some((m) => m.row));
    else if (!number && not) {
      if (not === 1 && !elsewhere && meanings.length > 0)
        state(placesOf(meanings, undefined, read), "", { value: 0, step: 1, at: clause.at, end: at });
    } else if (!number) pending = placesOf(meanings, undefined, read)[0];
    // The 申请 of 行政许可申请 are not those of 表三.
    for (const m of blind || elsewhere ? [] : meanings)
      if (m.subject && meanings.every((other) => !other.row || other.section === m.section))
        sentence.subjects.add(m.section);
    if (meanings.length > 0 || numbers.length > 0 || unknown) sentence.pending = pending;
    clause = newClause(next, after);
  };

  for (let at = 0; at < plain.length; ) {
    const character = plain[at]!;
    const counted = clause.numbers.length > 0;
    if ("。!?\n".includes(character)) {
      close(at, at + 1, false);
      at += 1;
      sentence = newSentence(at);
      clause = newClause(at);
      continue;
    }
    if (",;".includes(character)) {
      close(at, at + 1, false);
      at += 1;
      continue;
    }
    if (character === " " || character === "\u3000") {
      at += 1;
      continue;
    }
    const item = at === clause.at ? matchAt(ITEM, plain, at) : null;
    const [word, end] = item ? [undefined, ITEM.lastIndex] : (wordAt(form, year, plain, at) ?? [undefined, at]);
    if (item) at = end;
    else if (word) {
      if (clause.meanings.length > MOST_WORDS) clause.unknown = true;
      else for (const meaning of word.meanings) clause.meanings.push({ ...meaning, at });
      for (const kind of word.meanings.length > 0 ? [] : word.kinds)
        switch (kind) {
          case "and":
            if (counted) close(at, end, true);
            break;
          case "since":
            if (counted) close(at, end, false);
            sentence.compared = true;
            clause.since = true;
            break;
          case "among":
            close(at, end, false);
            break;
          case "now":
            sentence.otherTime = false;
            break;
          case "past":
            sentence.otherTime = true;
            break;
          case "ours":
            sentence.otherOrgan = false;
            break;
          case "theirs":
            sentence.otherOrgan = true;
            break;
          case "documents":
            sentence.documents = true;
            break;
          case "cause":
            clause.cause = true;
            break;
          case "not":
            clause.not += 1;
            break;
          case "up":
            clause.sign = 1;
            break;
          case "down":
            clause.sign = -1;
            break;
          case "each":
            sentence.apart = true;
        }
      at = end;
    } else {
      const date = matchAt(DATE, plain, at);
      const number = date ? undefined : numberAt(plain, at);
      if (date) sentence.otherTime = Number(date[1]) !== year || /初|以来/.test(date[2] ?? "");
      else if (number && !number.vague && (number.unit || number.value === 0)) clause.numbers.push({ ...number, at });
      else clause.unknown = true;
      at = date ? DATE.lastIndex : (number?.end ?? at + 1);
    }
  }
  close(plain.length, plain.length, false);
  return mentions;
}
