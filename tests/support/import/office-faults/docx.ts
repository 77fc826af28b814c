/** Faults of DOCX files. */
import type { Fault } from "./fault.ts";

const run = (text: string, properties = ""): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const inside = (xml: string): string => `<w:r>${xml}</w:r>`;
const field = (code: string, result: string | undefined, data = "", more = ""): string =>
  `${inside(`<w:fldChar w:fldCharType="begin"${more}>${data}</w:fldChar>`)}${inside(`<w:instrText xml:space="preserve"> ${code} </w:instrText>`)}${result === undefined ? "" : `${inside('<w:fldChar w:fldCharType="separate"/>')}${run(result)}`}${inside('<w:fldChar w:fldCharType="end"/>')}`;
const PICTURE = inside(
  '<w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId90"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>',
);
const CHART = inside(
  '<w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="rId91"/></a:graphicData></a:graphic></wp:inline></w:drawing>',
);
const box = (text: string): string =>
  inside(
    `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx><w:txbxContent><w:p>${run(text)}</w:p></w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>${run(text)}</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`,
  );
const LINE = inside('<w:pict><v:line from="0,0" to="40,0"/></w:pict>');
const styles = (xml: string) => ({
  "word/styles.xml": (all: string) => all.replace("</w:styles>", `${xml}</w:styles>`),
});
const character = (id: string, properties: string, base = ""): string =>
  `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${id}"/>${base ? `<w:basedOn w:val="${base}"/>` : ""}<w:rPr>${properties}</w:rPr></w:style>`;
/** Properties of the cell that the fault is in. */
const cellWith = (properties: string) => ({
  "word/document.xml": (xml: string) => {
    const at = xml.lastIndexOf("<w:tcPr>", xml.indexOf("<!--here-->")) + "<w:tcPr>".length;
    return xml.slice(0, at) + properties + xml.slice(at);
  },
});
const rowWith = (properties: string) => ({
  "word/document.xml": (xml: string) => {
    const at = xml.lastIndexOf("<w:tr>", xml.indexOf("<!--here-->")) + "<w:tr>".length;
    return `${xml.slice(0, at)}<w:trPr>${properties}</w:trPr>${xml.slice(at)}`;
  },
});
const OWN = run("11398889");
const NESTED = `</w:p><w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/><w:p>${run("113")}</w:p></w:tc><w:tc><w:tcPr/><w:p>${run("98889")}</w:p></w:tc></w:tr></w:tbl><w:p>`;

