/** A whole report that somebody copied as text or from a page, pasted into the filing page, on what `npm start` runs. */
import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { getCell } from "../../../src/form/cells.ts";
import { formCells } from "../../../src/form/form-cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import { axe } from "../../support/browser.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press } from "../../support/keyboard.ts";
import { example, type MutableReport } from "../../support/service.ts";

const MISSING = "/remedies/litigation/afterReview/total";
const clerk = filingPage();
const { button, signIn, step } = clerk;
let figures: MutableReport;

beforeAll(async () => {
  figures = await example("liaocheng-2020");
});

const read = (name: string): Promise<string> =>
  readFile(new URL(`../../fixtures/cases/${name}`, import.meta.url), "utf8");

async function paste(data: Readonly<Record<string, string>>): Promise<void> {
  await signIn();
  await press(clerk.page, button("粘贴整份报告"));
  const field = clerk.page.getByRole("textbox", { name: "在这里粘贴" });
  expect(await axe(clerk.page)).toEqual([]);
  await field.evaluate((element, copied) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(copied)) clipboardData.setData(type, text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
  await clerk.page.getByRole("heading", { name: /^“粘贴的报告\.(?:txt|html)”读出来的内容$/ }).waitFor();
}

/** The figures of every table as the form has them, the missing one aside. */
async function expectFigures(): Promise<void> {
  await press(clerk.page, button("采用为新的草稿"));
  await clerk.page.getByText(/^已导入“粘贴的报告/).waitFor();
  for (const section of [
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
  ]) {
    await step(section);
    await clerk.page.getByRole("heading", { level: 2, name: section }).waitFor();
    const shown = await clerk.page
      .locator("input[data-pointer]")
      .evaluateAll((inputs) =>
        inputs.map((input) => [input.getAttribute("data-pointer")!, (input as HTMLInputElement).value] as const),
      );
    expect(shown.length).toBeGreaterThan(10);
    const known = new Set(formCells(formOf("2019")!).map(({ pointer }) => pointer));
    for (const [pointer, value] of shown) {
      const wanted = getCell(figures, pointer);
      if (known.has(pointer) && typeof wanted === "number" && pointer !== MISSING)
        expect([pointer, Number(value.replace("＋", "+"))]).toEqual([pointer, wanted]);
    }
  }
}

test("the text of a report, one cell a line: all figures, and the one cell that it lacks is named", async () => {
  await paste({ "text/plain": await read("liaocheng-2020.txt") });
  const missing = clerk.page.locator('.flow-findings li[data-rule="I-MISSING"]');
  expect(await missing.count()).toBe(1);
  expect(await missing.innerText()).toContain("表四“行政诉讼／复议后起诉／总计”");
  await expectFigures();
});

test("what was copied from a page: its tables, not the text of them", async () => {
  await paste({ "text/html": await read("liaocheng-2020.tables.html"), "text/plain": "表格" });
  expect(await clerk.page.locator('.flow-findings li[data-rule="I-MISSING"]').count()).toBe(1);
  await expectFigures();
});

test("the day on which a page was published is offered as the date of signing, and taken when it is confirmed", async () => {
  const html = (await read("liaocheng-2020.tables.html")).replace(/<p[^>]*>2021年1月26日<\/p>/u, "");
  await paste({ "text/html": `<meta name="PubDate" content="2021-01-28 09:00">${html}` });
  await press(clerk.page, button(/^成文日期取2021-01-28（网页的发布时间）$/));
  await press(clerk.page, button("采用为新的草稿"));
  await step("机关与日期");
  await expect.poll(() => clerk.page.getByLabel("成文日期").inputValue()).toBe("2021-01-28");
});
