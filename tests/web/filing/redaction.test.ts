/** A version that no longer stands leaves the public, from the filing page, on what `npm start` runs. */
import { describe, expect, it } from "vitest";
import { USERS } from "../../../local/users.ts";
import { records } from "../../../src/publish/publish.ts";
import { axe } from "../../support/browser.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press, typeInto } from "../../support/keyboard.ts";
import { example, type MutableReport } from "../../support/service.ts";

const SECRET = "咨询请打王某的电话。";
const MENDED = "咨询请打公开电话。";

let report: MutableReport;
const corrector = {
  name: "更正人",
  says: "只可更正",
  claims: { nianbao_organs: ["11330100002489015P"], nianbao_actions: ["correct"] },
};
const clerk = filingPage({
  users: { ...USERS, corrector },
  prepare: async (local) => {
    report = await example("hangzhou-2025");
    report["overview"].body.push({ type: "paragraph", text: SECRET });
    expect((await local.file(report)).status).toBe(201);
    const body = structuredClone(report);
    body["overview"].body.at(-1).text = MENDED;
    const answer = await fetch(`${local.url}/reports/${report["organ"].uscc}/2025/corrections`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: await local.authorization() },
      body: JSON.stringify({ supersedes: 1, reason: "改为公开电话。", report: body }),
    });
    expect(answer.status).toBe(201);
  },
});
const { button } = clerk;

/** As somebody who signed in, at what is published of the report. */
async function lookUpAs(user: string | undefined): Promise<void> {
  if (user) await clerk.signIn(user);
  await lookUp();
}
async function lookUp(): Promise<void> {
  await typeInto(clerk.page, clerk.page.getByLabel("统一社会信用代码"), report["organ"].uscc);
  await typeInto(clerk.page, clerk.page.getByLabel("报告年度"), "2025");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByRole("heading", { name: "各版" }).waitFor();
}
const versions = (): Promise<string[]> => clerk.page.locator(".flow-versions li").allInnerTexts();
const publicReport = async (version: number): Promise<string> =>
  (await fetch(`${clerk.local.url}/${report["organ"].uscc}/2025/v${version}/report.json`)).text();

describe("a version that no longer stands", () => {
  it.each([undefined, "更正人"])("is listed, and not offered to %s, who may not withdraw", async (user) => {
    await lookUpAs(user);
    const [first, second] = await versions();
    expect(first).toMatch(/^第1版.*已被取代，仍可查阅/s);
    expect(second).toMatch(/^第2版.*现行.*改为公开电话。/s);
    expect(await button(/^撤下/).count()).toBe(0);
  });

  it("is redacted by the superior office, with a reason and a typed confirmation; the current one is not offered", async () => {
    await lookUpAs("主管部门");
    expect(await button(/^撤下/).allInnerTexts()).toEqual(["撤下第1版"]);
    expect(await axe(clerk.page)).toEqual([]);
    await press(clerk.page, button("撤下第1版"));
    await clerk.page.getByRole("heading", { name: "撤下第1版" }).waitFor();
    expect(await clerk.page.locator(".flow-permanent").innerText()).toContain("全部文件不再公开");
    await press(clerk.page, button("撤下这一版"));
    const alert = await clerk.page.locator("[role=alert]:focus").innerText();
    expect(alert).toContain("请填写理由");
    expect(alert).toContain("请输入“撤下2025第1版”");
    expect(await axe(clerk.page)).toEqual([]);
    expect(await publicReport(1)).toContain(SECRET);

    await typeInto(clerk.page, clerk.page.getByLabel("理由"), "其中有个人信息。");
    await typeInto(clerk.page, clerk.page.getByLabel("输入“撤下2025第1版”以确认"), "撤下2025第1版");
    await press(clerk.page, button("撤下这一版"));
    await clerk.page.getByRole("heading", { name: "已撤下" }).waitFor();
    expect(await axe(clerk.page)).toEqual([]);
    const facts = await clerk.page.locator(".flow-facts").innerText();
    expect(facts).toContain("第1版");
    expect(facts).toContain(`${report["organ"].uscc}/2025/index.html`);

    // What the public reads now, and what the store keeps.
    expect(JSON.parse(await publicReport(1))).toMatchObject({ redacted: true, reason: "其中有个人信息。" });
    expect(await publicReport(2)).toContain(MENDED);
    const last = (await records(clerk.local.store, report["organ"].uscc, 2025)).at(-1);
    expect(last).toMatchObject({ kind: "redaction", redacts: 1, reason: "其中有个人信息。" });

    await press(clerk.page, button("处理另一份报告"));
    await lookUp();
    const [first, second] = await versions();
    expect(first).toMatch(/已撤下，不再公开.*撤下：其中有个人信息。/s);
    expect(second).toMatch(/现行/);
    expect(await button(/^撤下第/).count()).toBe(0);
  });

  it("a withdrawal whose reason names a telephone asks for an explanation beside it, and goes on with it", async () => {
    await lookUpAs("填报人");
    await press(clerk.page, button("撤回"));
    await clerk.page.getByRole("heading", { name: "撤回报告" }).waitFor();
    await typeInto(clerk.page, clerk.page.getByLabel("理由"), "报送主体有误，咨询电话13812345678。");
    await typeInto(clerk.page, clerk.page.getByLabel("输入“撤回2025”以确认"), "撤回2025");
    await press(clerk.page, button("公布撤回"));
    const alert = clerk.page.getByRole("alert").filter({ hasText: "警告需要说明" });
    await alert.waitFor();
    const field = clerk.page.getByLabel("情况属实的，请说明理由");
    const hint = await field.getAttribute("aria-describedby");
    expect(await clerk.page.locator(`[id="${hint}"]`).innerText()).toContain("手机号码");
    expect(await axe(clerk.page)).toEqual([]);
    await typeInto(clerk.page, clerk.page.getByLabel("情况属实的，请说明理由"), "是本机关公布的咨询电话。");
    await press(clerk.page, button("继续提交"));
    await clerk.page.getByRole("heading", { name: "撤回已公布" }).waitFor();
    const last = (await records(clerk.local.store, report["organ"].uscc, 2025)).at(-1);
    expect(last).toMatchObject({ kind: "withdrawal", explanations: { "F-PII": "是本机关公布的咨询电话。" } });
  });

  it("is nothing to begin a correction of the withdrawal with: that begins with an empty form", async () => {
    const post = async (path: string, body: unknown): Promise<number> =>
      (
        await fetch(`${clerk.local.url}/reports/${report["organ"].uscc}/2025/${path}`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: await clerk.local.authorization() },
          body: JSON.stringify(body),
        })
      ).status;
    expect(await post("versions/2/redaction", { reason: "其中有个人信息。" })).toBe(201);
    await lookUpAs("填报人");
    expect((await versions()).map((text) => /已撤下|撤回说明，现行/.exec(text)?.[0])).toEqual([
      "已撤下",
      "已撤下",
      "撤回说明，现行",
    ]);
    await press(clerk.page, button("更正"));
    await clerk.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
    expect(await clerk.page.getByLabel("机关全称").inputValue()).toBe(report["organ"].name);
    expect(await clerk.page.getByLabel("成文日期").inputValue()).toBe("");
  });

  it("is shown on a telephone, without anything beside the screen", async () => {
    await clerk.page.setViewportSize({ width: 390, height: 844 });
    await lookUpAs("主管部门");
    expect((await versions()).length).toBe(3);
    expect(await clerk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axe(clerk.page)).toEqual([]);
  });
});
