/**
 * A subset of a face as an OpenType font (ISO/IEC 14496-22): its CFF program with the tables that readers of a single
 * font file ask for. Unlike a PDF, an OFD file names characters by their code points, which `cmap` leads to glyphs.
 */
import type { FaceHeader } from "../../fonts/face-file.ts";
import { cffFont, type SubsetGlyph } from "../pdf/cff.ts";

/** A character of a subset; they come in the order of their code points, glyph 1 being the first's. */
export interface SubsetCharacter {
  readonly codePoint: number;
  readonly glyph: SubsetGlyph;
}

const UNITS_PER_EM = 1000;
const NOTDEF: SubsetGlyph = { x: 0, y: 0, advance: UNITS_PER_EM, body: new Uint8Array() };

/** Big-endian numbers one after another: `u2` 16, `u4` 32 bits; of a signed one its two's complement. */
function numbers(...fields: readonly (readonly ["u2" | "u4", ...number[]])[]): Buffer {
  const size = fields.reduce((sum, [kind, ...values]) => sum + (kind === "u2" ? 2 : 4) * values.length, 0);
  const out = Buffer.alloc(size);
  let at = 0;
  for (const [kind, ...values] of fields)
    for (const value of values)
      at = kind === "u2" ? out.writeUInt16BE(value & 0xffff, at) : out.writeUInt32BE(value >>> 0, at);
  return out;
}

/** Code points that follow each other, and the glyph of the first. */
interface Stretch {
  readonly first: number;
  last: number;
  readonly glyph: number;
}

function stretchesOf(characters: readonly SubsetCharacter[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [i, { codePoint }] of characters.entries()) {
    const before = stretches.at(-1);
    if (before && before.last + 1 === codePoint && codePoint !== 0x10000) before.last = codePoint;
    else stretches.push({ first: codePoint, last: codePoint, glyph: i + 1 });
  }
  return stretches;
}

/** The stretches that format 4 has room for, whose length is of 16 bits. */
const MOST_SEGMENTS = 8000;

/** The characters of the first plane (format 4). */
function cmap4(stretches: readonly Stretch[]): Buffer {
  const segments = [
    ...stretches.filter(({ last }) => last < 0xffff).slice(0, MOST_SEGMENTS),
    { first: 0xffff, last: 0xffff, glyph: 0 },
  ];
  const count = segments.length;
  const power = 2 ** Math.floor(Math.log2(count));
  return numbers(
    ["u2", 4, 16 + 8 * count, 0, 2 * count, 2 * power, Math.log2(power), 2 * (count - power)],
    ["u2", ...segments.map(({ last }) => last), 0],
    ["u2", ...segments.map(({ first }) => first)],
    ["u2", ...segments.map(({ first, glyph }) => glyph - first)],
    ["u2", ...segments.map(() => 0)],
  );
}

/** All characters (format 12). */
const cmap12 = (stretches: readonly Stretch[]): Buffer =>
  numbers(
    ["u2", 12, 0],
    ["u4", 16 + 12 * stretches.length, 0, stretches.length],
    ["u4", ...stretches.flatMap(({ first, last, glyph }) => [first, last, glyph])],
  );

function cmap(characters: readonly SubsetCharacter[]): Buffer {
  const stretches = stretchesOf(characters);
  const [plane, all] = [cmap4(stretches), cmap12(stretches)];
  const at = 4 + 2 * 8;
  const head = numbers(["u2", 0, 2, 3, 1], ["u4", at], ["u2", 3, 10], ["u4", at + plane.length]);
  return Buffer.concat([head, plane, all]);
}

/** Names in English, as Windows takes them; the sixth is the PostScript name. */
function nameTable(name: string): Buffer {
  const values: readonly (readonly [number, string])[] = [
    [1, name],
    [2, "Regular"],
    [3, name],
    [4, name],
    [5, "Version 1.000"],
    [6, name],
  ];
  const texts = values.map(([, value]) => Buffer.from(value, "utf16le").swap16());
  let offset = 0;
  const records = values.map(([id], i): readonly ["u2", ...number[]] => {
    const length = texts[i]!.length;
    offset += length;
    return ["u2", 3, 1, 0x409, id, length, offset - length];
  });
  return Buffer.concat([numbers(["u2", 0, values.length, 6 + 12 * values.length], ...records), ...texts]);
}

