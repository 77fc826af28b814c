/** A number as it stands in a text. */
export interface Stated {
  readonly value: number;
  /** What one unit of its last digit is worth: 31.64亿元 is exact to 1000000 yuan. */
  readonly step: number;
  /** 元 of an amount of money, % of a percentage, 倍 of a multiple, 件 or another word for pieces of a count; or empty. */
  readonly unit: string;
  /** Only about so many, or a bound: 20余件, 10件以上. */
  readonly vague: boolean;
  /** Where it ends in the text. */
  readonly end: number;
}

const DIGITS = "〇一二三四五六七八九";
const POWERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 1e4, 亿: 1e8 };

/** The value of a numeral such as 三百二十一, 一千零五, 两, 二〇. */
export function numberOfNumeral(text: string): number {
  let [whole, part, digit] = [0, 0, 0];
  for (const character of text.replaceAll("两", "二")) {
    const power = POWERS[character];
    if (!power) digit = digit * 10 + Math.max(0, DIGITS.indexOf(character));
    else if (power < 1e4) [part, digit] = [part + (digit || 1) * power, 0];
    // 一亿二千万 is 一亿 and 二千万; 二万亿 is 二万 times 亿.
    else if (power > 1e4 || !whole) [whole, part, digit] = [(whole + part + digit) * power, 0, 0];
    else [whole, part, digit] = [whole + (part + digit) * power, 0, 0];
  }
  return whole + part + digit;
}

const NUMBER =
  /(百分之)?(?:(\d{1,3}(?:,\d{3})+(?!\d)|\d{1,20})(\.\d{1,9})?|([〇零一二两三四五六七八九十百千万亿]{1,20})) ?(余|多|几)? ?([万亿]?)(元|件|[起宗例份条个项部次笔倍]|%)?(?:次|\(次\)|\/次)? ?(余|多|左右|以上|以下|以内|上下)?/y;

/** The number that begins at a place of a text whose digits and signs are half-width. */
export function numberAt(text: string, at: number): Stated | undefined {
  NUMBER.lastIndex = at;
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [all, percent, digits, decimals = "", numeral = "", before, power = "", unit = "", after] = match;
  const scale = POWERS[power] ?? 1;
  return {
    value: (digits ? Number(digits.replaceAll(",", "") + decimals) : numberOfNumeral(numeral)) * scale,
    step: scale / 10 ** Math.max(0, decimals.length - 1),
    unit: percent ? "%" : unit,
    vague: !!(before ?? after),
    end: at + all.length,
  };
}

/** Whether a number counts something: neither a share nor a multiple. */
export const isCount = ({ unit }: Pick<Stated, "unit">): boolean => unit !== "%" && unit !== "倍";
