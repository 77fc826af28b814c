import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { records } from "../../../src/publish/publish.ts";
import { usccCheckCharacter } from "../../../src/rules/check-character.ts";
import { axe, launchBrowser, watchedPage } from "../../support/browser.ts";
import { type FilingServer, startFiling } from "../../support/filing/server.ts";
import { readPieces } from "../../support/pdf.ts";
import { example, type MutableReport } from "../../support/service.ts";

let server: FilingServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];
let organs = 0;

beforeAll(async () => {
  server = await startFiling({ nianbao_divisions: "3301" });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  server.refuseTokens = false;
  server.expiresIn = 3600;
  context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  ({ page, faults } = await watchedPage(context));
});
afterEach(async () => {
  await context.close();
  // No policy was broken and nothing was thrown, whatever the test was about.
  expect(faults).toEqual([]);
});

/** A report of an organ that nothing is published of. */
async function report(): Promise<MutableReport> {
  const made = await example("hangzhou-2025");
  const code = `113301000${String(10_000_000 + organs++)}`;
  made["organ"] = { name: `杭州市第${organs}局`, uscc: `${code}${usccCheckCharacter(code)}` };
  return made;
}

const button = (name: string | RegExp, at: Page = page) =>
  at.getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) });

async function open(at: Page = page): Promise<void> {
  await at.goto(`${server.url}/filing/`);
  await at.locator("body[data-ready]").waitFor();
}

/** At the issuer, and back. */
async function chooseClerk(): Promise<void> {
  await button(/^王经办/).click();
  await page.getByText("已登录：").waitFor();
}

async function signIn(): Promise<void> {
  await open();
  await button("登录").click();
  await chooseClerk();
}

/** Opens a report as its file. */
async function openFile(content: unknown): Promise<void> {
  await page.setInputFiles("input[type=file]", {
    name: "report.json",
    mimeType: "application/json",
    buffer: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
  });
}

const saved = (): Promise<void> => page.getByText("草稿已保存").waitFor();
const overview = (at: Page = page) => at.getByLabel("总体情况");

async function toConfirmation(): Promise<void> {
  await button("核对并提交").click();
  await button("下一步：确认").click();
  await page.getByLabel(/我已核对/).check();
}

const published = ({ organ, year }: MutableReport) => records(server.store, organ.uscc, year);

/** What an API client files. */
const fileDirectly = (content: MutableReport): Promise<Response> => server.file(content);

