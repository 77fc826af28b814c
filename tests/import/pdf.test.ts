import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { compose } from "../../src/compose/compose.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { metadataOf } from "../../src/formats/content.ts";
import { renderPdf } from "../../src/formats/pdf/render.ts";
import type { SourceDocument, SourceItem } from "../../src/import/document.ts";
import { importReport } from "../../src/import/import.ts";
import { readHtml } from "../../src/import/readers/html.ts";
import { readDocument } from "../../src/import/readers/read.ts";
import { typeset as typesetBlocks } from "../../src/typeset/typeset.ts";
import { launchBrowser } from "../support/browser.ts";
import { NAMED_FONT, NAMELESS_FONT, pdfOfPages, ucs2 } from "../support/import/handmade-pdf.ts";
import { type PrintOptions, print } from "../support/import/print.ts";
import { example } from "../support/service.ts";
import { reportFile, typeset } from "../support/written.ts";

const CASES = ["hangzhou-2025", "liaocheng-2020"] as const;
type Case = (typeof CASES)[number];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const TEXTS = [
  "本机关全年主动公开政府信息1234条，答复申请89件，政务服务大厅设立查阅点3处，Wi-Fi覆盖率达到98.5%，以Open Data的方式公布，公众可以当面、邮寄或者通过网站（https://www.example.gov.cn/zwgk/index.html）提出申请。",
  "公开目录按制作机关、内容、时限和依据逐项列明，每月核对一次；发现失效链接的，两个工作日内修复。对当年废止的文件，在原网页显著位置注明，不作删除，以便公众查到沿革。",
  "一是更新不够及时；二是解读形式单一。",
];
const ORGAN = "某某市人民政府";

/** A case's tables between narrative, as an organ's page is. */
async function page(name: Case): Promise<string> {
  const html = await readFile(new URL(`../fixtures/cases/${name}.tables.html`, import.meta.url), "utf8");
  const tables = html.slice(html.indexOf("<p>"));
  const paragraphs = (texts: readonly string[]): string => texts.map((text) => `<p>${text}</p>`).join("");
  const signed = [ORGAN, `${Number(name.slice(-4)) + 1}年1月26日`];
  return `<h1>${ORGAN}<br>${name.slice(-4)}年政府信息公开工作年度报告</h1>${paragraphs(["一、总体情况", ...TEXTS])}${tables}${paragraphs(
    ["五、存在的主要问题及改进情况", ...TEXTS.toReversed(), "六、其他需要报告的事项", TEXTS[1]!],
  )}${signed.map((text) => `<p class="signed">${text}</p>`).join("")}`;
}

const itemsOf = async (pdf: Uint8Array): Promise<readonly SourceItem[]> => {
  const document = await readDocument(pdf);
  expect(document).toHaveProperty("items");
  return (document as SourceDocument).items;
};

/** Grids with each place's text and which place its cell begins at; space is not looked at. */
const gridsOf = (items: readonly SourceItem[]): unknown[] =>
  items.flatMap((item) => {
    if (item.kind !== "table") return [];
    const places = item.grid.flatMap((row, r) => row.map((cell, c) => ({ cell, place: `${r},${c}` })));
    const first = new Map(places.toReversed().map(({ cell, place }) => [cell, place]));
    const width = Math.max(...item.grid.map((row) => row.length));
    return [
      item.grid.map((row) =>
        Array.from({ length: width }, (_, c) =>
          row[c] ? `${first.get(row[c])} ${row[c].text.replace(/\s/gu, "")}` : undefined,
        ),
      ),
    ];
  });

const textsOf = (items: readonly SourceItem[]): string[] =>
  items.flatMap((item) => (item.kind === "text" ? [item.text] : []));

/** The figures that a report has otherwise than an example. */
function differing(report: unknown, wanted: unknown): string[] {
  const form = formOf(getCell(wanted, "/edition"))!;
  return formCells(form).flatMap(({ pointer }) => {
    const [found, should] = [report, wanted].map((r) => JSON.stringify(getCell(r, pointer)));
    return found === should ? [] : [`${pointer}: ${found} for ${should}`];
  });
}

const FOOTER = '<div style="width:100%;text-align:center;font-size:9px">— <span class="pageNumber"></span> —</div>';
const HEADER = '<div style="width:100%;text-align:center;font-size:9px"><span class="date"></span> 政府信息公开</div>';
/** Pushes the tables down, so that page breaks come elsewhere. */
const lower = (by: number): string => `h1 { padding-top: ${by}pt; }`;

