import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { FaceName } from "../basics/faces.ts";
import type { Face } from "../typeset/face.ts";
import { ByteCode, type Coded } from "./byte-code.ts";

/**
 * What a `.face` file says of itself. The file: 16 bytes of magic, this as JSON in 496 bytes, an index of 16 bytes a
 * code point (code point u32, offset u32, length u16, advance u16, first point x i16, y i16; little-endian, sorted), then
 * the charstrings (see `scripts/outline.ts`). Lengths in thousandths of an em.
 */
export interface FaceHeader {
  readonly name: string;
  readonly glyphs: number;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly bbox: readonly [number, number, number, number];
  /** The code that takes the fewest bits for the face's charstrings (see `ByteCode`). */
  readonly code: string;
}

/** A glyph as a subset takes it. */
export interface Glyph {
  readonly x: number;
  readonly y: number;
  readonly advance: number;
  readonly body: Uint8Array;
  /** The same in the face's code. */
  readonly coded: Coded;
}

export const MAGIC = "NIANBAO FACE 2\n";
const INDEX = 512;
const ENTRY = 16;

/** What is asked of a face once it is opened. */
export type OpenedFace = Pick<FaceFile, keyof FaceFile>;

/** A prepared face. Glyphs are read when they are first used and then kept for the process. */
export class FaceFile implements Face {
  readonly name: FaceName;
  readonly header: FaceHeader;
  readonly code: ByteCode;
  readonly #descriptor: number;
  readonly #index: Buffer;
  readonly #start: number;
  /** Index of each code point of the first plane, plus one; 0 for none. */
  readonly #bmp = new Uint16Array(0x10000);
  readonly #glyphs = new Map<number, Glyph>();

  /** @throws when the file is missing or is no face */
  constructor(name: FaceName, path: string) {
    this.name = name;
    this.#descriptor = openSync(path, "r");
    const { size } = fstatSync(this.#descriptor);
    const start = this.#read(0, Math.min(INDEX, size));
    if (start.toString("latin1", 0, MAGIC.length) !== MAGIC) {
      closeSync(this.#descriptor);
      throw new Error(
        `${name}.face 不是预备好的字体，请用 npm run fonts 预备 · is no prepared font; prepare it with npm run fonts`,
      );
    }
    this.header = JSON.parse(start.toString("utf8", 16)) as FaceHeader;
    this.code = new ByteCode(this.header.code);
    this.#index = this.#read(INDEX, this.header.glyphs * ENTRY);
    this.#start = INDEX + this.header.glyphs * ENTRY;
    for (let i = 0; i < this.header.glyphs; i += 1) {
      const codePoint = this.#index.readUInt32LE(i * ENTRY);
      if (codePoint > 0xffff) break;
      this.#bmp[codePoint] = i + 1;
    }
  }

  #read(position: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafeSlow(length);
    let read = 0;
    while (read < length) {
      const n = readSync(this.#descriptor, buffer, read, length - read, position + read);
      if (n === 0) throw new Error(`${this.name}.face ends early`);
      read += n;
    }
    return buffer;
  }

  /** The entry of a code point, or -1. */
  #entry(codePoint: number): number {
    if (codePoint < 0x10000) return this.#bmp[codePoint]! - 1;
    let [low, high] = [0, this.header.glyphs - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const value = this.#index.readUInt32LE(middle * ENTRY);
      if (value === codePoint) return middle;
      if (value < codePoint) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Every code point of the face, in order. */
  *codePoints(): Generator<number> {
    for (let i = 0; i < this.header.glyphs; i += 1) yield this.#index.readUInt32LE(i * ENTRY);
  }

  has(codePoint: number): boolean {
    return this.#entry(codePoint) >= 0;
  }

  advance(codePoint: number): number {
    const entry = this.#entry(codePoint);
    return entry < 0 ? 1000 : this.#index.readUInt16LE(entry * ENTRY + 10);
  }

  /** @throws RangeError for a code point that the face lacks: `has` tells */
  glyph(codePoint: number): Glyph {
    const known = this.#glyphs.get(codePoint);
    if (known) return known;
    const entry = this.#entry(codePoint);
    if (entry < 0) throw new RangeError(`${this.name} lacks U+${codePoint.toString(16)}`);
    const at = entry * ENTRY;
    const length = this.#index.readUInt16LE(at + 8);
    const body = length === 0 ? new Uint8Array() : this.#read(this.#start + this.#index.readUInt32LE(at + 4), length);
    const glyph: Glyph = {
      x: this.#index.readInt16LE(at + 12),
      y: this.#index.readInt16LE(at + 14),
      advance: this.#index.readUInt16LE(at + 10),
      body,
      coded: this.code.encode(body),
    };
    this.#glyphs.set(codePoint, glyph);
    return glyph;
  }
}
