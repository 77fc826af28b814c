import { createHash } from "node:crypto";
import type { PDFReference } from "pdfmake/js/PDFDocument.js";
import type { Glyph, OpenedFace } from "../../fonts/face-file.ts";
import { fontProgram } from "./cff.ts";
import { deflated } from "./deflated.ts";
import type { CompactDocument } from "./document.ts";

/** Room is added to a glyph in steps of a fortieth of an em: each step is a glyph of its own. */
const STEP = 25;
const NOTDEF: Glyph = {
  x: 0,
  y: 0,
  advance: 1000,
  body: new Uint8Array(),
  coded: { words: new Uint16Array(), bits: 0, count: 0, sum: 0, weighted: 0 },
};

const hex4 = Array.from({ length: 0x10000 }, (_, i) => i.toString(16).padStart(4, "0"));
const hexOf = (codePoint: number): string =>
  codePoint < 0x10000
    ? hex4[codePoint]!
    : hex4[0xd800 + ((codePoint - 0x10000) >> 10)]! + hex4[0xdc00 + ((codePoint - 0x10000) & 0x3ff)]!;

/**
 * A face in one document: what of it is used, and under which CID. Every code point has a CID of its own, whichever
 * glyphs the font shares, so that copying gives back the very characters. Room between characters that a reader of the
 * file could take for a space (the quarter-em between Han and digits) and the blank that adjacent marks lose are part of
 * the glyph's advance: a CID stands for a code point with so much room before and after it.
 */
export class DocumentFont {
  readonly dictionary: PDFReference;
  readonly #document: CompactDocument;
  readonly #face: OpenedFace;
  readonly #cids = new Map<number, number>();
  readonly #glyphs: Glyph[] = [NOTDEF];
  readonly #codePoints: number[] = [0];

  constructor(document: CompactDocument, face: OpenedFace) {
    this.#document = document;
    this.#face = face;
    this.dictionary = document.ref();
  }

  /** The advance of a CID in thousandths of an em. */
  advance(cid: number): number {
    return this.#glyphs[cid]!.advance;
  }

  /** How the PDF's text operators call a CID. */
  static hex(cid: number): string {
    return hex4[cid]!;
  }

  /** Room as it can be had: a whole number of steps, in thousandths of an em. */
  static room(value: number): number {
    return Math.round(value / STEP) * STEP;
  }

  /** The CID of a code point with room before and after it, in thousandths of an em (negative: less than its own). */
  cid(codePoint: number, before = 0, after = 0): number {
    const key = (codePoint * 256 + before / STEP + 128) * 256 + after / STEP + 128;
    const known = this.#cids.get(key);
    if (known !== undefined) return known;
    const glyph = this.#face.glyph(codePoint);
    const cid = this.#glyphs.length;
    this.#glyphs.push(
      before === 0 && after === 0
        ? glyph
        : { ...glyph, x: glyph.x + before, advance: Math.max(0, glyph.advance + before + after) },
    );
    this.#codePoints.push(codePoint);
    this.#cids.set(key, cid);
    return cid;
  }

  /** Writes the font's objects (ISO 32000-1, 9.7.4, 9.9). */
  end(): void {
    const { header } = this.#face;
    const document = this.#document;
    const tag = createHash("md5").update(this.#codePoints.join()).digest();
    const name = `${Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + (tag[i]! % 26))).join("")}+${header.name}`;
    const file = document.ref({ Subtype: "CIDFontType0C", Filter: "FlateDecode" });
    file.end(deflated(fontProgram(name, header.bbox, this.#glyphs), this.#glyphs, this.#face.code));
    const descriptor = document.ref({
      Type: "FontDescriptor",
      FontName: name,
      Flags: 4,
      FontBBox: header.bbox,
      ItalicAngle: 0,
      Ascent: header.ascent,
      Descent: header.descent,
      CapHeight: header.capHeight,
      StemV: 80,
      FontFile3: file,
    });
    descriptor.end();
    const cidFont = document.ref({
      Type: "Font",
      Subtype: "CIDFontType0",
      BaseFont: name,
      CIDSystemInfo: { Registry: new String("Adobe"), Ordering: new String("Identity"), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 1000,
      W: this.#widths(),
    });
    cidFont.end();
    const toUnicode = document.ref();
    toUnicode.end(this.#toUnicode());
    this.dictionary.data = {
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [cidFont],
      ToUnicode: toUnicode,
    };
    this.dictionary.end();
  }

  /** The advances that differ from DW, in stretches. */
  #widths(): (number | number[])[] {
    const out: (number | number[])[] = [];
    let open: number[] | undefined;
    for (const [cid, { advance }] of this.#glyphs.entries()) {
      if (advance === 1000) {
        open = undefined;
        continue;
      }
      if (!open) {
        open = [];
        out.push(cid, open);
      }
      open.push(advance);
    }
    return out;
  }

  #toUnicode(): string {
    const ranges: string[] = [];
    // CIDs of one range have the same high byte, and a section has at most 100 ranges (Adobe Technical Note 5411).
    for (let from = 1; from < this.#codePoints.length; from = (from | 0xff) + 1) {
      const codePoints = this.#codePoints.slice(from, (from | 0xff) + 1);
      const values = codePoints.map((codePoint) => `<${hexOf(codePoint)}>`);
      ranges.push(`<${hex4[from]}> <${hex4[from + codePoints.length - 1]}> [${values.join("")}]`);
    }
    const blocks: string[] = [];
    for (let i = 0; i < ranges.length; i += 100) {
      const block = ranges.slice(i, i + 100);
      blocks.push(`${block.length} beginbfrange\n${block.join("\n")}\nendbfrange`);
    }
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join("\n")}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
  }
}
