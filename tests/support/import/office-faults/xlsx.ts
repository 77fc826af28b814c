/** Faults of XLSX files. */
import type { Fault } from "./fault.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const SHEET = "xl/worksheets/sheet1.xml";
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

interface Style {
  readonly code?: string;
  readonly font?: string;
  readonly fill?: string;
  readonly border?: string;
  readonly alignment?: string;
  readonly changes?: string;
}

/** A workbook's styles: 2 is the fault's. */
const styled = ({ code, font = "", fill, border = "<border/>", alignment = "", changes = "" }: Style) => ({
  "xl/styles.xml": () =>
    `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="200" formatCode="${escaped(code ?? "General")}"/></numFmts><fonts><font><sz val="11"/></font><font>${font}</font></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="${fill ?? "FFFFFFFF"}"/></patternFill></fill></fills><borders><border/>${border}</borders><cellXfs><xf/><xf/><xf numFmtId="${code === undefined ? 0 : 200}" fontId="${font === "" ? 0 : 1}" fillId="${fill === undefined ? 0 : 2}" borderId="1">${alignment}</xf></cellXfs><dxfs>${changes}</dxfs></styleSheet>`,
});
const value = (v: string | number, more = ""): string => `s="2"${more}><v>${v}</v>`;
const inline = (...runs: readonly string[]): string => `s="2" t="inlineStr"><is>${runs.join("")}</is>`;
const r = (text: string, properties = ""): string => `<r><rPr>${properties}</rPr><t>${text}</t></r>`;
const shown = (name: string, code: string, is: Fault["is"], v: string | number = 11398889): Fault => ({
  name,
  raw: value(v),
  parts: styled({ code }),
  is,
});
const after = (xml: string) => ({ [SHEET]: (all: string) => all.replace("</sheetData>", `</sheetData>${xml}`) });
/** The row and the place of the fault, which is the one cell of style 2. */
const HERE = /<c r="([A-Z]+)(\d+)" s="2"/;
const atHere = (make: (column: string, row: number) => string, parts = {}) => ({
  ...parts,
  [SHEET]: (xml: string) => {
    const [, column = "", row = ""] = HERE.exec(xml)!;
    return xml.replace("</sheetData>", `</sheetData>${make(column, Number(row))}`);
  },
});
const conditional = (rule: string, formula: string, changes: string) =>
  atHere(
    (column, row) =>
      `<conditionalFormatting sqref="${column}${row}"><cfRule ${rule} dxfId="0"><formula>${formula}</formula></cfRule></conditionalFormatting>`,
    styled({ changes: `<dxf>${changes}</dxf>` }),
  );
const WHITE_FONT = '<font><color rgb="FFFFFFFF"/></font>';
const asksToCalculate = {
  "xl/workbook.xml": (xml: string) => xml.replace("</workbook>", '<calcPr fullCalcOnLoad="1"/></workbook>'),
};
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/** A drawing that lies over the fault's cell. */
const drawn = (thing: string) => ({
  "xl/worksheets/_rels/sheet1.xml.rels": () =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
  "xl/drawings/drawing1.xml": () =>
    `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>ROW</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>ROW</xdr:row><xdr:rowOff>9000</xdr:rowOff></xdr:to>${thing}</xdr:twoCellAnchor></xdr:wsDr>`,
});
/** The row of 行政许可 on the sheet, from 0. */
export const ROW_OF_FAULT = 32;
const overRow = (thing: string, row: number) => {
  const parts = drawn(thing);
  return {
    ...parts,
    "xl/drawings/drawing1.xml": () => parts["xl/drawings/drawing1.xml"]().replaceAll("ROW", String(row)),
  };
}; /** A control or an object over the fault's row, as Excel keeps both in its old drawings. */
const oldDrawing = (type: "Pict" | "Drop") => ({
  ...after(`<legacyDrawing xmlns:r="${RELATIONS}" r:id="rId1"/>`),
  "xl/worksheets/_rels/sheet1.xml.rels": () =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>`,
  "xl/drawings/vmlDrawing1.vml": () =>
    `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025"><x:ClientData ObjectType="${type}"><x:Anchor>1, 0, ${ROW_OF_FAULT}, 0, 4, 0, ${ROW_OF_FAULT}, 9</x:Anchor></x:ClientData></v:shape></xml>`,
});

