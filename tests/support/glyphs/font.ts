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

/** The objects of an INDEX of a CFF font (5176, 5), and where the next table begins. */
function indexAt(cff: Buffer, at: number): { readonly objects: readonly Buffer[]; readonly end: number } {
  const count = cff.readUInt16BE(at);
  if (count === 0) return { objects: [], end: at + 2 };
  const size = cff[at + 2]!;
  const data = at + 3 + (count + 1) * size - 1;
  const offsets = Array.from({ length: count + 1 }, (_, i) => data + cff.readUIntBE(at + 3 + i * size, size));
  return { objects: offsets.slice(1).map((end, i) => cff.subarray(offsets[i]!, end)), end: offsets.at(-1)! };
}

/** The operands before the first operator of a charstring or a DICT, and that operator; `from` is where to begin. */
function operands(
  bytes: Buffer,
  from = 0,
): { readonly values: number[]; readonly operator: number; readonly end: number } {
  const values: number[] = [];
  for (let i = from; ; i += 1) {
    const b = bytes[i]!;
    if (b >= 32 && b <= 246) values.push(b - 139);
    else if (b >= 247 && b <= 250) values.push((b - 247) * 256 + bytes[(i += 1)]! + 108);
    else if (b >= 251 && b <= 254) values.push(-(b - 251) * 256 - bytes[(i += 1)]! - 108);
    else if (b === 28) values.push(bytes.readInt16BE((i += 2) - 1));
    else if (b === 29) values.push(bytes.readInt32BE((i += 4) - 3));
    else if (b === 12) return { values, operator: 1200 + bytes[i + 1]!, end: i + 2 };
    else return { values, operator: b, end: i + 1 };
  }
}

/** The advance of each glyph as its charstring states it (5177, 3.1); 1000 where it leaves it out. */
export function advancesOf(cff: Buffer): number[] {
  const top = indexAt(cff, indexAt(cff, cff[2]!).end).objects[0]!;
  let at = 0;
  while (at < top.length) {
    const { values, operator, end } = operands(top, at);
    // 17: where the charstrings are.
    if (operator === 17)
      return indexAt(cff, values[0]!).objects.map((charstring) => {
        const first = operands(charstring);
        // An operand more than rmoveto (21) or endchar (14) takes is the advance.
        return first.values.length > (first.operator === 21 ? 2 : 0) ? first.values[0]! : 1000;
      });
    at = end;
  }
  return [];
}
