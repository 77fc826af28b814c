import { describe, expect, it } from "vitest";
import { assemble } from "../../src/import/assemble.ts";
import type { SourceDocument } from "../../src/import/document.ts";
import { labelsOfForms } from "../../src/import/labels.ts";
import { readXlsx } from "../support/import/readers.ts";
import { rowsOf, type SheetParts, type XlsxParts, xlsxFile, xlsxParts, zipOf } from "../support/office.ts";

const read = (sheets: readonly SheetParts[], parts?: XlsxParts): Promise<SourceDocument> =>
  readXlsx(xlsxFile(sheets, parts));
/** Texts as they are, tables as the texts of their rows. */
const shape = ({ items }: SourceDocument): unknown[] =>
  items.map((item) => (item.kind === "text" ? item.text : item.grid.map((row) => row.map((cell) => cell?.text))));
/** The texts of a row of cells, under heads. */
const cells = async (xml: readonly string[], parts?: XlsxParts): Promise<(string | undefined)[]> => {
  const rows = rowsOf([
    ["项目", ...xml.map((_, i) => `第${i}列`)],
    ["规章", ...xml.map((text) => ({ xml: text }))],
  ]);
  const [table] = (await read([{ name: "Sheet1", rows }], parts)).items;
  if (table?.kind !== "table") throw new Error("no table");
  return table.grid[1]!.slice(1).map((cell) => cell?.text);
};

