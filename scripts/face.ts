/**
 * Prepares one font for the page: a TrueType or OpenType file becomes a `.face`, the few things that a document needs,
 * ready to be copied into it. Run as a worker by `fonts.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { create, type Font } from "fontkit";
import type { FaceHeader } from "../src/fonts/face-file.ts";
import { outline, type PathCommand } from "./outline.ts";

/** One face to be prepared. */
export interface FaceJob {
  readonly source: string;
  readonly target: string;
  /** The PostScript name that documents get, e.g. Nianbao-Fangsong. */
  readonly name: string;
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

/** Writes a face; its layout is described in `src/fonts/face-file.ts`. */
export function prepareFace({ source, target, name }: FaceJob): void {
  const font = create(readFileSync(source)) as Font;
  const scale = 1000 / font.unitsPerEm;
  const codePoints = [...font.characterSet].filter((c) => c >= 0x20).sort((a, b) => a - b);
  const unique = codePoints.filter((c, i) => c !== codePoints[i - 1]);
  const fullWidth = new Map(
    Object.entries(FULL_WIDTH).map(([character, side]) => [font.glyphForCodePoint(character.codePointAt(0)!).id, side]),
  );
  const places = new Map<number, readonly [offset: number, length: number, x: number, y: number, advance: number]>();
  const chunks: Uint8Array[] = [];
  let offset = 0;
  const index = Buffer.alloc(unique.length * 16);
  for (const [i, codePoint] of unique.entries()) {
    const glyph = font.glyphForCodePoint(codePoint);
    let place = places.get(glyph.id);
    if (!place) {
      const commands = glyph.path.commands as unknown as PathCommand[];
      const scaled = scale === 1 ? commands : commands.map((c) => ({ ...c, args: c.args.map((v) => v * scale) }));
      const { x, y, body } = outline(scaled);
      const advance = Math.round(glyph.advanceWidth * scale);
      const side = advance < 1000 ? fullWidth.get(glyph.id) : undefined;
      const edge = side === 1 ? -EDGE : side === 0 ? EDGE : 0;
      place =
        side === undefined
          ? [offset, body.length, x, y, advance]
          : [offset, body.length, x + Math.round((1000 - advance) * side) + edge, y, 1000];
      places.set(glyph.id, place);
      chunks.push(body);
      offset += body.length;
    }
    index.writeUInt32LE(codePoint, i * 16);
    index.writeUInt32LE(place[0], i * 16 + 4);
    index.writeUInt16LE(place[1], i * 16 + 8);
    index.writeUInt16LE(place[4], i * 16 + 10);
    index.writeInt16LE(place[2], i * 16 + 12);
    index.writeInt16LE(place[3], i * 16 + 14);
  }
  const header: FaceHeader = {
    name,
    glyphs: unique.length,
    ascent: Math.round(font.ascent * scale),
    descent: Math.round(font.descent * scale),
    capHeight: Math.round((font.capHeight || 700) * scale),
    bbox: [font.bbox.minX, font.bbox.minY, font.bbox.maxX, font.bbox.maxY].map((v) =>
      Math.round(v * scale),
    ) as unknown as FaceHeader["bbox"],
  };
  const text = Buffer.from(JSON.stringify(header).padEnd(240), "utf8");
  const start = Buffer.alloc(16);
  start.write("NIANBAO FACE 1\n", "latin1");
  writeFileSync(target, Buffer.concat([start, text, index, ...chunks]));
}

if (!isMainThread) {
  prepareFace(workerData as FaceJob);
  parentPort?.postMessage("done");
}
