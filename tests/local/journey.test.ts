/** From an empty form to the reader, by the keyboard alone, on what `npm start` runs. */
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getCell } from "../../src/form/cells.ts";
import type { TableSection } from "../../src/form/form.ts";
import { sectionCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { records } from "../../src/publish/publish.ts";
import { axe, launchBrowser, watchedPage } from "../support/browser.ts";
import { choose, fileFrom, focusedCell, press, tabTo, typeInto } from "../support/keyboard.ts";
import { startTestLocal, type TestLocal } from "../support/local.ts";
import { lines, readPieces } from "../support/pdf.ts";
import { example, type MutableReport, ofYear, withoutCounts } from "../support/service.ts";
import { copyInSpreadsheet } from "../support/spreadsheet.ts";

const USCC = "11371500MB28560185";
const NAME = "聊城市市场监督管理局";
const RECEIVED = "/requests/received/naturalPerson";
const EXPLANATIONS = { "Y-JUMP": "本年机构合并，登记业务并入。", "F-PII": "是本机关公布的咨询电话。" };
const form = formOf("2019")!;

let local: TestLocal;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];
/** The figures to be filed. */
let figures: MutableReport;

beforeAll(async () => {
  [local, browser, figures] = await Promise.all([startTestLocal(), launchBrowser(), example("liaocheng-2020")]);
  context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  ({ page, faults } = await watchedPage(context));
  await publishLastYear();
});
afterAll(async () => {
  await browser?.close();
  await local?.close();
});

const button = (name: string | RegExp): Locator =>
  page.getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) });
const link = (name: string | RegExp): Locator =>
  page.getByRole("link", { name, ...(typeof name === "string" ? { exact: true } : {}) });
const cell = (pointer: string): Locator => page.locator(`[data-pointer="${pointer}"]`);
const heading = (name: string): Promise<void> => page.getByRole("heading", { level: 2, name }).waitFor();

/** No fault in the console, nothing that axe-core finds in light or dark. */
async function expectSound(where: string): Promise<void> {
  expect([where, await axe(page), faults]).toEqual([where, [], []]);
}

/** On to the next step of the form. */
async function next(name: string): Promise<void> {
  await press(page, link(new RegExp(`^下一步：.*${name}`)));
  await heading(name);
}

const section = (key: string): TableSection => form.sections.find((s) => s.key === key) as TableSection;
/** What a clerk types for a figure. */
function typed(pointer: string): string {
  const value: unknown = getCell(figures, pointer);
  if (typeof value === "number") return String(value);
  const { amount, unit } = value as { readonly amount: string; readonly unit: string };
  return `${amount}${unit}`;
}

/** Presses a link to a PDF and reads it: its rows as one sees them, and how many of its pages are marked as previews. */
async function readPdf(target: Locator) {
  const { name, bytes } = await fileFrom(page, target);
  const { pages, pieces } = await readPieces(bytes);
  const printed = pieces.filter(({ text }) => text !== "预览");
  return {
    name,
    pages,
    rows: lines(printed).map((row) => row.map(({ text }) => text.trim()).join(" ")),
    previews: pieces.length - printed.length,
  };
}

/** The figures as they stand in the tables of the official form. */
function expectFigures(rows: readonly string[]): void {
  expect(rows).toContain("行政许可 0 +387 387");
  expect(rows.filter((row) => /^（七）总计 /.test(row))).toEqual(["（七）总计 9 0 0 0 0 0 9"]);
  expect(rows).toContain(Array(15).fill("0").join(" "));
}

