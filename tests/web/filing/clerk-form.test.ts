/** A clerk fills in the form with a mouse, at human speed, on what `npm start` runs. */
import type { Locator } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { pasteInto } from "../../support/filing-form/page.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press } from "../../support/keyboard.ts";
import { example, type MutableReport, ofYear, withoutCounts } from "../../support/service.ts";

const DISCLOSURE = "主动公开政府信息情况";
const REQUESTS = "收到和处理政府信息公开申请情况";
const REMEDIES = "政府信息公开行政复议、行政诉讼情况";

let report: MutableReport;
const clerk = filingPage({
  prepare: async (local) => {
    report = await example("hangzhou-2025");
    const before = withoutCounts(report);
    Object.assign(before, { year: 2024, signed: "2025-01-20" });
    if (before["preamble"]) before["preamble"] = ofYear(before["preamble"], 2024);
    const answer = await local.file(before);
    expect([answer.status, await answer.text()]).toEqual([201, expect.anything()]);
  },
});
const { button, cell, step } = clerk;

beforeEach(async () => {
  await clerk.forget({ organ: report["organ"], year: 2025 });
  await clerk.signIn();
  await clerk.openReport(report);
  await clerk.page.getByText("已找到2024年度报告").waitFor();
});

const heading = (name: string): Promise<void> => clerk.page.getByRole("heading", { level: 2, name }).waitFor();
const next = () => clerk.page.getByRole("link", { name: /^下一步/ });
const remarks = () => clerk.page.locator(".remark, .outcome");
const steps = () => clerk.page.getByRole("navigation", { name: "填报步骤" });

/** The place of something once it has kept it for a while, as whoever looks at the page before pressing waits for. */
async function stillBox(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
  for (let before = ""; ; ) {
    await target.scrollIntoViewIfNeeded();
    const box = (await target.boundingBox())!;
    if (JSON.stringify(box) === before) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    before = JSON.stringify(box);
    await clerk.page.waitForTimeout(400);
  }
}

/** As a hand does it: the button is down for a tenth of a second and more. A press that missed what it was for is none. */
async function clickSlowly(target: Locator): Promise<void> {
  for (let hit = false; !hit; ) {
    const { x, y } = await stillBox(target);
    await clerk.page.mouse.move(x, y);
    await clerk.page.mouse.down();
    hit = await target.evaluate((element) => element.matches(":active"));
    if (hit) await clerk.page.waitForTimeout(200);
    await clerk.page.mouse.up();
  }
}

describe("下一步 is followed though leaving a field says something that moves the page", () => {
  test("of a figure that is read otherwise than typed, and of one that breaks a rule", async () => {
    await step(REMEDIES);
    await heading(REMEDIES);
    await cell("/remedies/review/upheld").click();
    await clerk.page.keyboard.type("９９");
    await clickSlowly(next());
    await heading("存在的主要问题及改进情况");
    await step(REMEDIES);
    await cell("/remedies/review/upheld").click();
    await clerk.page.keyboard.type("读不出");
    await clickSlowly(next());
    await heading("存在的主要问题及改进情况");
    await step(REMEDIES);
    await clerk.page.locator(".remarks .remark.error").first().waitFor();
  });

  test("of a date that is too early and of a paragraph with a telephone number", async () => {
    await step("机关与日期");
    await clerk.page.getByLabel("成文日期").fill("2024-01-01");
    await clerk.page.getByLabel("机关全称").click();
    await clerk.page.getByLabel("机关全称").fill("");
    await clickSlowly(next());
    await heading("总体情况");
    await cell("/overview/body/0/text").click();
    await clerk.page.keyboard.press("End");
    await clerk.page.keyboard.type("联系电话13812345678。");
    await clickSlowly(next());
    await heading(DISCLOSURE);
    await step("总体情况");
    await remarks().filter({ hasText: "手机号码" }).first().waitFor();
  });
});

