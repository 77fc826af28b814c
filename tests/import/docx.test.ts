import { describe, expect, it } from "vitest";
import type { SourceDocument } from "../../src/import/document.ts";
import { readDocx } from "../../src/import/readers/docx.ts";
import { type DocxParts, docxFile, p } from "../support/office.ts";

const read = (body: string, parts?: DocxParts): Promise<SourceDocument> => readDocx(docxFile(body, parts));
const textsOf = ({ items }: SourceDocument): string[] =>
  items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
const gridsOf = ({ items }: SourceDocument): (string | undefined)[][][] =>
  items.flatMap((item) => (item.kind === "table" ? [item.grid.map((row) => row.map((cell) => cell?.text))] : []));
const texts = async (body: string, parts?: DocxParts): Promise<string[]> => textsOf(await read(body, parts));

const tc = (text: string, properties = ""): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
const tr = (...cells: readonly string[]): string => `<w:tr>${cells.join("")}</w:tr>`;
const tbl = (...rows: readonly string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join("")}</w:tbl>`;

const style = (id: string, name: string, properties = "", basedOn = ""): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${basedOn ? `<w:basedOn w:val="${basedOn}"/>` : ""}<w:pPr>${properties}</w:pPr></w:style>`;

describe("the text of a DOCX", () => {
  it("is that of its paragraphs, in order, spaces and tabs kept", async () => {
    expect(
      await texts(
        `${p("　　收到申请 9 件。")}<w:p><w:r><w:t>姓名</w:t><w:tab/><w:t>甲</w:t></w:r></w:p><w:p/>${p("A &amp; B &lt;c&gt;")}`,
      ),
    ).toEqual(["　　收到申请 9 件。", "姓名\t甲", "A & B <c>"]);
  });

  it("is put together of runs that Word cut it into", async () => {
    expect(
      await texts(
        '<w:p><w:r><w:t>全年收到申请1</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>2</w:t></w:r><w:bookmarkStart w:id="0" w:name="x"/><w:r><w:t>件</w:t></w:r></w:p>',
      ),
    ).toEqual(["全年收到申请12件"]);
  });

  it("has insertions and not deletions, and goes on over a paragraph's end that was deleted", async () => {
    expect(
      await texts(
        `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>收到</w:t></w:r><w:del w:id="2"><w:r><w:delText>8</w:delText></w:r></w:del><w:ins w:id="3"><w:r><w:t>9</w:t></w:r></w:ins></w:p>${p("件。")}<w:moveFrom w:id="4">${p("移走")}</w:moveFrom><w:moveTo w:id="5">${p("移来")}</w:moveTo>`,
      ),
    ).toEqual(["收到9件。", "移来"]);
  });

  it("has the results of fields and not their codes, links and content controls", async () => {
    expect(
      await texts(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:t>代码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>网址</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:hyperlink><w:r><w:t>、链接</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>、控件</w:t></w:r></w:sdtContent></w:sdt><w:fldSimple w:instr="PAGE"><w:r><w:t>、1</w:t></w:r></w:fldSimple></w:p>',
      ),
    ).toEqual(["网址、链接、控件、1"]);
  });

  it("has text boxes once, after the paragraph that they hang on", async () => {
    const box = `<w:txbxContent>${p("框中文字")}</w:txbxContent>`;
    expect(
      await texts(
        `<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>${p("后文")}`,
      ),
    ).toEqual(["正文", "框中文字", "后文"]);
  });

  it("has footnotes at the end, and neither hidden text nor the table of contents nor readings", async () => {
    expect(
      await texts(
        `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${p("一、总体情况1")}</w:sdtContent></w:sdt>${p("二、目录项2", '<w:pStyle w:val="TOC1"/>')}<w:p><w:r><w:t>申请9件</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>yù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>喻</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>${p("下一段")}`,
        {
          styles: style("TOC1", "toc 1"),
          footnotes: `<w:footnote w:id="2">${p("含电子邮件申请。")}</w:footnote><w:footnote w:id="3">${p("没有引用。")}</w:footnote>`,
        },
      ),
    ).toEqual(["申请9件喻", "下一段", "含电子邮件申请。"]);
  });

  it("takes a break for a paragraph's end where one ends, and for a space elsewhere", async () => {
    const br = "</w:t><w:br/><w:t>";
    expect(await texts(p(`聊城市${br}市场监督管理局`))).toEqual(["聊城市 市场监督管理局"]);
    expect(await texts(p(`一、总体情况${br}全年公开信息。${br}（一）主动公开${br}公开12件。`))).toEqual([
      "一、总体情况",
      "全年公开信息。",
      "（一）主动公开",
      "公开12件。",
    ]);
  });
});

