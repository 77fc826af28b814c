/** A report that somebody has as a page, brought into the filing page, on what `npm start` runs. */
import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { axe } from "../../support/browser.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press } from "../../support/keyboard.ts";
import { example, type MutableReport } from "../../support/service.ts";

const NAME = "年度报告.html";
const clerk = filingPage();
const { button, cell, signIn, step } = clerk;
let html: Buffer;
let figures: MutableReport;

beforeAll(async () => {
  [html, figures] = await Promise.all([
    readFile(new URL("../../fixtures/cases/liaocheng-2020.tables.html", import.meta.url)),
    example("liaocheng-2020"),
  ]);
});

/** Through the page's own button. */
async function choose(buffer: Buffer, name = NAME, mimeType = "text/html"): Promise<void> {
  await clerk.chooseFile("导入文件", { name, mimeType, buffer });
}
const readOut = () => clerk.page.getByRole("heading", { name: `“${NAME}”读出来的内容` });

test("a clerk imports last year's page, sees the cell that it lacks, takes it as a draft, and is led to the cell", async () => {
  await signIn();
  await choose(html);
  await readOut().waitFor();
  expect(await clerk.page.evaluate(() => document.activeElement?.textContent)).toContain("读出来的内容");
  expect(await axe(clerk.page)).toEqual([]);

  // Errors first; among them the missing cell, and where it may be.
  const told = await clerk.page.locator(".flow-findings").first().locator("li").allInnerTexts();
  const levels = told.map((text) => ["错误", "提醒", "告知"].indexOf(text.slice(0, 2)));
  expect(levels).toEqual([...levels].sort());
  const missing = clerk.page.locator('.flow-findings li[data-rule="I-MISSING"]');
  expect(await missing.count()).toBe(1);
  await press(clerk.page, missing.getByRole("link").first());
  const row = clerk.page.locator("tr:focus");
  expect(await row.innerText()).toContain("行政诉讼");
  // What was normalized, from which text.
  await press(clerk.page, clerk.page.locator("summary", { hasText: /规整|照原样/ }).first());
  expect(await axe(clerk.page)).toEqual([]);

  await press(clerk.page, button("采用为新的草稿"));
  await clerk.page.getByText(`已导入“${NAME}”`).waitFor();
  expect(await clerk.page.getByLabel("机关全称").inputValue()).toBe(figures["organ"].name);
  await step("收到和处理政府信息公开申请情况");
  expect(await cell("/requests/received/naturalPerson").inputValue()).toBe(
    String(figures["requests"].received.naturalPerson),
  );
  await clerk.page.getByText("草稿已保存").waitFor();

  // The account stays at hand, and leads to the form's cells now.
  await press(clerk.page, button("查看导入说明"));
  await clerk.page.getByRole("heading", { name: `“${NAME}”的导入说明` }).waitFor();
  expect(await axe(clerk.page)).toEqual([]);
  await press(clerk.page, missing.getByRole("link").first());
  await expect
    .poll(() => clerk.page.evaluate(() => document.activeElement?.getAttribute("data-pointer")))
    .toMatch(/^\/remedies\/litigation\//);
});

test("into a draft that is there: nothing goes in before it is accepted, and one undo takes it out again", async () => {
  await signIn();
  await clerk.page.getByLabel("统一社会信用代码").fill(figures["organ"].uscc);
  await clerk.page.getByLabel("报告年度").fill("2020");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByLabel("机关名称").fill(figures["organ"].name);
  await press(clerk.page, button("开始填报"));
  await clerk.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
  await clerk.page.getByLabel("成文日期").fill("2021-01-21");

  await choose(html);
  await readOut().waitFor();
  await press(clerk.page, button("不采用，返回填报"));
  await step("收到和处理政府信息公开申请情况");
  expect(await cell("/requests/received/naturalPerson").inputValue()).toBe("");

  await step("机关与日期");
  await choose(html);
  await readOut().waitFor();
  await press(clerk.page, button(/^放进草稿/));
  await clerk.page.getByText(`已导入“${NAME}”`).waitFor();
  const received = cell("/requests/received/naturalPerson");
  await step("收到和处理政府信息公开申请情况");
  expect(await received.inputValue()).toBe(String(figures["requests"].received.naturalPerson));
  // What the file does not say is the draft's own still.
  await step("机关与日期");
  expect(await clerk.page.getByLabel("统一社会信用代码").inputValue()).toBe(figures["organ"].uscc);
  expect(await clerk.page.getByLabel("成文日期").inputValue()).toBe("2021-01-21");

  await press(clerk.page, button(/撤销/));
  await step("收到和处理政府信息公开申请情况");
  expect(await received.inputValue()).toBe("");
  await step("机关与日期");
  await press(clerk.page, button(/重做/));
  await step("收到和处理政府信息公开申请情况");
  expect(await received.inputValue()).toBe(String(figures["requests"].received.naturalPerson));
});

test("the draft of another year is not mistaken for the file's", async () => {
  await signIn();
  await clerk.page.getByLabel("统一社会信用代码").fill(figures["organ"].uscc);
  await clerk.page.getByLabel("报告年度").fill("2025");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByLabel("机关名称").fill(figures["organ"].name);
  await press(clerk.page, button("开始填报"));
  await clerk.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
  await choose(html);
  await readOut().waitFor();
  expect(await clerk.page.getByText("不是同一份报告").isVisible()).toBe(true);
  expect(await axe(clerk.page)).toEqual([]);
  await press(clerk.page, button("采用为新的草稿"));
  await clerk.page.getByText(`已导入“${NAME}”`).waitFor();
  await press(clerk.page, button("返回首页"));
  await expect.poll(() => clerk.page.locator(".flow-drafts li").count()).toBe(2);
});

test("dropped on the page, also beside the button", async () => {
  await signIn();
  await clerk.page.evaluate(
    ({ text, name }) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name, { type: "text/html" }));
      const target = document.querySelector("h1")!;
      for (const kind of ["dragover", "drop"])
        target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    },
    { text: html.toString(), name: NAME },
  );
  await readOut().waitFor();
});

