/** Character classes of line breaking (GB/T 15834—2011, 5.1; W3C clreq 3.1), one table look-up a character. */

/** Ideographs, kana and whatever else fills a cell. */
export const HAN = 0;
/** （《“: the left half is blank; may not end a line. */
export const OPEN = 1;
/** ，。）》”: the right half is blank; may not begin a line. */
export const CLOSE = 2;
/** ！？·々: may not begin a line, fills its cell. */
export const STOP = 3;
/** —…: never parted from its twin, may not begin a line. */
export const DASH = 4;
/** Proportional: Latin letters, Greek, signs. */
export const LATIN = 5;
export const DIGIT = 6;
/** ASCII marks that may not begin a line: . , ; : ! ? ) ] } %. */
export const LATIN_CLOSE = 7;
/** ASCII marks that may not end a line: ( [ {. */
export const LATIN_OPEN = 8;
export const SPACE = 9;

const table = new Uint8Array(0x10000).fill(HAN);
table.fill(LATIN, 0, 0x2000);
table.fill(LATIN, 0x2000, 0x2e80);
const mark = (characters: string, value: number): void => {
  for (const character of characters) table[character.charCodeAt(0)] = value;
};
mark("（《“‘〔【「『〈［｛〖", OPEN);
mark("，。、；：）》”’〕】」』〉］｝〗．", CLOSE);
mark("！？·々〻％‰℃～", STOP);
mark("—…―⸺", DASH);
mark("0123456789", DIGIT);
mark(".,;:!?)]}%", LATIN_CLOSE);
mark("([{", LATIN_OPEN);
mark(" \t\u00a0\u2002\u2003\u2009", SPACE);
// Signs that Chinese text sets in a cell of their own: ① ⅰ → ■ and their like.
for (let c = 0x2160; c <= 0x27bf; c += 1) table[c] = HAN;

/** The class of a code point. */
export const classOf = (codePoint: number): number => (codePoint < 0x10000 ? table[codePoint]! : HAN);

/** Whether a class belongs to words and numbers that stay whole. */
export const isWord = (value: number): boolean => value >= LATIN && value <= LATIN_OPEN;
