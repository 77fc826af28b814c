import fc from "fast-check";
import { beforeAll, describe, expect, it, test } from "vitest";
import type { Report } from "../../generated/report.ts";
import { getCell } from "../../src/form/cells.ts";
import type { SourceDocument } from "../../src/import/document.ts";
import { ImportError, importReport } from "../../src/import/import.ts";
import { decode } from "../../src/import/readers/decode.ts";
import { readHtml } from "../../src/import/readers/html.ts";
import { body, found, imported, raised } from "../support/import-page.ts";
import { example } from "../support/service.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (html: string): SourceDocument => readHtml(utf8(html));
const texts = (html: string): string[] => read(html).items.flatMap((item) => (item.kind === "text" ? [item.text] : []));
const grids = (html: string): (string | undefined)[][][] =>
  read(html).items.flatMap((item) =>
    item.kind === "table" ? [item.grid.map((row) => Array.from(row, (cell) => cell?.text))] : [],
  );

/** 信息公开 in GBK. */
const GBK = [0xd0, 0xc5, 0xcf, 0xa2, 0xb9, 0xab, 0xbf, 0xaa];
const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...utf8(part)] : [...part])));

describe("the encoding of a file", () => {
  test.each<[string, Uint8Array, string]>([
    ["UTF-8", utf8("<p>信息公开</p>"), "utf-8"],
    ["UTF-8 with a mark", bytes([0xef, 0xbb, 0xbf], "<p>信息公开</p>"), "utf-8"],
    ["GBK as declared", bytes('<meta charset="gbk"><p>', GBK, "</p>"), "gb18030"],
    [
      "GB2312 as declared",
      bytes("<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>", GBK),
      "gb18030",
    ],
    ["GBK that says nothing", bytes("<p>", GBK, "</p>"), "gb18030"],
    ["GBK that says UTF-8", bytes('<meta charset="utf-8"><p>', GBK, "</p>"), "gb18030"],
    ["UTF-8 that says GBK", utf8('<meta charset="gbk"><p>信息公开</p>'), "utf-8"],
    ["XML that says GBK", bytes('<?xml version="1.0" encoding="GBK"?><p>', GBK, "</p>"), "gb18030"],
    ["a label that is none", bytes('<meta charset="gbk-2"><p>', GBK, "</p>"), "gb18030"],
    ["UTF-16LE with a mark", new Uint8Array(Buffer.from("\ufeff<p>信息公开</p>", "utf16le")), "utf-16le"],
    ["UTF-16LE without", new Uint8Array(Buffer.from("<html><body><p>信息公开</p>", "utf16le")), "utf-16le"],
    ["Big5 as declared", bytes('<meta charset="big5"><p>', [0xab, 0x48, 0xae, 0xa7, 0xa4, 0xbd, 0xb6, 0x7d]), "big5"],
  ])("%s", (_, file, encoding) => {
    const decoded = decode(file);
    expect(decoded).toMatchObject({ encoding });
    expect(decoded.text).toMatch(encoding === "big5" ? /信息公開/ : /信息公开/);
    expect(decoded.undecodable).toBeUndefined();
  });

  test("a character of GB 18030 that GBK does not have", () => {
    // 𠮷, four bytes.
    expect(decode(bytes('<meta charset="gb2312">', [0x95, 0x34, 0xb3, 0x37])).text).not.toContain("\ufffd");
  });

  test("bytes that are neither are counted, and the import says so", async () => {
    const file = bytes('<meta charset="gbk"><p>', GBK, [0xff, 0xff], "</p>");
    expect(decode(file)).toMatchObject({ encoding: "gb18030", undecodable: 2 });
    const { account } = await importReport(file);
    expect(found(account, "I-ENCODING").map(([level]) => level)).toEqual(["error"]);
    expect(account.encoding).toBe("gb18030");
  });
});