describe("a clerk files a report", () => {
  it("sees it as the PDF that it will be, checks it, confirms, and gets a receipt with addresses, hashes and a QR code", async () => {
    const filed = await report();
    await signIn();
    await openFile(filed);
    const link = page.getByRole("link", { name: "下载预览PDF" });
    await link.waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const { pieces } = await readPieces(await readFile(await file.path()));
    expect(pieces.map(({ text }) => text.replace(/\s/g, "")).join("")).toContain(filed["organ"].name);
    expect(await axe(page)).toEqual([]);

    await button("核对并提交").click();
    await page.getByRole("heading", { name: "核对报告" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("核对报告");
    expect(await page.locator(".flow-facts").innerText()).toContain(filed["organ"].uscc);
    expect(await axe(page)).toEqual([]);
    await button("下一步：确认").click();
    expect(await page.getByText("公布后任何人都可以查阅，并且永久保留").isVisible()).toBe(true);
    await button("公布").click();
    expect(await page.getByRole("alert").innerText()).toContain("请先勾选");
    expect(await axe(page)).toEqual([]);
    await page.getByLabel(/我已核对/).check();
    await button("公布").click();

    await page.getByRole("heading", { name: "已公布" }).waitFor();
    const [record] = await published(filed);
    const text = await page.locator("main").innerText();
    for (const { sha256 } of record!.artefacts) expect(text).toContain(sha256);
    expect(text).toContain(`${server.url}/${filed["organ"].uscc}/2025/`);
    expect(text).toContain("这一版几分钟内记入公布日志");
    expect(await page.getByRole("img", { name: "核验网页的二维码" }).isVisible()).toBe(true);
    expect(await page.getByRole("link", { name: "核验公布的文件" }).getAttribute("href")).toBe(
      `${server.url}/verify.html#${filed["organ"].uscc}/2025/v1`,
    );
    if (process.env["SHOTS"])
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        await page.screenshot({ path: `${process.env["SHOTS"]}/receipt-${width}.png`, fullPage: true });
      }
    expect(await axe(page)).toEqual([]);
    const pdf = await page.getByRole("link", { name: "PDF" }).getAttribute("href");
    expect((await fetch(pdf!)).headers.get("content-type")).toBe("application/pdf");

    // The receipt is still there after a reload, and nothing is published twice.
    await page.reload();
    await page.getByRole("heading", { name: "已公布" }).waitFor();
    expect(await published(filed)).toHaveLength(1);
  });

  it("is led from a finding to its cell, and answers warnings before going on", async () => {
    const broken = await report();
    broken["requests"].received.naturalPerson += 3;
    broken["signed"] = "2026-03-05";
    await signIn();
    await openFile(broken);
    await button("核对并提交").click();
    await button("下一步：确认").click();
    const summary = page.getByRole("alert");
    expect(await summary.innerText()).toContain("表三");
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("flow-summary");
    expect(await axe(page)).toEqual([]);
    await button(/一、本年新收政府信息公开申请数量／自然人/)
      .first()
      .click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("/requests/received/naturalPerson");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(String(broken["requests"].received.naturalPerson - 3));
    await button("核对并提交").click();
    await button("下一步：确认").click();
    await page.getByRole("link", { name: /请说明：.*晚于公布期限/ }).click();
    await page.keyboard.type("因机构合并，数据核对延期。");
    await button("下一步：确认").click();
    await page.getByLabel(/我已核对/).check();
    await button("公布").click();
    await page.getByRole("heading", { name: "已公布" }).waitFor();
    expect((await published(broken))[0]?.explanations).toEqual({ "F-DATE": "因机构合并，数据核对延期。" });
  });

  it("is told in English what is wrong with a file", async () => {
    await open();
    await button("English").click();
    await openFile('{"edition": "2021",}');
    expect(await page.getByRole("alert").innerText()).toMatch(/The file was not opened: line 1, column \d+/);
    expect(await axe(page)).toEqual([]);
  });

  it("starts an empty report of an organ and year, which is among the drafts later", async () => {
    const { organ } = await report();
    await open();
    await button("下一步").click();
    expect(await page.getByRole("alert").innerText()).toContain("十八位");
    await page.getByLabel("统一社会信用代码").fill(organ.uscc.toLowerCase());
    await page.getByLabel("报告年度").fill("2025");
    await page.keyboard.press("Enter");
    await page.getByText("2025年度报告尚未公布。").waitFor();
    await page.getByLabel("机关名称").fill(organ.name);
    await button("开始填报").click();
    await overview().fill("全年主动公开信息。");
    await saved();
    await button("返回首页").click();
    await button(new RegExp(`打开${organ.name}2025年度的草稿`)).click();
    expect(await overview().inputValue()).toBe("全年主动公开信息。");
    await button("返回首页").click();
    await button(new RegExp(`删除${organ.name}`)).click();
    await button("确定删除").click();
    await page.getByText("没有草稿。").waitFor();
  });
});

describe("whatever happens, nothing that was typed is lost", () => {
  it("offline: the submission waits, goes on by itself under its key, and is published once", async () => {
    const filed = await report();
    await signIn();
    await openFile(filed);
    await toConfirmation();
    const keys: (string | undefined)[] = [];
    page.on(
      "request",
      (r) => r.method() === "POST" && r.url().endsWith("/reports") && keys.push(r.headers()["idempotency-key"]),
    );
    await context.setOffline(true);
    await page.getByText("网络已断开。可以继续填写").waitFor();
    await button("公布").click();
    await page.getByText("联网后会自动继续").waitFor();
    expect(await axe(page)).toEqual([]);
    await context.setOffline(false);
    await page.getByRole("heading", { name: "已公布" }).waitFor();
    expect(new Set(keys).size).toBe(1);
    expect(await published(filed)).toHaveLength(1);
  });

  it("an answer that is lost on its way: the same submission again, published once", async () => {
    const filed = await report();
    await signIn();
    await openFile(filed);
    await toConfirmation();
    const keys: (string | undefined)[] = [];
    await page.route("**/reports", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length > 1) return route.continue();
      // Published, and nobody is told.
      await route.fetch();
      return route.abort("connectionreset");
    });
    await button("公布").click();
    await page.getByRole("heading", { name: "已公布" }).waitFor();
    expect(keys).toHaveLength(2);
    expect(keys[1]).toBe(keys[0]);
    expect(await published(filed)).toHaveLength(1);
  });

  it("a reload while it is being sent: it is gone on with under the same key", async () => {
    const filed = await report();
    await signIn();
    await openFile(filed);
    await toConfirmation();
    const keys: (string | undefined)[] = [];
    await page.route("**/reports", async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      await page.reload();
    });
    await button("公布").click();
    await page.getByText("上一次提交没有收到答复").waitFor();
    await button("继续提交").click();
    await page.getByRole("heading", { name: "已公布" }).waitFor();
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(await published(filed)).toHaveLength(1);
  });

  it("a session that ends in the middle: everything is kept over the sign-in, and goes on where one was", async () => {
    const filed = await report();
    await signIn();
    await openFile(filed);
    await overview().fill("登录到期前写的一句话。");
    await toConfirmation();
    server.refuseTokens = true;
    await button("公布").click();
    await page.getByText("登录已到期").first().waitFor();
    expect(await axe(page)).toEqual([]);
    server.refuseTokens = false;
    await page.locator("main").getByRole("button", { name: "重新登录" }).last().click();
    await chooseClerk();
    await button("继续提交").click();
    await page.getByRole("heading", { name: "已公布" }).waitFor();
    const stored = await (await fetch(`${server.url}/${filed["organ"].uscc}/2025/report.json`)).json();
    expect(stored.overview.body[0].text).toBe("登录到期前写的一句话。");
  });

  it("a refusal that is no fault of the report: why is said, and everything is kept", async () => {
    const filed = await report();
    await signIn();
    await openFile(filed);
    await toConfirmation();
    const detail = `您的账号不能为${filed["organ"].uscc}公布报告`;
    await page.route("**/reports", (route) =>
      route.fulfill({
        status: 403,
        contentType: "application/problem+json",
        json: { status: 403, title: "没有权限", titleEn: "Forbidden", detail, detailEn: "" },
      }),
    );
    await button("公布").click();
    await page.getByText(`没有权限：${detail}`).waitFor();
    await page.unroute("**/reports");
    await button("上一步").click();
    await button("返回修改").click();
    expect(await overview().inputValue()).toBe(filed["overview"].body[0].text);
    expect(await published(filed)).toHaveLength(0);
  });

  it("a session that is about to end says so beforehand", async () => {
    server.expiresIn = 200;
    await signIn();
    expect(await page.getByText("登录将在4分钟后到期").isVisible()).toBe(true);
    server.expiresIn = 3600;
    await button("续期").click();
    await chooseClerk();
    await page.getByText("登录将在").waitFor({ state: "detached" });
  });

  it("a page that crashes right after a key was pressed", async () => {
    await open();
    await openFile(await report());
    await saved();
    await overview().fill("崩溃前写的一句话。");
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    void session.send("Page.crash").catch(() => undefined);
    await crashed;
    const next = await watchedPage(context);
    await open(next.page);
    await button(/^打开杭州市第/, next.page)
      .first()
      .click();
    expect(await overview(next.page).inputValue()).toBe("崩溃前写的一句话。");
    expect(next.faults).toEqual([]);
  });

  it("two tabs on one draft: both know, and what is typed later does not overwrite what was typed before", async () => {
    await open();
    await openFile(await report());
    await saved();
    const other = await watchedPage(context);
    await open(other.page);
    await button(/^打开杭州市第/, other.page).click();
    await page.getByText("也在另一个标签页里打开着").waitFor();
    await other.page.getByText("也在另一个标签页里打开着").waitFor();
    await overview().fill("第一个标签页写的。");
    await saved();
    await other.page.getByText("另一个标签页改过这份草稿。").waitFor();
    await overview(other.page).fill("第二个标签页写的。");
    await other.page.getByText("您的内容已另存为一份").waitFor();
    await other.page.reload();
    await other.page.locator("body[data-ready]").waitFor();
    expect(await overview(other.page).inputValue()).toBe("第二个标签页写的。");
    await page.reload();
    await page.locator("body[data-ready]").waitFor();
    expect(await overview().inputValue()).toBe("第一个标签页写的。");
    expect(other.faults).toEqual([]);
  });
});