describe("a pasted table", () => {
  const outcome = () => clerk.page.locator(".outcome");

  test("with blanks for zeros raises no alarm about its totals", async () => {
    await step(REMEDIES);
    await cell("/remedies/review/upheld").click();
    await pasteInto(clerk.page, { text: "1\t\t\t\t1\n" });
    await outcome().filter({ hasText: "粘贴了1格" }).waitFor();
    expect(await outcome().innerText()).toContain("3格是空白");
    expect(await outcome().innerText()).not.toContain("不符");
  });

  test("whose total is not its sum says so until that is mended", async () => {
    await step(REMEDIES);
    await cell("/remedies/review/upheld").click();
    await pasteInto(clerk.page, { text: "1\t\t2\t\t4\n" });
    await outcome().filter({ hasText: "原为4，合计为3" }).waitFor();
    await cell("/remedies/review/corrected").click();
    await clerk.page.keyboard.type("1");
    await clerk.page.keyboard.press("Enter");
    await outcome().filter({ hasText: "不符" }).waitFor({ state: "detached" });
    // Of what is blank it is still said, until that is filled in.
    expect(await outcome().innerText()).toContain("1格是空白");
    await press(clerk.page, button(/^空格填 0/));
    await outcome().waitFor({ state: "detached" });
  });
});

test("who types into a 总计 is told that it is computed", async () => {
  await step(REQUESTS);
  const total = cell("/requests/results/total/total");
  await total.click();
  const before = await total.inputValue();
  await clerk.page.keyboard.type("7");
  const told = clerk.page.getByRole("status").filter({ hasText: "自动合计，不用填" });
  await told.waitFor();
  const box = (await told.boundingBox())!;
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThanOrEqual(900);
  expect(await total.inputValue()).toBe(before);
  await clerk.look();
  await clerk.page.keyboard.press("ArrowLeft");
  await told.waitFor({ state: "detached" });
});

test("last year's figures say that they are last year's, or are off in every table", async () => {
  await step(REQUESTS);
  const empty = cell("/requests/received/naturalPerson");
  await empty.click();
  await clerk.page.keyboard.press("Delete");
  const last = clerk.page.locator(`[data-cell="/requests/received/naturalPerson"] .last-year`);
  expect(await last.innerText()).toBe(`上年 ${report["requests"].received.naturalPerson}`);
  await clerk.page.getByLabel("显示上年数").click();
  expect(await clerk.page.locator(".last-year").count()).toBe(0);
  await step(REMEDIES);
  await heading(REMEDIES);
  expect(await clerk.page.locator(".last-year").count()).toBe(0);
  await clerk.page.getByLabel("显示上年数").click();
  expect(await clerk.page.locator(".last-year").first().innerText()).toMatch(/^上年 /);
});

test("a step that a warning keeps from publication is not called done until it is explained", async () => {
  await clerk.page.getByLabel("成文日期").fill("2026-05-20");
  await clerk.page.getByLabel("机关全称").focus();
  const organ = steps().getByRole("link", { name: "机关与日期" });
  await expect.poll(() => organ.innerText()).toContain("1处提醒");
  expect(await organ.innerText()).not.toContain("已完成");
  expect(await organ.innerText()).not.toContain("✓");
  await clerk.page.getByRole("textbox", { name: /请说明理由.*晚于公布期限/ }).fill("机构合并，数据核对延期。");
  await expect.poll(() => organ.innerText()).toContain("已完成");
});

describe("what is wrong is told once", () => {
  const times = async (text: string): Promise<number> =>
    (await clerk.page.locator("main").innerText()).split(text).length - 1;

  test("of a figure: in the table, under its row", async () => {
    await step(REMEDIES);
    await cell("/remedies/review/upheld").click();
    await clerk.page.keyboard.type("读不出");
    await clerk.page.keyboard.press("Enter");
    await clerk.page.locator(".remarks .remark.error").waitFor();
    const message = await clerk.page.locator(".remarks .remark.error").first().innerText();
    expect(await times(message.replace(/^错误\s*/, ""))).toBe(1);
    await clerk.look();
  });

  test("of a paragraph: a warning where it is answered, an error beside its paragraph", async () => {
    await step("总体情况");
    await cell("/overview/body/0/text").click();
    await clerk.page.keyboard.press("End");
    await clerk.page.keyboard.type("联系电话13812345678。");
    await clerk.page.getByRole("heading", { level: 2 }).click();
    await remarks().filter({ hasText: "手机号码" }).first().waitFor();
    expect(await times("手机号码")).toBe(1);
    const described = await cell("/overview/body/0/text").getAttribute("aria-describedby");
    expect(await clerk.page.locator(`[id="${described!.split(" ")[0]}"]`).innerText()).toContain("手机号码");
  });

  test("of the date", async () => {
    await clerk.page.getByLabel("成文日期").fill("2026-05-20");
    await clerk.page.getByLabel("机关全称").focus();
    await remarks().filter({ hasText: "晚于公布期限" }).first().waitFor();
    expect(await times("晚于公布期限")).toBe(1);
  });
});

