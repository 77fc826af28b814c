/**
 * Pictures of the filing pages, of what `npm start` runs: a clerk files the Liaocheng report and corrects it.
 *
 *     node scripts/screenshots-filing.ts [folder]      docs/images/filing when none is named
 */
import { mkdir } from "node:fs/promises";
import type { Page } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";
import { startTestLocal } from "../tests/support/local.ts";
import { savePicture } from "../tests/support/picture.ts";
import { example, ofYear, withoutCounts } from "../tests/support/service.ts";

const folder = process.argv[2] ?? "docs/images/filing";
await mkdir(folder, { recursive: true });
const local = await startTestLocal({ port: Number(process.env["PORT"] ?? 0) });
const browser = await launchBrowser();
const context = await browser.newContext({ locale: "zh-CN" });
const page = await context.newPage();

const SIZES = { desktop: [1280, 900], phone: [360, 740] } as const;
type Look = `${keyof typeof SIZES}-${"light" | "dark"}`;

/** The page as it is, in each look. */
async function take(name: string, ...looks: readonly Look[]): Promise<void> {
  await page.getByText("正在保存草稿").waitFor({ state: "detached" });
  for (const look of looks) {
    const [size, colorScheme] = look.split("-") as [keyof typeof SIZES, "light" | "dark"];
    const [width, height] = SIZES[size];
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => document.fonts.ready);
    const table = page.locator(".scroll");
    const file = `${folder}/${name}-${look}.webp`;
    // The table as it is seen while one works in it: what sticks to the window's edge is where it would be.
    if ((await table.count()) > 0) {
      await table.evaluate((box) =>
        scrollTo(0, box.getBoundingClientRect().top + scrollY - (innerWidth > 960 ? 330 : 16)),
      );
      await savePicture(page, file);
    } else await savePicture(page, file, 1000);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

const click = (name: string | RegExp): Promise<void> => page.getByRole("button", { name }).first().click();
const step = (name: string): Promise<void> =>
  page.getByRole("navigation", { name: "填报步骤" }).getByRole("link", { name }).click();
const heading = (name: string): Promise<void> => page.getByRole("heading", { level: 2, name }).waitFor();
const typeFigure = async (at: Page, pointer: string, figure: string): Promise<void> => {
  await at.locator(`[data-pointer="${pointer}"]`).focus();
  await at.keyboard.type(figure);
  await at.keyboard.press("Enter");
};

/** Says something to every warning. */
async function explain(): Promise<void> {
  await page
    .getByLabel(/^情况属实的，请说明理由/)
    .first()
    .waitFor();
  for (const answer of await page.getByLabel(/^情况属实的，请说明理由/).all())
    await answer.fill("本年机构合并，登记业务并入。");
}

try {
  const report = await example("liaocheng-2020");
  const lastYear = withoutCounts(report);
  Object.assign(lastYear, { year: 2019, signed: "2020-01-20", preamble: ofYear(report["preamble"], 2019) });
  Object.assign(lastYear["disclosure"].licensing, { change: 0, decisions: 0 });
  Object.assign(lastYear["disclosure"].penalties, { change: 0, decisions: 12 });
  const answer = await local.file(lastYear);
  if (answer.status !== 201) throw new Error(await answer.text());

  await page.goto(`${local.url}/filing/`);
  await click("登录");
  await click(/^填报人/);
  await page.getByText("已登录：").waitFor();
  await page.setInputFiles("input[type=file]", {
    name: "report.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(report)),
  });
  await heading("机关与日期");
  await page.getByText("已找到2019年度报告").waitFor();
  await step("总体情况");
  await take("narrative", "desktop-light", "phone-light");
  await step("收到和处理政府信息公开申请情况");
  await typeFigure(page, "/requests/received/naturalPerson", "8");
  await page.locator(".remarks .error").waitFor();
  await take("table", "desktop-light", "desktop-dark", "phone-light");
  await typeFigure(page, "/requests/received/naturalPerson", "9");
  await page.locator('[data-pointer="/requests/results/partlyGranted/naturalPerson"]').focus();
  await page.keyboard.press("F1");
  await page.locator(".help-panel").waitFor();
  await take("help", "desktop-light", "phone-light");
  await page.keyboard.press("Escape");
  await step("检查与提交");
  await explain();
  await click("核对并提交");
  await heading("核对报告");
  await take("review", "desktop-light", "desktop-dark");
  await click("下一步：确认");
  await page.getByLabel(/我已核对/).check();
  await click("公布");
  await heading("已公布");
  await take("receipt", "desktop-light");

  await click("处理另一份报告");
  await page.getByRole("textbox", { name: "统一社会信用代码" }).fill(report["organ"].uscc);
  await page.getByRole("textbox", { name: "报告年度" }).fill("2020");
  await click("下一步");
  await page.getByText("2020年度报告已公布第1版").waitFor();
  await take("entry", "desktop-light");
  await click("更正");
  await step("主动公开政府信息情况");
  await typeFigure(page, "/disclosure/procurement/projects", "29");
  await step("检查与提交");
  await explain();
  await click("核对并提交");
  await heading("核对更正");
  await page.getByLabel("理由").fill("采购项目漏计一个。");
  await take("correction", "desktop-light");
  await click("下一步：确认");
  await page.getByLabel(/我已核对/).check();
  await click("公布更正");
  await heading("更正已公布");

  await click("处理另一份报告");
  await page.getByRole("textbox", { name: "统一社会信用代码" }).fill(report["organ"].uscc);
  await page.getByRole("textbox", { name: "报告年度" }).fill("2020");
  await click("下一步");
  await page.getByRole("heading", { name: "各版" }).waitFor();
  await take("versions", "desktop-light", "phone-light");
  await click("撤下第1版");
  await heading("撤下第1版");
  await take("redaction", "desktop-light");
} finally {
  await browser.close();
  await local.close();
}