describe("what is published is corrected and withdrawn", () => {
  it("whoever comes second is shown what stands, and corrects it with a reason; the differences are shown before", async () => {
    const first = await report();
    expect((await fileDirectly(first)).status).toBe(201);
    const second = structuredClone(first);
    second["overview"].body[0].text = "与已公布的不同的一句话。";
    await signIn();
    await openFile(second);
    await toConfirmation();
    await button("公布").click();
    await page.getByRole("heading", { name: "该年度的报告已经公布" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await button("以我的内容更正第1版").click();
    await page.getByRole("heading", { name: "核对更正" }).waitFor();
    const table = page.getByRole("table", { name: "与第1版的不同（1）" });
    await table.waitFor();
    expect(await table.innerText()).toContain("与已公布的不同的一句话。");
    expect(await table.innerText()).toContain(first["overview"].body[0].text);
    await button("下一步：确认").click();
    expect(await page.getByRole("alert").innerText()).toContain("请填写理由");
    await page.getByLabel("理由").fill("原文有一处表述不准确。");
    expect(await axe(page)).toEqual([]);
    await button("下一步：确认").click();
    await page.getByLabel(/我已核对/).check();
    await button("公布更正").click();
    await page.getByRole("heading", { name: "更正已公布" }).waitFor();
    const versions = await published(first);
    expect(versions.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["original", undefined],
      ["correction", "原文有一处表述不准确。"],
    ]);
  });

  it("a correction begins with the published report; a withdrawal wants its reason and a typed word", async () => {
    const filed = await report();
    expect((await fileDirectly(filed)).status).toBe(201);
    await signIn();
    const lookUp = async (): Promise<void> => {
      await page.getByLabel("统一社会信用代码").fill(filed["organ"].uscc);
      await page.getByLabel("报告年度").fill("2025");
      await button("下一步").click();
    };
    await lookUp();
    await page.getByText(`${filed["organ"].name}2025年度报告已公布第1版`).waitFor();
    expect(await axe(page)).toEqual([]);
    await button("更正").click();
    expect(await overview().inputValue()).toBe(filed["overview"].body[0].text);
    await button("核对并提交").click();
    await page.getByText("与第1版没有不同，无须更正。").first().waitFor();
    await button("返回修改").click();
    await button("返回首页").click();

    await lookUp();
    await button("撤回").click();
    await page.getByRole("heading", { name: "撤回报告" }).waitFor();
    await button("公布撤回").click();
    expect(await page.getByRole("alert").innerText()).toContain("请填写理由");
    expect(await axe(page)).toEqual([]);
    await page.getByLabel("理由").fill("报送主体有误。");
    await page.getByLabel("输入“撤回2025”以确认").fill("撤回2025");
    await button("公布撤回").click();
    await page.getByRole("heading", { name: "撤回已公布" }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect((await published(filed)).at(-1)).toMatchObject({ kind: "withdrawal", version: 2, reason: "报送主体有误。" });
  });
});

describe("the preview", () => {
  it("stands in the browser's viewer, follows the form, and keeps the page that was chosen and the typing where it was", async () => {
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "pdfViewerEnabled", { get: () => true }));
    await signIn();
    await openFile(await report());
    const frames = page.locator("iframe");
    await frames.waitFor({ state: "attached" });
    const first = await frames.getAttribute("src");
    expect(first).toMatch(/^blob:.*#page=1&/);
    const pages = page.getByLabel("页");
    await pages.selectOption("3");
    await expect.poll(() => frames.last().getAttribute("src")).toMatch(/#page=3&/);
    await overview().fill("改过的一句话。");
    await expect
      .poll(async () => (await frames.last().getAttribute("src"))?.split("#")[0])
      .not.toBe(first?.split("#")[0]);
    expect(await frames.last().getAttribute("src")).toMatch(/#page=3&/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("/overview/body/0/text");
    await button("收起预览").click();
    expect(await frames.count()).toBe(0);
  });

  it("keeps the last good one while the service is away, and catches up when it is back", async () => {
    await signIn();
    await openFile(await report());
    const link = page.getByRole("link", { name: "下载预览PDF" });
    await link.waitFor();
    const before = await link.getAttribute("href");
    await context.setOffline(true);
    await overview().fill("断网时写的一句话。");
    await page.getByText("显示的是较早的内容：网络已断开").waitFor();
    expect(await link.getAttribute("href")).toBe(before);
    await context.setOffline(false);
    await page.getByText("显示的是较早的内容").waitFor({ state: "detached" });
    expect(await link.getAttribute("href")).not.toBe(before);
  });

  it("is a step of its own on a narrow screen, left with Escape", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await signIn();
    await openFile(await report());
    await button("显示预览").click();
    await page.getByRole("dialog", { name: "预览" }).waitFor();
    await page.getByRole("link", { name: "下载预览PDF" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await button("显示预览").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
