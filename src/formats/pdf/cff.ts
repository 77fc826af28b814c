/** A subset of a face as a CID-keyed CFF font (Adobe Technical Notes 5176 and 5177), for FontFile3 of a PDF. */

/** One glyph of a subset: a charstring with its first move and its advance, in thousandths of an em. */
export interface SubsetGlyph {
  readonly x: number;
  readonly y: number;
  readonly advance: number;
  readonly body: Uint8Array;
}

/** The advance that charstrings leave out. */
const DEFAULT_WIDTH = 1000;
/** Operators of charstrings (5177, 4). */
export const ENDCHAR = 14;
const RMOVETO = 21;
/** Operators of DICTs (5176, 9, 10, 15 and 18); those that begin with 12 have two bytes. */
const OPERATORS = {
  FontBBox: [5],
  charset: [15],
  CharStrings: [17],
  Private: [18],
  defaultWidthX: [20],
  nominalWidthX: [21],
  ROS: [12, 30],
  CIDCount: [12, 34],
  FDArray: [12, 36],
  FDSelect: [12, 37],
} as const;
type Operator = keyof typeof OPERATORS;

class Bytes {
  #buffer = Buffer.allocUnsafe(1 << 16);
  length = 0;

  #room(count: number): void {
    if (this.length + count <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.length + count));
    this.#buffer.copy(larger);
    this.#buffer = larger;
  }

  push(...values: readonly number[]): void {
    this.#room(values.length);
    for (const value of values) this.#buffer[this.length++] = value;
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A charstring operand, and an integer of a DICT, as short as it goes (5177, 3.2; 5176, 4). */
  operand(v: number): void {
    if (v >= -107 && v <= 107) this.push(v + 139);
    else if (v >= 108 && v <= 1131) this.push(((v - 108) >> 8) + 247, (v - 108) & 255);
    else if (v <= -108 && v >= -1131) this.push(((-v - 108) >> 8) + 251, (-v - 108) & 255);
    else this.push(28, (v >> 8) & 255, v & 255);
  }

  /** A DICT integer of five bytes, so that offsets do not change its length (5176, 4). */
  integer(v: number): void {
    this.push(29, (v >> 24) & 255, (v >> 16) & 255, (v >> 8) & 255, v & 255);
  }

  /** An entry of a DICT: operands before their operator. */
  entry(operator: Operator, ...values: readonly number[]): void {
    for (const value of values) this.integer(value);
    this.push(...OPERATORS[operator]);
  }

  take(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }
}

/** What an INDEX (5176, 5) begins with; its objects follow one after another, `ends` being where each ends. */
function indexHead(ends: readonly number[]): Buffer {
  if (ends.length === 0) return Buffer.from([0, 0]);
  const out = Buffer.alloc(3 + (ends.length + 1) * 4);
  out.writeUInt16BE(ends.length, 0);
  out[2] = 4;
  out.writeUInt32BE(1, 3);
  for (const [i, end] of ends.entries()) out.writeUInt32BE(end + 1, 7 + i * 4);
  return out;
}

const index = (data: Uint8Array, ends: readonly number[]): Buffer => Buffer.concat([indexHead(ends), data]);

/** An INDEX of one object. */
const indexOfOne = (data: Uint8Array): Buffer => index(data, [data.length]);

function dict(write: (out: Bytes) => void): Buffer {
  const out = new Bytes();
  write(out);
  return Buffer.from(out.take());
}

/** Major and minor version, the header's own length, and the bytes of an absolute offset (5176, 6). */
const HEADER = Buffer.from([1, 0, 4, 4]);
/** The strings that the Top DICT names, the first being 391: no standard string (5176, 10). */
const STRINGS = index(Buffer.from("AdobeIdentity", "latin1"), [5, 13]);
const [ADOBE, IDENTITY] = [391, 392];
const END = Buffer.from([ENDCHAR]);
const NO_SUBROUTINES = index(new Uint8Array(), []);

/** Where the tables lie that a Top DICT names, from the font program's beginning. */
interface Offsets {
  readonly charset: number;
  readonly select: number;
  readonly charstrings: number;
  readonly fonts: number;
}