/** Last year's report, which another system published: of seven requests two were granted. */
async function publishLastYear(): Promise<void> {
  const report = withoutCounts(figures);
  Object.assign(report, { year: 2019, signed: "2020-01-20", preamble: ofYear(report["preamble"], 2019) });
  Object.assign(report["disclosure"].licensing, { change: 0, decisions: 0 });
  Object.assign(report["disclosure"].penalties, { change: 0, decisions: 12 });
  const { received, results } = report["requests"];
  received.naturalPerson = received.total = results.total.naturalPerson = results.total.total = 7;
  results.granted.naturalPerson = results.granted.total = 2;
  const answer = await local.file(report);
  expect([answer.status, await answer.json()]).toMatchObject([201, { version: 1 }]);
}

/** Says which report it is about, on the first page. */
async function lookUp(year: string): Promise<void> {
  await typeInto(page, page.getByLabel("统一社会信用代码"), USCC);
  await typeInto(page, page.getByLabel("报告年度"), year);
  await page.keyboard.press("Enter");
}

describe("with the keyboard alone", () => {
  it("a clerk signs in and fills in an empty form", async () => {
    await page.goto(`${local.url}/filing/`);
    await heading("填报、更正或撤回");
    await expectSound("before signing in");
    await press(page, button("登录"));
    await press(page, button(/^填报人/));
    await page.getByText("已登录：填报人").waitFor();

    await lookUp("2020");
    await page.getByText("2020年度报告尚未公布。").waitFor();
    await typeInto(page, page.getByLabel("机关名称"), NAME);
    await expectSound("the place of the report");
    await press(page, button("开始填报"));
    await heading("机关与日期");
    await tabTo(page, page.getByLabel("成文日期"));
    // This browser speaks English only: month, day, year.
    await page.keyboard.type("01262021");
    expect(await page.getByLabel("成文日期").inputValue()).toBe("2021-01-26");
    await expectSound("organ and date");
  });

  it("writes a narrative", async () => {
    await next("总体情况");
    await tabTo(page, cell("/overview/body/0/text"));
    await page.keyboard.type("主动公开");
    await page.keyboard.press("Control+Alt+Digit2");
    await page.keyboard.press("Enter");
    await page.keyboard.type("全年公开行政许可决定387件。");
    await expect.poll(() => page.locator(".item-number").allInnerTexts()).toEqual(["（一）", ""]);
    await expectSound("narrative");
  });

  it("types table two cell by cell", async () => {
    await next("主动公开政府信息情况");
    const cells = sectionCells(form, section("disclosure"));
    await tabTo(page, cell(cells[0]!.pointer));
    let row = "";
    for (const { pointer } of cells) {
      const [, , name = ""] = pointer.split("/");
      // Enter goes down, Home to the first figure of the row.
      if (row !== "" && name !== row) {
        await page.keyboard.press("Enter");
        await page.keyboard.press("Home");
      } else if (row !== "") await page.keyboard.press("ArrowRight");
      row = name;
      expect(await focusedCell(page)).toBe(pointer);
      await page.keyboard.type(typed(pointer));
    }
    await page.keyboard.press("Enter");
    expect(await cell("/disclosure/licensing/decisions").inputValue()).toBe("387");
    expect(await cell("/disclosure/procurement/amount").inputValue()).toBe("1007.25万元");
    await expectSound("table two");
    await page.keyboard.press("Escape");
  });

  it("pastes table three from a spreadsheet, breaks a rule and mends it", async () => {
    await next("收到和处理政府信息公开申请情况");
    await tabTo(page, cell(RECEIVED));
    const published = await readFile(new URL("../fixtures/cases/liaocheng-2020.tables.html", import.meta.url), "utf8");
    await copyInSpreadsheet(context, [...published.matchAll(/<table>.*?<\/table>/gs)][1]![0]);
    await page.bringToFront();
    await page.keyboard.press("Control+V");
    await page.getByText("粘贴了132格").waitFor();
    for (const { pointer } of sectionCells(form, section("requests")))
      expect([pointer, await cell(pointer).inputValue()]).toEqual([pointer, typed(pointer)]);

    await page.keyboard.press("Control+Home");
    await page.keyboard.type("8");
    await page.keyboard.press("Enter");
    // Both numbers stand in the table, below the cell.
    const remark = page.locator(".remarks .remark.error");
    await remark.filter({ hasText: "一（8）＋二（0）＝8，三（七）总计（9，计算得出）＋四（0）＝9" }).waitFor();
    expect(await cell(RECEIVED).getAttribute("aria-invalid")).toBe("true");
    // And in sight from the cell in hand, below which the table goes on.
    const here = page.locator(".here");
    expect(await here.innerText()).toContain("相差1");
    const { y, height } = (await here.boundingBox())!;
    expect(y + height).toBeLessThanOrEqual(900);
    await expectSound("table three with a broken rule");
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("9");
    await page.keyboard.press("Enter");
    await remark.waitFor({ state: "detached" });
    expect(await page.locator("[aria-invalid=true]").count()).toBe(0);
    await page.keyboard.press("Escape");
  });

  it("types table four, and the other narratives", async () => {
    await next("政府信息公开行政复议、行政诉讼情况");
    const cells = sectionCells(form, section("remedies"));
    await tabTo(page, cell(cells[0]!.pointer));
    for (const { pointer, total } of cells) {
      expect(await focusedCell(page)).toBe(pointer);
      // Totals are computed.
      if (!total) await page.keyboard.type(typed(pointer));
      await page.keyboard.press("ArrowRight");
    }
    expect(await cell("/remedies/litigation/afterReview/total").inputValue()).toBe("0");
    await expectSound("table four");
    await page.keyboard.press("Escape");

    await next("存在的主要问题及改进情况");
    await tabTo(page, cell("/problems/body/0/text"));
    await page.keyboard.type(
      "答复文书的格式还不统一，各科室引用条款的写法不一，已印发范本；登记窗口对依申请公开的流程还不熟悉，下半年已逐一培训，明年起每季抽查一次。",
    );
    await next("其他需要报告的事项");
    await tabTo(page, cell("/other/body/0/text"));
    await page.keyboard.type("没有其他事项。咨询可打电话13812345678。");
  });

  it("answers what is asked", async () => {
    await next("检查与提交");
    await expectSound("check");
    await press(page, button("核对并提交"));
    // Not yet: there are more decisions than last year by far, and somebody's telephone number.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain("有2项提醒待核实改正或说明");
    await expectSound("warnings to answer");
    for (const [rule, explanation] of Object.entries(EXPLANATIONS)) {
      await tabTo(page, page.locator(`[data-pointer="/explanations/${rule}"]`));
      await page.keyboard.type(explanation);
    }
    await page.getByText("没有错误，也没有待说明的提醒，可以提交。").waitFor();
  });

  it("previews what will be published", async () => {
    const preview = link("下载预览PDF");
    await preview.waitFor();
    await page.locator(".flow-preview .flow-spinner").waitFor({ state: "detached" });
    expect(await preview.getAttribute("href")).toMatch(/^blob:/);
    const pdf = await readPdf(preview);
    expect(pdf.rows.length).toBeGreaterThan(60);
    expect(pdf.previews).toBe(pdf.pages);
    expectFigures(pdf.rows);
  });

  it("files it, and finds the figures in the PDF of the receipt", async () => {
    await press(page, button("核对并提交"));
    await heading("核对报告");
    await expectSound("review");
    await press(page, button("下一步：确认"));
    await heading("确认公布");
    await expectSound("confirmation");
    await press(page, page.getByLabel(/我已核对/), "Space");
    await press(page, button("公布"));
    await heading("已公布");
    await expectSound("receipt");
    const [record] = await records(local.store, USCC, 2020);
    expect(record?.explanations).toEqual(EXPLANATIONS);
    const pdf = await readPdf(link("PDF"));
    expect(pdf).toMatchObject({ name: `${NAME}2020年政府信息公开工作年度报告.pdf`, previews: 0 });
    expectFigures(pdf.rows);
  });

  it("corrects a figure, with the difference before the eyes and a reason", async () => {
    await press(page, button("处理另一份报告"));
    await lookUp("2020");
    await page.getByText(`${NAME}2020年度报告已公布第1版`).waitFor();
    await expectSound("what is published already");
    await press(page, button("更正"));
    await heading("机关与日期");
    await next("总体情况");
    await next("主动公开政府信息情况");
    await tabTo(page, cell("/disclosure/rules/made"));
    while ((await focusedCell(page)) !== "/disclosure/procurement/projects") await page.keyboard.press("ArrowDown");
    await page.keyboard.type("29");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await press(page, link(/^检查与提交|^→检查与提交/));
    await heading("检查与提交");
    await press(page, button("核对并提交"));
    await heading("核对更正");
    const differences = page.getByRole("table", { name: "与第1版的不同（1）" });
    expect((await differences.getByRole("row").last().innerText()).split(/\s+/)).toEqual([
      "表二“政府集中采购／采购项目数量”",
      "28",
      "29",
    ]);
    await press(page, button("下一步：确认"));
    await page.locator("[role=alert]:focus", { hasText: "请填写理由" }).waitFor();
    await typeInto(page, page.getByLabel("理由", { exact: true }), "采购项目漏计一个。");
    await expectSound("the review of a correction");
    await press(page, button("下一步：确认"));
    await press(page, page.getByLabel(/我已核对/), "Space");
    await press(page, button("公布更正"));
    await heading("更正已公布");
    await expectSound("the receipt of a correction");
    expect((await records(local.store, USCC, 2020)).map(({ kind, reason }) => [kind, reason])).toEqual([
      ["original", undefined],
      ["correction", "采购项目漏计一个。"],
    ]);
    expect((await readPdf(link("PDF"))).rows).toContain("政府集中采购 29 1007.25万元");
  });

  it("a reader finds the organ, by its name and by pinyin initials", async () => {
    await local.indexed();
    // Another person, with a browser of their own.
    context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
    ({ page, faults } = await watchedPage(context));
    await page.goto(`${local.url}/`);
    const search = page.getByRole("searchbox");
    const results = page.getByRole("list", { name: "查找结果" }).getByRole("link");
    for (const query of [USCC, "市场监督", "lcsscjdglj"]) {
      await typeInto(page, search, query);
      await page.getByText("找到1个。").waitFor();
      expect(await results.allInnerTexts()).toEqual([NAME]);
    }
    await expectSound("home");
    await press(page, results);
    await page.getByRole("heading", { level: 1, name: NAME }).waitFor();
    await expectSound("organ");
    expect(await page.locator("main").innerText()).toContain("采购项目漏计一个。");
  });

  it("compares two years and takes the figures away as CSV", async () => {
    await press(page, link("比较两个年度"));
    await page.getByRole("heading", { level: 1, name: "比较两个年度" }).waitFor();
    await choose(page, page.locator("#a"), "2020");
    await choose(page, page.locator("#b"), "2019");
    const table = page.locator("#table table");
    await table.filter({ hasText: "2019" }).waitFor();
    await expectSound("comparison");
    const { name, bytes } = await fileFrom(page, button(/CSV/));
    expect(name).toBe(`${USCC}-2020-2019.csv`);
    expect(await table.getByRole("row", { name: /^采购项目数量/ }).innerText()).toContain("29\t28\t▼ −1");
    const rows = new TextDecoder().decode(bytes).split("\r\n");
    expect(rows).toContain("二、主动公开政府信息情况,行政许可（第二十条第（五）项）／处理决定数量,,387,0");
    expect(rows).toContain("二、主动公开政府信息情况,政府集中采购（第二十条第（九）项）／采购项目数量,,29,28");
    expect(rows).toContain("三、收到和处理政府信息公开申请情况,一、本年新收政府信息公开申请数量,件,9,7");
  });
});