/** `OS/2`, version 4: upright, regular, may be embedded without limit. */
function os2({ ascent, descent, capHeight }: FaceHeader, characters: readonly SubsetCharacter[]): Buffer {
  const [first, last] = [characters[0]?.codePoint ?? 0, characters.at(-1)?.codePoint ?? 0];
  const script = [650, 600, 0, 75, 650, 600, 0, 350, 50, 300];
  return numbers(
    ["u2", 4, UNITS_PER_EM, 400, 5, 0, ...script, 0],
    // PANOSE, ten bytes: any.
    ["u2", 0, 0, 0, 0, 0],
    // Bit 59: CJK Unified Ideographs.
    ["u4", 0, 1 << 27, 0, 0, 0x20202020],
    ["u2", 0x40, Math.min(first, 0xffff), Math.min(last, 0xffff)],
    ["u2", ascent, descent, 0, ascent, -descent],
    // Code page 936.
    ["u4", 1 << 18, 0],
    ["u2", 500, capHeight, 0, 0x20, 1],
  );
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);

/** What the whole file's checksum and that which makes up for it come to. */
const MAGIC = 0xb1b0afba;

/** Tables as a font file, its own checksum in `head`. */
function fontFile(tables: Readonly<Record<string, Buffer>>): Buffer {
  const names = Object.keys(tables).sort();
  const power = 2 ** Math.floor(Math.log2(names.length));
  const head = numbers(["u2", names.length, 16 * power, Math.log2(power), 16 * (names.length - power)]);
  const bodies = names.map((name) => padded(tables[name]!));
  let offset = 12 + 16 * names.length;
  const directory = names.map((name, i) => {
    const entry = numbers(["u4", checksum(bodies[i]!), offset, tables[name]!.length]);
    offset += bodies[i]!.length;
    return Buffer.concat([Buffer.from(name, "latin1"), entry]);
  });
  const file = Buffer.concat([Buffer.from("OTTO", "latin1"), head, ...directory, ...bodies]);
  const at = directory[names.indexOf("head")]!.readUInt32BE(8);
  file.writeUInt32BE((MAGIC - checksum(file)) >>> 0, at + 8);
  return file;
}

/**
 * A font file of these characters.
 * @param name the PostScript name, that of the subset
 */
export function openTypeFont(name: string, header: FaceHeader, characters: readonly SubsetCharacter[]): Buffer {
  const glyphs = [NOTDEF, ...characters.map(({ glyph }) => glyph)];
  const { ascent, descent, bbox } = header;
  const widest = Math.max(...glyphs.map(({ advance }) => advance));
  return fontFile({
    "CFF ": cffFont(name, bbox, glyphs),
    "OS/2": os2(header, characters),
    cmap: cmap(characters),
    head: numbers(
      ["u4", 0x10000, 0x10000, 0, 0x5f0f3cf5],
      ["u2", 3, UNITS_PER_EM],
      // Made and changed: no time, so that the same characters give the same bytes.
      ["u4", 0, 0, 0, 0],
      ["u2", ...bbox, 0, 8, 2, 0, 0],
    ),
    hhea: numbers(
      ["u4", 0x10000],
      ["u2", ascent, descent, 0, widest, 0, 0, bbox[2], 1, 0, 0, 0, 0, 0, 0, 0, glyphs.length],
    ),
    hmtx: numbers(["u2", ...glyphs.flatMap(({ advance }) => [advance, 0])]),
    maxp: numbers(["u4", 0x5000], ["u2", glyphs.length]),
    name: nameTable(name),
    post: numbers(["u4", 0x30000, 0], ["u2", -100, 50], ["u4", 0, 0, 0, 0, 0]),
  });
}
