/** Whoever oversees a division keeps its roster and sums up its organs' reports in the browser, by keyboard. */
import { expect, test } from "vitest";
import { renderCsv } from "../../../src/formats/csv/csv.ts";
import { draftFile, type Rollup } from "../../../src/rollup/rollup.ts";
import type { Organ } from "../../../src/roster/roster.ts";
import { cityReport, cityRoster } from "../../support/city.ts";
import { filingPage } from "../../support/filing-page.ts";
import { fileFrom, press, typeInto } from "../../support/keyboard.ts";
import type { TestLocal } from "../../support/local.ts";

const YEAR = 2025;
const DIVISION = "990102";
const ORGANS = cityRoster()
  .organs.filter(({ name }) => name.startsWith("云川市东湖区"))
  .slice(0, 5)
  .map((organ): Organ => {
    const { superior: _, ...own } = organ;
    return organ.kind === "government" ? own : organ;
  });
const [, EDUCATION, POLICE, CIVIL, JUSTICE] = ORGANS as [Organ, Organ, Organ, Organ, Organ];
const RECEIVED = "/requests/received/naturalPerson";

const office = filingPage({
  users: {
    clerk: {
      name: "政务公开办",
      says: "管理名录和汇总",
      claims: { nianbao_divisions: ["9901"], nianbao_actions: ["file", "oversee"] },
    },
    other: { name: "填报人", says: "只填报", claims: { nianbao_organs: [EDUCATION.uscc] } },
  },
  prepare: async (local) => {
    const saved = await sendTo(local, "PUT", `/rosters/${DIVISION}`, { division: DIVISION, organs: ORGANS });
    expect(saved.status).toBe(201);
    for (const organ of [EDUCATION, POLICE, CIVIL])
      expect((await sendTo(local, "POST", "/reports", cityReport(organ, YEAR))).status).toBe(201);
  },
});
const { button, look, signIn } = office;

async function sendTo(local: TestLocal, method: string, path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json", authorization: await local.authorization() };
  return fetch(`${local.url}${path}`, { method, headers, body: JSON.stringify(body) });
}
const send = (method: string, path: string, body: unknown): Promise<Response> =>
  sendTo(office.local, method, path, body);

async function openDivision(division = DIVISION): Promise<void> {
  await signIn("政务公开办");
  await press(office.page, button("名录与汇总"));
  await typeInto(office.page, office.page.getByLabel("行政区划").first(), division);
  await office.page.keyboard.press("Enter");
  await office.page.getByRole("heading", { name: `名录：${division}` }).waitFor();
}

test("only whoever may oversee is offered the roster and the roll-up", async () => {
  expect(await button("名录与汇总").count()).toBe(0);
  await signIn("填报人");
  expect(await button("名录与汇总").count()).toBe(0);
});

test("a roster is checked as it is typed: unknown superiors, circles, two codes with one name; and saved once it is sound", async () => {
  await openDivision();
  await office.page.getByText("名录没有问题。").waitFor();
  await press(office.page, button(`编辑“${POLICE.name}”`));
  await expect.poll(() => office.page.evaluate(() => document.activeElement?.textContent)).toBe("第3个机关");
  const superior = office.page.getByLabel("上级", { exact: true });
  const name = office.page.getByLabel("名称", { exact: true });
  await typeInto(office.page, superior, cityRoster().organs[0]!.uscc);
  const findings = office.page.getByRole("status").filter({ hasText: /处错误/ });
  await findings.filter({ hasText: `的上级${cityRoster().organs[0]!.uscc}不在名录里` }).waitFor();
  await typeInto(office.page, superior, POLICE.uscc);
  await findings.filter({ hasText: "上级绕成一圈" }).waitFor();
  await typeInto(office.page, superior, POLICE.superior!);
  await typeInto(office.page, name, EDUCATION.name);
  await findings.filter({ hasText: `“${EDUCATION.name}”有两个代码` }).waitFor();
  await look();
  // Refused by the service as well, with nothing stored.
  await press(office.page, button("保存名录"));
  await office.page.getByRole("alert").filter({ hasText: "名录未通过校验" }).waitFor();
  await typeInto(office.page, name, "云川市东湖区公安分局");
  await typeInto(office.page, office.page.getByLabel("曾用名"), POLICE.name);
  await office.page.getByText("名录没有问题。").waitFor();
  await press(office.page, button("完成"));
  await press(office.page, button("保存名录"));
  await office.page.getByText("已保存为第2版。").waitFor();
  const stored = await (await fetch(`${office.local.url}/rosters/${DIVISION}`)).json();
  const expected = ORGANS.map((organ) =>
    organ === POLICE ? { ...organ, name: "云川市东湖区公安分局", formerNames: [POLICE.name] } : organ,
  );
  expect(stored).toEqual({ division: DIVISION, version: 2, organs: expected });

  // Somebody else's version is not written over.
  const theirs = { division: DIVISION, version: 2, organs: ORGANS };
  expect((await send("PUT", `/rosters/${DIVISION}`, theirs)).status).toBe(201);
  await press(office.page, button(`编辑“${CIVIL.name}”`));
  await typeInto(office.page, name, "云川市东湖区民政和养老服务局");
  await press(office.page, button("保存名录"));
  await office.page.getByRole("alert").filter({ hasText: "名录已有更新的一版" }).waitFor();
  expect(await name.inputValue()).toBe("云川市东湖区民政和养老服务局");
  expect(await (await fetch(`${office.local.url}/rosters/${DIVISION}`)).json()).toMatchObject({
    version: 3,
    organs: ORGANS,
  });
});

