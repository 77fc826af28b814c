/** PDFs with one token again and again. */
import { pdfOfObjects, stream } from "./handmade-pdf.ts";

type Part = string | Uint8Array;

interface Long {
  readonly content?: string;
  readonly resources?: string;
  readonly page?: string;
  readonly catalogue?: string;
  /** Further objects, from number 6. */
  readonly objects?: readonly Part[];
}

const HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

function pdf({ content = "", resources = "", page = "", catalogue = "", objects = [] }: Long): Uint8Array {
  return pdfOfObjects([
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${page} /Resources << /Font << /H 5 0 R >> ${resources} >> >>`,
    stream(content),
    HELVETICA,
    ...objects,
  ]);
}

const content = (token: string, before = "", resources = ""): ((n: number) => Uint8Array) => {
  return (n) =>
    pdf({
      content: before + token.repeat(n),
      resources,
      objects: [stream("0 0 m 1 1 l S", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")],
    });
};
const range = (n: number, of: (i: number) => string): string => Array.from({ length: n }, (_, i) => of(i)).join("");
const cidFont = (entries: string, cid: string): string[] => [
  `<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] ${entries} >>`,
  `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ${cid} /FontDescriptor 8 0 R >>`,
  "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1 1] /ItalicAngle 0 /Ascent 1 /Descent 0 /CapHeight 1 /StemV 1 >>",
];
const usesFont = { content: "BT /C 12 Tf <0041> Tj ET", resources: "/Font << /C 6 0 R >>" };

/** Files by the token that is repeated `n` times in them. */
export const LONG: Readonly<Record<string, (n: number) => Uint8Array>> = {
  ...Object.fromEntries(
    [
      "q ",
      "Q ",
      "q Q ",
      "BT ET ",
      "0 0 m ",
      "0 0 m 9 9 l S ",
      "1 w ",
      "1 0 0 rg ",
      "1 0 0 1 0 0 cm ",
      "W n ",
      "10 10 20 20 re f ",
      "0 0 600 900 re f ",
      "10 10 20 20 re W n ",
      "0 0 m 500 0 l 40 900 l h W n ",
      "0 0 m 500 0 l 40 900 l h f ",
      "5 5 m 9 99 200 7 40 90 c S ",
      "/A BMC ",
      "EMC ",
      "/A << /B 1 >> BDC ",
      "/OC /L BDC ",
      "/X Do ",
      "/H 12 Tf ",
      "1 ",
      "/N ",
      "[ ",
      "<< ",
      "((",
      "[1] 0 d ",
      "BI /W 1 /H 1 /BPC 8 /CS /G ID 1 EI ",
      "% \n",
      "foo ",
      "/P sh ",
      "/G gs ",
      "/Pattern cs /P scn ",
      "3 i ",
      "0 0 0 0 0 0 ",
    ].map((token) => [token, content(token, "", "/XObject << /X 6 0 R >>")]),
  ),
  ...Object.fromEntries(
    [
      "(1) Tj ",
      "(1) Tj T* ",
      "[(1) -900 (2)] TJ ",
      "[1 1] TJ ",
      "1 1 Td (1) Tj ",
      "1 0 0 1 90 90 Tm (1) Tj ",
      "0 Tr (1) ' ",
      "7 Tr (1) Tj ",
      "2 Ts (1) Tj ",
    ].map((token) => [token, content(token, "BT /H 9 Tf 40 400 Td 9 TL ")]),
  ),
  "lines of text": (n) =>
    pdf({
      content: `BT /H 1.5 Tf ${range(n, (i) => `1 0 0 1 ${(i * 7) % 590} ${((i * 13) >> 6) % 840} Tm (${i % 10}) Tj `)} ET`,
    }),
  "one string": (n) => pdf({ content: `BT /H 2 Tf 9 9 Td (${"1".repeat(n)}) Tj ET` }),
  "one array of strings": (n) => pdf({ content: `BT /H 2 Tf 9 9 Td [${"(1) -9 ".repeat(n)}] TJ ET` }),
  "a path of lines": (n) =>
    pdf({ content: `0 0 m ${range(n, (i) => `${i % 500} ${i % 700} l `)} f BT /H 9 Tf 40 40 Td (1) Tj ET` }),
  "a clip of many lines and text": (n) =>
    pdf({
      content: `0 0 m ${range(n, (i) => `${i % 500} ${i % 700} l `)} W n BT /H 9 Tf 40 40 Td ${"(1) Tj ".repeat(n)} ET`,
    }),
  "ruling lines": (n) =>
    pdf({
      content: range(
        n,
        (i) => `${i % 500} ${i % 800} m ${(i % 500) + 40} ${i % 800} l S ${i % 500} 9 m ${i % 500} 99 l S `,
      ),
    }),
  forms: (n) =>
    pdf({
      content: "/X Do ".repeat(n),
      resources: "/XObject << /X 6 0 R >>",
      objects: [stream("0 0 m 1 1 l S", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")],
    }),
  pictures: (n) =>
    pdf({
      content: "q 9 0 0 9 9 9 cm /X Do Q ".repeat(n),
      resources: "/XObject << /X 6 0 R >>",
      objects: [
        stream("1111", "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray"),
      ],
    }),
  objects: (n) => pdf({ objects: Array.from({ length: n }, () => "<< /A 1 >>") }),
  "an array within arrays": (n) => pdf({ objects: [`${"[".repeat(n)}${"]".repeat(n)}`], page: "/A 6 0 R" }),
  annotations: (n) =>
    pdf({
      page: `/Annots [${"6 0 R ".repeat(n)}]`,
      objects: ["<< /Type /Annot /Subtype /Square /Rect [9 9 20 20] >>"],
    }),
  layers: (n) =>
    pdf({
      catalogue: `/OCProperties << /OCGs [${"6 0 R ".repeat(n)}] /D << /OFF [${"6 0 R ".repeat(n)}] >> >>`,
      objects: ["<< /Type /OCG /Name (a) >>"],
    }),
  widths: (n) => pdf({ ...usesFont, objects: cidFont("", `/W [${range(n, (i) => `${i % 60000} [500] `)}]`) }),
  "ranges of widths": (n) => pdf({ ...usesFont, objects: cidFont("", `/W [${"0 60000 500 ".repeat(n)}]`) }),
  "characters of a map": (n) =>
    pdf({
      ...usesFont,
      objects: [
        ...cidFont("/ToUnicode 9 0 R", ""),
        stream(
          `begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange ${range(n, (i) => `1 beginbfchar <${(i % 65536).toString(16).padStart(4, "0")}> <0041> endbfchar `)}endcmap`,
        ),
      ],
    }),
  "ranges of a map": (n) =>
    pdf({
      ...usesFont,
      objects: [
        ...cidFont("/ToUnicode 9 0 R", ""),
        stream(
          `begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange ${"1 beginbfrange <0000> <00ff> <0041> endbfrange ".repeat(n)}endcmap`,
        ),
      ],
    }),
  "pages within pages": (n) =>
    pdfOfObjects([
      "<< /Type /Catalog /Pages 2 0 R >>",
      ...Array.from({ length: n }, (_, i) => `<< /Type /Pages /Kids [${i + 3} 0 R] /Count 1 >>`),
      "<< /Type /Page /MediaBox [0 0 9 9] >>",
    ]),
  outlines: (n) =>
    pdf({
      catalogue: "/Outlines 6 0 R",
      objects: [
        "<< /First 7 0 R >>",
        ...Array.from({ length: n }, (_, i) => `<< /Title (a) /Next ${i + 8} 0 R >>`),
        "<< /Title (a) >>",
      ],
    }),
};