export const DOCX_FAULTS: readonly Fault[] = [
  { name: "the numeral one", raw: run("一"), is: "unread" },
  { name: "the radical one", raw: run("⼀"), is: "unread" },
  { name: "ten thousands of pieces", raw: run("1139万件"), is: "unread" },
  { name: "an amount in 百万元", figure: "316441", raw: run("3164.41百万元"), is: "unread" },
  {
    name: "a radical in the row's label",
    raw: OWN,
    parts: { "word/document.xml": (xml: string) => xml.replace(">行政许可<", ">⾏政许可<") },
    is: "read",
  },
  { name: "digits cut into runs", raw: run("113") + run("98889"), is: "read" },
  { name: "a struck old figure before its correction", raw: run("1139", "<w:strike/>") + OWN, is: "read" },
  { name: "a doubly struck old figure behind it", raw: OWN + run("77", "<w:dstrike/>"), is: "read" },
  { name: "struck digits within the figure", raw: run("113") + run("4", "<w:strike/>") + run("98889"), is: "unread" },
  { name: "the whole figure struck", raw: run("77", "<w:strike/>"), is: "unread" },
  {
    name: "a figure struck by a character style that is based on another",
    raw: run("77", '<w:rStyle w:val="Old"/>') + OWN,
    parts: styles(character("Gone", "<w:strike/>") + character("Old", "", "Gone")),
    is: "read",
  },
  { name: "a strike that is off", raw: run("11398889", '<w:strike w:val="0"/>'), is: "read" },
  { name: "a note's mark", raw: OWN + run("1", '<w:vertAlign w:val="superscript"/>'), is: "read" },
  { name: "a note's mark in brackets", raw: OWN + run("[12]", '<w:vertAlign w:val="superscript"/>'), is: "read" },
  {
    name: "a note's mark by a style",
    raw: OWN + run("①", '<w:rStyle w:val="Mark"/>'),
    parts: styles(character("Mark", '<w:vertAlign w:val="superscript"/>')),
    is: "read",
  },
  {
    name: "raised digits of the figure",
    raw: run("113") + run("98889", '<w:vertAlign w:val="superscript"/>'),
    is: "unread",
  },
  { name: "a power of ten", raw: run("10") + run("7", '<w:vertAlign w:val="superscript"/>'), is: "unread" },
  {
    name: "lowered digits within",
    raw: run("113") + run("2", '<w:vertAlign w:val="subscript"/>') + run("98889"),
    is: "unread",
  },
  { name: "digits raised by their position", raw: run("11398") + run("889", '<w:position w:val="12"/>'), is: "unread" },
  { name: "all digits at one position", raw: run("11398889", '<w:position w:val="-4"/>'), is: "read" },
  { name: "a note's mark alone", raw: run("1", '<w:vertAlign w:val="superscript"/>'), is: "unread" },
  { name: "hidden digits beside it", raw: OWN + run("00", "<w:vanish/>"), is: "read" },
  { name: "nothing but hidden digits", raw: run("11398889", "<w:vanish/>"), is: "unread" },
  {
    name: "digits hidden by a character style",
    raw: OWN + run("00", '<w:rStyle w:val="Hid"/>'),
    parts: styles(character("Hid", "<w:vanish/>")),
    is: "read",
  },
  {
    name: "digits hidden by a paragraph style",
    raw: `<w:pPr><w:pStyle w:val="HidP"/></w:pPr>${OWN}`,
    parts: styles(
      '<w:style w:type="paragraph" w:styleId="HidP"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>',
    ),
    is: "unread",
  },
  { name: "white digits beside it", raw: OWN + run("00", '<w:color w:val="FFFFFF"/>'), is: "unread" },
  { name: "white digits alone", raw: run("77", '<w:color w:val="FEFEFE"/>'), is: "unread" },
  {
    name: "white digits on a dark cell",
    raw: run("11398889", '<w:color w:val="FFFFFF"/>'),
    parts: cellWith('<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'),
    is: "read",
  },
  {
    name: "digits in the colour of their shading",
    raw: run("77", '<w:color w:val="C00000"/><w:shd w:val="clear" w:fill="C00000"/>'),
    is: "unread",
  },
  { name: "digits of a point's height", raw: OWN + run("00", '<w:sz w:val="2"/>'), is: "unread" },
  { name: "digits without a fill", raw: OWN + run("00", "<w14:textFill><w14:noFill/></w14:textFill>"), is: "unread" },
  {
    name: "a tracked correction",
    raw: `<w:del w:id="1"><w:r><w:delText>77</w:delText></w:r></w:del><w:ins w:id="2">${OWN}</w:ins>`,
    is: "read",
  },
  {
    name: "a figure that was deleted and not replaced",
    raw: '<w:del w:id="1"><w:r><w:delText>11398889</w:delText></w:r></w:del>',
    is: "unread",
  },
  {
    name: "a figure that was moved here",
    raw: `<w:moveFrom w:id="1">${run("77")}</w:moveFrom><w:moveTo w:id="2">${OWN}</w:moveTo>`,
    is: "read",
  },
  { name: "a footnote", raw: OWN + inside('<w:footnoteReference w:id="2"/>'), is: "read" },
  { name: "nothing but a footnote", raw: inside('<w:footnoteReference w:id="2"/>'), is: "unread" },
  {
    name: "a comment",
    raw: `<w:commentRangeStart w:id="0"/>${OWN}<w:commentRangeEnd w:id="0"/>${inside('<w:commentReference w:id="0"/>')}`,
    is: "read",
  },
  {
    name: "a text field of an old form",
    raw: field("FORMTEXT", "11398889", "<w:ffData><w:textInput/></w:ffData>"),
    is: "read",
  },
  { name: "an empty text field", raw: field("FORMTEXT", "     ", "<w:ffData><w:textInput/></w:ffData>"), is: "unread" },
  {
    name: "a list to choose from",
    raw: field(
      "FORMDROPDOWN",
      undefined,
      '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="0"/><w:listEntry w:val="11398889"/></w:ddList></w:ffData>',
    ),
    is: "unread",
  },
  {
    name: "a box to tick",
    raw: field("FORMCHECKBOX", undefined, '<w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData>'),
    is: "unread",
  },
  { name: "a sum without a result", raw: field("=SUM(ABOVE)", undefined), is: "unread" },
  { name: "a sum whose result is old", raw: field("=SUM(ABOVE)", "77", "", ' w:dirty="true"'), is: "unread" },
  { name: "a page's number", raw: `<w:fldSimple w:instr=" PAGE ">${run("3")}</w:fldSimple>`, is: "unread" },
  { name: "a number that Word counts", raw: field("AUTONUM", undefined), is: "unread" },
  { name: "a figure overprinted by a field", raw: field("EQ \\o(11398889,/)", undefined), is: "unread" },
  { name: "a content control", raw: `<w:sdt><w:sdtPr/><w:sdtContent>${OWN}</w:sdtContent></w:sdt>`, is: "read" },
  {
    name: "a content control with its prompt",
    raw: `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run("0")}</w:sdtContent></w:sdt>`,
    is: "unread",
  },
  {
    name: "a content control that takes its text from elsewhere",
    raw: `<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>${run("77")}</w:sdtContent></w:sdt>`,
    is: "unread",
  },
  { name: "a picture", raw: PICTURE, is: "unread" },
  { name: "a picture beside digits", raw: run("113") + PICTURE, is: "unread" },
  { name: "a chart", raw: CHART, is: "unread" },
  {
    name: "an embedded workbook",
    raw: inside(
      '<w:object><v:shape><v:imagedata r:id="rId92"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object>',
    ),
    is: "unread",
  },
  { name: "a line drawn across", raw: OWN + LINE, is: "unread" },
  { name: "a box of text", raw: box("11398889"), is: "unread" },
  { name: "a box of text over another figure", raw: run("77") + box("11398889"), is: "unread" },
  {
    name: "an equation",
    raw: "<m:oMath><m:f><m:num><m:r><m:t>1139</m:t></m:r></m:num><m:den><m:r><m:t>8889</m:t></m:r></m:den></m:f></m:oMath>",
    is: "unread",
  },
  { name: "a nested table", raw: NESTED, is: "unread" },
  { name: "two paragraphs", raw: `${run("11398")}</w:p><w:p>${run("889")}`, is: "unread" },
  { name: "a break", raw: inside("<w:t>11398</w:t><w:br/><w:t>889</w:t>"), is: "unread" },
  { name: "a tab", raw: inside("<w:t>11398</w:t><w:tab/><w:t>889</w:t>"), is: "unread" },
  { name: "a blank paragraph below", raw: `${OWN}</w:p><w:p>`, is: "read" },
  { name: "a counter on the next line", raw: `${OWN}</w:p><w:p>${run("件")}`, is: "read" },
  {
    name: "a list's number",
    raw: `<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr>${OWN}`,
    is: "unread",
  },
  {
    name: "nothing but a list's number",
    raw: '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr>',
    is: "unread",
  },
  { name: "signs of a symbol font", raw: inside('<w:sym w:font="Wingdings" w:char="0031"/>'), is: "unread" },
  {
    name: "digits in a symbol font",
    raw: run("77", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
    is: "unread",
  },
  { name: "a soft hyphen", raw: inside("<w:t>11398</w:t><w:softHyphen/><w:t>889</w:t>"), is: "read" },
  {
    name: "a hyphen that does not break",
    raw: inside("<w:t>11398</w:t><w:noBreakHyphen/><w:t>889</w:t>"),
    is: "unread",
  },
  {
    name: "digits over digits",
    raw: inside(`<w:ruby><w:rt>${run("12")}</w:rt><w:rubyBase>${OWN}</w:rubyBase></w:ruby>`),
    is: "unread",
  },
  { name: "two lines in one", raw: run("11398889", '<w:eastAsianLayout w:id="1" w:combine="on"/>'), is: "unread" },
  { name: "digits set over one another", raw: run("77", '<w:spacing w:val="-200"/>'), is: "unread" },
  { name: "digits set narrow", raw: run("11398889", '<w:w w:val="33"/><w:fitText w:val="600"/>'), is: "read" },
  { name: "digits from right to left", raw: `<w:bdo w:val="rtl">${run("98889311")}</w:bdo>`, is: "unread" },
  {
    name: "a line from corner to corner",
    raw: run("77"),
    parts: cellWith('<w:tcBorders><w:tl2br w:val="single" w:sz="4"/></w:tcBorders>'),
    is: "unread",
  },
  { name: "a hidden row", raw: OWN, parts: rowWith("<w:hidden/>"), is: "unread" },
  { name: "a row of no height", raw: OWN, parts: rowWith('<w:trHeight w:val="20" w:hRule="exact"/>'), is: "unread" },
  { name: "a row that was deleted", raw: run("77"), parts: rowWith('<w:del w:id="4"/>'), is: "unread" },
];
