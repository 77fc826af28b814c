import { afterAll, beforeAll, expect, test } from "vitest";
import { beginReport, openPage, servePages } from "../support/filing-form/page.ts";
import { example } from "../support/service.ts";

let pages: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  pages = await servePages({ "11371500MB28560185/2019": { ...(await example("liaocheng-2020")), year: 2019 } });
});
afterAll(() => pages.close());

test("what a text states and the table contradicts is said at the paragraph and at the cell, until it is mended", async () => {
  const { page, faults, close } = await openPage(pages.url);
  const toStep = async (name: string): Promise<void> => {
    await page.getByRole("navigation", { name: "填报步骤" }).getByRole("link", { name }).press("Enter");
    await page.getByRole("heading", { level: 2, name }).waitFor();
  };
  await beginReport(page, "11371500MB28560185", 2020, "聊城市市场监督管理局");
  await page.getByText("已找到2019年度报告").waitFor();
  await toStep("收到和处理政府信息公开申请情况");
  for (const key of ["naturalPerson", "commercial", "research", "publicWelfare", "legalService", "other"]) {
    const cell = page.locator(`[data-pointer="/requests/received/${key}"]`);
    await cell.click();
    await page.keyboard.type(key === "naturalPerson" ? "9" : "0");
    await page.keyboard.press("Enter");
  }
  await toStep("总体情况");
  const text = page.locator('[data-pointer="/overview/body/0/text"]');
  await text.fill("本年度共收到政府信息公开申请8件，同比增长50%。");
  await page.keyboard.press("Tab");
  const message = "正文“本年度共收到政府信息公开申请8件，同比增长50%”与表不符";
  // Told once, where it is answered; the paragraph is described by it, and it leads there.
  const told = page.locator(".part-findings li").filter({ hasText: message });
  await told.waitFor();
  const described = await text.getAttribute("aria-describedby");
  expect(await page.locator(`#${described!.split(" ")[0]}`).innerText()).toContain(message);
  await told.getByRole("button").first().click();
  expect(await text.evaluate((element) => element === document.activeElement)).toBe(true);
  if (process.env["SHOT"]) await page.screenshot({ path: process.env["SHOT"], fullPage: true });

  await toStep("收到和处理政府信息公开申请情况");
  await page.getByText(message).first().waitFor();

  await toStep("总体情况");
  await text.fill("本年度共收到政府信息公开申请９件。");
  await expect.poll(() => page.getByText("与表不符").count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});