test("a division's first roster is made from nothing", async () => {
  await openDivision("990105");
  await press(office.page, button("添加机关"));
  await typeInto(office.page, office.page.getByLabel("统一社会信用代码"), ORGANS[0]!.uscc.toLowerCase());
  await typeInto(office.page, office.page.getByLabel("名称", { exact: true }), "云川市南城区人民政府");
  await office.page.getByLabel("类别").selectOption("government");
  await press(office.page, button("完成"));
  // What is not saved is still there after a look elsewhere.
  await press(office.page, button("返回"));
  await press(office.page, button("名录与汇总"));
  const { bytes } = await fileFrom(office.page, button("下载名录（JSON）"));
  expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual({
    division: "990105",
    version: 0,
    organs: [{ kind: "government", uscc: ORGANS[0]!.uscc, name: "云川市南城区人民政府" }],
  });
});

test("a roll-up says what it stands on, opens each cell to its sources, takes a missing organ's file, and gives the API's draft to the byte", async () => {
  await openDivision();
  await typeInto(office.page, office.page.getByLabel("报告年度"), String(YEAR));
  await press(office.page, button("汇总"));
  await office.page.getByText("4个机关，已汇总3个，缺少1个。").waitFor();
  const service = async (byHand: readonly unknown[]): Promise<Rollup> =>
    (await send("POST", `/rollups/${DIVISION}/${YEAR}`, { byHand })).json();
  const without = await service([]);
  const draft = await fileFrom(office.page, button("下载草稿（JSON）"));
  expect(draft.name).toBe(`draft-${DIVISION}-${YEAR}.json`);
  expect(Buffer.from(draft.bytes).equals(draftFile(without.draft))).toBe(true);
  await look();

  // Another organ's file is not put in for it.
  const choose = async (organ: Organ): Promise<void> => {
    const [chooser] = await Promise.all([
      office.page.waitForEvent("filechooser"),
      press(office.page, button(`补录“${JUSTICE.name}”的报告`)),
    ]);
    const buffer = Buffer.from(renderCsv(cityReport(organ, YEAR)));
    await chooser.setFiles({ name: "报告.csv", mimeType: "text/csv", buffer });
  };
  await choose(EDUCATION);
  await office.page.getByRole("alert").filter({ hasText: "另一个机关" }).waitFor();
  await choose(JUSTICE);
  await office.page.getByText("4个机关，已汇总4个，缺少0个。").waitFor();
  expect(await button(/^取消补录/).innerText()).toContain(JUSTICE.uscc);

  await press(office.page, office.page.locator("summary", { hasText: "每一格的来源" }));
  const cell = office.page.locator(`[data-cell="${RECEIVED}"]`);
  await cell.locator("summary").press("Enter");
  const whole = await service([cityReport(JUSTICE, YEAR)]);
  const sum = whole.sources.cells[RECEIVED]!;
  const parts = sum.from.map(([at, part]) => `${whole.sources.sources[at]!.name} ${part}`);
  const shown = await cell.getByRole("listitem").allInnerTexts();
  expect(shown.map((text) => text.replace(" (补录)", ""))).toEqual(parts);
  expect(shown.filter((text) => text.includes("补录"))).toHaveLength(
    parts.filter((text) => text.includes(JUSTICE.name)).length,
  );
  const figures = sum.from.map(([, part]) => Number(part));
  expect(figures).toEqual(figures.toSorted((a, b) => b - a));
  await look();

  // Folded again: the way on is not through all cells.
  await office.page.locator("summary", { hasText: "每一格的来源" }).press("Enter");
  await press(office.page, button("打开草稿填报"));
  await office.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
  expect(await office.page.getByLabel("机关全称").inputValue()).toBe(ORGANS[0]!.name);
  await office.page.getByText("草稿已保存").waitFor();
});
