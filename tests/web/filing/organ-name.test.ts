/** An organ is called by its official name: of the roster over it, or what it published under; never by another's. */
import { expect, test } from "vitest";
import { axe } from "../../support/browser.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press, typeInto } from "../../support/keyboard.ts";
import { codeOf, organ } from "../../support/roster.ts";
import { example } from "../../support/service.ts";

const CITY = organ(1, "云川市人民政府", "government");
const EDUCATION = organ(2, "云川市教育和体育局", "department", { superior: CITY.uscc });
const FINANCE = organ(3, "云川市财政局", "department", { superior: CITY.uscc });
/** Of a division without a roster. */
const [NEIGHBOUR, STRANGER] = [codeOf("990200", 4), codeOf("990200", 5)];

const claims = {
  nianbao_organs: [EDUCATION.uscc, FINANCE.uscc],
  nianbao_divisions: ["9901"],
  nianbao_actions: ["file", "oversee"],
};
const clerk = filingPage({
  users: { clerk: { name: "王经办", says: "填报", claims } },
  prepare: async (local) => {
    const saved = await fetch(`${local.url}/rosters/990100`, {
      method: "PUT",
      headers: { "content-type": "application/json", authorization: await local.authorization() },
      body: JSON.stringify({ division: "990100", organs: [CITY, EDUCATION, FINANCE] }),
    });
    expect(saved.status).toBe(201);
  },
});
const { button, step } = clerk;
const signIn = (): Promise<void> => clerk.signIn("王经办");

const code = () => clerk.page.getByLabel("统一社会信用代码");
const name = () => clerk.page.getByLabel("机关名称");

/** Types a code where it all begins, and looks it up. */
async function lookUp(uscc: string): Promise<void> {
  await typeInto(clerk.page, code(), uscc);
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByText("年度报告尚未公布。").waitFor();
}

test("a code gives the official name of the roster; another code gives another, and one in no roster none", async () => {
  await lookUp(EDUCATION.uscc);
  expect(await name().inputValue()).toBe("云川市教育和体育局");
  await lookUp(FINANCE.uscc);
  expect(await name().inputValue()).toBe("云川市财政局");
  await lookUp(NEIGHBOUR);
  expect(await name().inputValue()).toBe("");
  await press(clerk.page, button("开始填报"));
  expect(
    await clerk.page
      .getByText(/请填写机关/)
      .first()
      .isVisible(),
  ).toBe(true);
});

test("without a roster the name of the latest draft stays with its own code alone", async () => {
  await lookUp(NEIGHBOUR);
  await typeInto(clerk.page, name(), "云川新区管理委员会");
  await press(clerk.page, button("开始填报"));
  await clerk.page.getByText("草稿已保存").waitFor();
  await press(clerk.page, button("返回首页"));
  await clerk.page.getByRole("heading", { name: "填报、更正或撤回" }).waitFor();
  expect(await code().inputValue()).toBe(NEIGHBOUR);
  await lookUp(STRANGER);
  expect(await name().inputValue()).toBe("");
  await lookUp(NEIGHBOUR);
  expect(await name().inputValue()).toBe("云川新区管理委员会");
});

test("a clerk's organs are offered by the names that the roster has", async () => {
  await signIn();
  const offered = clerk.page.getByRole("group", { name: "您填报的机关" }).getByRole("button");
  await expect
    .poll(() => offered.allInnerTexts())
    .toEqual([`云川市教育和体育局 ${EDUCATION.uscc}`, `云川市财政局 ${FINANCE.uscc}`]);
  expect(await axe(clerk.page)).toEqual([]);
});

test("in the form too the name goes with the code, and what became of it is said", async () => {
  await lookUp(EDUCATION.uscc);
  await press(clerk.page, button("开始填报"));
  const named = clerk.page.getByLabel("机关全称");
  expect(await named.inputValue()).toBe("云川市教育和体育局");
  await typeInto(clerk.page, code(), FINANCE.uscc);
  await clerk.page.getByRole("status").filter({ hasText: "按代码填为“云川市财政局”" }).waitFor();
  expect(await named.inputValue()).toBe("云川市财政局");
  await typeInto(clerk.page, code(), STRANGER);
  await clerk.page.getByRole("status").filter({ hasText: "“云川市财政局”已去掉" }).waitFor();
  expect(await named.inputValue()).toBe("");
  expect(await axe(clerk.page)).toEqual([]);
  await clerk.page.setViewportSize({ width: 390, height: 844 });
  expect(await clerk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await press(clerk.page, button("↶ 撤销"));
  expect([await code().inputValue(), await named.inputValue()]).toEqual([FINANCE.uscc, "云川市财政局"]);
});

test("a report under another name than the roster's is published once that is explained (F-NAME)", async () => {
  const report = await example("hangzhou-2025");
  report["organ"] = { name: "云川市教体局", uscc: EDUCATION.uscc };
  await signIn();
  await clerk.openReport(report);
  await step("检查与提交");
  await press(clerk.page, button("核对并提交"));
  await press(clerk.page, button("下一步：确认"));
  await clerk.page.getByLabel(/我已核对/).check();
  await press(clerk.page, button("公布"));
  await clerk.page.getByText("与名录中的“云川市教育和体育局”不同").first().waitFor();
  expect(await axe(clerk.page)).toEqual([]);
  await clerk.page
    .getByRole("textbox", { name: /^情况属实的，请说明理由.*名录/ })
    .fill("机构改革中更名，名录尚未更新。");
  await press(clerk.page, button("下一步：确认"));
  await clerk.page.getByLabel(/我已核对/).check();
  await press(clerk.page, button("公布"));
  await clerk.page.getByRole("heading", { name: "已公布" }).waitFor();
});
