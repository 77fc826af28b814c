/** The way to a publication, back and forth, by several people at one computer, on what `npm start` runs. */
import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { USERS } from "../../../local/users.ts";
import { records } from "../../../src/publish/publish.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press, typeInto } from "../../support/keyboard.ts";
import { readPieces } from "../../support/pdf.ts";
import { example, type MutableReport, ofYear, withoutCounts } from "../../support/service.ts";

const REQUESTS = "收到和处理政府信息公开申请情况";
const REMEDIES = "政府信息公开行政复议、行政诉讼情况";
const REASON = "有一处表述不准确，特此更正。";

let report: MutableReport;
let published: MutableReport;
const reader = {
  name: "查阅人",
  says: "只可撤回",
  claims: { nianbao_organs: ["11330100002489015P"], nianbao_actions: ["withdraw"] },
};
const clerk = filingPage({
  users: { ...USERS, reader },
  prepare: async (local) => {
    report = await example("hangzhou-2025");
    const before = withoutCounts(report);
    Object.assign(before, { year: 2024, signed: "2025-01-20" });
    if (before["preamble"]) before["preamble"] = ofYear(before["preamble"], 2024);
    published = await example("liaocheng-2020");
    for (const one of [before, published]) expect((await local.file(one)).status).toBe(201);
  },
});
const { button, cell, step } = clerk;
beforeEach(() => clerk.forget({ organ: report["organ"], year: 2025 }));

const heading = (name: string): Promise<void> => clerk.page.getByRole("heading", { level: 2, name }).waitFor();
const text = (): Promise<string> => clerk.page.locator("main").innerText();
const explain = async (): Promise<void> => {
  for (const field of await clerk.page.getByRole("textbox", { name: /请说明理由/ }).all())
    await field.fill("情况属实，已经核对。");
};

async function toReview(): Promise<void> {
  await step("检查与提交");
  await heading("检查与提交");
  await explain();
  await press(clerk.page, button("核对并提交"));
  await clerk.page.getByRole("heading", { name: /^核对/ }).waitFor();
}
async function toConfirmation(): Promise<void> {
  await toReview();
  await press(clerk.page, button("下一步：确认"));
  await clerk.page.getByRole("heading", { name: /^确认公布/ }).waitFor();
}

/** A correction of what is published of 聊城. */
async function correct(): Promise<void> {
  await clerk.signIn();
  await typeInto(clerk.page, clerk.page.getByLabel("统一社会信用代码"), published["organ"].uscc);
  await typeInto(clerk.page, clerk.page.getByLabel("报告年度"), "2020");
  await clerk.page.keyboard.press("Enter");
  await press(clerk.page, button("更正"));
  await heading("机关与日期");
}

describe("the browser's own way back", () => {
  test("leads from 确认 to 核对 and to the form, and forward again; nothing is lost", async () => {
    await clerk.signIn();
    await clerk.openReport(report);
    await toConfirmation();
    await clerk.page.goBack();
    await heading("核对报告");
    await clerk.page.goBack();
    await heading("检查与提交");
    await clerk.page.goForward();
    await heading("核对报告");
    await clerk.page.goForward();
    await heading("确认公布");
    // The page's own ways go on working, and so does a reload.
    await press(clerk.page, button("上一步"));
    await heading("核对报告");
    await clerk.page.goBack();
    await heading("确认公布");
    await clerk.page.reload();
    await heading("确认公布");
    await clerk.page.goBack();
    await heading("核对报告");
    await press(clerk.page, button("返回修改"));
    await heading("检查与提交");
    await step("机关与日期");
    expect(await clerk.page.getByLabel("机关全称").inputValue()).toBe(report["organ"].name);
  });

  test("leads from a withdrawal that was begun to the start", async () => {
    await clerk.signIn();
    await typeInto(clerk.page, clerk.page.getByLabel("统一社会信用代码"), published["organ"].uscc);
    await typeInto(clerk.page, clerk.page.getByLabel("报告年度"), "2020");
    await clerk.page.keyboard.press("Enter");
    await press(clerk.page, button("撤回"));
    await heading("撤回报告");
    await clerk.page.goBack();
    await heading("填报、更正或撤回");
  });
});

describe("signing in again", () => {
  test("returns to the step that one was at", async () => {
    await clerk.openReport(report);
    await step(REMEDIES);
    await heading(REMEDIES);
    await clerk.signIn();
    await heading(REMEDIES);
    expect(await cell("/remedies/review/upheld").inputValue()).toBe(String(report["remedies"].review.upheld));
  });

  test("returns to 确认, and the end of a session is told once", async () => {
    await clerk.signIn();
    await clerk.openReport(report);
    await toConfirmation();
    await clerk.page.route("**/reports", (route) => route.fulfill({ status: 401, body: "" }));
    await clerk.page.getByLabel(/我已核对/).check();
    await press(clerk.page, button("公布"));
    await clerk.page.getByText("登录已到期").waitFor();
    expect(await clerk.page.getByText("登录已到期").count()).toBe(1);
    await clerk.page.unroute("**/reports");
    await press(clerk.page, button("重新登录").first());
    await press(clerk.page, button(/^填报人/));
    await heading("确认公布");
  });
});

