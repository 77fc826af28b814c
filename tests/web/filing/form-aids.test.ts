/** What the form offers beyond its fields: help, last year's words, and the parts of a report that came in one piece. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axe } from "../../support/browser.ts";
import { beginReport, openPage, pasteInto, servePages } from "../../support/filing-form/page.ts";
import { example, type MutableReport } from "../../support/service.ts";

const USCC = "11330100002489015P";
const REPEATED =
  "进一步健全政府信息公开工作机制，围绕重点领域及时公开规划、预算和采购信息，回应社会关切，全年没有发生因公开不及时引起的投诉。";

let pages: Awaited<ReturnType<typeof servePages>>;
let lastYear: MutableReport;

beforeAll(async () => {
  lastYear = await example("hangzhou-2025");
  Object.assign(lastYear, { year: 2024, signed: "2025-01-20" });
  for (const key of ["overview", "problems", "other"])
    lastYear[key].body = [{ type: "paragraph", text: `去年，${REPEATED}` }];
  pages = await servePages({ [`${USCC}/2024`]: lastYear });
});
afterAll(async () => {
  await pages.close();
});

const cell = (page: Page, pointer: string) => page.locator(`[data-pointer="${pointer}"]`);
async function toStep(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "填报步骤" }).getByRole("link", { name }).press("Enter");
  await page.getByRole("heading", { level: 2, name }).waitFor();
}
const scrolled = (page: Page) => page.evaluate(() => [document.documentElement.scrollHeight, scrollY]);

test("what a row counts is said on F1 and beside the row, without anything moving, with keys and by touch", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2025, "杭州市人民政府");
  await toStep(page, "收到和处理政府信息公开申请情况");
  const partly = cell(page, "/requests/results/partlyGranted/naturalPerson");
  expect(await partly.getAttribute("aria-keyshortcuts")).toBe("F1");
  await partly.focus();
  const before = [await partly.boundingBox(), await scrolled(page)];
  await page.keyboard.press("F1");
  const panel = page.locator(".help-panel");
  await panel.waitFor();
  expect(await panel.innerText()).toContain("只在这里计一次");
  expect(await panel.getAttribute("role")).toBe("status");
  expect([await partly.boundingBox(), await scrolled(page)]).toEqual(before);
  expect(await axe(page)).toEqual([]);
  // The figure can be typed while it is read; Escape puts it away and nothing else.
  await page.keyboard.type("4");
  await page.keyboard.press("Enter");
  expect(await partly.inputValue()).toBe("4");
  expect(await panel.count()).toBe(1);
  await page.keyboard.press("Escape");
  expect(await panel.count()).toBe(0);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("[role=grid]") !== null)).toBe(true);

  // A row without help has none.
  await cell(page, "/requests/results/granted/naturalPerson").focus();
  await page.keyboard.press("F1");
  expect(await panel.count()).toBe(0);

  // On a telephone, by touch.
  await page.setViewportSize({ width: 390, height: 844 });
  const row = page.getByRole("row", { name: /^（二）部分公开/ });
  const mark = row.getByRole("button", { name: "说明" });
  await mark.click();
  expect(await mark.getAttribute("aria-expanded")).toBe("true");
  expect(await panel.innerText()).toContain("只在这里计一次");
  const { x, width } = (await panel.boundingBox())!;
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(390);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await axe(page)).toEqual([]);
  await panel.getByRole("button", { name: "关闭" }).click();
  expect(await panel.count()).toBe(0);
  expect(await mark.evaluate((element) => element === document.activeElement)).toBe(true);

  // What a part as a whole counts, and in the other language.
  await page.getByText("填写说明").click();
  expect(await page.locator(".section-help").innerText()).toContain("一件申请只计一次");
  await page.getByRole("button", { name: "English" }).click();
  expect(await page.locator(".section-help").innerText()).toContain("Each request counts once");
  expect(faults).toEqual([]);
  await close();
});

test("a text that is last year's stands beside it, with what is the same marked", async () => {
  const { page, faults, close } = await openPage(pages.url);
  const report = await example("hangzhou-2025");
  for (const key of ["overview", "problems", "other"])
    report[key].body = [{ type: "paragraph", text: `今年，${REPEATED}` }];
  await page.setInputFiles("input[type=file]", {
    name: "report.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(report)),
  });
  await page.getByText("已找到2024年度报告").waitFor();
  await toStep(page, "检查与提交");
  const open = page.getByText("与上年的文字并排看（相同的标出）");
  await open.first().waitFor();
  await open.first().press("Enter");
  const beside = page.locator(".two-texts").first();
  await beside.waitFor();
  // 今年 and 去年 share one letter, which is chance.
  const unmarked = await beside
    .locator("p")
    .evaluateAll((texts) =>
      texts.map((text) =>
        [...text.childNodes].filter((node) => node.nodeName === "#text").map((node) => node.textContent),
      ),
    );
  expect(unmarked[0]![0]).toMatch(/^今/);
  expect(unmarked[1]![0]).toMatch(/^去/);
  expect((await beside.locator("mark").first().innerText()).endsWith(REPEATED.slice(0, -1))).toBe(true);
  expect(await beside.getByRole("heading").allInnerTexts()).toEqual(["2025年度", "2024年度"]);
  const [left, right] = await Promise.all([0, 1].map((i) => beside.locator("> div").nth(i).boundingBox()));
  expect(Math.abs(left!.y - right!.y)).toBeLessThan(2);
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await axe(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});

test("a whole report pasted into one part is put into its parts in one step, and back in one", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2025, "某县水利局");
  await toStep(page, "总体情况");
  await cell(page, "/overview/body/0/text").focus();
  await pasteInto(page, {
    text: [
      "一、总体情况",
      "主动公开：及时公开水情。",
      "二、主动公开政府信息情况",
      "规章 0 0 0",
      "本表的件数含与其他部门联合印发的。",
      "三、收到和处理政府信息公开申请情况",
      "四、政府信息公开行政复议、行政诉讼情况",
      "五、存在的主要问题及改进情况",
      "目录更新得慢，明年起每月核对一次。",
      "六、其他需要报告的事项",
      "没有收取信息处理费。",
      "某县水利局",
      "2026年1月20日",
    ].join("\n"),
  });
  const offer = page.getByRole("button", { name: /^分到各部分：一、总体情况；/ });
  await offer.waitFor();
  expect(await axe(page)).toEqual([]);
  await offer.press("Enter");
  const outcome = page.locator(".outcome", { hasText: "已放入" });
  await outcome.waitFor();
  // What belongs into a table is named and put nowhere.
  expect(await outcome.locator("li").allInnerTexts()).toEqual(["规章 0 0 0"]);
  expect(await axe(page)).toEqual([]);
  const texts = () =>
    page
      .locator("textarea[data-pointer$='/text']")
      .evaluateAll((all) => all.map((a) => (a as HTMLTextAreaElement).value));
  expect(await texts()).toEqual(["主动公开：及时公开水情。"]);
  await toStep(page, "存在的主要问题及改进情况");
  expect(await texts()).toEqual(["目录更新得慢，明年起每月核对一次。"]);
  await toStep(page, "其他需要报告的事项");
  expect(await texts()).toEqual(["没有收取信息处理费。"]);
  await toStep(page, "主动公开政府信息情况");
  expect(await texts()).toEqual(["本表的件数含与其他部门联合印发的。"]);
  await page.getByRole("button", { name: /撤销/ }).press("Enter");
  await toStep(page, "总体情况");
  expect((await texts()).length).toBe(13);
  expect(faults).toEqual([]);
  await close();
});
