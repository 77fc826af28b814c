/** Whoever oversees a city at the desk, by keyboard: who is where, a draft looked at and returned, the late reminded, a roll-up. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { WEBHOOKS_KEY } from "../../../src/office/webhooks.ts";
import type { Organ } from "../../../src/roster/roster.ts";
import { axe, launchBrowser, watchedPage } from "../../support/browser.ts";
import { cityReport, cityRoster } from "../../support/city.ts";
import { choose, fileFrom, press, tabTo, typeInto } from "../../support/keyboard.ts";
import { startTestLocal, type TestLocal } from "../../support/local.ts";

const YEAR = 2025;
const DIVISION = "990100";
const { organs } = cityRoster();
const named = (name: string): Organ => organs.find((organ) => organ.name === name)!;
const [BUREAU, OTHER] = [named("云川市东湖区公安局"), named("云川市东湖区民政局")];
const PUBLISHED = organs.filter(({ name }) => /^云川市东湖区(?:教育|司法|财政)局$/.test(name));
const REASON = "表三的自然人一列与台账不符，请核对后重报。";

let local: TestLocal;
let browser: Browser;
let robot: Server;
let context: BrowserContext;
let page: Page;
let faults: string[];
/** What the robot was told. */
const told: string[] = [];

async function send(method: string, path: string, body: unknown, user: string, more: Record<string, string> = {}) {
  const headers = { "content-type": "application/json", authorization: await local.authorization(user), ...more };
  const answer = await fetch(`${local.url}${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** Has an organ's report handed over, and agreed to within the organ. */
async function handOver(organ: Organ): Promise<void> {
  const place = `/drafts/${organ.uscc}/${YEAR}`;
  await send("PUT", `/policies/${organ.uscc}`, { review: "superior", version: 0 }, "superior");
  const submission = { report: cityReport(organ, YEAR) };
  await send("PUT", place, { submission, base: null }, "drafter", { "if-none-match": "*" });
  const { event } = await send("POST", `${place}/events`, { kind: "submit", after: 0 }, "drafter");
  await send("POST", `${place}/events`, { kind: "agree", after: 1, content: event.content }, "reviewer");
}

beforeAll(async () => {
  robot = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += String(part);
    told.push(body);
    response.end('{"errcode":0,"errmsg":"ok"}');
  });
  await new Promise<void>((resolve) => void robot.listen(0, "127.0.0.1", resolve));
  const acting = (...actions: string[]) => ({ nianbao_divisions: ["9901"], nianbao_actions: actions });
  const users = {
    superior: { name: "云川市政务公开办", says: "管理名录和汇总", claims: acting("oversee") },
    clerk: { name: "填报人", says: "填报", claims: acting("file") },
    drafter: { name: "起草人", says: "起草", claims: acting("draft") },
    reviewer: { name: "审核人", says: "审核", claims: acting("review") },
  };
  [local, browser] = await Promise.all([startTestLocal({ issuer: { users } }), launchBrowser()]);
  const url = `http://127.0.0.1:${(robot.address() as AddressInfo).port}/send?key=k`;
  const webhooks = [{ id: "group", kind: "wecom", url, private: true, divisions: ["9901"] }];
  await local.store.put(WEBHOOKS_KEY, JSON.stringify({ webhooks }), { contentType: "application/json" });
  await send("PUT", `/rosters/${DIVISION}`, { division: DIVISION, organs }, "superior");
  for (const organ of PUBLISHED) await send("POST", "/reports", cityReport(organ, YEAR), "clerk");
  for (const organ of [BUREAU, OTHER]) await handOver(organ);
  await local.indexed();
});
afterAll(async () => {
  await browser?.close();
  await local?.close();
  robot?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  ({ page, faults } = await watchedPage(context));
  await page.goto(`${local.url}/desk/`);
});
afterEach(async () => {
  await context.close();
  expect(faults).toEqual([]);
});

const button = (name: string | RegExp) =>
  page.getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) });
const link = (name: string | RegExp) =>
  page.getByRole("link", { name, ...(typeof name === "string" ? { exact: true } : {}) });
const rows = () => page.locator("tbody").getByRole("row");
const rowOf = (organ: Organ) => rows().filter({ has: link(organ.name) });
const status = (text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

async function signIn(name: string): Promise<void> {
  await press(page, button("登录"));
  await press(page, button(new RegExp(`^${name}`)));
  await page.getByText(`已登录：${name}`).waitFor();
}

/** Comes to the city's list as somebody does who opens the page first: the division is the account's own. */
async function openDesk(): Promise<void> {
  await signIn("云川市政务公开办");
  expect(await page.getByLabel("行政区划").inputValue()).toBe(DIVISION);
  await typeInto(page, page.getByLabel("报告年度"), String(YEAR));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: `云川市（${DIVISION}），${YEAR}年度` }).waitFor();
}

