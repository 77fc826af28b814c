/**
 * Prepares one font for the page: a TrueType or OpenType file becomes a `.face`, the few things that a document needs,
 * ready to be copied into it. Run as a worker by `fonts.ts`.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { create, type Font } from "fontkit";
import { type FaceHeader, MAGIC } from "../src/fonts/face-file.ts";
import { type Announcement, laterOf } from "../src/fonts/late-face.ts";
import { codeLengths } from "./code-lengths.ts";
import { outline, type PathCommand } from "./outline.ts";

/** One face to be prepared. */
export interface FaceJob {
  readonly source: string;
  readonly target: string;
  /** The PostScript name that documents get, e.g. Nianbao-Fangsong. */
  readonly name: string;
  /** Characters that are taken from other fonts instead. */
  readonly borrowed?: readonly Borrowed[];
  /** What the points of outlines are multiples of, thousandths of an em. */
  readonly grid: number;
  /** Whether the face is to be told of only, for now. */
  readonly later?: boolean;
}

/** Characters of another font, drawn larger or smaller by a factor. */
export interface Borrowed {
  readonly characters: string;
  readonly source: string;
  readonly factor: number;
}

/**
 * Marks that Chinese text sets in a full cell (GB/T 15834—2011, 5.1.1) and that fonts draw for Latin text: opening ones
 * stand at its right, closing ones at its left, the others in its middle.
 */
const FULL_WIDTH: Readonly<Record<string, 0 | 0.5 | 1>> = {
  "“": 1,
  "‘": 1,
  "”": 0,
  "’": 0,
  "·": 0.5,
  "—": 0.5,
  "…": 0.5,
};
/** Room between a quotation mark and the edge of its cell, thousandths of an em. */
const EDGE = 60;

/** A glyph as it is written: where it begins, thousandths of an em, and its charstring. */
interface Prepared {
  readonly x: number;
  readonly y: number;
  readonly advance: number;
  readonly body: Uint8Array;
}

/** Gives a font's glyphs as they are written, `factor` times as large as they are drawn. */
class Source {
  readonly font: Font;
  readonly #scale: number;
  readonly #grid: number;
  readonly #fullWidth: ReadonlyMap<number, 0 | 0.5 | 1>;
  readonly #prepared = new Map<number, Prepared>();

  constructor(file: string, grid: number, factor = 1) {
    this.#grid = grid;
    this.font = create(readFileSync(file)) as Font;
    this.#scale = (1000 / this.font.unitsPerEm) * factor;
    this.#fullWidth = new Map(
      Object.entries(FULL_WIDTH).map(([character, side]) => [
        this.font.glyphForCodePoint(character.codePointAt(0)!).id,
        side,
      ]),
    );
  }

  /** The same object for code points that share a glyph. */
  glyph(codePoint: number): Prepared {
    const glyph = this.font.glyphForCodePoint(codePoint);
    const known = this.#prepared.get(glyph.id);
    if (known) return known;
    const scale = this.#scale;
    const commands = glyph.path.commands as unknown as PathCommand[];
    const scaled = scale === 1 ? commands : commands.map((c) => ({ ...c, args: c.args.map((v) => v * scale) }));
    const { x, y, body } = outline(scaled, this.#grid);
    const advance = Math.round(glyph.advanceWidth * scale);
    const side = advance < 1000 ? this.#fullWidth.get(glyph.id) : undefined;
    const edge = side === 1 ? -EDGE : side === 0 ? EDGE : 0;
    const prepared =
      side === undefined
        ? { x, y, advance, body }
        : { x: x + Math.round((1000 - advance) * side) + edge, y, advance: 1000, body };
    this.#prepared.set(glyph.id, prepared);
    return prepared;
  }
}