test("no rule's code is addressed to the clerk", async () => {
  await clerk.page.getByLabel("成文日期").fill("2026-05-20");
  await step(REQUESTS);
  await cell("/requests/received/naturalPerson").click();
  await clerk.page.keyboard.type("99999");
  await clerk.page.keyboard.press("Enter");
  for (const name of ["检查与提交", "机关与日期", "总体情况", DISCLOSURE, REQUESTS, REMEDIES]) {
    await step(name);
    await heading(name);
    expect(await clerk.page.locator("main").innerText()).not.toMatch(/\b[A-Z]\d?-[A-Z]/);
  }
});

describe("the preview", () => {
  test.each([1280, 1366])("is in view beside the form at %d px", async (width) => {
    await clerk.page.setViewportSize({ width, height: 768 });
    for (const name of ["机关与日期", REQUESTS]) {
      await step(name);
      await heading(name);
      await clerk.page.evaluate(() => scrollTo(0, 0));
      const box = (await clerk.page.getByRole("complementary", { name: "预览" }).boundingBox())!;
      expect(box.y + 200).toBeLessThanOrEqual(768);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
      const form = (await clerk.page.locator("main").boundingBox())!;
      expect(form.x + form.width).toBeLessThanOrEqual(box.x);
      expect(await clerk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  });

  test("is there again after the window was small", async () => {
    await clerk.page.getByRole("link", { name: "下载预览PDF" }).waitFor();
    await clerk.page.setViewportSize({ width: 390, height: 844 });
    await button("显示预览").waitFor();
    expect(await clerk.page.getByRole("dialog").count()).toBe(0);
    await clerk.page.setViewportSize({ width: 1280, height: 900 });
    await button("收起预览").waitFor();
    await clerk.page.getByRole("link", { name: "下载预览PDF" }).waitFor();
    // What somebody put away stays away.
    await press(clerk.page, button("收起预览"));
    await button("显示预览").waitFor();
    await clerk.page.setViewportSize({ width: 390, height: 844 });
    await clerk.page.setViewportSize({ width: 1280, height: 900 });
    await button("显示预览").waitFor();
  });
});

test("what is printed of a step begins with the form, and nothing of it is cut off", async () => {
  await step(REQUESTS);
  await heading(REQUESTS);
  await clerk.page.emulateMedia({ media: "print" });
  const seen = await clerk.page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>("body *")].filter(
      (element) => element.checkVisibility() && !element.closest(".hidden, .skip") && element.childElementCount === 0,
    );
    const box = document.querySelector(".scroll")!;
    return [shown.find(({ innerText }) => innerText?.trim())?.innerText, box.scrollHeight - box.clientHeight];
  });
  expect(seen).toEqual([expect.stringContaining(REQUESTS), 0]);
  expect(await clerk.page.getByRole("button").filter({ visible: true }).count()).toBe(0);
  await clerk.page.emulateMedia({ media: "screen" });
});

test("last year's text stands beside this year's, and is taken over to be revised", async () => {
  const [section] = ["存在的主要问题及改进情况"];
  const problems = [{ type: "paragraph", text: "" }];
  await clerk.anew();
  await clerk.signIn();
  await clerk.openReport({ ...report, problems: { body: problems } });
  await step(section!);
  await clerk.page.getByLabel("并排显示上年的文字").check();
  const last = clerk.page.getByRole("region", { name: "2024年度" });
  await last.waitFor();
  await clerk.look();
  const [field, beside] = [(await cell("/problems/body/0/text").boundingBox())!, (await last.boundingBox())!];
  expect(beside.x).toBeGreaterThanOrEqual(field.x + field.width);
  await press(clerk.page, last.getByRole("button", { name: "全部抄到本年" }));
  const texts = () =>
    clerk.page
      .locator("textarea[data-pointer^='/problems/body/']")
      .evaluateAll((all) => all.map((a) => (a as HTMLTextAreaElement).value));
  const before = withoutCounts(report)["problems"].body.map((item: { text: string }) => item.text);
  await expect.poll(texts).toEqual(before);
  await press(clerk.page, button(/撤销/));
  await expect.poll(texts).toEqual([""]);
  await press(clerk.page, last.getByRole("button", { name: /^抄这一段/ }).first());
  await expect.poll(texts).toEqual([before[0]]);
});