const WAYS: readonly [string, PrintOptions][] = [
  ["with page numbers and running heads", { header: HEADER, footer: FOOTER }],
  ["on lying pages", { style: "@page { size: A4 landscape; }" }],
  ["with cells apart, each in its own frame", { style: "table { border-collapse: separate; border-spacing: 1.5pt; }" }],
  ["with dotted lines", { style: "td { border-style: dotted; }" }],
  ["with double lines", { style: "td { border: 2.25pt double #000; }" }],
  ["with grey lines and shaded cells", { style: "td { border-color: #999; background: #eef; }" }],
  ["with no lines at the sides", { style: "table { border-left: 1pt hidden; border-right: 1pt hidden; }" }],
  ["in small print, far apart", { style: "td { padding: 8pt 1pt; font-size: 7pt; letter-spacing: 1pt; }" }],
  ...[60, 95, 130, 170, 215].map((by): [string, PrintOptions] => [
    `with another page break (${by})`,
    { style: lower(by) },
  ]),
  ["with rows that a page break cuts", { style: `tr { break-inside: auto; } td { padding: 15pt 2pt; } ${lower(20)}` }],
];

describe.each(CASES)("the tables of %s, printed by a browser", (name) => {
  it.each(WAYS)("%s are the page's, cell for cell, and so are the paragraphs", async (_, options) => {
    const html = await page(name);
    const wanted = readHtml(new TextEncoder().encode(html)).items;
    const pdf = await print(browser, html, options);
    const items = await itemsOf(pdf);
    expect(gridsOf(items)).toEqual(gridsOf(wanted));
    expect(textsOf(items)).toEqual(textsOf(wanted));
    const { report } = await importReport(pdf);
    expect(differing(report, await example(name))).toEqual([]);
  });
});

describe("a table", () => {
  const ROWS = Array.from(
    { length: 60 },
    (_, i) => `<tr><td>第${i + 1}类事项</td><td>${i * 7}</td><td>${i % 3}</td></tr>`,
  ).join("");
  const table = (body: string, head = "<tr><td>项目</td><td>数量</td><td>其中</td></tr>"): string =>
    `<table><thead>${head}</thead><tbody>${body}</tbody></table>`;
  const gridOf = async (html: string, options: PrintOptions = {}): Promise<string[][]> => {
    const items = await itemsOf(await print(browser, `<p>表格说明。</p>${html}`, options));
    const tables = items.filter((item) => item.kind === "table");
    expect(tables).toHaveLength(1);
    return tables[0]!.grid.map((row) => row.map((cell) => cell?.text ?? "#"));
  };

  it("over pages with its head on each of them has it once", async () => {
    const grid = await gridOf(table(ROWS), { footer: FOOTER });
    expect(grid).toEqual([
      ["项目", "数量", "其中"],
      ...Array.from({ length: 60 }, (_, i) => [`第${i + 1}类事项`, String(i * 7), String(i % 3)]),
    ]);
  });

  it("with a label that is written downwards reads as if it were not", async () => {
    const grid = await gridOf(
      table(
        '<tr><td rowspan="2" style="writing-mode:vertical-rl">办理结果</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>',
      ),
    );
    expect(grid.slice(1)).toEqual([
      ["办理结果", "1", "2"],
      ["办理结果", "3", "4"],
    ]);
  });

  it("never makes one figure of two that no line parts", async () => {
    const grid = await gridOf(
      table("<tr><td>规章<br>文件</td><td>12<br>34</td><td>5　　6</td></tr><tr><td>许可</td><td>7</td><td>8</td></tr>"),
    );
    expect(grid[1]).toEqual(["规章文件", "12\n34", "5／6"]);
  });

  it("has a figure whole that its column has no room for", async () => {
    const grid = await gridOf(table("<tr><td>行政许可</td><td>11398889</td><td>0</td></tr>"), {
      style: "table { table-layout: fixed; width: 90pt; } td { word-break: break-all; }",
    });
    expect(grid[1]).toEqual(["行政许可", "11398889", "0"]);
  });

  it("without lines is read by its columns", async () => {
    const grid = await gridOf(table(ROWS.split("</tr>").slice(0, 12).join("</tr>")), { style: "td { border: 0; }" });
    expect(grid).toEqual([
      ["项目", "数量", "其中"],
      ...Array.from({ length: 12 }, (_, i) => [`第${i + 1}类事项`, String(i * 7), String(i % 3)]),
    ]);
  });

  it.each(CASES)(
    "of %s without lines has every figure of the requests, or they are said to be missing",
    async (name) => {
      const pdf = await print(browser, await page(name), { style: "td { border: 0; padding: 4pt 8pt; }" });
      const { report, account } = await importReport(pdf);
      const wrong = differing(report, await example(name));
      expect(wrong.filter((difference) => difference.startsWith("/requests/"))).toEqual([]);
      // What was not found is undefined, never another figure.
      expect(wrong.filter((difference) => !difference.includes(": undefined for"))).toEqual([]);
      expect(account.findings.some(({ level }) => level === "error")).toBe(wrong.length > 0);
    },
  );
});

