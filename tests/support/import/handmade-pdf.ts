/** PDFs put together by hand, for what no program writes willingly. */
import { deflateSync, inflateSync } from "node:zlib";

type Part = string | Uint8Array;

/** A stream object with its dictionary, compressed. */
export const stream = (content: Part, entries = ""): Uint8Array => {
  const data = deflateSync(content);
  return Buffer.concat([
    Buffer.from(`<< /Length ${data.length} /Filter /FlateDecode ${entries} >>\nstream\n`),
    data,
    Buffer.from("\nendstream"),
  ]);
};

/** A file of these objects, numbered from 1; the first is the catalogue. */
export function pdfOfObjects(objects: readonly Part[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const places: number[] = [];
  let at = parts[0]!.length;
  for (const [i, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n")]);
    places.push(at);
    parts.push(part);
    at += part.length;
  }
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  parts.push(Buffer.from(`${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(parts));
}

/** A file of pages with one content, which may use the font `F`. */
export function pdfOfPages(content: Part, font: readonly string[] = [], pages = 1): Uint8Array {
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R${font.length > 0 ? " /Resources << /Font << /F 5 0 R >> >>" : ""} >>`;
  return pdfOfObjects([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${"3 0 R ".repeat(pages)}] /Count ${pages} >>`,
    page,
    stream(content),
    ...font,
  ]);
}

/** A Chinese font that is not in the file, with a character map that is not either, as older programs name them. */
export const NAMED_FONT = (map: string): string[] => [
  `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${map} /DescendantFonts [6 0 R] >>`,
  "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>",
  "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 93 /FontBBox [-25 -254 1000 880] >>",
];

/** A font with glyphs that are numbered and nothing else. */
export const NAMELESS_FONT: readonly string[] = [
  "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
  "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 7 0 R >>",
  "<< /Type /FontDescriptor /FontName /ABCDEF+Song /Flags 4 /Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 93 /FontBBox [-25 -254 1000 880] >>",
];

/** Characters as a string in UTF-16, which the map `UniGB-UCS2-H` reads. */
export const ucs2 = (text: string): string => `<${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;

/** A PDF with the digits of its fonts' character maps (`ToUnicode`) changed, as a faulty producer writes them. */
export function withLyingMaps(pdf: Uint8Array, lie: (digit: number) => number): Uint8Array {
  const source = Buffer.from(pdf).toString("latin1");
  const changed = source.replace(
    /\/Length (\d+)([^>]*>>\s*)stream\r?\n([\s\S]*?)\r?\nendstream/g,
    (whole: string, length: string, rest: string, data: string) => {
      let text: string;
      try {
        text = inflateSync(Buffer.from(data, "latin1")).toString("latin1");
      } catch {
        return whole;
      }
      if (!text.includes("begincmap")) return whole;
      const lying = text.replace(/<003(\d)>(?=\s*(?:\n|\r|<|$))/g, (_, digit: string) => `<003${lie(Number(digit))}>`);
      const packed = deflateSync(Buffer.from(lying, "latin1")).toString("latin1");
      return `/Length ${packed.length}${rest}stream\n${packed}\nendstream`.replace(length, String(packed.length));
    },
  );
  return new Uint8Array(Buffer.from(changed, "latin1"));
}
