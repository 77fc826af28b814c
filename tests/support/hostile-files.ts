/** Files of others that were made to be read for ever, or into gigabytes: those of `fixtures/hostile`, and these. */
import { readdirSync, readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { zipSync } from "fflate";
import { pdfOfObjects, pdfOfPages, stream } from "./import/handmade-pdf.ts";
import { layer, line, ofdFile } from "./ofd/made.ts";
import { docxFile, docxParts, p, xlsxFile, zipOf } from "./office.ts";

const FIXTURES = new URL("../fixtures/hostile/", import.meta.url);
const MIB = 2 ** 20;
const utf8 = (text: string): Uint8Array => Buffer.from(text);

/** A stream that was compressed so many times. */
function nested(content: Uint8Array, times: number): Uint8Array {
  let data = content;
  for (let i = 0; i < times; i += 1) data = deflateSync(data);
  const filters = "/FlateDecode ".repeat(times);
  return Buffer.concat([
    Buffer.from(`<< /Length ${data.length} /Filter [${filters}] >>\nstream\n`),
    data,
    Buffer.from("\nendstream"),
  ]);
}

const page = (content: Uint8Array, more: readonly (string | Uint8Array)[] = [], resources = ""): Uint8Array =>
  pdfOfObjects([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`,
    content,
    ...more,
  ]);

/** Forms that each call the next one twice. */
const forms = (depth: number): Uint8Array[] =>
  Array.from({ length: depth }, (_, i) =>
    stream(
      i === depth - 1 ? "BT ET" : "/X Do /X Do ",
      `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${6 + i} 0 R >> >>`,
    ),
  );

const xmlDeep = (depth: number): string =>
  `${"<w:tbl><w:tr><w:tc>".repeat(depth)}${"</w:tc></w:tr></w:tbl>".repeat(depth)}`;

/** A group of objects, and its use. */
const ofdGroup = (id: number, content: string): string =>
  `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="${id}" Width="9" Height="9"><ofd:Content>${content}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
const ofdUse = (id: number): string => `<ofd:CompositeObject ID="9" Boundary="0 0 210 297" ResourceID="${id}"/>`;

const MADE: Readonly<Record<string, () => Uint8Array>> = {
  "pdf-zeros.pdf": () => pdfOfPages(new Uint8Array(200 * MIB)),
  "pdf-flate-4-times.pdf": () => page(nested(new Uint8Array(200 * MIB), 4)),
  "pdf-count.pdf": () =>
    pdfOfObjects([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>",
      "<< /Type /Page /Parent 2 0 R >>",
    ]),
  "pdf-same-page.pdf": () => pdfOfPages("BT ET", [], 400_000),
  "pdf-forms.pdf": () => page(stream("/X Do"), forms(30), "/XObject << /X 5 0 R >>"),
  "pdf-xref-size.pdf": () =>
    utf8(
      "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n0 2000000000\n0000000000 65535 f \ntrailer\n<< /Size 2000000000 /Root 1 0 R >>\nstartxref\n57\n%%EOF\n",
    ),
  "pdf-xref-loop.pdf": () =>
    utf8(
      "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R 1 0 R] >>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 2 /Root 1 0 R /Prev 66 >>\nstartxref\n66\n%%EOF\n",
    ),
  "pdf-arrays.pdf": () =>
    utf8(`%PDF-1.7\n1 0 obj\n${"[".repeat(1_000_000)}\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`),
  "pdf-image.pdf": () =>
    page(
      stream("/I Do"),
      [
        stream(
          new Uint8Array(64),
          "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
        ),
      ],
      "/XObject << /I 5 0 R >>",
    ),
  "pdf-many-streams.pdf": () =>
    pdfOfObjects([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents [${Array.from({ length: 20_000 }, () => "4 0 R").join(" ")}] >>`,
      stream(`BT /F 9 Tf ${"(x) Tj ".repeat(2000)}ET`),
    ]),
  "pdf-operators.pdf": () => pdfOfPages(`BT ${"0 0 Td ".repeat(3_000_000)}ET`),
  "docx-zeros.docx": () => zipOf({ ...docxParts(""), "word/document.xml": new Uint8Array(100 * MIB) }),
  "docx-many-parts.docx": () =>
    zipSync(Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`word/p${i}.xml`, new Uint8Array()]))),
  "docx-in-docx.docx": () =>
    zipOf({ ...docxParts(p("一")), "word/embeddings/a.docx": zipOf({ "a.docx": new Uint8Array(50 * MIB) }) }),
  "docx-deep.docx": () => docxFile(xmlDeep(100_000)),
  "docx-attribute.docx": () => docxFile(`<w:p w:rsidR="${"x".repeat(10_000_000)}"/>`),
  "docx-spans.docx": () =>
    docxFile(
      `<w:tbl>${`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>${p("1")}</w:tc></w:tr>`.repeat(500)}</w:tbl>`,
    ),
  "docx-runs.docx": () => docxFile(`<w:p>${"<w:r><w:t>1</w:t></w:r>".repeat(600_000)}</w:p>`),
  "xlsx-dimension.xlsx": () =>
    xlsxFile([
      {
        name: "a",
        before: '<dimension ref="A1:XFD1048576"/>',
        rows: '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
      },
    ]),
  "xlsx-merges.xlsx": () =>
    xlsxFile([
      {
        name: "a",
        rows: '<row r="1"><c r="A1"><v>1</v></c></row>',
        merges: Array.from({ length: 20_000 }, () => "A1:XFD1048576"),
      },
    ]),
  "xlsx-row-1e300.xlsx": () => xlsxFile([{ name: "a", rows: '<row r="1e300"><c r="A1e300"><v>1e308</v></c></row>' }]),
  "xlsx-sheets.xlsx": () => xlsxFile(Array.from({ length: 5000 }, (_, i) => ({ name: `s${i}`, rows: "" }))),
  "xlsx-strings.xlsx": () =>
    xlsxFile([{ name: "a", rows: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' }], {
      strings: "<si><t>一</t></si>".repeat(3_000_000),
    }),
  "ofd-zeros.ofd": () =>
    ofdFile({ pages: [""], parts: { "Doc_0/Pages/Page_0/Content.xml": new Uint8Array(100 * MIB) } }),
  "ofd-groups.ofd": () =>
    ofdFile({
      pages: [layer(ofdUse(70))],
      resources: Array.from({ length: 8 }, (_, i) =>
        ofdGroup(70 + i, i < 7 ? ofdUse(71 + i).repeat(50) : line("一、总体情况", 20, 40)),
      ).join(""),
    }),
  "ofd-one-place.ofd": () => ofdFile({ pages: [layer(line("一", 20, 40).repeat(100_000))] }),
  "ofd-pages.ofd": () =>
    ofdFile({
      pages: Array.from({ length: 300 }, () => '<ofd:Template TemplateID="900"/>'),
      templates: [layer(line("一、总体情况", 20, 40).repeat(1000))],
    }),
  "ofd-path.ofd": () =>
    ofdFile({
      pages: [
        layer(
          `<ofd:PathObject ID="9" Boundary="0 0 210 297" Fill="true"><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>M 0 0 ${"A 1 1 0 1 1 9 9 ".repeat(300_000)}</ofd:AbbreviatedData></ofd:PathObject>`,
        ),
      ],
    }),
  "html-deep.html": () => utf8("<div><table><tr><td>".repeat(100_000)),
  "html-attributes.html": () => utf8(`<p ${Array.from({ length: 300_000 }, (_, i) => `a${i}=1`).join(" ")}>一</p>`),
  "html-formatting.html": () => utf8(`${"<b><i><u><a href=x>".repeat(5000)}${"<p>1".repeat(5000)}`),
  "html-spans.html": () =>
    utf8(`<table>${'<tr><td rowspan="65534" colspan="1000">1</td></tr>'.repeat(20_000)}</table>`),
  "html-digits.html": () => utf8(`<p>${"1".repeat(3_000_000)}件</p>`),
  "html-clauses.html": () => utf8(`<p>${"收到申请1件，答复1件；".repeat(100_000)}</p>`),
  "html-entities.html": () => utf8(`<p>${"&amp;".repeat(800_000)}</p>`),
  "json-deep.json": () => utf8(`${'{"a":['.repeat(500_000)}`),
  "json-closed.json": () => utf8(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`),
  "json-number.json": () => utf8(`{"year":${"9".repeat(3_000_000)}}`),
  "json-keys.json": () => utf8(`{${Array.from({ length: 200_000 }, (_, i) => `"k${i}":${i}`).join(",")}}`),
  "csv-commas.csv": () => utf8(`年度,一\n${",".repeat(4_000_000)}`),
  "csv-quotes.csv": () => utf8(`年度,一\n${'"'.repeat(3_999_001)}`),
  "txt-line.txt": () => utf8("一、总体情况".repeat(200_000)),
  "txt-blank.txt": () => utf8("\n \u3000".repeat(700_000)),
};

export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Each hostile file, as the service would take it: none has more than 4 MiB. */
export const hostileFiles = (): HostileFile[] =>
  [
    ...readdirSync(FIXTURES)
      .sort()
      .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, FIXTURES))) })),
    ...Object.entries(MADE).map(([name, make]) => ({ name, bytes: make() })),
  ].filter(({ bytes }) => bytes.length <= 4 * MIB);