describe("the cells of an XLSX", () => {
  it("show numbers as they were typed, without the noise of binary fractions", async () => {
    const numbers = [
      "1007.2500000000001",
      "0.30000000000000004",
      "1.2345678E7",
      "12",
      "-3",
      "1E-7",
      "9007199254740991",
      "0",
    ];
    expect(await cells(numbers.map((n) => `<c><v>${n}</v></c>`))).toEqual([
      "1007.25",
      "0.3",
      "12345678",
      "12",
      "-3",
      "0.0000001",
      "9007199254740991",
      "0",
    ]);
  });

  it("show strings, shared or not, rich or not, without the readings over them", async () => {
    expect(
      await cells(
        [
          '<c t="s"><v>0</v></c>',
          '<c t="s"><v>1</v></c>',
          '<c t="inlineStr"><is><r><t>法律</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 服务</t></r><rPh><t>フリガナ</t></rPh></is></c>',
          '<c t="str"><f>A1</f><v>文字</v></c>',
          '<c t="b"><v>1</v></c>',
          '<c t="e"><v>#REF!</v></c>',
        ],
        {
          strings:
            '<si><t>行政许可_x000D_</t></si><si><r><rPr><b/></rPr><t>规范性</t></r><r><t>文件</t></r><rPh sb="0" eb="1"><t>きはん</t></rPh></si>',
        },
      ),
    ).toEqual(["行政许可 ", "规范性文件", "法律 服务", "文字", "TRUE", "#REF!"]);
  });

  it("show what formulas came to, and the formula where it was never calculated", async () => {
    expect(
      await cells([
        "<c><f>SUM(B2:B6)</f><v>31</v></c>",
        "<c><f>SUM(B2:B6)</f></c>",
        "<c><f>SUM(B2:B6)</f><v></v></c>",
        '<c><f t="shared" si="0"/><v>7</v></c>',
        '<c t="str"><f>IF(A1,"","")</f><v></v></c>',
        "<c><v>1</v></c>",
      ]),
    ).toEqual(["31", "=SUM(B2:B6)", "=SUM(B2:B6)", "7", "", "1"]);
  });

  const formats = (...codes: readonly string[]): string =>
    `<numFmts>${codes.map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', "&quot;")}"/>`).join("")}</numFmts><cellXfs><xf numFmtId="0"/>${codes.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join("")}<xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>`;

  it.each([
    ['0.00"万元"', "1007.25", "1007.25万元"],
    ['#,##0"件"', "1234", "1234件"],
    ["#,##0.00", "1007.2500000000001", "1007.25"],
    ["+0;-0;0", "387", "387"],
    ['"¥"#,##0.00', "251000", "¥251000"],
    ["[$¥-804]#,##0.00", "251000", "¥251000"],
    ["[Red]0.00_ ", "3.5", "3.5"],
    ["General", "9", "9"],
    ["@", "9", "9"],
    ["0%", "0.5", "50%"],
    ['0!.0,"万"', "12345", "12345元"],
    ['yyyy"年"m"月"d"日"', "44222", "2021年1月26日"],
    ["[$-804]yyyy\\-mm\\-dd", "44222.75", "2021年1月26日"],
  ])("with the format %s show %s as %s", async (code, value, text) => {
    expect(await cells([`<c s="1"><v>${value}</v></c>`], { styles: formats(code) })).toEqual([text]);
  });

  it("show dates of both calendars, and those of other programs", async () => {
    const xml = ['<c s="1"><v>44222</v></c>', '<c t="d"><v>2021-01-26T00:00:00</v></c>'];
    expect(await cells(xml, { styles: formats() })).toEqual(["2021年1月26日", "2021年1月26日"]);
    expect(
      await cells(['<c s="1"><v>42760</v></c>'], { styles: formats(), workbook: '<workbookPr date1904="1"/>' }),
    ).toEqual(["2021年1月26日"]);
  });
});

/** Section 四 as a sheet has it: heads and figures. */
const REVIEW = [
  ["行政复议", null, null, null, null],
  ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
  [1, 2, 3, 4, 10],
] as const;
const REVIEW_SHOWN = [
  ["行政复议", "行政复议", "行政复议", "行政复议", "行政复议"],
  ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
  ["1", "2", "3", "4", "10"],
];

describe("the sheets of an XLSX", () => {
  it("have a merged cell at every place that it spans, and blanks where cells are missing", async () => {
    const rows = rowsOf([
      ["（勾稽关系）", null, "申请人情况", null],
      [null, null, "自然人", "总计"],
      ["三、本年度办理结果", "（一）予以公开", 4, null],
      [null, "（二）部分公开", null, 5],
    ]);
    const document = await read([{ name: "Sheet1", rows, merges: ["A1:B2", "C1:D1", "A3:A4"] }]);
    expect(shape(document)).toEqual([
      [
        ["（勾稽关系）", "（勾稽关系）", "申请人情况", "申请人情况"],
        ["（勾稽关系）", "（勾稽关系）", "自然人", "总计"],
        ["三、本年度办理结果", "（一）予以公开", "4", ""],
        ["三、本年度办理结果", "（二）部分公开", "", "5"],
      ],
    ]);
    const [table] = document.items;
    if (table?.kind !== "table") throw new Error("no table");
    expect(table.grid[0]![0]).toBe(table.grid[1]![1]);
  });

  it("with everything on one are text and tables in order, with or without rows between them", async () => {
    const blocks = [
      [["聊城市市场监督管理局"], ["2020年政府信息公开工作年度报告"]],
      [["一、总体情况"], ["全年公开信息12件。\n没有收费。"]],
      [
        ["二、主动公开政府信息情况"],
        ["第二十条第（一）项", null, null, null],
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", 0, 0, 0],
        ["规范性文件", null, null, null],
        ["第二十条第（五）项", null, null, null],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", 0, "+387", 387],
      ],
      [["四、政府信息公开行政复议、行政诉讼情况", null, null, null, null], ...REVIEW],
      [["六、其他需要报告的事项"], ["无"]],
      [["聊城市市场监督管理局"], [{ xml: '<c t="d"><v>2021-01-26</v></c>' }]],
    ];
    const expected = [
      "聊城市市场监督管理局",
      "2020年政府信息公开工作年度报告",
      "一、总体情况",
      "全年公开信息12件。",
      "没有收费。",
      "二、主动公开政府信息情况",
      [
        ["第二十条第（一）项", "第二十条第（一）项", "第二十条第（一）项", "第二十条第（一）项"],
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "0", "0", "0"],
        ["规范性文件", "", "", ""],
        ["第二十条第（五）项", "第二十条第（五）项", "第二十条第（五）项", "第二十条第（五）项"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "0", "+387", "387"],
      ],
      "四、政府信息公开行政复议、行政诉讼情况",
      REVIEW_SHOWN,
      "六、其他需要报告的事项",
      "无",
      "聊城市市场监督管理局",
      "2021年1月26日",
    ];
    for (const between of [[], [[]]]) {
      const rows = blocks.flatMap((block, i) => (i === 0 ? block : [...between, ...block]));
      const at = (text: string): number => rows.findIndex(([first]) => first === text) + 1;
      const merges = [
        `A${at("第二十条第（一）项")}:D${at("第二十条第（一）项")}`,
        `A${at("第二十条第（五）项")}:D${at("第二十条第（五）项")}`,
        `A${at("四、政府信息公开行政复议、行政诉讼情况")}:E${at("四、政府信息公开行政复议、行政诉讼情况")}`,
        `A${at("行政复议")}:E${at("行政复议")}`,
      ];
      expect(shape(await read([{ name: "年报", rows: rowsOf(rows), merges }]))).toEqual(expected);
    }
  });

  it("may be one a section, in their order, the section's name on the tab where it is nowhere else", async () => {
    const document = await read([
      { name: "一、总体情况", rows: rowsOf([["全年公开信息12件。"]]) },
      { name: "表四", rows: rowsOf([["四、政府信息公开行政复议、行政诉讼情况"], ...REVIEW]), merges: ["A2:E2"] },
      { name: "Sheet3", rows: "" },
    ]);
    expect(shape(document)).toEqual([
      "一、总体情况",
      "全年公开信息12件。",
      "四、政府信息公开行政复议、行政诉讼情况",
      REVIEW_SHOWN,
    ]);
  });

  it("keep their tables apart: columns that only another table needs are not there", async () => {
    // As LibreOffice puts the tables of a page on one grid.
    const rows = rowsOf([
      ["行政许可", null, null, 5, null, null],
      [],
      ["甲", "乙", "丙", "丁", "戊", "己"],
      [1, 2, 3, 4, 5, 6],
    ]);
    expect(shape(await read([{ name: "Sheet1", rows, merges: ["A1:C1", "D1:F1"] }]))).toEqual([
      [["行政许可", "5"]],
      [
        ["甲", "乙", "丙", "丁", "戊", "己"],
        ["1", "2", "3", "4", "5", "6"],
      ],
    ]);
  });

  it("say which rows, columns and sheets are hidden, and do not read them", async () => {
    const rows = rowsOf([
      ["规章", 1, 7],
      ["旧数", 2, 8],
      ["文件", 3, 9],
    ]).replace('<row r="2">', '<row r="2" hidden="1">');
    const document = await read([
      { name: "数据", rows, before: '<cols><col min="3" max="3" hidden="1"/></cols>' },
      { name: "去年", state: "veryHidden", rows: rowsOf([["规章", 4]]) },
    ]);
    expect(shape(document)).toEqual([[["规章", "1"]], [["文件", "3"]]]);
    expect(document.hidden).toEqual([
      { text: "7", where: "工作表“数据”第1行（隐藏）" },
      { text: "旧数 2 8", where: "工作表“数据”第2行（隐藏）" },
      { text: "9", where: "工作表“数据”第3行（隐藏）" },
      { text: "去年", where: "隐藏的工作表“去年”" },
    ]);
    const { account } = assemble(document, {}, labelsOfForms());
    expect(account.findings.find(({ id }) => id === "I-HIDDEN")?.message).toContain("4处隐藏");
    expect(account.leftOut).toEqual(expect.arrayContaining([...document.hidden!]));
  });

  it("may have boxes of text on them", async () => {
    const parts = xlsxParts([{ name: "Sheet1", rows: rowsOf([["规章", 1]]) }]);
    const drawing = `<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:sp><xdr:txBody><a:p><a:r><a:t>聊城市</a:t></a:r><a:r><a:t>水利局</a:t></a:r></a:p><a:p/></xdr:txBody></xdr:sp></xdr:wsDr>`;
    const document = await readXlsx(
      zipOf({
        ...parts,
        "xl/worksheets/_rels/sheet1.xml.rels": parts["_rels/.rels"]!.toString()
          .replace("relationships/officeDocument", "relationships/drawing")
          .replace("xl/workbook.xml", "../drawings/drawing1.xml"),
        "xl/drawings/drawing1.xml": drawing,
      }),
    );
    expect(shape(document)).toEqual([[["规章", "1"]], "聊城市水利局"]);
  });

  it("may be written without places, and with a cell far away", async () => {
    const rows = `<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row><row r="900000"><c r="XFD900000" t="str"><v>无</v></c></row>`;
    expect(shape(await read([{ name: "Sheet1", rows, merges: ["A1:nonsense", "C1:XFD800000"] }]))).toEqual([
      [
        ["1", "2"],
        ["3", "4"],
      ],
      "无",
    ]);
  });
});