describe("the text of a page", () => {
  it("is its lines, whatever makes them", () => {
    expect(
      texts(`<div>一<div>二<p>三</div>四<br>五<br/><br>六</div><ul><li>七<li>八</ul><section><h2>九</h2>十</section>`),
    ).toEqual([..."一二三四五六七八九十"]);
  });

  it("goes on within a line through what only marks it", () => {
    expect(
      texts(
        `<p><strong>（一）</strong><span style="font-size:16pt">主动</span><font face=仿宋>公<!-- x -->开</font><o:p></o:p></p>`,
      ),
    ).toEqual(["（一）主动公开"]);
  });

  it("has no breaks of its source: none between Chinese characters, a space elsewhere", () => {
    expect(texts("<p>政府信息\n   公开，\n办理\r\n12 件\n\tOK\ngo</p>")).toEqual(["政府信息公开，办理 12 件 OK go"]);
  });

  it("keeps other spaces as they are", () => {
    expect(texts("<p>政府  信息　公开&nbsp;网</p>")).toEqual(["政府  信息　公开\u00a0网"]);
  });

  it("has nothing of what is not shown", () => {
    expect(
      texts(
        `<head><title>t</title><style>p{}</style></head><script>var a="一"</script><noscript>二</noscript><p style="Display: none">三</p><p hidden>四</p><select><option>五</option></select><input value=六><template><p>七</p></template><p style="mso-hide:all">八</p><del>九</del><p>十</p>`,
      ),
    ).toEqual(["十"]);
  });

  it("knows headings by their level", () => {
    expect(read("<h1>甲<br>乙</h1><div><h3><a name=x>丙</a></h3></div>丁").items).toEqual([
      { kind: "text", text: "甲", level: 1 },
      { kind: "text", text: "乙", level: 1 },
      { kind: "text", text: "丙", level: 3 },
      { kind: "text", text: "丁" },
    ]);
  });

  it("marks what is set apart: navigation, footers, lines of nothing but links", () => {
    const aside = read(
      `<nav>首页</nav><div class="top-menu">栏目</div><ul><li><a href=/a>旧闻</a></ul><p>正文见<a href=/b>附件</a></p><div id=footer>版权</div><div role=navigation>位置</div>`,
    ).items.flatMap((item) => (item.kind === "text" && item.aside ? [item.text] : []));
    expect(aside).toEqual(["首页", "栏目", "旧闻", "版权", "位置"]);
  });
});

describe("the tables of a page", () => {
  it("have a merged cell at every place that it spans", () => {
    expect(grids("<table><tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙<tr><td>丁<td>戊<td>己</table>")).toEqual([
      [
        ["甲", "甲", "乙"],
        ["甲", "甲", "丙"],
        ["丁", "戊", "己"],
      ],
    ]);
    const [table] = read("<table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>").items;
    const grid = table?.kind === "table" ? table.grid : [];
    expect(grid[0]![0]).toBe(grid[1]![0]);
  });

  it("end a span with its group of rows; 0 reaches down to there", () => {
    expect(
      grids("<table><thead><tr><th rowspan=0>甲<th>乙<tr><th>丙</thead><tbody><tr><td>丁<td>戊</tbody></table>"),
    ).toEqual([
      [
        ["甲", "乙"],
        ["甲", "丙"],
        ["丁", "戊"],
      ],
    ]);
  });

  it("have spans that are none as 1", () => {
    expect(grids('<table><tr><td colspan=x>甲<td rowspan="-1">乙<td colspan="2">丙</table>')).toEqual([
      [["甲", "乙", "丙", "丙"]],
    ]);
  });

  it("part the lines of a cell", () => {
    expect(
      grids("<table><tr><td> <p>第二十条</p>\n<p>第（一）项</p> <td>1<br>8<td><span>1</span><b>8</b>&nbsp;</table>"),
    ).toEqual([[["第二十条\n第（一）项", "1\n8", "18\u00a0"]]]);
  });

  it("leave out rows and cells that are not shown", () => {
    expect(grids('<table><tr><td>甲<td style="display:none">乙<td>丙<tr style="display:none"><td>丁</table>')).toEqual([
      [["甲", "丙"]],
    ]);
  });

  it("that lay out a page are its text, and the tables in them are tables", () => {
    const html = `<table><tr><td><ul><li>栏目</ul></td><td>${`<p>${"一段正文。".repeat(30)}</p>`.repeat(4)}
      <table><tr><td>甲</td><td>1</td></tr></table><p>落款</p></td></tr></table>`;
    expect(texts(html)).toHaveLength(6);
    expect(grids(html)).toEqual([[["甲", "1"]]]);
  });

  it("of Excel's and WPS's clipboards are read as they are shown", () => {
    const clipboard = `Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000000500\r\nStartFragment:1\r\nEndFragment:2\r\nSourceURL:file:///C:/a.xlsx\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body link=blue>
<table border=0 style='border-collapse:collapse'><!--StartFragment--><col width=72 style='mso-width-source:userset'>
 <tr height=19><td class=xl65 x:str>自然人</td><td align=right x:num="1234">1,234</td><td x:num>0</td></tr><!--EndFragment-->
 <![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]></table></body></html>`;
    expect(texts(clipboard)).toEqual([]);
    expect(grids(clipboard)).toEqual([[["自然人", "1,234", "0"]]]);
  });
});