/** Looked at in light and dark, at both widths: nothing is cut off. */
async function look(): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
}

test("who may not oversee is told so, and shown nothing", async () => {
  await signIn("填报人");
  await page.getByText("没有管理行政区划的权限").waitFor();
  expect(await page.getByRole("textbox").count()).toBe(0);
  await look();
});

test("60 organs with their states: counted, filtered, found as one types, sorted; read by name and by row", async () => {
  await openDesk();
  expect(await rows().count()).toBe(60);
  await status("共60个机关，显示60个，选中0个").waitFor();
  expect(await button(/^同意/).innerText()).toBe("同意 2");
  expect(await button(/^已公布/).innerText()).toBe("已公布 3");
  expect(await button(/^逾期/).innerText()).toBe("逾期 57");
  await look();
  // What a screen reader has of a row: its organ as the head, and each figure under a head of its column.
  const table = page.getByRole("table");
  expect(await table.getAttribute("aria-rowcount")).toBe("61");
  expect(await page.getByRole("columnheader").allInnerTexts()).toEqual(
    ["机关", "行政区划", "状态", "期限", "问题", "说明", "更新"].map((head) => expect.stringContaining(head)),
  );
  expect(await rowOf(BUREAU).getByRole("rowheader").innerText()).toContain(BUREAU.uscc);
  expect(await rowOf(BUREAU).innerText()).toMatch(/云川市东湖区\s+同意\s+2026-01-31\s*逾期\d+天/);
  expect(await rowOf(PUBLISHED[0]!).innerText()).toContain("已公布");

  await press(page, button(/^同意/));
  await status("显示2个").waitFor();
  expect(await button(/^同意/).getAttribute("aria-pressed")).toBe("true");
  await press(page, button(/^全部/));
  await typeInto(page, page.getByLabel("查找机关"), "达来苏木");
  await status("显示1个").waitFor();
  await typeInto(page, page.getByLabel("查找机关"), BUREAU.uscc.slice(-8).toLowerCase());
  await rowOf(BUREAU).waitFor();
  expect(await rows().count()).toBe(1);
  await typeInto(page, page.getByLabel("查找机关"), "没有这个机关");
  await page.getByText("没有符合条件的机关。").waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await choose(page, page.getByLabel("行政区划", { exact: true }), "990103");
  await status("显示13个").waitFor();
  await choose(page, page.getByLabel("行政区划", { exact: true }), "");
  const state = page.getByRole("columnheader", { name: /^状态/ });
  await press(page, button(/^状态/));
  expect(await state.getAttribute("aria-sort")).toBe("ascending");
  await press(page, button(/^状态/));
  expect(await state.getAttribute("aria-sort")).toBe("descending");
  expect(await rows().first().innerText()).toContain("已公布");
});

test("the list as it is shown goes into a workbook", async () => {
  await openDesk();
  await typeInto(page, page.getByLabel("查找机关"), "东湖区");
  await press(page, button(/^机关/));
  await status("显示13个").waitFor();
  const shown = await rows().getByRole("rowheader").getByRole("link").allInnerTexts();
  const { name, bytes } = await fileFrom(page, button("导出XLSX"));
  expect(name).toMatch(/^云川市-2025-\d{4}-\d\d-\d\d\.xlsx$/);
  const { sheets } = await readXlsx(bytes);
  const [heads, ...values] = sheets[0]!.rows;
  expect(heads!.slice(0, 2)).toEqual(["机关", "统一社会信用代码"]);
  expect(values.map((row) => row[0])).toEqual(shown);
  expect(values.find((row) => row[1] === BUREAU.uscc)).toEqual(
    expect.arrayContaining(["同意", "2026-01-31", "逾期未公布"]),
  );
});

test("a draft that was handed over is found among 60, looked at with what was found, and returned with reasons; another is cleared", async () => {
  await openDesk();
  await typeInto(page, page.getByLabel("查找机关"), BUREAU.name);
  const proof = page.waitForResponse((response) => response.url().includes(`/drafts/${BUREAU.uscc}/${YEAR}/proof`));
  await press(page, link(BUREAU.name));
  await page.getByRole("heading", { level: 2, name: BUREAU.name }).waitFor();
  // What follows is read out from the heading on.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(BUREAU.name);
  await page.getByRole("heading", { name: /^核查结果/ }).waitFor();
  await page.getByRole("link", { name: "在新窗口打开PDF" }).waitFor();
  expect((await proof).headers()["content-type"]).toBe("application/pdf");
  await press(page, button("打开对照"));
  await page.getByText(`没有查到已公布的${YEAR - 1}年度报告`).waitFor();
  await look();
  await press(page, button("退回"));
  await page.getByText("请写明退回的理由").waitFor();
  await typeInto(page, page.getByLabel("退回的理由"), REASON);
  await press(page, button("退回"));
  await status("已退回。").waitFor();
  const office = await send("GET", `/drafts/${BUREAU.uscc}/${YEAR}`, undefined, "drafter");
  expect(office).toMatchObject({
    state: "returned",
    events: [{}, {}, { kind: "return", comment: REASON, role: "oversee" }],
  });
  await button("退回").waitFor({ state: "detached" });
  await page.getByText(REASON).waitFor();
  // Back is the browser's, and the list is as it is by now.
  await page.goBack();
  await rowOf(BUREAU).filter({ hasText: "退回" }).waitFor();

  await typeInto(page, page.getByLabel("查找机关"), OTHER.name);
  await press(page, link(OTHER.name));
  await press(page, button("备案同意"));
  await status("已备案同意。").waitFor();
  expect(await send("GET", `/drafts/${OTHER.uscc}/${YEAR}`, undefined, "drafter")).toMatchObject({ state: "cleared" });
});

