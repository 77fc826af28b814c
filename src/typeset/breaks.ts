import { CLOSE, DASH, DIGIT, HAN, isWord, LATIN_CLOSE, LATIN_OPEN, OPEN, SPACE, STOP } from "./classes.ts";

/** How gladly a line is broken: never, only inside an overlong word, between a number and its unit, anywhere. */
export const NEVER = 0;
export const OVERLONG = 1;
export const UNIT = 2;
export const FREE = 3;
/** A word longer than this may be broken when nothing else helps (URLs). */
const LONG_WORD = 16;
/** Where lines may end: entry i is the break before code point i. */
export function breaks(text: Uint32Array, classes: Uint8Array): Uint8Array {
  const out = new Uint8Array(text.length + 1).fill(FREE);
  let wordStart = 0;
  for (let i = 1; i < text.length; i += 1) {
    const a = classes[i - 1]!;
    const b = classes[i]!;
    const word = isWord(a) && isWord(b);
    if (!word) wordStart = i;
    if (b === CLOSE || b === STOP || b === LATIN_CLOSE || b === SPACE || a === OPEN || a === LATIN_OPEN) out[i] = NEVER;
    else if (b === DASH) out[i] = NEVER;
    else if (a === DIGIT && b === HAN) out[i] = UNIT;
    // 2021年1月26日, 第3条: the Han character between or before figures stays with them.
    else if (b === DIGIT && a === HAN && isDatePart(text[i - 1]!) && i > 1 && classes[i - 2] === DIGIT) out[i] = UNIT;
    // 800余条: the unit after 余, 多, 万 and their like.
    else if (a === HAN && b === HAN && i > 1 && classes[i - 2] === DIGIT && isScale(text[i - 1]!)) out[i] = UNIT;
    if (word) {
      out[i] = NEVER;
      let end = i;
      while (end < text.length && isWord(classes[end]!)) end += 1;
      const long = end - wordStart > LONG_WORD;
      for (; i < end; i += 1) {
        const forbidden = classes[i] === LATIN_CLOSE || classes[i - 1] === LATIN_OPEN;
        out[i] = long && !forbidden && isSeparator(text[i - 1]!) ? OVERLONG : NEVER;
      }
      i = end - 1;
    }
  }
  return out;
}

/** / ? & = _ - and the like: where an address may be broken, after the mark. */
const isSeparator = (c: number): boolean => "/?&=_-#@~+".includes(String.fromCodePoint(c));
/** 年 月 日 时 分. */
const isDatePart = (c: number): boolean => c === 0x5e74 || c === 0x6708 || c === 0x65e5 || c === 0x65f6 || c === 0x5206;
/** 余 多 万 亿 千 百. */
const isScale = (c: number): boolean =>
  c === 0x4f59 || c === 0x591a || c === 0x4e07 || c === 0x4ebf || c === 0x5343 || c === 0x767e;
