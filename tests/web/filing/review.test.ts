/**
 * A report on its way through an office in Chromium, by keyboard: one drafts it on two computers, another returns it with
 * a remark on a cell and then agrees, a third signs; and two who write the same draft are told of each other.
 */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { filingPage } from "../../support/filing-page.ts";
import { press, typeInto } from "../../support/keyboard.ts";

const REPORT = JSON.parse(await readFile("examples/hangzhou-2025.json", "utf8"));
const { uscc, name } = REPORT.organ;
const YEAR = REPORT.year;
const RECEIVED = "/requests/received/naturalPerson";

const office = filingPage({
  prepare: async (local) => {
    const headers = { "content-type": "application/json", authorization: await local.authorization("superior") };
    const set = await fetch(`${local.url}/policies/3301`, {
      method: "PUT",
      headers,
      body: JSON.stringify({ review: "organ", version: 0 }),
    });
    expect(set.status).toBe(201);
  },
});
const { anew, button, look, openReport, signIn } = office;

async function lookUp(): Promise<void> {
  await typeInto(office.page, office.page.getByLabel("统一社会信用代码"), uscc);
  await typeInto(office.page, office.page.getByLabel("报告年度"), String(YEAR));
  await press(office.page, button("下一步"));
}
const underWay = async (text: string): Promise<void> =>
  office.page.getByText(`现在：${text}`).waitFor({ timeout: 20_000 });

/** In a profile of its own, signed in as somebody else, at the review of the report. */
async function reviewAs(user: string): Promise<void> {
  await anew();
  await signIn(user);
  await press(office.page, button(`查看${name}${YEAR}年度的办理情况`));
}

test("a report goes from one computer to another, is returned at a cell, agreed to and signed", async () => {
  await signIn("起草人");
  await openReport(REPORT);
  await office.page.getByText("服务上已保存").waitFor();

  // Another computer, nothing known there: the draft is the service's.
  await anew();
  await signIn("起草人");
  await lookUp();
  await press(office.page, button(/^打开服务上的草稿/));
  await office.page.getByText("服务上已保存").waitFor();
  await office.step("检查与提交");
  await press(office.page, button("核对并提交"));
  await press(office.page, button("下一步：确认"));
  await look();
  expect(await button("公布").count()).toBe(0);
  await press(office.page, button("送审"));
  await underWay("已送审，待审核");
  expect(await button("同意").count()).toBe(0);

  await reviewAs("审核人");
  await underWay("已送审，待审核");
  await office.page.getByRole("heading", { name: "与上年对照" }).waitFor();
  await look();
  await press(office.page, button("直接到办理"));
  await press(office.page, button("退回"));
  await office.page.getByText("退回须写明意见或批注").waitFor();
  await press(office.page, button(/^批注“.*新收政府信息公开申请数量／自然人””$/));
  const remark = office.page.getByLabel(/^对“.*新收政府信息公开申请数量／自然人””的批注$/);
  await expect.poll(() => remark.evaluate((element) => element === document.activeElement)).toBe(true);
  await office.page.keyboard.type("请与台账核对");
  await press(office.page, button("退回"));
  await office.page.getByText("已办理：退回。").waitFor();
  await look();

  // The clerk finds it at the cell.
  await anew();
  await signIn("起草人");
  await lookUp();
  await press(office.page, button(/^打开服务上的草稿/));
  await office.page.getByText("已退回，请按意见修改后重新送审").waitFor();
  await press(office.page, button(/^去修改“/));
  const cell = office.cell(RECEIVED);
  await cell.waitFor();
  await office.page.getByText("审核人的批注：请与台账核对").filter({ visible: true }).first().waitFor();
  await look();
  await office.step("检查与提交");
  await press(office.page, button("核对并提交"));
  await press(office.page, button("下一步：确认"));
  await press(office.page, button("重新送审"));
  await underWay("已送审，待审核");

  await reviewAs("审核人");
  await underWay("已送审，待审核");
  await press(office.page, button("直接到办理"));
  await press(office.page, button("同意"));
  await underWay("审核已同意");

  await reviewAs("签发人");
  await underWay("审核已同意");
  await press(office.page, button("直接到办理"));
  await press(office.page, button("签发并公布"));
  await office.page.getByText("签发前请先勾选").waitFor();
  await press(office.page, office.page.getByLabel(/^我已看过全部内容/), "Space");
  await press(office.page, button("签发并公布"));
  await office.page.getByRole("heading", { name: "已公布" }).waitFor({ timeout: 30_000 });
  const published = await fetch(`${office.local.url}/reports/${uscc}/${YEAR}`);
  expect((await published.json()).version).toBe(1);
}, 240_000);

test("of two who write one draft, the second is told what differs and chooses; what was not chosen is kept", async () => {
  const year = YEAR - 1;
  const report = { ...REPORT, year, signed: `${YEAR}-01-26` };
  await signIn("起草人");
  await openReport(report);
  await office.page.getByText("服务上已保存").waitFor();

  // Somebody else saves while this page is open.
  const path = `${office.local.url}/drafts/${uscc}/${year}`;
  const authorization = await office.local.authorization("drafter");
  const { draft } = await (await fetch(path, { headers: { authorization } })).json();
  const theirs = structuredClone(draft.submission);
  theirs.report.requests.received.naturalPerson = 12345;
  const saved = await fetch(path, {
    method: "PUT",
    headers: { authorization, "content-type": "application/json", "if-match": draft.etag },
    body: JSON.stringify({ submission: theirs, base: null }),
  });
  expect(saved.status).toBe(200);

  await typeInto(office.page, office.cell("/organ/name"), `${name}办公厅`);
  await office.page.getByRole("heading", { name: "服务上有另一份草稿，与这里的不同" }).waitFor({ timeout: 20_000 });
  const table = office.page.getByRole("table", { name: "有2处不同" });
  expect(await table.getByRole("cell", { name: "12345" }).count()).toBe(1);
  expect(await table.getByRole("cell", { name: `${name}办公厅` }).count()).toBe(1);
  await look();
  await press(office.page, button("用服务上的（这里的另存在本机）"));
  await office.page.getByText("服务上已保存").waitFor();
  expect(await office.cell("/organ/name").inputValue()).toBe(name);

  await press(office.page, button("返回首页"));
  await office.page.getByText(`${name}办公厅${year}年度`).waitFor();
}, 120_000);
