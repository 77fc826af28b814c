import type { FaceName } from "../basics/faces.ts";
import {
  CLOSE,
  classOf,
  DASH,
  DIGIT,
  HAN,
  isWord,
  LATIN,
  LATIN_CLOSE,
  LATIN_OPEN,
  OPEN,
  SPACE,
  STOP,
} from "./classes.ts";
import type { Measure } from "./measure.ts";

/** How a text is set in lines. */
export interface LineStyle {
  readonly face: FaceName;
  /** Type size, pt. */
  readonly size: number;
  /** The room of a full-width character, pt. */
  readonly cell: number;
  /** The room of a line, pt. */
  readonly width: number;
  /** At most so many characters a line. */
  readonly cells: number;
  /** Room left free at the first line's start, pt. */
  readonly indent?: number;
  /** Whether lines but the last are stretched to both edges. */
  readonly justify?: boolean;
}

/** One line: its code points, and where each begins; the last entry is where the line ends. */
export interface SetLine {
  readonly text: Uint32Array;
  readonly x: Float64Array;
}

/** How gladly a line is broken: never, only inside an overlong word, between a number and its unit, anywhere. */
const NEVER = 0;
const OVERLONG = 1;
const UNIT = 2;
const FREE = 3;
/** A word longer than this may be broken when nothing else helps (URLs). */
const LONG_WORD = 16;
/** Slack in cells from which a lesser break is taken instead. */
const SLACK = [Number.POSITIVE_INFINITY, 6, 2.5, 0] as const;
/** No gap is stretched by more, in em: a wider one reads as a space, to the eye and to whoever copies the text. */
const MAX_STRETCH = 0.075;
/** The most that is added after a mark or beside Latin to fill a line, in em. */
const MAX_EXTRA = 0.75;
const EPSILON = 0.01;

/** A text as code points. */
export const codePoints = (text: string): Uint32Array => {
  const out = new Uint32Array(text.length);
  let n = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.codePointAt(i)!;
    if (code > 0xffff) i += 1;
    out[n++] = code;
  }
  return out.subarray(0, n);
};

/** Where lines may end: entry i is the break before code point i. */
function breaks(text: Uint32Array, classes: Uint8Array): Uint8Array {
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

/** The room between two characters beside their own: negative where adjacent marks share a blank, a quarter-em at Latin. */
function gapOf(a: number, b: number, size: number, cell: number): number {
  if ((a === CLOSE && (b === CLOSE || b === OPEN)) || (a === OPEN && b === OPEN)) return -cell / 2;
  if ((a === HAN && (b === LATIN || b === DIGIT)) || (b === HAN && (a === LATIN || a === DIGIT))) return size / 4;
  return 0;
}

/** What may be taken from the room between two characters where a line is too full. */
function shrinkOf(a: number, b: number, size: number, cell: number): number {
  if ((a === CLOSE && b === HAN) || (a === HAN && b === OPEN)) return cell / 4;
  if ((a === HAN && (b === LATIN || b === DIGIT)) || (b === HAN && (a === LATIN || a === DIGIT))) return size / 8;
  return 0;
}

const stretches = (a: number, b: number): boolean =>
  !(isWord(a) && isWord(b)) &&
  a !== OPEN &&
  b !== CLOSE &&
  b !== STOP &&
  b !== LATIN_CLOSE &&
  !(a === DASH && b === DASH);

/** After marks and between Han and Latin: room there is seen as natural. */
const isRoomy = (a: number, b: number): boolean => a === CLOSE || b === OPEN || isWord(a) !== isWord(b);

interface Candidate {
  readonly end: number;
  readonly width: number;
}

/** Breaks a text into lines: 避头尾 by taking from the blanks of marks where that is enough, else by pushing out. */
export function setLines(value: string, style: LineStyle, measure: Measure): SetLine[] {
  const { face, size, cell, width: room } = style;
  const text = codePoints(value);
  const n = text.length;
  const classes = new Uint8Array(n);
  const widths = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    classes[i] = classOf(text[i]!);
    widths[i] = measure.width(text[i]!, face, size, cell);
  }
  const allowed = breaks(text, classes);
  const lines: SetLine[] = [];
  let start = 0;
  while (start < n) {
    const indent = start === 0 ? (style.indent ?? 0) : 0;
    const natural: (Candidate | undefined)[] = [undefined, undefined, undefined, undefined];
    const pressed: (Candidate | undefined)[] = [undefined, undefined, undefined, undefined];
    let used = indent;
    let shrink = 0;
    let cells = Math.round(indent / cell);
    let trailing = 0;
    let end = n;
    let i = start;
    for (; i < n; i += 1) {
      const own = classes[i]!;
      if (i > start) {
        used += gapOf(classes[i - 1]!, own, size, cell);
        shrink += shrinkOf(classes[i - 1]!, own, size, cell);
      }
      used += widths[i]!;
      trailing = own === SPACE ? trailing + widths[i]! : 0;
      // As a typist counts: a letter or a digit is half a character.
      cells += own < LATIN ? 1 : own === SPACE ? 0 : 0.5;
      if (cells > style.cells) break;
      const visible = used - trailing;
      const tail = own === CLOSE ? cell / 2 : 0;
      const level = i + 1 === n ? FREE : allowed[i + 1]!;
      if (visible <= room + EPSILON) natural[level] = { end: i + 1, width: visible };
      else if (visible - shrink - tail <= room + EPSILON) pressed[level] = { end: i + 1, width: visible };
      else break;
    }
    if (i < n || natural[FREE]?.end !== n) {
      const best = choose(natural, pressed, room, cell);
      end = best?.end ?? Math.max(start + 1, i);
    }
    lines.push(place(text, classes, widths, start, end, indent, style, end < n));
    start = end;
  }
  return lines;
}