export const XLSX_FAULTS: readonly Fault[] = [
  { name: "a formula without a value", raw: "><f>1+1</f>", is: "unread" },
  {
    name: "a formula of 0 in a workbook that asks to be calculated",
    raw: "><f>SUM(Z1:Z9)+VLOOKUP(1,A1:B2,2)</f><v>0</v>",
    parts: asksToCalculate,
    is: "unread",
  },
  {
    name: "an empty text of a formula in a workbook that asks to be calculated",
    raw: ' t="str"><f>IF(A1,"","")</f><v>7</v>',
    parts: asksToCalculate,
    is: "unread",
  },
  {
    name: "a formula whose kept value is not what its cells come to",
    raw: "><f>11398880+9</f><v>77</v>",
    is: "unread",
  },
  { name: "a formula that is 0 while its cells are not", raw: "><f>SUM(D1:D200)+7</f><v>0</v>", is: "unread" },
  { name: "a formula that was calculated", raw: "><f>11398880+9</f><v>11398889</v>", is: "read" },
  { name: "a formula of another file", raw: "><f>[1]Sheet1!A1</f><v>11398889</v>", is: "read" },
  { name: "a text that is not in the file", raw: ' t="s"><v>99999</v>', is: "unread" },
  { name: "an error", raw: ' t="e"><v>#REF!</v>', is: "unread" },
  { name: "an error of a formula", raw: ' t="e"><f>A1/0</f><v>#DIV/0!</v>', is: "unread" },
  { name: "a truth value", raw: ' t="b"><v>1</v>', is: "unread" },
  { name: "a number that is none", raw: "><v>0x10</v>", is: "unread" },
  { name: "a kind of cell that nobody knows", raw: ' t="q"><v>77</v>', is: "unread" },
  {
    name: "a picture in the cell, of WPS",
    raw: ' t="str"><f>_xlfn.DISPIMG("ID_5",1)</f><v>=DISPIMG("ID_5",1)</v>',
    is: "unread",
  },
  { name: "a picture in the cell, of Excel", raw: ' t="e" vm="1"><v>#VALUE!</v>', is: "unread" },
  {
    name: "a picture by a formula",
    raw: ' t="str"><f>_xlfn.IMAGE("https://example.org/1.png")</f><v></v>',
    is: "unread",
  },
  { name: "a text number", raw: ' t="inlineStr"><is><t>11398889</t></is>', is: "read" },
  {
    name: "rich text with a note's mark",
    raw: inline(r("11398889"), r("1", '<vertAlign val="superscript"/>')),
    is: "read",
  },
  { name: "rich text with a struck old figure", raw: inline(r("77", "<strike/>"), r("11398889")), is: "read" },
  { name: "rich text with struck digits within", raw: inline(r("113"), r("4", "<strike/>"), r("98889")), is: "unread" },
  {
    name: "rich text with raised digits",
    raw: inline(r("11"), r("398889", '<vertAlign val="superscript"/>')),
    is: "unread",
  },
  { name: "rich text with white digits", raw: inline(r("11398889"), r("00", '<color rgb="FFFFFFFF"/>')), is: "unread" },
  { name: "rich text with digits of a point", raw: inline(r("11398889"), r("00", '<sz val="1"/>')), is: "unread" },
  {
    name: "readings over the digits",
    raw: inline("<t>11398889</t>", '<rPh sb="0" eb="1"><t>いち1</t></rPh>'),
    is: "read",
  },
  {
    name: "a shared text with a struck old figure",
    raw: ' t="s"><v>9999</v>',
    parts: {
      "xl/sharedStrings.xml": (xml) =>
        xml.replace(
          "</sst>",
          `${"<si/>".repeat(9999 - (xml.split("<si>").length - 1))}<si>${r("77", "<strike/>")}${r("11398889")}</si></sst>`,
        ),
    },
    is: "read",
  },
  { name: "two lines", raw: inline("<t>11398\n889</t>"), is: "unread" },
  { name: "a struck cell", raw: value(77), parts: styled({ font: '<strike/><sz val="11"/>' }), is: "unread" },
  { name: "a cell in white", raw: value(77), parts: styled({ font: '<color rgb="FFFFFFFF"/>' }), is: "unread" },
  { name: "a cell in the theme's white", raw: value(77), parts: styled({ font: '<color theme="0"/>' }), is: "unread" },
  {
    name: "a cell in the old palette's white",
    raw: value(77),
    parts: styled({ font: '<color indexed="9"/>' }),
    is: "unread",
  },
  {
    name: "a cell in grey of the theme's white",
    raw: value(11398889),
    parts: styled({ font: '<color theme="0" tint="-0.5"/>' }),
    is: "read",
  },
  {
    name: "a cell in its ground's colour",
    raw: value(77),
    parts: styled({ font: '<color rgb="FF4472C4"/>', fill: "FF4472C4" }),
    is: "unread",
  },
  {
    name: "a cell in white on dark",
    raw: value(11398889),
    parts: styled({ font: '<color rgb="FFFFFFFF"/>', fill: "FF203864" }),
    is: "read",
  },
  { name: "a cell in a symbol font", raw: value(77), parts: styled({ font: '<name val="Wingdings"/>' }), is: "unread" },
  {
    name: "a cell that repeats its text",
    raw: value(7),
    parts: styled({ alignment: '<alignment horizontal="fill"/>' }),
    is: "unread",
  },
  {
    name: "a line from corner to corner",
    raw: value(77),
    parts: styled({ border: '<border diagonalUp="1"><diagonal style="thin"/></border>' }),
    is: "unread",
  },
  shown("a format that shows nothing", ";;;", "unread", 77),
  shown("a format that shows no positive number", ";-0;0", "unread", 77),
  shown("thousands left out", "#,##0,", "unread"),
  shown("millions", "0.00,,", "unread"),
  shown("万 by a trick", '0!.0,"万"', "unread"),
  shown("per cent", "0%", "unread", 0.5),
  shown("about", '"约"0', "unread"),
  shown("digits that the format adds", '0"0"', "unread", 1139888),
  shown("digits that the format puts before", '"1"0', "unread", 1398889),
  shown("a point that the format adds", "0\\.00", "unread"),
  shown("words in place of the number", '"无"', "unread", 77),
  shown("words above a limit", '[>100]"多";0', "unread"),
  shown("nothing for a zero", "0;-0;;@", "read"),
  { name: "the numeral one", raw: inline("<t>一</t>"), is: "unread" },
  { name: "the radical one", raw: inline("<t>⼀</t>"), is: "unread" },
  { name: "ten thousands of pieces", raw: inline("<t>1139万件</t>"), is: "unread" },
  {
    name: "a radical in the row's label",
    raw: value(11398889),
    parts: { [SHEET]: (xml: string) => xml.replace(">行政许可<", ">⾏政许可<") },
    is: "read",
  },
  {
    name: "digits made smaller until they fit",
    raw: value(11398889),
    parts: styled({ alignment: '<alignment shrinkToFit="1"/>' }),
    is: "read",
  },
  { name: "an embedded workbook over a blank cell", raw: 's="2">', parts: oldDrawing("Pict"), is: "unread" },
  { name: "a list to choose from over a blank cell", raw: 's="2">', parts: oldDrawing("Drop"), is: "unread" },
  shown("a limit that leaves the number", "[<0]0;0", "read"),
  shown("a date", "yyyy/m/d", "unread", 44222),
  shown("a day without a date", "yyyy/m/d", "unread", 0.4),
  shown("hours", "[h]:mm", "unread", 77),
  shown("hours alone", "[h]", "unread", 77),
  shown("a weekday", "aaaa", "unread", 77),
  shown("three digits of a power", "0.00E+00", "unread"),
  shown("a rounded number", "0", "unread", 12.6),
  shown("thousands apart", "#,##0_ ", "read"),
  shown("a counter", '#,##0"件"', "read"),
  shown("leading zeros", "000000000000", "read"),
  shown("Chinese digits", "[DBNum1][$-804]General", "read"),
  shown("dollars", "[$$-409]#,##0", "unread"),
  shown("no such format", `0${'"x"'.repeat(200)}`, "unread"),
  {
    name: "an amount in 万元",
    figure: "316441",
    raw: value(316441),
    parts: styled({ code: '#,##0.00"万元"' }),
    is: "read",
  },
  {
    name: "an amount in 百万元",
    figure: "316441",
    raw: value(3164.41),
    parts: styled({ code: '0.0000"百万元"' }),
    is: "unread",
  },
  {
    name: "an amount shown with fewer decimals",
    figure: "316441",
    raw: value(316441.4149),
    parts: styled({ code: "0.00" }),
    is: "unread",
  },
  {
    name: "an amount with the noise of binary fractions",
    figure: "316441",
    raw: value("316441.00000000006"),
    parts: styled({ code: "0.00" }),
    is: "read",
  },
  {
    name: "a conditional format that hides it",
    raw: value(77),
    parts: conditional('type="cellIs" operator="greaterThan"', "10", WHITE_FONT),
    is: "unread",
  },
  {
    name: "a conditional format that hides zeros",
    raw: value(11398889),
    parts: conditional('type="cellIs" operator="equal"', "0", WHITE_FONT),
    is: "read",
  },
  {
    name: "a conditional format that nobody can work out",
    raw: value(77),
    parts: conditional('type="expression"', "TODAY()&gt;1", WHITE_FONT),
    is: "unread",
  },
  {
    name: "a conditional format with another format",
    raw: value(77),
    parts: conditional('type="expression"', "1", '<numFmt numFmtId="201" formatCode="0,"/>'),
    is: "unread",
  },
  {
    name: "a conditional format in red",
    raw: value(11398889),
    parts: conditional('type="expression"', "1", '<font><color rgb="FFFF0000"/></font>'),
    is: "read",
  },
  {
    name: "a hidden row",
    raw: value(11398889),
    parts: { [SHEET]: (xml) => xml.replace(/<row (r="\d+")>((?:(?!<row ).)*s="2")/, '<row $1 hidden="1">$2') },
    is: "unread",
  },
  {
    name: "a row of no height",
    raw: value(11398889),
    parts: {
      [SHEET]: (xml) => xml.replace(/<row (r="\d+")>((?:(?!<row ).)*s="2")/, '<row $1 ht="0" customHeight="1">$2'),
    },
    is: "unread",
  },
  {
    name: "a cell that comes twice",
    raw: value(11398889),
    parts: { [SHEET]: (xml) => xml.replace(/(<c r="[A-Z]+\d+" s="2">)(<v>\d+<\/v><\/c>)/, "$1$2$1<v>77</v></c>") },
    is: "unread",
  },
  { name: "a picture over the cell", raw: value(77), parts: overRow("<xdr:pic/>", ROW_OF_FAULT), is: "unread" },
  { name: "a picture over a blank cell", raw: 's="2">', parts: overRow("<xdr:pic/>", ROW_OF_FAULT), is: "unread" },
  {
    name: "a box of text over the cell",
    raw: value(77),
    parts: overRow("<xdr:sp><xdr:txBody><a:p><a:r><a:t>11398889</a:t></a:r></a:p></xdr:txBody></xdr:sp>", ROW_OF_FAULT),
    is: "unread",
  },
  {
    name: "a chart in a cell",
    raw: 's="2">',
    parts: atHere((column, row) => `<extLst><ext><sparkline><sqref>${column}${row}</sqref></sparkline></ext></extLst>`),
    is: "unread",
  },
  {
    name: "figures below a merged cell",
    raw: 's="2">',
    parts: {
      [SHEET]: (xml) => {
        const [, , row = ""] = HERE.exec(xml)!;
        return xml
          .replace(new RegExp(`<c r="C${row}"[^>]*/>`), "")
          .replace(/(<c r="B\d+" s="2"><\/c>)/, `$1<c r="C${row}"><v>11398889</v></c>`);
      },
    },
    is: "unread",
  },
  {
    name: "names of Strict OOXML",
    raw: value(11398889),
    parts: { [SHEET]: (xml) => xml.replaceAll(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main") },
    is: "read",
  },
  {
    name: "days since 1904",
    raw: value(11398889),
    parts: { "xl/workbook.xml": (xml) => xml.replace("<sheets>", '<workbookPr date1904="1"/><sheets>') },
    is: "read",
  },
  { name: "comments", raw: value(11398889), parts: after('<legacyDrawing xmlns:r="x" r:id="rId9"/>'), is: "read" },
];