describe("a page that is no report's is refused, with what is wrong with it", () => {
  it.each([
    ["depth", "<div>".repeat(2000), /512层/],
    ["depth of tables", "<table><tr><td>".repeat(400), /512层/],
    ["elements", "<b></b>".repeat(400_000), /300000个/],
    ["cells", `<table>${`<tr>${"<td>1".repeat(600)}`.repeat(100)}</table>`, /50000格/],
    [
      "places of spans",
      `<table>${`<tr>${"<td colspan=200 rowspan=200>1".repeat(4)}`.repeat(400)}</table>`,
      /1000000个位置/,
    ],
    ["size", `<p>${"x".repeat(21 << 20)}`, /20 MiB/],
  ])("%s", (_, html, message) => {
    expect(() => read(html)).toThrow(ImportError);
    expect(() => read(html)).toThrow(message);
  });

  it("is read in a moment where formatting is left open", () => {
    const html = Array.from({ length: 2000 }, (_, i) => `<p><font id=${i}>`).join("");
    expect(() => read(html)).toThrow(ImportError);
  });
});

describe("a page as saved from a site", () => {
  let hangzhou: Report;
  beforeAll(async () => {
    hangzhou = (await example("hangzhou-2025")) as unknown as Report;
  });

  const site = (content: string): string => `<!DOCTYPE html><html><head><meta charset="utf-8">
<title>杭州市人民政府2025年政府信息公开工作年度报告_政府信息公开_某市门户网站</title><script>document.write("<p>脚本</p>")</script></head>
<body><div id="header"><a href="/"><img src=logo.png>某市人民政府门户网站</a><form>站内搜索：<input></form></div>
<ul class="nav"><li><a href="/a">政府信息公开</a></li><li><a href="/b">政民互动</a></li></ul>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/c">政府信息公开年报</a> &gt; 正文</div>
<div class="main"><h1>杭州市人民政府2025年政府信息公开工作年度报告</h1>
<div class="info">发布日期：2026-01-28 10:21　来源：市政府办公厅　浏览次数：<span id=n>316</span>　字体：[大 中 小]</div>
${content}
<div class="share">分享到：</div><p><a href="/d">打印本页</a> <a href="/e">关闭窗口</a></p>
<p>上一篇：<a href="/2024">杭州市人民政府2024年政府信息公开工作年度报告</a></p>
<p>下一篇：没有了</p></div>
<div class="footer"><p>主办：某市人民政府办公厅　网站标识码：0000000000</p><p>联系电话：0000-00000000</p></div></body></html>`;

  it("gives the report, and of what is around it a count", async () => {
    const { report, account } = await importReport(utf8(site(body(hangzhou, { title: "" }))));
    expect(report).toMatchObject({
      year: 2025,
      signed: "2026-01-26",
      organ: { name: "杭州市人民政府" },
      overview: {
        body: [
          { type: "heading", level: 2, text: "主动公开" },
          { type: "paragraph", text: "全年按目录公开各类信息。" },
        ],
      },
      problems: { body: [{ type: "paragraph", text: "问题是更新不够及时，已经改进。" }] },
      other: { body: [{ type: "paragraph", text: "无" }] },
    });
    expect(report["preamble"]).toBeUndefined();
    expect(raised(account)).toEqual(["I-USCC"]);
    expect(account.leftOut).toHaveLength(1);
    expect(account.leftOut[0]!.text).toMatch(/^报告以外的文字\d+处，共\d+字$/);
  });

  it("whether the article has the title once more or not, and whether all is laid out in tables", async () => {
    const article = body(hangzhou);
    for (const content of [
      article,
      `<table width=100%><tr><td width=200><a href=/x>机构职能</a><br><a href=/y>法规文件</a></td><td><table><tr><td>${article}</td></tr></table></td></tr></table>`,
    ]) {
      const { report, account } = await importReport(utf8(site(content)));
      expect(report).toMatchObject({
        requests: hangzhou.requests,
        remedies: hangzhou.remedies,
        disclosure: hangzhou.disclosure,
      });
      expect(report["preamble"]).toBeUndefined();
      expect(report["other"]).toEqual({ body: [{ type: "paragraph", text: "无" }] });
      expect(raised(account)).toEqual(["I-USCC"]);
    }
  });

  it("as Word writes it", async () => {
    const word = body(hangzhou, {
      overview:
        "<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US><o:p>&nbsp;</o:p></span></p><p>（一）主动公开</p><p>全年按目录公开各类\n信息。</p>",
    })
      .replaceAll(
        "<p>",
        `<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;font-family:仿宋'>`,
      )
      .replaceAll("</p>", "<o:p></o:p></span></p>")
      .replaceAll(
        /<td([^>]*)>([^<]*)<\/td>/g,
        "<td$1 style='border:solid 1.0pt'><p class=MsoNormal align=center><span lang=EN-US>&nbsp;$2<o:p></o:p></span></p></td>",
      )
      .replaceAll("<table>", "<div align=center><table class=MsoTableGrid border=1>")
      .replaceAll("</table>", "</table></div>");
    const { report, account } = await imported(`<!--[if gte mso 9]><xml><o:a>1</o:a></xml><![endif]-->${word}`);
    expect(report).toMatchObject({
      requests: hangzhou.requests,
      remedies: hangzhou.remedies,
      disclosure: hangzhou.disclosure,
      overview: {
        body: [
          { type: "heading", level: 2, text: "主动公开" },
          { type: "paragraph", text: "全年按目录公开各类信息。" },
        ],
      },
    });
    expect(raised(account)).toEqual(["I-USCC"]);
  });

  it("as lines that end in <br>", async () => {
    const lines = body(hangzhou).replaceAll("</p>\n<p>", "<br>\n　　").replaceAll("</p><p>", "<br />");
    const { report, account } = await imported(lines);
    expect(report).toMatchObject({
      requests: hangzhou.requests,
      other: { body: [{ type: "paragraph", text: "无" }] },
      signed: "2026-01-26",
    });
    expect(raised(account)).toEqual(["I-USCC"]);
  });
});