/** The farthest break of the best kind that leaves no hole in the line. */
function choose(
  natural: readonly (Candidate | undefined)[],
  pressed: readonly (Candidate | undefined)[],
  room: number,
  cell: number,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const level of [FREE, UNIT, OVERLONG, NEVER]) {
    const loose = natural[level];
    const tight = pressed[level];
    const own = tight && (!loose || room - loose.width > cell / 4) ? tight : loose;
    if (own && (!best || (own.end > best.end && (room - best.width) / cell > SLACK[level]!))) best = own;
  }
  return best;
}

/** Gives every character of a line its place. */
function place(
  text: Uint32Array,
  classes: Uint8Array,
  widths: Float64Array,
  start: number,
  end: number,
  indent: number,
  style: LineStyle,
  justify: boolean,
): SetLine {
  const { size, cell, width: room } = style;
  let last = end;
  while (last > start && classes[last - 1] === SPACE) last -= 1;
  let used = indent;
  let shrink = 0;
  let gaps = 0;
  let roomy = 0;
  for (let i = start; i < last; i += 1) {
    used += widths[i]!;
    if (i === start) continue;
    const a = classes[i - 1]!;
    const b = classes[i]!;
    used += gapOf(a, b, size, cell);
    shrink += shrinkOf(a, b, size, cell);
    if (!stretches(a, b)) continue;
    gaps += 1;
    if (isRoomy(a, b)) roomy += 1;
  }
  const slack = room - used;
  const tail = slack < -EPSILON && last > start && classes[last - 1] === CLOSE ? Math.min(-slack, cell / 2) : 0;
  const press = slack + tail < -EPSILON && shrink > 0 ? Math.min(1, -(slack + tail) / shrink) : 0;
  const even = gaps > 0 ? slack / gaps : 0;
  let stretch = 0;
  let extra = 0;
  if (justify && style.justify && slack > EPSILON) {
    stretch = Math.min(even, MAX_STRETCH * size);
    const rest = slack - stretch * gaps;
    if (rest > EPSILON) {
      // What is left goes after marks and beside Latin, where room is natural; a line without them stays ragged.
      extra = roomy > 0 ? rest / roomy : Number.POSITIVE_INFINITY;
      if (extra > MAX_EXTRA * size) {
        extra = 0;
        stretch = 0;
      }
    }
  }
  const x = new Float64Array(end - start + 1);
  let at = indent;
  for (let i = start; i < last; i += 1) {
    if (i > start) {
      const a = classes[i - 1]!;
      const b = classes[i]!;
      at +=
        gapOf(a, b, size, cell) -
        press * shrinkOf(a, b, size, cell) +
        (stretches(a, b) ? stretch + (isRoomy(a, b) ? extra : 0) : 0);
    }
    x[i - start] = at;
    at += widths[i]!;
  }
  // Spaces at a line's end keep their place in the text and take no room.
  x.fill(at - tail, last - start);
  return { text: text.subarray(start, end), x };
}