describe("headings of a DOCX", () => {
  it("have the level of their style, what it is based on, or their own", async () => {
    const { items } = await read(
      [
        p("一", '<w:pStyle w:val="1"/>'),
        p("二", '<w:pStyle w:val="Mine"/>'),
        p("三", '<w:outlineLvl w:val="2"/>'),
        p("四", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>'),
        p("五", '<w:pStyle w:val="w4"/>'),
        p("六"),
      ].join(""),
      {
        styles: `${style("1", "heading 1")}${style("Mine", "公文标题", "", "Base")}${style("Base", "Base", '<w:outlineLvl w:val="1"/>', "Mine")}${style("w4", "标题 4")}`,
      },
    );
    expect(items.map((item) => item.kind === "text" && item.level)).toEqual([1, 2, 3, undefined, 4, undefined]);
  });
});

const level = (ilvl: number, format: string, text: string, more = ""): string =>
  `<w:lvl w:ilvl="${ilvl}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const num = (id: number, abstract: number, more = ""): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstract}"/>${more}</w:num>`;
const numbered = (text: string, list: number, ilvl: number): string =>
  p(text, `<w:numPr><w:ilvl w:val="${ilvl}"/><w:numId w:val="${list}"/></w:numPr>`);

describe("numbers that Word counts", () => {
  const official = `<w:abstractNum w:abstractNumId="7">${level(0, "chineseCountingThousand", "%1、")}${level(1, "chineseCounting", "（%2）")}${level(2, "decimal", "%3.")}${level(3, "decimal", "（%4）")}</w:abstractNum>`;

  it("stand before the text, each level counting within the one above", async () => {
    expect(
      await texts(
        [
          numbered("总体情况", 3, 0),
          numbered("主动公开", 3, 1),
          numbered("制度", 3, 2),
          numbered("平台", 3, 2),
          numbered("网站", 3, 3),
          numbered("依申请公开", 3, 1),
          numbered("渠道", 3, 2),
          numbered("", 3, 0),
          numbered("申请情况", 3, 0),
          numbered("收到", 3, 1),
        ].join(""),
        { numbering: official + num(3, 7) },
      ),
    ).toEqual([
      "一、总体情况",
      "（一）主动公开",
      "1.制度",
      "2.平台",
      "（1）网站",
      "（二）依申请公开",
      "1.渠道",
      "二、申请情况",
      "（一）收到",
    ]);
  });

  it("come with styles, go on in lists that share a definition, and start anew where a list says so", async () => {
    const restarted = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
    expect(
      await texts(
        [
          p("总体情况", '<w:pStyle w:val="h1"/>'),
          p("主动公开", '<w:pStyle w:val="h2"/>'),
          numbered("申请情况", 4, 0),
          numbered("另起", 5, 0),
          p("不编号", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        ].join(""),
        {
          numbering: `<w:abstractNum w:abstractNumId="7">${level(0, "japaneseCounting", "%1、", '<w:pStyle w:val="h1"/>')}${level(1, "decimal", "%1.%2", '<w:isLgl/><w:pStyle w:val="h2"/>')}</w:abstractNum>${num(3, 7)}${num(4, 7)}${num(5, 7, restarted)}`,
          styles: `${style("h1", "heading 1", '<w:numPr><w:numId w:val="3"/></w:numPr>')}${style("h2", "heading 2", '<w:numPr><w:numId w:val="3"/></w:numPr>')}`,
        },
      ),
    ).toEqual(["一、总体情况", "1.1 主动公开", "二、申请情况", "一、另起", "不编号"]);
  });

  it.each([
    ["upperRoman", "III"],
    ["lowerLetter", "c"],
    ["decimalEnclosedCircle", "③"],
    ["ideographTraditional", "丙"],
    ["chineseLegalSimplified", "叁"],
    ["decimalFullWidth", "３"],
    ["bullet", ""],
    ["unheardOf", "3"],
  ])("are written as %s", async (format, third) => {
    const read = await texts([1, 2, 3].map(() => numbered("项", 1, 0)).join(""), {
      numbering: `<w:abstractNum w:abstractNumId="0">${level(0, format, format === "bullet" ? "\uf0b7" : "%1、")}</w:abstractNum>${num(1, 0)}`,
    });
    expect(read[2]).toBe(third === "" ? "项" : `${third}、项`);
  });
});

describe("tables of a DOCX", () => {
  it("have a merged cell at every place that it spans", async () => {
    const document = await read(
      tbl(
        tr(tc("勾稽", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), tc("情况", '<w:gridSpan w:val="2"/>')),
        tr(tc("", '<w:gridSpan w:val="2"/><w:vMerge/>'), tc("自然人"), tc("总计")),
        tr(tc("三", '<w:vMerge w:val="restart"/>'), tc("公开"), tc("4"), tc("4")),
        tr(tc("", '<w:vMerge w:val="continue"/>'), tc("不公开"), tc("5"), tc("5")),
      ),
    );
    expect(gridsOf(document)).toEqual([
      [
        ["勾稽", "勾稽", "情况", "情况"],
        ["勾稽", "勾稽", "自然人", "总计"],
        ["三", "公开", "4", "4"],
        ["三", "不公开", "5", "5"],
      ],
    ]);
    const [table] = document.items;
    if (table?.kind !== "table") throw new Error("no table");
    expect(table.grid[0]![0]).toBe(table.grid[1]![1]);
  });

  it("have rows that begin later, cells merged the old way, several paragraphs and Word's numbers in cells", async () => {
    expect(
      gridsOf(
        await read(
          tbl(
            `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${tc("甲")}${tc("乙")}</w:tr>`,
            tr(tc("丙", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), `<w:tc>${p("商业")}${p("企业")}</w:tc>`),
            `<w:sdt><w:sdtContent><w:tr><w:tc>${numbered("属于国家秘密", 1, 0)}</w:tc><w:sdt><w:sdtContent>${tc("0")}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt>`,
            `<w:tr><w:trPr><w:del w:id="9"/></w:trPr>${tc("删去")}${tc("1")}</w:tr>`,
          ),
          { numbering: `<w:abstractNum w:abstractNumId="0">${level(0, "decimal", "%1.")}</w:abstractNum>${num(1, 0)}` },
        ),
      ),
    ).toEqual([
      [
        [undefined, "甲", "乙"],
        ["丙", "丙", "商业 企业"],
        ["1.属于国家秘密", "0"],
      ],
    ]);
  });

  it("that only lay out are not there: what stands in them is", async () => {
    const inner = tbl(tr(tc("规章"), tc("3")), tr(tc("文件"), tc("5")));
    const document = await read(
      tbl(
        tr(`<w:tc>${p("二、主动公开政府信息情况")}${inner}<w:p/></w:tc>`, tc("")),
        tr(`<w:tc>${p("三、申请")}</w:tc>`, tc("")),
      ),
    );
    expect(textsOf(document)).toEqual(["二、主动公开政府信息情况", "三、申请"]);
    expect(gridsOf(document)).toEqual([
      [
        ["规章", "3"],
        ["文件", "5"],
      ],
    ]);
    expect(await texts(tbl(tr(`<w:tc>${p("第一段")}${p("第二段")}</w:tc>`)))).toEqual(["第一段", "第二段"]);
  });

  it("inside cells of tables with figures come after them", async () => {
    expect(
      gridsOf(
        await read(
          tbl(tr(tc("甲"), tc("1")), tr(`<w:tc>${p("乙")}${tbl(tr(tc("丙"), tc("2")))}<w:p/></w:tc>`, tc("3"))),
        ),
      ),
    ).toEqual([
      [
        ["甲", "1"],
        ["乙", "3"],
      ],
      [["丙", "2"]],
    ]);
  });
});