test("a correction says on every step that it is one and of which version; code and year are no fields", async () => {
  await correct();
  const says = "更正第1版：聊城市市场监督管理局2020年度报告";
  for (const name of ["总体情况", REQUESTS, REMEDIES, "检查与提交", "机关与日期"]) {
    await step(name);
    await heading(name);
    expect(await text()).toContain(says);
  }
  expect(await clerk.page.getByRole("textbox", { name: "统一社会信用代码" }).count()).toBe(0);
  expect(await clerk.page.getByRole("combobox", { name: "报告年度" }).count()).toBe(0);
  expect(await clerk.page.locator(".fixed").innerText()).toContain(published["organ"].uscc);
  await clerk.look();
  // A file of another year does not make it another's.
  await clerk.chooseFile("导入文件", {
    name: "other.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(report)),
  });
  await clerk.page.getByText("不是同一份报告，不能放进这份更正").waitFor();
  expect(await button(/^放进草稿/).count()).toBe(0);
  await press(clerk.page, button("不采用，返回填报"));

  await step("总体情况");
  await cell("/overview/body/0/text").fill("与第一版不同的一句话。");
  await step("检查与提交");
  await explain();
  await press(clerk.page, button("核对并提交"));
  await heading("核对更正");
  expect(await text()).toContain(says);
  await typeInto(clerk.page, clerk.page.getByLabel("理由", { exact: true }), REASON);
  // The PDF that is shown is the one that is published, with the notice of correction.
  const shown = await confirmWithPdf("确认公布更正");
  expect(await text()).toContain(says);
  const { pieces } = await readPieces(shown);
  expect(pieces.map((piece) => piece.text.replace(/\s/g, "")).join("")).toContain(REASON);
  await clerk.page.getByLabel(/我已核对/).check();
  await press(clerk.page, button("公布更正"));
  await heading("更正已公布");
  const last = (await records(clerk.local.store, published["organ"].uscc, 2020)).at(-1)!;
  expect(hash(shown)).toBe(last.artefacts.find(({ name }) => name === "report.pdf")!.sha256);
});

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** From 核对 to 确认, with the PDF that is shown there. */
async function confirmWithPdf(title: string): Promise<Uint8Array> {
  let shown: Uint8Array = new Uint8Array();
  await clerk.page.route(/pdf=true$/, async (route) => {
    const response = await route.fetch();
    shown = await response.body();
    await route.fulfill({ response });
  });
  await press(clerk.page, button("下一步：确认"));
  await heading(title);
  await clerk.page.getByRole("link", { name: /^打开将公布的PDF/ }).waitFor();
  expect(await text()).toContain(hash(shown));
  return shown;
}

test("核对 compares with last year; 确认 shows the whole text and the very PDF, and what was published is not confirmed again by going back", async () => {
  await clerk.signIn();
  await clerk.openReport(report);
  await clerk.page.getByText("已找到2024年度报告").waitFor();
  await cell("/signed").fill("2026-01-26");
  await step(REQUESTS);
  await toReview();
  const against = clerk.page.getByRole("region", { name: "与上年相比" });
  await against.waitFor();
  expect(await against.innerText()).toContain("2024年度");
  await clerk.look();
  const shown = await confirmWithPdf("确认公布");
  const whole = clerk.page.getByRole("region", { name: "将公布的全文" });
  const said = await whole.innerText();
  for (const key of ["overview", "problems", "other"])
    for (const item of report[key].body) expect(said).toContain(item.text);
  expect(said).toContain("本年新收政府信息公开申请数量");
  await clerk.look();
  await clerk.page.getByLabel(/我已核对/).check();
  await press(clerk.page, button("公布"));
  await heading("已公布");
  const [record] = await records(clerk.local.store, report["organ"].uscc, 2025);
  expect(record!.artefacts.find(({ name }) => name === "report.pdf")!.sha256).toBe(hash(shown));
  await clerk.page.goBack();
  await heading("填报、更正或撤回");
  expect(await records(clerk.local.store, report["organ"].uscc, 2025)).toHaveLength(1);
});