/** The lengths of the code that suits outlines best, as hexadecimal digits: of every byte and, as rare as can be, the end. */
function codeOf(outlines: readonly Uint8Array[]): string {
  const counts = new Array<number>(257).fill(0);
  for (const bytes of outlines) for (const value of bytes) counts[value]! += 1;
  return codeLengths(counts)
    .map((length) => length.toString(16))
    .join("");
}

function headerOf(font: Font, name: string, glyphs: number, code: string): FaceHeader {
  const scaled = (value: number): number => Math.round((value * 1000) / font.unitsPerEm);
  const { minX, minY, maxX, maxY } = font.bbox;
  return {
    name,
    glyphs,
    ascent: scaled(font.ascent),
    descent: scaled(font.descent),
    capHeight: scaled(font.capHeight || 0.7 * font.unitsPerEm),
    bbox: [scaled(minX), scaled(minY), scaled(maxX), scaled(maxY)],
    code,
  };
}

/** Whole or not at all: others may be waiting for the file. */
function place(target: string, content: string | Uint8Array): void {
  writeFileSync(`${target}.part`, content);
  renameSync(`${target}.part`, target);
}

/** The code points of a face, in order. */
const codePointsOf = (own: Font, borrowed: Iterable<number>): number[] =>
  [...new Set([...own.characterSet, ...borrowed])].filter((c) => c >= 0x20).sort((a, b) => a - b);

/** Writes what can be told of a face before it is prepared, in the place of one that was prepared otherwise. */
export function announceFace({ source, target, borrowed = [] }: FaceJob): void {
  const font = create(readFileSync(source)) as Font;
  const lent = borrowed.flatMap(({ characters }) => [...characters].map((character) => character.codePointAt(0)!));
  const runs: [number, number][] = [];
  for (const codePoint of codePointsOf(font, lent)) {
    const run = runs.at(-1);
    if (run && run[1] === codePoint - 1) run[1] = codePoint;
    else runs.push([codePoint, codePoint]);
  }
  place(laterOf(target), JSON.stringify({ codePoints: runs } satisfies Announcement));
  for (const stale of [`${target}.key`, target]) rmSync(stale, { force: true });
}

/** Writes a face; its layout is described in `src/fonts/face-file.ts`. */
export function prepareFace({ source, target, name, borrowed = [], grid }: FaceJob): void {
  const own = new Source(source, grid);
  const lenders = new Map<number, Source>();
  for (const { characters, source: file, factor } of borrowed) {
    const lender = new Source(file, grid, factor);
    for (const character of characters) lenders.set(character.codePointAt(0)!, lender);
  }
  const codePoints = codePointsOf(own.font, lenders.keys());
  const places = new Map<Prepared, number>();
  const chunks: Uint8Array[] = [];
  let end = 0;
  const index = Buffer.alloc(codePoints.length * 16);
  for (const [i, codePoint] of codePoints.entries()) {
    const glyph = (lenders.get(codePoint) ?? own).glyph(codePoint);
    let offset = places.get(glyph);
    if (offset === undefined) {
      offset = end;
      places.set(glyph, offset);
      chunks.push(glyph.body);
      end += glyph.body.length;
    }
    index.writeUInt32LE(codePoint, i * 16);
    index.writeUInt32LE(offset, i * 16 + 4);
    index.writeUInt16LE(glyph.body.length, i * 16 + 8);
    index.writeUInt16LE(glyph.advance, i * 16 + 10);
    index.writeInt16LE(glyph.x, i * 16 + 12);
    index.writeInt16LE(glyph.y, i * 16 + 14);
  }
  const text = Buffer.from(
    JSON.stringify(headerOf(own.font, name, codePoints.length, codeOf(chunks))).padEnd(496),
    "utf8",
  );
  const start = Buffer.alloc(16);
  start.write(MAGIC, "latin1");
  place(target, Buffer.concat([start, text, index, ...chunks]));
}

if (!isMainThread) {
  const job = workerData as FaceJob;
  if (job.later) announceFace(job);
  else prepareFace(job);
  parentPort?.postMessage("done");
}
