/** A report's paper as a Word document (ECMA-376), in the manner of Word and of WPS. */
import { type Paper, type PaperCell, type PaperTable, type PaperText, spannedRows } from "../paper.ts";
import { XML, xml, zipped } from "./xlsx.ts";

export type Writer = "word" | "wps";

const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

const run = (text: string, properties = ""): string =>
  `<w:r>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}${text
    .split("\n")
    .map((line) => `<w:t xml:space="preserve">${xml(line)}</w:t>`)
    .join("<w:br/>")}</w:r>`;

/** Word splits what was typed into runs wherever it marked something; WPS leaves more of them. */
function runs(text: string, writer: Writer): string {
  if (text === "") return "";
  const fonts = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>';
  const cuts = writer === "wps" ? [1, 2] : [Math.ceil(text.length / 2)];
  const parts: string[] = [];
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    if (cut > from) parts.push(text.slice(from, cut));
    from = Math.max(from, cut);
  }
  const proof = '<w:proofErr w:type="spellStart"/>';
  return parts
    .map((part) => run(part, writer === "wps" ? `${fonts}<w:lang w:val="en-US" w:eastAsia="zh-CN"/>` : fonts))
    .join(writer === "word" ? proof : '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>');
}

function textXml({ text, role, level, numbered, hidden }: PaperText, marked: boolean, writer: Writer): string {
  const style =
    marked && level !== undefined ? `<w:pStyle w:val="${writer === "word" ? "Heading" : ""}${level}"/>` : "";
  const number = numbered ? `<w:numPr><w:ilvl w:val="${(level ?? 1) - 1}"/><w:numId w:val="1"/></w:numPr>` : "";
  const align =
    role === "organ" || role === "title" ? "center" : role === "signer" || role === "date" ? "right" : "both";
  const words = hidden ? run(text, "<w:vanish/>") : runs(text, writer);
  return `<w:p><w:pPr>${style}${number}<w:ind w:firstLine="640"/><w:jc w:val="${align}"/></w:pPr>${words}</w:p>`;
}

function cellXml(cell: PaperCell, width: number, merge: string, continued: boolean, writer: Writer): string {
  const hidden = cell.hidden === undefined ? "" : run(cell.hidden, "<w:vanish/>");
  const words = continued
    ? "<w:p/>"
    : cell.raw !== undefined
      ? `<w:p>${cell.raw}</w:p>`
      : cell.text
          .split("\n")
          .map(
            (line, i) =>
              `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>${i === 0 ? hidden : ""}${runs(line, writer)}</w:p>`,
          )
          .join("");
  const span = width > 1 ? `<w:gridSpan w:val="${width}"/>` : "";
  return `<w:tc><w:tcPr><w:tcW w:w="${width * 900}" w:type="dxa"/>${span}${merge}<w:vAlign w:val="center"/></w:tcPr>${words}</w:tc>`;
}

function tableXml({ grid }: PaperTable, writer: Writer): string {
  const spans = new Map(spannedRows(grid).flatMap((cells, row) => cells.map((cell) => [cell.cell, { ...cell, row }])));
  const columns = Math.max(...grid.map((row) => row.length));
  const rows = grid.map((places, row) => {
    const cells: string[] = [];
    for (let column = 0; column < places.length; ) {
      const cell = places[column]!;
      const { colSpan, rowSpan, row: top } = spans.get(cell)!;
      const merge =
        rowSpan === 1
          ? ""
          : top === row
            ? '<w:vMerge w:val="restart"/>'
            : writer === "word"
              ? "<w:vMerge/>"
              : '<w:vMerge w:val="continue"/>';
      cells.push(cellXml(cell, colSpan, merge, top !== row, writer));
      let right = 1;
      while (places[column + right] === cell) right += 1;
      column += right;
    }
    return `<w:tr>${cells.join("")}</w:tr>`;
  });
  const columnXml = '<w:gridCol w:w="900"/>'.repeat(columns);
  return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${columnXml}</w:tblGrid>${rows.join("")}</w:tbl><w:p/>`;
}

const styles = (writer: Writer): string =>
  [1, 2, 3, 4]
    .map(
      (n) =>
        `<w:style w:type="paragraph" w:styleId="${writer === "word" ? "Heading" : ""}${n}"><w:name w:val="heading ${n}"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="${n - 1}"/></w:pPr></w:style>`,
    )
    .join("");

const LEVELS = ["chineseCountingThousand", "chineseCountingThousand", "decimal", "decimal"].map(
  (format, i) =>
    `<w:lvl w:ilvl="${i}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:suff w:val="nothing"/><w:lvlText w:val="${["%1、", "（%2）", "%3.", "（%4）"][i]}"/><w:lvlJc w:val="left"/></w:lvl>`,
);

/** A document. */
export function document(paper: Paper, writer: Writer): Uint8Array {
  const body = paper.items
    .map((item) => (item.kind === "table" ? tableXml(item, writer) : textXml(item, paper.marked === true, writer)))
    .join("");
  const type = "application/vnd.openxmlformats-officedocument.wordprocessingml";
  const relation = (id: number, name: string) =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${name}" Target="${name}.xml"/>`;
  return zipped({
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${type}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="${type}.numbering+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    "docProps/core.xml": `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xml(paper.title)}</dc:title></cp:coreProperties>`,
    "word/_rels/document.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relation(1, "styles")}${relation(2, "numbering")}</Relationships>`,
    "word/styles.xml": `${XML}<w:styles xmlns:w="${W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/></w:style>${styles(writer)}</w:styles>`,
    "word/numbering.xml": `${XML}<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>${LEVELS.join("")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
    "word/document.xml": `${XML}<w:document xmlns:w="${W}"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
  });
}