describe("the text of a PDF", () => {
  it("has a paragraph for each that was written, over pages and lines, without heads and feet", async () => {
    const texts = Array.from({ length: 40 }, (_, i) => `${i + 1}件事。${TEXTS[i % 3]}`.repeat(1 + (i % 4)));
    const pdf = await print(browser, texts.map((text) => `<p>${text}</p>`).join(""), {
      header: HEADER,
      footer: FOOTER,
    });
    expect(textsOf(await itemsOf(pdf))).toEqual(texts);
  });

  it("has a paragraph for each where they are set apart and not indented", async () => {
    const pdf = await print(browser, TEXTS.map((text) => `<p>${text}</p>`).join(""), {
      style: "p { text-indent: 0; margin: 10pt 0; }",
    });
    expect(textsOf(await itemsOf(pdf))).toEqual(TEXTS);
  });

  it("is without a watermark that lies across it", async () => {
    const mark =
      '<div style="position:fixed;top:300pt;left:100pt;transform:rotate(-40deg);font-size:40pt">仅供内部使用</div>';
    const pdf = await print(browser, `${mark}${TEXTS.map((text) => `<p>${text}</p>`).join("")}`);
    expect(textsOf(await itemsOf(pdf))).toEqual(TEXTS);
  });

  it("is read where font and character map are named and not in the file", async () => {
    const line = (y: number, text: string): string => `1 0 0 1 90 ${y} Tm ${ucs2(text)} Tj\n`;
    const content = `BT /F 16 Tf ${line(700, "一、总体情况")}${line(660, "　　本机关全年公开信息三十条。")}ET`;
    const items = await itemsOf(pdfOfPages(content, NAMED_FONT("UniGB-UCS2-H")));
    expect(textsOf(items)).toEqual(["一、总体情况", "本机关全年公开信息三十条。"]);
  });
});

describe("a PDF of this system", () => {
  const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
  const reportOf = async (name: Case): Promise<Report> => (await example(name)) as unknown as Report;

  it.each(CASES)("gives %s back exactly", async (name) => {
    const report = await reportOf(name);
    expect(await readDocument(await typeset(report, fonts))).toEqual({ format: "pdf", report });
  });

  it("that was altered is not read as if it were any PDF", async () => {
    const pdf = Buffer.from(await typeset(await reportOf("liaocheng-2020"), fonts));
    const altered = Buffer.from(
      pdf.toString("latin1").replace(/(?<=<nianbao:pagesSha256>)[0-9a-f]{8}/, "00000000"),
      "latin1",
    );
    expect(altered.equals(pdf)).toBe(false);
    await expect(readDocument(new Uint8Array(altered))).rejects.toMatchObject({
      name: "ImportError",
      message: expect.stringMatching(/本系统生成.*已被改动.*公布的原文件/),
    });
  });

  it.each(CASES)("without its data is read as any other: %s", async (name) => {
    const report = await reportOf(name);
    const blocks = compose(report);
    const pdf = await renderPdf(typesetBlocks(blocks, fonts.faces), fonts, metadataOf(report), {
      name: "other.json",
      type: "application/json",
      bytes: reportFile(report),
    });
    const items = await itemsOf(pdf);
    const wanted = blocks.flatMap((block) => {
      if (block.kind === "title") return block.lines;
      if (block.kind === "heading") return [block.number + block.text];
      if (block.kind === "paragraph") return [block.text];
      return block.kind === "signature" ? [block.organ, block.date] : [];
    });
    expect(textsOf(items)).toEqual(wanted);
    expect(differing((await importReport(pdf)).report, report)).toEqual([]);
  });
});

describe("a PDF that cannot be read is refused, with the reason:", () => {
  it("a scan", async () => {
    const page = await browser.newPage();
    await page.setContent('<canvas width="600" height="800"></canvas>');
    await page.evaluate(() => {
      const context = document.querySelector("canvas")!.getContext("2d")!;
      context.font = "30px serif";
      context.fillText("scan", 50, 50);
    });
    const pdf = new Uint8Array(await page.pdf());
    await page.close();
    await expect(readDocument(pdf)).rejects.toThrow(/扫描件或图片，没有文字/);
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    [
      "a scan with recognized text",
      () =>
        pdfOfPages(
          `BT 3 Tr /F 16 Tf 1 0 0 1 90 700 Tm ${ucs2("一、总体情况全年公开信息三十条")} Tj ET`,
          NAMED_FONT("UniGB-UCS2-H"),
        ),
      /机器识别/,
    ],
    [
      "a font that does not say what its glyphs are",
      () => pdfOfPages("BT /F 16 Tf 1 0 0 1 90 700 Tm <004100420043> Tj ET", NAMELESS_FONT),
      /乱码/,
    ],
    ["nothing on its page", () => pdfOfPages("0 0 m"), /没有文字/],
    ["pages without end", () => pdfOfPages("0 0 m", [], 301), /301页，超过300页/],
    ["a bomb", () => pdfOfPages(Buffer.alloc(300 * 1024 * 1024, " ")), /内容过多/],
    ["a page of a million operators", () => pdfOfPages("0 0 m 1 1 l S\n".repeat(400_000)), /内容过多/],
    ["no PDF behind its header", () => new TextEncoder().encode(`%PDF-1.7\n${"x".repeat(2000)}`), /已损坏/],
  ])("%s", async (_, make, says) => {
    await expect(readDocument(make())).rejects.toMatchObject({
      name: "ImportError",
      message: expect.stringMatching(says),
    });
  });
});