test("the late of all counties are reminded at once: kept, sent to the office's robot, and seen to have come", async () => {
  await openDesk();
  await press(page, button(/^逾期/));
  const divisions = await rows().locator(".desk-division").allInnerTexts();
  expect(new Set(divisions)).toEqual(new Set(["云川市", "云川市东湖区", "云川市西山区", "云川市清平县"]));
  await press(page, button("提醒逾期的57个机关"));
  await page.getByRole("heading", { name: "提醒", exact: true }).waitFor();
  const text = page.getByLabel("提醒的内容");
  expect(await text.inputValue()).toContain(`${YEAR}年度政府信息公开工作年度报告尚未公布`);
  await look();
  await typeInto(page, text, "请各单位于本周五前公布。");
  await press(page, button("记下并发送"));
  await status("已记下第1次提醒（57个机关）。").waitFor();
  const { reminders } = await send("GET", `/reminders/${DIVISION}/${YEAR}`, undefined, "superior");
  expect(reminders).toMatchObject([{ version: 1, text: "请各单位于本周五前公布。" }]);
  expect(new Set(reminders[0].organs)).toEqual(
    new Set(organs.filter((organ) => !PUBLISHED.includes(organ)).map(({ uscc }) => uscc)),
  );
  await local.indexed();
  expect(told).toHaveLength(1);
  expect(told[0]).toContain("请各单位于本周五前公布。");
  expect(told[0]).toContain("等57个机关");
  await press(page, button("刷新"));
  await press(page, page.locator("summary", { hasText: "第1次" }));
  await page.getByText("已送到 group").waitFor();
  await look();
  await press(page, link("返回列表"));
  await press(page, button("刷新"));
  await rowOf(BUREAU).filter({ hasText: "提醒过" }).waitFor();
});

test("what is published is checked by rule, compared with each other, and noticed as the batch does", async () => {
  await openDesk();
  await press(page, link("核查与整改通知"));
  await status("已公布3份报告。").waitFor();
  await press(page, button("开始比对"));
  await status(/^有3对雷同/).waitFor();
  await page.getByRole("heading", { name: "整改通知（3个机关）" }).waitFor();
  await look();
  const { name, bytes } = await fileFrom(page, button("下载全部（ZIP，DOCX）"));
  expect(name).toBe("整改通知.zip");
  const notices = unzipSync(bytes);
  expect(Object.keys(notices).sort()).toEqual(PUBLISHED.map((organ) => `${organ.name}-${organ.uscc}.docx`).sort());
  const document = new TextDecoder().decode(unzipSync(Object.values(notices)[0]!)["word/document.xml"]);
  expect(document).toContain("B-ALIKE");
  const html = await fileFrom(page, button(`HTML：${PUBLISHED[0]!.name}的通知`));
  expect(new TextDecoder().decode(html.bytes)).toContain(`${PUBLISHED[0]!.name}：`);
});

test("a roll-up is opened at the desk, and its draft gone on with on the filing page", async () => {
  await openDesk();
  await press(page, link("汇总本级政府报告"));
  await tabTo(page, page.getByLabel("报告年度"));
  await press(page, button("汇总"));
  await status(/已汇总\d+个/).waitFor();
  await look();
  await press(page, button("打开草稿填报"));
  await page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/filing/");
  expect(await page.getByLabel("机关全称").inputValue()).toBe("云川市人民政府");
});

test("the address leads back to where one was, after signing in as well, and says nothing to others", async () => {
  await openDesk();
  const { hash } = new URL(page.url());
  expect(hash).toBe(`#/${DIVISION}/${YEAR}`);
  await page.reload();
  await page.getByRole("table").waitFor();
  const other = await context.newPage();
  await other.goto(`${local.url}/desk/${hash}`);
  await other.getByText("登录后查看").waitFor();
  expect(await other.getByRole("table").count()).toBe(0);
});
