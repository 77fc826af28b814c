/** Last year's report as a file, for an organ that is new to the service, on what `npm start` runs. */
import { readFile } from "node:fs/promises";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { axe } from "../../support/browser.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press } from "../../support/keyboard.ts";
import { example, type MutableReport } from "../../support/service.ts";

const clerk = filingPage();
const { button, step } = clerk;
let html: Buffer;
let report: MutableReport;

beforeAll(async () => {
  [html, report] = await Promise.all([
    readFile(new URL("../../fixtures/cases/liaocheng-2020.tables.html", import.meta.url)),
    example("hangzhou-2025"),
  ]);
  // This year's, of the organ whose page of last year is the file; two were carried over that last year's does not have.
  const last = await example("liaocheng-2020");
  Object.assign(report, { year: 2021, signed: "2022-01-20", organ: last["organ"] });
});
beforeEach(async () => {
  await clerk.signIn();
  await clerk.openReport(report);
  await clerk.page.getByText("没有查到已公布的2020年度报告").waitFor();
});

const lastYear = () => clerk.page.getByRole("region", { name: "上年报告" });

const give = (name: string, buffer: Buffer): Promise<void> =>
  clerk.chooseFile("上年报告：导入文件", { name, mimeType: "application/octet-stream", buffer });

test("a page of last year with a flaw: what is sound of it is compared with, what was left out is named, a reload keeps it", async () => {
  await give("2020年报.html", Buffer.from(html.toString().replace(">387<", ">约387<")));
  await clerk.page.getByText("与文件“2020年报.html”比对").waitFor();
  const said = await lastYear().innerText();
  expect(said).toMatch(
    /上一年度的报告（2020年报\.html）自身有\d+处错误；除以下1格外已作比对：.*行政许可／处理决定数量/,
  );
  expect(said).not.toContain("不作检查");
  expect(await axe(clerk.page)).toEqual([]);

  await step("检查与提交");
  const summary = clerk.page.locator(".summary");
  await summary.filter({ hasText: "上年结转" }).first().waitFor();
  expect((await summary.allInnerTexts()).join("\n")).toContain("2020年报.html");
  expect(await axe(clerk.page)).toEqual([]);

  await clerk.page.reload();
  await step("机关与日期");
  await clerk.page.getByText("与文件“2020年报.html”比对").waitFor();
  await press(clerk.page, button("不用这个文件"));
  await step("检查与提交");
  await expect.poll(async () => (await summary.allInnerTexts()).join("\n")).not.toContain("2020年报.html");
});

test("a report of another year, a file that is none, and who files for another name", async () => {
  await give("own.json", Buffer.from(JSON.stringify(report)));
  await clerk.page.getByText("文件是2021年度的报告，这里要2020年度的。").waitFor();
  await give("x.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"));
  await clerk.page.getByText("文件没有打开：文件读不出来").waitFor();
  expect(await axe(clerk.page)).toEqual([]);
  const other = { ...(await example("liaocheng-2020")), organ: { name: "聊城市工商行政管理局" } };
  await give("other.json", Buffer.from(JSON.stringify(other)));
  await clerk.page.getByText("文件写的机关是“聊城市工商行政管理局”").waitFor();
  await clerk.page.setViewportSize({ width: 390, height: 844 });
  expect(await clerk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await axe(clerk.page)).toEqual([]);
});
