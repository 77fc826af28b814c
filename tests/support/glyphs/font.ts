/** A bare CFF font program in the least of an OpenType file, so that fontkit reads it. */
import { create, type Font } from "fontkit";
import type { PathCommand } from "../../../scripts/outline.ts";

function table(length: number, fill: (out: Buffer) => void): Buffer {
  const out = Buffer.alloc(length);
  fill(out);
  return out;
}

/** @param cff a font program of `count` glyphs, 1,000 units an em */
export function openCff(cff: Buffer, count: number): Font {
  const tables: Readonly<Record<string, Buffer>> = {
    "CFF ": cff,
    head: table(54, (out) => {
      out.writeUInt32BE(0x00010000, 0);
      out.writeUInt32BE(0x5f0f3cf5, 12);
      out.writeUInt16BE(1000, 18);
    }),
    hhea: table(36, (out) => {
      out.writeUInt32BE(0x00010000, 0);
      out.writeUInt16BE(1, 34);
    }),
    hmtx: Buffer.alloc(4 + 2 * (count - 1)),
    maxp: table(6, (out) => {
      out.writeUInt32BE(0x00005000, 0);
      out.writeUInt16BE(count, 4);
    }),
  };
  const names = Object.keys(tables);
  const directory = Buffer.alloc(12 + 16 * names.length);
  directory.write("OTTO", "latin1");
  directory.writeUInt16BE(names.length, 4);
  let offset = directory.length;
  const parts: Buffer[] = [directory];
  for (const [i, name] of names.entries()) {
    const data = tables[name]!;
    directory.write(name, 12 + 16 * i, "latin1");
    directory.writeUInt32BE(offset, 20 + 16 * i);
    directory.writeUInt32BE(data.length, 24 + 16 * i);
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    parts.push(padded);
    offset += padded.length;
  }
  return create(Buffer.concat(parts)) as Font;
}

/** The path of a glyph by its number. */
export const pathOf = (font: Font, id: number): readonly PathCommand[] =>
  font.getGlyph(id).path.commands as unknown as readonly PathCommand[];