test("who is not signed in is told so, and JSON needs neither the service nor a sign-in", async () => {
  const sent: string[] = [];
  clerk.page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await choose(html);
  const alert = clerk.page.getByRole("alert");
  await alert.waitFor();
  expect(await alert.innerText()).toContain("登录后才能导入");
  expect(await alert.getByRole("button", { name: "登录" }).isVisible()).toBe(true);
  expect(await axe(clerk.page)).toEqual([]);
  await choose(Buffer.from(JSON.stringify(figures)), "report.json", "application/json");
  await clerk.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
  expect(sent).toEqual([]);
});

test("what cannot be read, is too large, or goes nowhere is said so in both languages, and nothing is lost", async () => {
  await signIn();
  await clerk.page.getByLabel("统一社会信用代码").fill("11330100002489015P");
  const alert = clerk.page.getByRole("alert");
  await choose(Buffer.from("d0cf11e0a1b11ae1", "hex"), "报告.doc", "application/msword");
  await alert.waitFor();
  expect(await alert.innerText()).toContain("文件没有打开：文件读不出来");
  await press(clerk.page, button("English"));
  expect(await alert.innerText()).toMatch(/The file was not opened: The file cannot be read: .*[a-z]/);
  await press(clerk.page, button("中文"));

  await choose(Buffer.alloc(4 * 1024 * 1024 + 1, " "));
  await expect.poll(() => alert.innerText()).toContain("文件超过4 MiB");

  await clerk.context.setOffline(true);
  await choose(html);
  await expect.poll(() => alert.innerText()).toContain("网络已断开");
  await clerk.context.setOffline(false);
  await clerk.page.route("**/imports?*", (route) => route.abort("connectionreset"));
  await choose(html);
  await expect.poll(() => alert.innerText()).toContain("服务连不上");
  await clerk.page.unroute("**/imports?*");
  expect(await clerk.page.getByLabel("统一社会信用代码").inputValue()).toBe("11330100002489015P");
  await choose(html);
  await readOut().waitFor();
});
