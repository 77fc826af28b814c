/** Small PDFs that ask for far more than they are. */
import { deflateSync } from "node:zlib";
import { pdfOfObjects } from "./handmade-pdf.ts";

type Part = string | Uint8Array;
const HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

/** A stream as it is, with what its dictionary says of its filters. */
const raw = (data: Uint8Array | string, entries: string): Uint8Array =>
  Buffer.concat([
    Buffer.from(`<< /Length ${data.length} ${entries} >>\nstream\n`),
    Buffer.from(data as string),
    Buffer.from("\nendstream"),
  ]);

/** The contents of the page, its resources and further objects, from number 6. */
const pdf = (
  contents: Part,
  resources = "",
  objects: readonly Part[] = [],
  page = "/Contents 4 0 R",
  catalogue = "",
): Uint8Array =>
  pdfOfObjects([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${page} /Resources << /Font << /H 5 0 R >> ${resources} >> >>`,
    contents,
    HELVETICA,
    ...objects,
  ]);

/** A gibibyte of zeros, packed again and again. */
function packed(times: number): Uint8Array {
  let data: Uint8Array = deflateSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
  for (let i = 1; i < times; i += 1) data = deflateSync(data, { level: 9 });
  return data;
}
const flate = (times: number): string => `/Filter [${"/FlateDecode ".repeat(times)}]`;
const text = "BT /H 12 Tf 9 9 Td (1) Tj ET";
const T0 = "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] >>";
const cid = (entries: string): string =>
  `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ${entries} /FontDescriptor << /Type /FontDescriptor /FontName /A /Flags 4 >> >>`;
const useFont = raw("BT /C 12 Tf <0041> Tj ET", "");
/** Objects that each call the next twice. */
const twice = (count: number, of: (next: number) => Part): Part[] => Array.from({ length: count }, (_, i) => of(i + 7));

export const BOMBS: Readonly<Record<string, () => Uint8Array>> = {
  "zeros packed once": () => pdf(raw(packed(1), flate(1))),
  "zeros packed twice": () => pdf(raw(packed(2), flate(2))),
  "zeros packed thrice": () => pdf(raw(packed(3), flate(3))),
  "zeros in runs": () =>
    pdf(
      raw(
        deflateSync(Buffer.alloc(8 * 1024 * 1024, Buffer.from([129, 32]))),
        "/Filter [/FlateDecode /RunLengthDecode]",
      ),
    ),
  "zeros in base 85": () =>
    pdf(raw(deflateSync(Buffer.alloc(64 * 1024 * 1024, "z")), "/Filter [/FlateDecode /ASCII85Decode]")),
  "a chain of a thousand filters": () => pdf(raw("x", `/Filter [${"/ASCIIHexDecode ".repeat(1000)}]`)),
  "a predictor of endless rows": () =>
    pdf(raw(deflateSync("abc"), "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1000000000 >>")),
  "one stream a hundred thousand times": () =>
    pdf(raw(deflateSync(Buffer.alloc(1024 * 1024, " ")), flate(1)), "", [], `/Contents [${"4 0 R ".repeat(100_000)}]`),
  "a width for every number": () => pdf(useFont, "/Font << /C 6 0 R >>", [T0, cid("/W [0 2000000000 500]")]),
  "an upright width for every number": () =>
    pdf(useFont, "/Font << /C 6 0 R >>", [T0.replace("Identity-H", "Identity-V"), cid("/W2 [0 2000000000 500 1 2]")]),
  "a map of every number": () =>
    pdf(useFont, "/Font << /C 6 0 R >>", [
      T0.replace(" >>", " /ToUnicode 8 0 R >>"),
      cid(""),
      raw(`begincmap ${"1 beginbfrange <000000> <fffffe> <0041> endbfrange ".repeat(100)} endcmap`, ""),
    ]),
  "an encoding of every number": () =>
    pdf(useFont, "/Font << /C 6 0 R >>", [
      T0.replace("/Identity-H", "8 0 R"),
      cid(""),
      raw(
        `begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange ${"1 begincidrange <000000> <fffffe> 0 endcidrange ".repeat(100)} endcmap`,
        "/Type /CMap /CMapName /A",
      ),
    ]),
  "forms that call each other": () =>
    pdf(raw("/X Do", ""), "/XObject << /X 6 0 R >>", [
      ...twice(40, (next) =>
        raw(
          "/X Do /X Do",
          `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${next} 0 R >> >>`,
        ),
      ),
      raw("", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
    ]),
  "a chain of forms": () =>
    pdf(raw("/X Do", ""), "/XObject << /X 6 0 R >>", [
      ...twice(20_000, (next) =>
        raw("/X Do", `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${next} 0 R >> >>`),
      ),
      raw("", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
    ]),
  "patterns of patterns": () =>
    pdf(raw("/Pattern cs /P scn 0 0 9 9 re f", ""), "/Pattern << /P 6 0 R >>", [
      ...twice(40, (next) =>
        raw(
          "/Pattern cs /P scn 0 0 9 9 re f /Pattern cs /Q scn 0 0 9 9 re f",
          `/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Pattern << /P ${next} 0 R /Q ${next} 0 R >> >>`,
        ),
      ),
      raw("", "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>"),
    ]),
  "a pattern of itself": () =>
    pdf(raw("/Pattern cs /P scn 0 0 9 9 re f", ""), "/Pattern << /P 6 0 R >>", [
      raw(
        "/Pattern cs /P scn 0 0 9 9 re f",
        "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << /Pattern << /P 6 0 R >> >>",
      ),
    ]),
  "a glyph that writes itself": () =>
    pdf(raw("BT /C 12 Tf (A) Tj ET", ""), "/Font << /C 6 0 R >>", [
      "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 65 /LastChar 65 /Widths [9] /Encoding << /Differences [65 /a] >> /CharProcs << /a 7 0 R >> /Resources << /Font << /C 6 0 R >> >> >>",
      raw("9 0 d0 BT /C 1 Tf (AA) Tj ET", ""),
    ]),
  "a function of a thousand million samples": () =>
    pdf(raw("/S cs 0.5 scn 0 0 9 9 re f", ""), "/ColorSpace << /S [/Separation /A /DeviceRGB 6 0 R] >>", [
      raw("x", "/FunctionType 0 /Domain [0 1] /Range [0 1 0 1 0 1] /Size [1000000000] /BitsPerSample 8"),
    ]),
  "a function of functions": () =>
    pdf(
      raw("/P sh", ""),
      "/Shading << /P << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 9] /Function 6 0 R >> >>",
      [
        ...twice(
          40,
          (next) =>
            `<< /FunctionType 3 /Domain [0 1] /Functions [${next} 0 R ${next} 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>`,
        ),
        "<< /FunctionType 2 /Domain [0 1] /N 1 >>",
      ],
    ),
  "a picture of a million million dots": () =>
    pdf(raw("/I Do", ""), "/XObject << /I 6 0 R >>", [
      raw(
        "x",
        "/Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /JBIG2Decode",
      ),
    ]),
  "a thousand million pages": () =>
    pdfOfObjects([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
      "<< /Type /Page /MediaBox [0 0 9 9] >>",
    ]),
  "pages of themselves": () =>
    pdfOfObjects(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 5 >>"]),
  "pages that say they are none": () =>
    pdfOfObjects([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>",
      "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 2 >>",
    ]),
  "colours of colours": () =>
    pdf(
      raw("/S cs 0 scn 0 0 9 9 re f", ""),
      "/ColorSpace << /S 6 0 R >>",
      twice(5000, (next) => `[/Indexed ${next} 0 R 1 <0001>]`),
    ),
  "names of names": () =>
    pdf(
      raw(text, ""),
      "",
      twice(40, (next) => `<< /Kids [${next} 0 R ${next} 0 R] >>`),
      "/Contents 4 0 R",
      "/Names << /EmbeddedFiles 6 0 R >>",
    ),
  "layers that depend on each other": () =>
    pdf(
      raw(`/OC /L BDC ${text} EMC`, ""),
      "/Properties << /L 7 0 R >>",
      [
        "<< /Type /OCG /Name (a) >>",
        `<< /Type /OCMD /OCGs [6 0 R] /VE ${"[/And ".repeat(5000)}6 0 R${"]".repeat(5000)} >>`,
      ],
      "/Contents 4 0 R",
      "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
    ),
};