describe("whatever a page holds", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ..."<table> <tr> <td> <th> </td> </tr> </table> <p> </p> <br> <div> </div> <h2> <thead> <tbody> <a href=x> </a> <nav>".split(
        " ",
      ),
      "<td colspan=7>",
      "<td rowspan=3>",
      "<td colspan=0 rowspan=0>",
    ),
    fc.constantFrom(
      "一、总体情况",
      "三、收到和处理政府信息公开申请情况",
      "六、其他需要报告的事项：无",
      "2020年政府信息公开工作年度报告",
      "自然人",
      "总计",
      "结果维持",
      "（七）总计",
      "3.其他",
      "规章",
      "信息内容",
      "本年制发件数",
      "续表",
      "某市民政局",
      "2021年1月26日",
      "第二十条第（一）项",
    ),
    fc.constantFrom("0", "12", "１２", "约3", "/", "&nbsp;", "1,234", "（一）", "1.", "。", "\n", "　"),
  );

  it("the import ends in a report and an account, or in an error that explains itself", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 120 }), async (pieces) => {
        const { report, account } = await importReport(utf8(`<!doctype html>${pieces.join("")}`));
        expect(account.cells.length).toBeGreaterThan(0);
        // What the account says of a cell is what the report has there.
        for (const { pointer, value } of account.cells) expect(getCell(report, pointer)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });
});
