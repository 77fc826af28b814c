import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { publishedReport, records } from "../../../src/publish/publish.ts";
import { axe, launchBrowser, watchedPage } from "../../support/browser.ts";
import { startTestLocal } from "../../support/local.ts";
import { example } from "../../support/service.ts";

const step = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "填报步骤" }).getByRole("link", { name }).press("Enter");

test("a clerk signs in, opens last week's file, breaks and mends a rule, sees the preview and publishes", async () => {
  const server = await startTestLocal();
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1700, height: 1000 } });
    const { page, faults } = await watchedPage(context);
    const report = await example("hangzhou-2025");
    await page.goto(`${server.url}/filing/`);
    await page.getByRole("button", { name: "登录", exact: true }).press("Enter");
    await page.getByRole("button", { name: /^填报人/ }).press("Enter");
    await page.getByText("已登录：").waitFor();
    await page.setInputFiles("input[type=file]", {
      name: "report.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(report)),
    });
    await page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
    expect(await page.getByLabel("机关全称").inputValue()).toBe(report["organ"].name);

    await step(page, "收到和处理政府信息公开申请情况");
    const cell = page.locator('[data-pointer="/requests/received/naturalPerson"]');
    const figure = await cell.inputValue();
    await cell.focus();
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
    await page.locator(".remarks .error").waitFor();
    await step(page, "检查与提交");
    await page.getByRole("button", { name: "核对并提交" }).press("Enter");
    await page.locator("[role=alert]:focus", { hasText: "有1处错误，改正后才能提交" }).waitFor();
    await page.getByRole("alert").getByRole("link").press("Enter");
    await page.keyboard.type(figure);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "返回问题清单" }).press("Enter");
    await page.getByText("没有错误，也没有待说明的提醒，可以提交。").waitFor();
    // The preview is of the report as it stands.
    await page.getByRole("link", { name: "下载预览PDF" }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByRole("button", { name: "核对并提交" }).press("Enter");
    await page.getByRole("button", { name: "下一步：确认" }).press("Enter");
    await page.getByLabel(/我已核对/).press("Space");
    await page.getByRole("button", { name: "公布", exact: true }).press("Enter");
    await page.getByRole("heading", { name: "已公布" }).waitFor();
    const [record] = await records(server.store, report["organ"].uscc, 2025);
    expect(await publishedReport(server.store, record!)).toEqual(report);
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await server.close();
  }
});