const topDict = (bbox: readonly number[], count: number, at: Offsets): Buffer =>
  dict((out) => {
    // In short integers, as every font has it: readers tell a CID-keyed font by the first bytes.
    for (const value of [ADOBE, IDENTITY, 0]) out.operand(value);
    out.entry("ROS");
    out.entry("FontBBox", ...bbox);
    out.entry("CIDCount", count);
    out.entry("charset", at.charset);
    out.entry("FDSelect", at.select);
    out.entry("CharStrings", at.charstrings);
    out.entry("FDArray", at.fonts);
  });

const PRIVATE_DICT = dict((out) => {
  out.entry("defaultWidthX", DEFAULT_WIDTH);
  out.operand(0);
  out.entry("nominalWidthX");
});

/** What charstrings begin with before their outlines, one after another: advance and first move. */
function beginnings(glyphs: readonly SubsetGlyph[]): Pick<FontProgram, "beginnings" | "ends"> {
  const out = new Bytes();
  const ends = glyphs.map(({ x, y, advance, body }) => {
    if (advance !== DEFAULT_WIDTH) out.operand(advance);
    if (body.length > 0) {
      out.operand(x);
      out.operand(y);
      out.push(RMOVETO);
    }
    return out.length;
  });
  return { beginnings: out.take(), ends };
}

/** Which CID each glyph has, `.notdef` left out: one range from 1 on (5176, 13, format 2). */
function charsetOf(count: number): Buffer {
  const left = count - 2;
  return count > 1 ? Buffer.from([2, 0, 1, (left >> 8) & 255, left & 255]) : Buffer.from([0]);
}

/** Which Font DICT each glyph has: the only one (5176, 19, format 3). */
const fontSelect = (count: number): Buffer => Buffer.from([3, 0, 1, 0, 0, 0, (count >> 8) & 255, count & 255]);

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0);

/**
 * A font program in the order of its bytes: `before`, then of every glyph how its charstring begins, its outline and
 * `ENDCHAR`, then `after`. So an outline that is coded already can be put in as it is.
 */
export interface FontProgram {
  readonly before: Buffer;
  /** The beginnings of all charstrings, and where each ends. */
  readonly beginnings: Buffer;
  readonly ends: readonly number[];
  readonly after: Buffer;
}

/**
 * A font program of these glyphs, glyph 0 being `.notdef`; glyph i has CID i.
 * @param name the PostScript name
 * @param bbox thousandths of an em
 */
export function fontProgram(name: string, bbox: readonly number[], glyphs: readonly SubsetGlyph[]): FontProgram {
  const count = glyphs.length;
  const top = (at: Offsets): Buffer => indexOfOne(topDict(bbox, count, at));
  const before = [HEADER, indexOfOne(Buffer.from(name, "latin1"))];
  const between = [STRINGS, NO_SUBROUTINES];
  const [charset, select, begun] = [charsetOf(count), fontSelect(count), beginnings(glyphs)];
  let outlines = 0;
  const charstrings = indexHead(
    glyphs.map(({ body }, i) => {
      outlines += body.length;
      return begun.ends[i]! + outlines + i + 1;
    }),
  );
  // The Top DICT is as long whatever the offsets in it are.
  const topSize = top({ charset: 0, select: 0, charstrings: 0, fonts: 0 }).length;
  const charsetAt = sizeOf(before) + topSize + sizeOf(between);
  const selectAt = charsetAt + charset.length;
  const charstringsAt = selectAt + select.length;
  const privateAt = charstringsAt + charstrings.length + begun.beginnings.length + outlines + count;
  const fontsAt = privateAt + PRIVATE_DICT.length;
  const fontDict = dict((out) => out.entry("Private", PRIVATE_DICT.length, privateAt));
  const offsets = { charset: charsetAt, select: selectAt, charstrings: charstringsAt, fonts: fontsAt };
  return {
    ...begun,
    before: Buffer.concat([...before, top(offsets), ...between, charset, select, charstrings]),
    after: Buffer.concat([PRIVATE_DICT, indexOfOne(fontDict)]),
  };
}

/** A font program as it is, for files that do not deflate it themselves. */
export function cffFont(name: string, bbox: readonly number[], glyphs: readonly SubsetGlyph[]): Buffer {
  const { before, beginnings: begun, ends, after } = fontProgram(name, bbox, glyphs);
  const charstrings = glyphs.flatMap(({ body }, i) => [begun.subarray(ends[i - 1] ?? 0, ends[i]), body, END]);
  return Buffer.concat([before, ...charstrings, after]);
}