test("an organ that is new to the service is compared with last year's file: figures, text and totals", async () => {
  const { organ } = published;
  const [fresh, last] = [2023, 2022].map((year) => ({
    ...withoutCounts(report),
    year,
    organ,
    signed: `${year + 1}-01-20`,
    ...(report["preamble"] ? { preamble: ofYear(report["preamble"], year) } : {}),
  }));
  await clerk.signIn();
  await clerk.openReport(fresh);
  await clerk.page.getByText("没有查到已公布的2022年度报告").waitFor();
  await clerk.chooseFile("上年报告：导入文件", {
    name: "2022.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(last)),
  });
  await clerk.page.getByText("与文件“2022.json”比对").waitFor();
  await step(REQUESTS);
  const figure = clerk.page.locator(`[data-cell="/requests/received/naturalPerson"] .last-year`);
  await expect.poll(() => figure.innerText()).toBe(`上年 ${report["requests"].received.naturalPerson}`);
  await step("总体情况");
  await clerk.page.getByLabel("并排显示上年的文字").check();
  await clerk.page.getByRole("region", { name: "2022年度" }).waitFor();
  await clerk.look();
  await step("检查与提交");
  await clerk.page.locator(".summary").filter({ hasText: "上年" }).first().waitFor();
});

describe("people at one computer", () => {
  const drafts = () => clerk.page.locator(".flow-drafts li");

  test("another who signs in sees nothing of the first one's drafts, who finds them again", async () => {
    await clerk.signIn();
    await clerk.openReport(report);
    await press(clerk.page, button("退出登录"));
    await press(clerk.page, button("保留草稿，退出"));
    await clerk.page.getByText("尚未登录。").waitFor();
    expect(await drafts().count()).toBe(0);
    await clerk.signIn("主管部门");
    await heading("填报、更正或撤回");
    expect(await drafts().count()).toBe(0);
    expect(await clerk.page.getByLabel("统一社会信用代码").inputValue()).toBe("");
    await press(clerk.page, button("退出登录"));
    await clerk.page.getByText("尚未登录。").waitFor();
    await clerk.signIn();
    await expect.poll(() => drafts().count()).toBe(1);
    await press(clerk.page, button(/^打开杭州市/));
    await heading("机关与日期");
  });

  test("a session that ended in the tab keeps the draft open for its own clerk and for nobody else", async () => {
    await clerk.signIn();
    await clerk.openReport(report);
    await clerk.page.evaluate(() => {
      for (const key of Object.keys(sessionStorage)) if (key.includes("oidc")) sessionStorage.removeItem(key);
    });
    await clerk.page.reload();
    await heading("机关与日期");
    await clerk.signIn("主管部门");
    await heading("填报、更正或撤回");
    expect(await drafts().count()).toBe(0);
  });

  test("a submission that was refused is over: it is not offered again as one without an answer", async () => {
    await clerk.signIn();
    await clerk.openReport({ ...report, signed: "2026-01-27" });
    await toConfirmation();
    const forbidden = { status: 403, title: "没有权限", titleEn: "Forbidden", detail: "不能公布", detailEn: "no" };
    await clerk.page.route("**/reports", (route) =>
      route.fulfill({ status: 403, contentType: "application/problem+json", json: forbidden }),
    );
    await clerk.page.getByLabel(/我已核对/).check();
    await press(clerk.page, button("公布"));
    await clerk.page.getByText("没有权限：不能公布").waitFor();
    await clerk.page.unroute("**/reports");
    await clerk.page.reload();
    await heading("确认公布");
    expect(await clerk.page.getByText("没有收到答复").count()).toBe(0);
    expect(await clerk.page.getByLabel(/我已核对/).isChecked()).toBe(false);
  });
});

describe("what one may not hand in is not offered", () => {
  const lookUp = async (uscc: string, year: string): Promise<void> => {
    await typeInto(clerk.page, clerk.page.getByLabel("统一社会信用代码"), uscc);
    await typeInto(clerk.page, clerk.page.getByLabel("报告年度"), year);
    await clerk.page.keyboard.press("Enter");
  };

  test("to a superior office, which files for nobody and may withdraw", async () => {
    await clerk.signIn("主管部门");
    await lookUp(published["organ"].uscc, "2019");
    await clerk.page.getByText("不能为这个机关填报").waitFor();
    expect(await button("开始填报").count()).toBe(0);
    await clerk.look();
    await lookUp(published["organ"].uscc, "2020");
    await button("撤回").waitFor();
    expect(await button("更正").count()).toBe(0);
    // Of a file it is said before the work, not after it.
    await clerk.openReport(report);
    await clerk.page.getByText("不能公布这个机关的报告").waitFor();
    await step("检查与提交");
    await heading("检查与提交");
    expect(await button("核对并提交").count()).toBe(0);
    await clerk.look();
  });

  test("for an organ that the token does not name", async () => {
    await clerk.signIn("查阅人");
    await lookUp(published["organ"].uscc, "2020");
    await clerk.page.getByText("不能为这个机关更正、撤回").waitFor();
    for (const name of ["更正", "撤回"]) expect(await button(name).count()).toBe(0);
  });
});
