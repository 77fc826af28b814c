import type { FaceName } from "../basics/faces.ts";
import { breaks, FREE, NEVER, OVERLONG, UNIT } from "./breaks.ts";
import { CLOSE, classOf, DASH, DIGIT, HAN, isWord, LATIN, LATIN_CLOSE, OPEN, SPACE, STOP } from "./classes.ts";
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

/** Slack in cells from which a lesser break is taken instead. */
const SLACK = [Number.POSITIVE_INFINITY, 6, 2.5, 0] as const;
/** No gap is stretched by more, in em: a wider one reads as a space, to the eye and to whoever copies the text. */
const MAX_STRETCH = 0.075;
/** The same in a line that gives a character to the last one, which would have only one. */
const RUNT_STRETCH = 0.09;
/** The most that is added after a mark or beside Latin to fill a line, in em. */
const MAX_EXTRA = 0.75;
/** So many lines at a paragraph's end are pressed to take in a last one of a single character. */
const PRESSED_LINES = 4;
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

/** A text that is to be broken, by code point: its class, its width, and how gladly a line ends before it. */
interface Breakable {
  readonly text: Uint32Array;
  readonly classes: Uint8Array;
  readonly widths: Float64Array;
  readonly allowed: Uint8Array;
}

function breakable(value: string, { face, size, cell }: LineStyle, measure: Measure): Breakable {
  const text = codePoints(value);
  const classes = new Uint8Array(text.length);
  const widths = new Float64Array(text.length);
  for (let i = 0; i < text.length; i += 1) {
    classes[i] = classOf(text[i]!);
    widths[i] = measure.width(text[i]!, face, size, cell);
  }
  return { text, classes, widths, allowed: breaks(text, classes) };
}

/** How a line is filled other than as far as it goes: pressed wherever that takes more in, or with fewer characters. */
interface Filling {
  readonly pressed?: boolean;
  /** The farthest that it may end. */
  readonly most?: number;
}

/** Where the line from `start` ends. */
function endOfLine(whole: Breakable, start: number, style: LineStyle, filling: Filling): number {
  const { classes, widths, allowed } = whole;
  const { size, cell, width: room } = style;
  const n = classes.length;
  const most = filling.most ?? n;
  const indent = start === 0 ? (style.indent ?? 0) : 0;
  const natural: (Candidate | undefined)[] = [undefined, undefined, undefined, undefined];
  const pressed: (Candidate | undefined)[] = [undefined, undefined, undefined, undefined];
  let used = indent;
  let shrink = 0;
  let cells = Math.round(indent / cell);
  let trailing = 0;
  let i = start;
  for (; i < most; i += 1) {
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
  if (i === n && natural[FREE]?.end === n) return n;
  const best = choose(natural, pressed, room, cell, filling.pressed ? Number.NEGATIVE_INFINITY : cell / 4);
  return best?.end ?? Math.max(start + 1, i);
}

/** Where each line from `start` on ends. */
function fill(whole: Breakable, start: number, style: LineStyle, filling: Filling = {}): number[] {
  const ends: number[] = [];
  for (let at = start; at < whole.text.length; at = ends.at(-1)!) ends.push(endOfLine(whole, at, style, filling));
  return ends;
}

/** Whether a text from here on is a single character, with or without a mark after it. */
function isRunt({ classes }: Breakable, start: number): boolean {
  const marks = classes.subarray(start + 1);
  return marks.length <= 2 && marks.every((value) => value === CLOSE || value === STOP);
}

/** Lines of a paragraph whose last line is no runt, where the ones before it can be pressed or parted otherwise for that. */
function withoutRunt(whole: Breakable, ends: readonly number[], style: LineStyle): readonly number[] {
  const startOf = (line: number): number => ends[line - 1] ?? 0;
  const last = ends.length - 1;
  if (last < 1 || !isRunt(whole, startOf(last))) return ends;
  for (let line = last - 1; line >= Math.max(0, last - PRESSED_LINES); line -= 1) {
    const pressed = [...ends.slice(0, line), ...fill(whole, startOf(line), style, { pressed: true })];
    if (pressed.length < ends.length) return pressed;
  }
  const start = startOf(last - 1);
  const end = endOfLine(whole, start, style, { most: ends[last - 1]! - 1 });
  const full = place(whole, start, end, style, true, RUNT_STRETCH).x[end - start]! > style.width - 2 * EPSILON;
  return full && !isRunt(whole, end) ? [...ends.slice(0, -2), end, whole.text.length] : ends;
}

/** Breaks a text into lines: 避头尾 by taking from the blanks of marks where that is enough, else by pushing out. */
export function setLines(value: string, style: LineStyle, measure: Measure): SetLine[] {
  const whole = breakable(value, style, measure);
  const filled = fill(whole, 0, style);
  const ends = style.justify ? withoutRunt(whole, filled, style) : filled;
  return ends.map((end, i) => {
    const stretch = ends !== filled && i === ends.length - 2 ? RUNT_STRETCH : MAX_STRETCH;
    return place(whole, ends[i - 1] ?? 0, end, style, i < ends.length - 1, stretch);
  });
}

/**
 * The farthest break of the best kind that leaves no hole in the line.
 * @param hole room, pt, from which a line is pressed rather than left so loose
 */
function choose(
  natural: readonly (Candidate | undefined)[],
  pressed: readonly (Candidate | undefined)[],
  room: number,
  cell: number,
  hole: number,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const level of [FREE, UNIT, OVERLONG, NEVER]) {
    const loose = natural[level];
    const tight = pressed[level];
    const own = tight && (!loose || room - loose.width > hole) ? tight : loose;
    if (own && (!best || (own.end > best.end && (room - best.width) / cell > SLACK[level]!))) best = own;
  }
  return best;
}

/** Gives every character of a line its place. */
function place(
  { text, classes, widths }: Breakable,
  start: number,
  end: number,
  style: LineStyle,
  justify: boolean,
  most = MAX_STRETCH,
): SetLine {
  const { size, cell, width: room } = style;
  const indent = start === 0 ? (style.indent ?? 0) : 0;
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
    stretch = Math.min(even, most * size);
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
