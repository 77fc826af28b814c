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
const ENDCHAR = 14;
const RMOVETO = 21;

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

  /** A charstring operand (5177, 3.2). */
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

  take(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }
}

/** An INDEX (5176, 5) of objects that lie one after another, `ends` being where each ends. */
function index(data: Uint8Array, ends: readonly number[]): Buffer {
  if (ends.length === 0) return Buffer.from([0, 0]);
  const out = Buffer.alloc(3 + (ends.length + 1) * 4 + data.length);
  out.writeUInt16BE(ends.length, 0);
  out[2] = 4;
  out.writeUInt32BE(1, 3);
  for (const [i, end] of ends.entries()) out.writeUInt32BE(end + 1, 7 + i * 4);
  out.set(data, 3 + (ends.length + 1) * 4);
  return out;
}

function dict(write: (out: Bytes) => void): Buffer {
  const out = new Bytes();
  write(out);
  return Buffer.from(out.take());
}

/**
 * A font program of these glyphs, glyph 0 being `.notdef`; glyph i has CID i.
 * @param name the PostScript name
 * @param bbox thousandths of an em
 */
export function cffFont(name: string, bbox: readonly number[], glyphs: readonly SubsetGlyph[]): Buffer {
  const charstrings = new Bytes();
  const ends: number[] = [];
  for (const { x, y, advance, body } of glyphs) {
    if (advance !== DEFAULT_WIDTH) charstrings.operand(advance);
    if (body.length > 0) {
      charstrings.operand(x);
      charstrings.operand(y);
      charstrings.push(RMOVETO);
      charstrings.append(body);
    }
    charstrings.push(ENDCHAR);
    ends.push(charstrings.length);
  }
  const strings = Buffer.from("AdobeIdentity", "latin1");
  const last = glyphs.length - 1;
  const privateDict = dict((out) => {
    out.integer(DEFAULT_WIDTH);
    out.push(20);
    out.operand(0);
    out.push(21);
  });
  const top = (offsets: { charset: number; select: number; charstrings: number; fonts: number }): Buffer => {
    const data = dict((out) => {
      out.integer(391);
      out.integer(392);
      out.integer(0);
      out.push(12, 30);
      for (const value of bbox) out.integer(value);
      out.push(5);
      out.integer(glyphs.length);
      out.push(12, 34);
      out.integer(offsets.charset);
      out.push(15);
      out.integer(offsets.select);
      out.push(12, 37);
      out.integer(offsets.charstrings);
      out.push(17);
      out.integer(offsets.fonts);
      out.push(12, 36);
    });
    return index(data, [data.length]);
  };
  const nameBytes = Buffer.from(name, "latin1");
  const head = [Buffer.from([1, 0, 4, 4]), index(nameBytes, [nameBytes.length])];
  const tail = [index(strings, [5, 13]), index(new Uint8Array(), [])];
  const charset = last > 0 ? Buffer.from([2, 0, 1, ((last - 1) >> 8) & 255, (last - 1) & 255]) : Buffer.from([0]);
  const select = Buffer.from([3, 0, 1, 0, 0, 0, (glyphs.length >> 8) & 255, glyphs.length & 255]);
  const glyphIndex = index(charstrings.take(), ends);
  const size = (parts: readonly Uint8Array[]): number => parts.reduce((sum, part) => sum + part.length, 0);
  const charsetAt = size(head) + top({ charset: 0, select: 0, charstrings: 0, fonts: 0 }).length + size(tail);
  const selectAt = charsetAt + charset.length;
  const glyphsAt = selectAt + select.length;
  const privateAt = glyphsAt + glyphIndex.length;
  const fontsAt = privateAt + privateDict.length;
  const fontDict = dict((out) => {
    out.integer(privateDict.length);
    out.integer(privateAt);
    out.push(18);
  });
  const topDict = top({ charset: charsetAt, select: selectAt, charstrings: glyphsAt, fonts: fontsAt });
  return Buffer.concat([
    ...head,
    topDict,
    ...tail,
    charset,
    select,
    glyphIndex,
    privateDict,
    index(fontDict, [fontDict.length]),
  ]);
}
