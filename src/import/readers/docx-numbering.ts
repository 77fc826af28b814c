/** Numbers that Word counts itself (ISO/IEC 29500-1, 17.9): the text has none, the page has. */
import { chineseNumeral } from "../../compose/numerals.ts";
import { elementsOf, isOn, valueAt, type XmlElement } from "./xml.ts";

/** One level of a list. */
interface ListLevel {
  readonly start: number;
  readonly format: string;
  /** The number's text, levels as `%1`. */
  readonly text: string;
  /** Shows the levels above in Arabic numerals. */
  readonly legal: boolean;
  /** The level whose next number starts this one again; 0 for never. */
  readonly restart: number | undefined;
  /** The paragraph style that has this level. */
  readonly style: string | undefined;
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

function roman(value: number): string {
  let rest = value;
  let text = "";
  for (const [amount, letters] of ROMAN)
    while (rest >= amount) {
      text += letters;
      rest -= amount;
    }
  return text;
}

const letter = (value: number): string => String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));
const oneOf = (signs: string, value: number): string => [...signs][value - 1] ?? String(value);
/** Signs that Unicode has in a row: ① ⑴ ⒈. */
const inRow = (first: number, value: number): string =>
  value <= 20 ? String.fromCodePoint(first + value - 1) : String(value);

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  chineseCounting: chineseNumeral,
  chineseCountingThousand: chineseNumeral,
  japaneseCounting: chineseNumeral,
  taiwaneseCounting: chineseNumeral,
  taiwaneseCountingThousand: chineseNumeral,
  koreanDigital2: chineseNumeral,
  ideographDigital: (value) => String(value).replace(/\d/g, (digit) => "〇一二三四五六七八九"[Number(digit)]!),
  chineseLegalSimplified: (value) =>
    chineseNumeral(value).replace(
      /[一二三四五六七八九十百千]/gu,
      (c) => "壹贰叁肆伍陆柒捌玖拾佰仟"["一二三四五六七八九十百千".indexOf(c)]!,
    ),
  ideographTraditional: (value) => oneOf("甲乙丙丁戊己庚辛壬癸", value),
  ideographZodiac: (value) => oneOf("子丑寅卯辰巳午未申酉戌亥", value),
  decimalFullWidth: (value) => String(value).replace(/\d/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  decimalFullWidth2: (value) => String(value).replace(/\d/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  decimalEnclosedCircle: (value) => inRow(0x2460, value),
  decimalEnclosedCircleChinese: (value) => inRow(0x2460, value),
  decimalEnclosedParen: (value) => inRow(0x2474, value),
  decimalEnclosedFullstop: (value) => inRow(0x2488, value),
  decimalZero: (value) => String(value).padStart(2, "0"),
  lowerLetter: letter,
  upperLetter: (value) => letter(value).toUpperCase(),
  lowerRoman: roman,
  upperRoman: (value) => roman(value).toUpperCase(),
  none: () => "",
};

/** A count that goes on from year to year is no list: beyond this, numbers are Arabic. */
const MOST = 9999;
const printed = (format: string, value: number): string =>
  value >= 1 && value <= MOST ? (FORMATS[format] ?? String)(value) : String(value);

/** A number's text is a few characters long. */
const MOST_TEXT = 64;

function listLevel(level: XmlElement): ListLevel {
  const restart = valueAt(level, "lvlRestart");
  return {
    start: Number(valueAt(level, "start") ?? 0) || 0,
    format: valueAt(level, "numFmt") ?? "decimal",
    text: (valueAt(level, "lvlText") ?? "").slice(0, MOST_TEXT),
    legal: isOn(level, "isLgl"),
    restart: restart === undefined ? undefined : Number(restart),
    style: valueAt(level, "pStyle"),
  };
}

/** Lists have nine levels. */
const levelsOf = (element: XmlElement): Map<number, ListLevel> =>
  new Map(
    elementsOf(element, "lvl")
      .filter(({ attributes }) => /^[0-8]$/.test(attributes["ilvl"] ?? "0"))
      .map((level) => [Number(level.attributes["ilvl"] ?? 0), listLevel(level)]),
  );

/** One list: its levels, and the list whose counting it shares. */
interface List {
  readonly levels: ReadonlyMap<number, ListLevel>;
  readonly shared: string;
  readonly starts: ReadonlyMap<number, number>;
}

/** The lists of a document, counted from its beginning on. */
export class Numbering {
  readonly #lists: ReadonlyMap<string, List>;
  /** By the list that is shared. */
  readonly #counts = new Map<string, Map<number, number>>();
  /** Lists that have begun, with the levels that they start anew. */
  readonly #begun = new Set<string>();

  constructor(numbering: XmlElement | undefined) {
    const abstracts = new Map(
      elementsOf(numbering, "abstractNum").map((a) => [a.attributes["abstractNumId"] ?? "", a]),
    );
    const styled = new Map([...abstracts.values()].map((a) => [valueAt(a, "styleLink"), a]));
    /** By the definition that lists name: that one, or the one that it links to. Looked up once, however many lists have it. */
    const definitions = new Map(
      [...abstracts].map(([id, named]) => {
        const link = valueAt(named, "numStyleLink");
        return [id, link === undefined ? named : (styled.get(link) ?? named)];
      }),
    );
    const levelsIn = new Map([...abstracts.values()].map((abstract) => [abstract, levelsOf(abstract)]));
    const lists = elementsOf(numbering, "num").map((num): [string, List] => {
      const shared = valueAt(num, "abstractNumId") ?? "";
      const abstract = definitions.get(shared);
      const levels = new Map(abstract ? levelsIn.get(abstract) : []);
      const starts = new Map<number, number>();
      for (const override of elementsOf(num, "lvlOverride")) {
        const at = Number(override.attributes["ilvl"] ?? 0);
        for (const [, level] of levelsOf(override)) levels.set(at, level);
        const start = valueAt(override, "startOverride");
        if (start !== undefined) starts.set(at, Number(start) || 0);
      }
      return [num.attributes["numId"] ?? "", { levels, shared, starts }];
    });
    this.#lists = new Map(lists);
  }

  /** The level of a list that a paragraph style has. */
  levelOf(list: string, style: string): number | undefined {
    return [...(this.#lists.get(list)?.levels ?? [])].find(([, level]) => level.style === style)?.[0];
  }

  /** The number of the next paragraph of a list, as printed; empty for bullets. */
  next(id: string, at: number): string {
    const list = this.#lists.get(id);
    const level = list?.levels.get(at);
    if (!list || !level) return "";
    const counts = this.#counts.get(list.shared) ?? new Map<number, number>();
    this.#counts.set(list.shared, counts);
    const start = (of: number): number => list.starts.get(of) ?? list.levels.get(of)?.start ?? 1;
    const first = list.starts.has(at) && !this.#begun.has(`${id}/${at}`);
    this.#begun.add(`${id}/${at}`);
    const before = counts.get(at);
    counts.set(at, first || before === undefined ? start(at) : before + 1);
    for (const [deeper, { restart }] of list.levels)
      if (deeper > at && restart !== 0 && (restart === undefined || at < restart)) counts.delete(deeper);
    if (level.format === "bullet") return "";
    const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const of = Number(digit) - 1;
      const format = level.legal ? "decimal" : (list.levels.get(of)?.format ?? "decimal");
      return printed(format, counts.get(of) ?? start(of));
    });
    // Typed numbers have no space behind their mark; without a mark they would run into the text.
    return /[\p{L}\p{N}]$/u.test(text) ? `${text} ` : text;
  }
}
