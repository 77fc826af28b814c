/** Office files that repeat one thing N times: what a reader does with each must not grow with how many there are. */
import { docxFile, docxParts, type Parts, p, rowsOf, xlsxFile, xlsxParts, zipOf } from "../office.ts";

export type Repeat = readonly [what: string, make: (times: number) => Uint8Array];

const times = (n: number, each: (i: number) => string): string => Array.from({ length: n }, (_, i) => each(i)).join("");
const with_ = (parts: Parts, name: string, change: (part: string) => string): Uint8Array =>
  zipOf({ ...parts, [name]: change(parts[name] as string) });
const inRun = (xml: string): string => `<w:p><w:r>${xml}</w:r></w:p>`;
const cell = (xml: string): string => `<w:tbl><w:tr><w:tc>${xml}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>`;
const style = (id: string, xml: string): string => `<w:style w:type="paragraph" w:styleId="${id}">${xml}</w:style>`;
const RUN = "<w:r><w:t>1</w:t></w:r>";

const IN_PARAGRAPH: readonly (readonly [string, string])[] = [
  ["runs", RUN],
  ["struck runs between plain ones", `${RUN}<w:r><w:rPr><w:strike/></w:rPr><w:t>2</w:t></w:r>`],
  ["raised runs", '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'],
  ["hidden runs", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>2</w:t></w:r>"],
  ["breaks", "<w:r><w:br/></w:r>"],
  ["breaks between words", "<w:r><w:t>字</w:t><w:br/></w:r>"],
  ["tabs", "<w:r><w:tab/></w:r>"],
  ["spaces", '<w:r><w:t xml:space="preserve"> </w:t></w:r>'],
  ["fields that are not closed", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'],
  [
    "fields",
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>=1</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r>',
  ],
  ["codes of a field", "<w:r><w:instrText>SUM(</w:instrText></w:r>"],
  ["simple fields", `<w:fldSimple w:instr="PAGE">${RUN}</w:fldSimple>`],
  ["content controls", `<w:sdt><w:sdtPr/><w:sdtContent>${RUN}</w:sdtContent></w:sdt>`],
  ["insertions", `<w:ins>${RUN}</w:ins>`],
  ["deletions", "<w:del><w:r><w:delText>1</w:delText></w:r></w:del>"],
  ["equations", "<m:oMath xmlns:m='m'><m:r><m:t>1</m:t></m:r></m:oMath>"],
  ["drawings", "<w:r><w:drawing/></w:r>"],
  [
    "boxes of text",
    `<w:r><w:pict><v:textbox><w:txbxContent><w:p>${RUN}</w:p></w:txbxContent></v:textbox></w:pict></w:r>`,
  ],
  ["alternatives", `<w:r><mc:AlternateContent><mc:Choice><w:t>1</w:t></mc:Choice></mc:AlternateContent></w:r>`],
  ["readings", `<w:r><w:ruby><w:rt>${RUN}</w:rt><w:rubyBase>${RUN}</w:rubyBase></w:ruby></w:r>`],
  ["signs", '<w:r><w:sym w:char="F031"/></w:r>'],
  ["notes", '<w:r><w:footnoteReference w:id="2"/></w:r>'],
  ["bookmarks", "<w:bookmarkStart/>"],
];

const BODY: readonly (readonly [string, (n: number) => Uint8Array])[] = [
  ["paragraphs", (n) => docxFile(times(n, () => p("字")))],
  ["empty paragraphs", (n) => docxFile(times(n, () => "<w:p/>") + p("字"))],
  ["paragraphs whose ends were deleted", (n) => docxFile(times(n, () => p("字", "<w:rPr><w:del/></w:rPr>")) + p("字"))],
  [
    "numbered paragraphs",
    (n) =>
      docxFile(
        times(n, () => p("字", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')),
        {
          numbering:
            '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        },
      ),
  ],
  ["tables", (n) => docxFile(times(n / 4, () => cell(p("1"))))],
  [
    "rows",
    (n) =>
      docxFile(`<w:tbl>${times(n / 4, () => `<w:tr><w:tc>${p("字")}</w:tc><w:tc>${p("1")}</w:tc></w:tr>`)}</w:tbl>`),
  ],
  [
    "rows that begin later",
    (n) =>
      docxFile(
        `<w:tbl>${times(n / 8, () => `<w:tr><w:trPr><w:gridBefore w:val="9"/></w:trPr><w:tc>${p("1")}</w:tc><w:tc>${p("1")}</w:tc></w:tr>`)}</w:tbl>`,
      ),
  ],
  ["cells", (n) => docxFile(`<w:tbl><w:tr>${times(n / 4, () => `<w:tc>${p("1")}</w:tc>`)}</w:tr></w:tbl>`)],
  [
    "merged cells",
    (n) =>
      docxFile(
        `<w:tbl>${times(n / 8, (i) => `<w:tr><w:tc><w:tcPr><w:vMerge${i === 0 ? ' w:val="restart"' : ""}/></w:tcPr>${p("1")}</w:tc><w:tc>${p("1")}</w:tc></w:tr>`)}</w:tbl>`,
      ),
  ],
  ["paragraphs in a cell", (n) => docxFile(cell(times(n / 2, () => p("1"))))],
  [
    "a chain of styles, each used",
    (n) =>
      docxFile(
        times(n / 4, (i) => p("字", `<w:pStyle w:val="s${i}"/>`)),
        { styles: times(n / 4, (i) => style(`s${i}`, `<w:basedOn w:val="s${i - 1}"/>`)) },
      ),
  ],
  [
    "a chain of styles, used from its end",
    (n) =>
      docxFile(
        times(n / 4, (i) => p("字", `<w:pStyle w:val="s${i}"/>`)),
        { styles: times(n / 4, (i) => style(`s${i}`, `<w:basedOn w:val="s${i + 1}"/>`)) },
      ),
  ],
  [
    "properties of a style",
    (n) =>
      docxFile(p("字", '<w:pStyle w:val="s"/>'), {
        styles: style(
          "s",
          times(n, () => "<w:rPr/>"),
        ),
      }),
  ],
  [
    "levels of a list",
    (n) =>
      docxFile(
        times(n / 8, () => p("字", '<w:numPr><w:numId w:val="1"/></w:numPr>')),
        {
          numbering: `<w:abstractNum w:abstractNumId="0">${times(n / 8, (i) => `<w:lvl w:ilvl="${i}"/>`)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
        },
      ),
  ],
  [
    "lists of one definition",
    (n) =>
      docxFile(p("字"), {
        numbering: `<w:abstractNum w:abstractNumId="0">${times(n / 8, (i) => `<w:lvl w:ilvl="${i}"/>`)}</w:abstractNum>${times(n / 8, (i) => `<w:num w:numId="${i}"><w:abstractNumId w:val="0"/></w:num>`)}`,
      }),
  ],
  [
    "a number's text",
    (n) =>
      docxFile(
        times(n / 8, () => p("字", '<w:numPr><w:numId w:val="1"/></w:numPr>')),
        {
          numbering: `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="${times(n / 8, () => "%1")}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`,
        },
      ),
  ],
  [
    "references to one long note",
    (n) =>
      docxFile(`<w:p>${times(n / 8, () => '<w:r><w:t>1</w:t><w:footnoteReference w:id="2"/></w:r>')}</w:p>`, {
        footnotes: `<w:footnote w:id="2">${times(n / 8, () => p("字"))}</w:footnote>`,
      }),
  ],
  [
    "relationships",
    (n) =>
      with_(docxParts(p("字")), "word/_rels/document.xml.rels", (part) =>
        part.replace(
          "</Relationships>",
          `${times(n, (i) => `<Relationship Id="x${i}" Type="t/u" Target="../a/./b.xml"/>`)}</Relationships>`,
        ),
      ),
  ],
  [
    "steps of a target",
    (n) =>
      with_(docxParts(p("字")), "word/_rels/document.xml.rels", (part) =>
        part.replace(
          "</Relationships>",
          `<Relationship Id="x" Type="t" Target="${"../a/".repeat(n)}"/></Relationships>`,
        ),
      ),
  ],
  [
    "a type's characters",
    (n) =>
      with_(docxParts(p("字")), "word/_rels/document.xml.rels", (part) =>
        part.replace("</Relationships>", `<Relationship Id="x" Type="${"/".repeat(n)}a" Target="a"/></Relationships>`),
      ),
  ],
  [
    "content types",
    (n) =>
      with_(docxParts(p("字")), "[Content_Types].xml", (part) =>
        part.replace("</Types>", `${times(n, (i) => `<Override PartName="/a${i}" ContentType="x"/>`)}</Types>`),
      ),
  ],
  ["attributes", (n) => docxFile(`<w:p ${times(n, (i) => `a${i}="1" `)}>${RUN}</w:p>`)],
  ["characters of an attribute", (n) => docxFile(p("字", `<w:pStyle w:val="${"a".repeat(n)}"/>`))],
  ["entities", (n) => docxFile(p("&amp;".repeat(n)))],
  ["comments", (n) => docxFile(times(n, () => "<!--x-->") + p("字"))],
  ["texts of CDATA", (n) => docxFile(inRun(`<w:t>${"<![CDATA[1]]>".repeat(n)}</w:t>`))],
  ["a text's characters", (n) => docxFile(p("1".repeat(n)))],
  ["a cell's characters", (n) => docxFile(cell(p("1".repeat(n))))],
  ["a cell's spaces", (n) => docxFile(cell(p(` ${" ".repeat(n)}字`)))],
];

export const DOCX_REPEATS: readonly Repeat[] = [
  ...IN_PARAGRAPH.map(
    ([what, xml]): Repeat => [`${what} in a paragraph`, (n) => docxFile(`<w:p>${xml.repeat(n / 2)}</w:p>${p("字")}`)],
  ),
  ...IN_PARAGRAPH.map(
    ([what, xml]): Repeat => [`${what} in a cell`, (n) => docxFile(cell(`<w:p>${xml.repeat(n / 2)}</w:p>`) + p("字"))],
  ),
  ...BODY,
];

const sheet = (
  rows: string,
  more: { before?: string; after?: string; merges?: readonly string[] } = {},
  parts = {},
): Uint8Array => {
  const { after = "", ...rest } = more;
  const all = xlsxParts([{ name: "Sheet1", rows, ...rest }], parts);
  return with_(all, "xl/worksheets/sheet1.xml", (part) => part.replace("</worksheet>", `${after}</worksheet>`));
};
const ONE = rowsOf([["规章", 1]]);
const format = (code: string): Uint8Array =>
  sheet(
    '<row r="1"><c r="A1" s="0"><v>5</v></c><c r="B1" s="0"><v>5</v></c></row>',
    {},
    {
      styles: `<numFmts><numFmt numFmtId="200" formatCode="${code}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>`,
    },
  );

const TOKENS = [
  "[",
  "]",
  "[$",
  "[$-",
  "&quot;",
  "\\",
  "!",
  "_",
  "*",
  ";",
  "0",
  "#",
  ",",
  ".",
  "%",
  "@",
  "/",
  "E+",
  "General",
  "y",
  "[>1]",
  "[h]",
  "万",
  "-",
  " ",
];
const FORMULA = ["(", "1+", "-", "SUM(", "A1,", "A1:", "'", "'a'!", "$", "A", "1", ".", "#", '"', "&amp;"];

const SHEET: readonly Repeat[] = [
  ["cells in a row", (n) => sheet(`<row r="1">${times(Math.min(n / 8, 16_000), () => "<c><v>1</v></c>")}</row>`)],
  ["cells of one reference", (n) => sheet(`<row r="1">${times(n, () => '<c r="A1"><v>1</v></c>')}</row>`)],
  ["rows", (n) => sheet(times(n / 8, (i) => `<row r="${i + 1}"><c><v>1</v></c><c><v>${i}</v></c></row>`))],
  [
    "rows of one text each",
    (n) => sheet(times(n / 8, (i) => `<row r="${i + 1}"><c t="inlineStr"><is><t>说明文字${i}</t></is></c></row>`)),
  ],
  ["rows apart", (n) => sheet(times(n / 8, (i) => `<row r="${2 * i + 1}"><c><v>1</v></c><c><v>2</v></c></row>`))],
  ["empty rows", (n) => sheet(`${ONE}${times(n, () => "<row/>")}`)],
  [
    "hidden rows",
    (n) =>
      sheet(
        times(n / 8, (i) => `<row r="${i + 1}" hidden="1"><c><v>1</v></c></row>`) +
          `<row r="${n}"><c><v>1</v></c><c><v>1</v></c></row>`,
      ),
  ],
  [
    "hidden cells of a row",
    (n) => sheet(`${ONE}<row r="2" hidden="1">${times(Math.min(n / 8, 16_000), () => "<c><v>1</v></c>")}</row>`),
  ],
  [
    "columns",
    (n) => sheet(ONE, { before: `<cols>${times(n / 8, () => '<col min="3" max="16384" hidden="1"/>')}</cols>` }),
  ],
  [
    "a column far below zero",
    (n) => sheet(ONE, { before: `<cols><col min="-1e${n}" max="1e${n}" hidden="1"/></cols>` }),
  ],
  [
    "merged cells",
    (n) =>
      sheet(rowsOf([["规章", 1]]), {
        merges: Array.from({ length: Math.min(n / 16, 5000) }, (_, i) => `C${i + 1}:D${i + 1}`),
      }),
  ],
  [
    "merged cells over one another",
    (n) =>
      sheet(rowsOf([["规章", 1]]), { merges: Array.from({ length: Math.min(n / 16, 5000) }, () => "A1:ZZ1048576") }),
  ],
  ["shared texts", (n) => sheet(ONE, {}, { strings: "<si><t>1</t></si>".repeat(n) })],
  [
    "runs of a shared text",
    (n) =>
      sheet(
        '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>',
        {},
        { strings: `<si>${"<r><rPr><b/></rPr><t>1</t></r>".repeat(n / 2)}</si>` },
      ),
  ],
  [
    "cells of one long shared text",
    (n) =>
      sheet(
        `<row r="1">${times(Math.min(n / 8, 16_000), () => '<c t="s"><v>0</v></c>')}</row>`,
        {},
        { strings: `<si><t>${"字".repeat(n / 8)}</t></si>` },
      ),
  ],
  [
    "inline runs",
    (n) =>
      sheet(
        `<row r="1"><c t="inlineStr"><is>${"<r><rPr><b/></rPr><t>1</t></r>".repeat(n / 2)}</is></c><c><v>1</v></c></row>`,
      ),
  ],
  [
    "readings",
    (n) =>
      sheet(
        `<row r="1"><c t="inlineStr"><is><t>字</t>${"<rPh><t>x</t></rPh>".repeat(n)}</is></c><c><v>1</v></c></row>`,
      ),
  ],
  [
    "escaped characters",
    (n) => sheet(`<row r="1"><c t="inlineStr"><is><t>${"_x000D_".repeat(n)}</t></is></c><c><v>1</v></c></row>`),
  ],
  [
    "beginnings of escapes",
    (n) => sheet(`<row r="1"><c t="inlineStr"><is><t>${"_x00".repeat(n)}</t></is></c><c><v>1</v></c></row>`),
  ],
  ["digits of a number", (n) => sheet(`<row r="1"><c><v>${"1".repeat(n)}</v></c><c><v>1</v></c></row>`)],
  ["a number's spaces", (n) => sheet(`<row r="1"><c><v>${" ".repeat(n)}x</v></c><c><v>1</v></c></row>`)],
  [
    "line feeds in a cell",
    (n) => sheet(`<row r="1"><c t="inlineStr"><is><t>${"1\n".repeat(n)}</t></is></c><c><v>1</v></c></row>`),
  ],
  [
    "formulas that each need the one before",
    (n) => sheet(times(n / 8, (i) => `<row r="${i + 1}"><c r="A${i + 1}"><f>A${i || 1}+1</f><v>1</v></c></row>`)),
  ],
  [
    "formulas that sum up all above",
    (n) =>
      sheet(
        times(
          n / 8,
          (i) =>
            `<row r="${i + 1}"><c r="A${i + 1}"><v>1</v></c><c r="B${i + 1}"><f>SUM(A1:A${i + 1})</f><v>${i + 1}</v></c></row>`,
        ),
      ),
  ],
  ["formulas of pictures", (n) => sheet(`<row r="1"><c><f>${"IMAGE".repeat(n)}</f><v>1</v></c><c><v>1</v></c></row>`)],
  [
    "shared formulas",
    (n) =>
      sheet(
        times(
          n / 8,
          (i) =>
            `<row r="${i + 1}"><c r="B${i + 1}"><f t="shared" si="0">${i === 0 ? "A1+1" : ""}</f><v>1</v></c></row>`,
        ),
      ),
  ],
  [
    "conditional formats",
    (n) =>
      sheet(
        times(n / 80, (i) => `<row r="${i + 1}"><c><v>1</v></c><c><v>${i}</v></c></row>`),
        {
          after: times(
            n / 8,
            () =>
              '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" dxfId="0"><formula>1</formula></cfRule></conditionalFormatting>',
          ),
        },
        { styles: "<dxfs><dxf><font><strike/></font></dxf></dxfs>" },
      ),
  ],
  [
    "ranges of a conditional format",
    (n) =>
      sheet(
        ONE,
        {
          after: `<conditionalFormatting sqref="${"A1 ".repeat(n)}"><cfRule type="expression" dxfId="0"><formula>1</formula></cfRule></conditionalFormatting>`,
        },
        { styles: "<dxfs><dxf><font><strike/></font></dxf></dxfs>" },
      ),
  ],
  [
    "fonts",
    (n) =>
      sheet(ONE, {}, { styles: `<fonts>${'<font><strike/><color rgb="FFFFFFFF"/></font>'.repeat(n / 2)}</fonts>` }),
  ],
  ["styles", (n) => sheet(ONE, {}, { styles: `<cellXfs>${'<xf numFmtId="0"/>'.repeat(n)}</cellXfs>` })],
  [
    "number formats",
    (n) =>
      sheet(ONE, {}, { styles: `<numFmts>${times(n, (i) => `<numFmt numFmtId="${i}" formatCode="0.0"/>`)}</numFmts>` }),
  ],
  ["sheets", (n) => xlsxFile(Array.from({ length: Math.min(n / 160, 500) }, (_, i) => ({ name: `S${i}`, rows: ONE })))],
  [
    "sheets of one part",
    (n) =>
      with_(xlsxParts([{ name: "S", rows: ONE }]), "xl/workbook.xml", (part) =>
        part.replace("</sheets>", `${'<sheet name="x" sheetId="1"/>'.repeat(n)}</sheets>`),
      ),
  ],
];

export const XLSX_REPEATS: readonly Repeat[] = [
  ...TOKENS.map((token): Repeat => [`“${token}” in a number format`, (n) => format(token.repeat(n))]),
  ...TOKENS.map(
    (token): Repeat => [
      `“${token}” in many number formats`,
      (n) =>
        sheet(
          ONE,
          {},
          {
            styles: `<numFmts>${times(n / 160, (i) => `<numFmt numFmtId="${200 + i}" formatCode="${token.repeat(200 / token.length)}"/>`)}</numFmts>`,
          },
        ),
    ],
  ),
  ...FORMULA.map(
    (token): Repeat => [
      `“${token}” in a formula`,
      (n) => sheet(`<row r="1"><c><f>${token.repeat(n)}</f><v>1</v></c><c><v>1</v></c></row>`),
    ],
  ),
  ...SHEET,
];
