/** Whoever oversees a division keeps its roster and sums up its organs' reports in the browser, by keyboard. */
import { expect, test } from "vitest";
import { getCell } from "../../../src/form/cells.ts";
import { renderCsv } from "../../../src/formats/csv/csv.ts";
import type { Redraw } from "../../../src/rollup/redraw.ts";
import { draftFile, type Rollup } from "../../../src/rollup/rollup.ts";
import { readList } from "../../../src/roster/read.ts";
import type { Organ, Roster } from "../../../src/roster/roster.ts";
import { rosterCsv, rosterXlsx } from "../../../src/roster/write.ts";
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
      claims: { nianbao_divisions: ["9901"], nianbao_actions: ["file", "correct", "oversee"] },
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

test("a roster goes out and comes in as the tables that offices keep, as the command has them", async () => {
  await openDivision();
  const { version, organs } = (await (
    await fetch(`${office.local.url}/rosters/${DIVISION}`)
  ).json()) as Required<Roster>;
  const roster = { division: DIVISION, version, organs };
  const csv = await fileFrom(office.page, button("下载名录（CSV）"));
  expect(csv.name).toBe(`roster-${DIVISION}.csv`);
  expect(Buffer.from(csv.bytes).equals(rosterCsv(roster))).toBe(true);
  const xlsx = await fileFrom(office.page, button("下载名录（XLSX）"));
  expect((await readList(new Uint8Array(xlsx.bytes), xlsx.name)).rows).toEqual(
    (await readList(await rosterXlsx(roster), xlsx.name)).rows,
  );

  const choose = async (name: string, body: Uint8Array | string, label: string): Promise<void> => {
    const [chooser] = await Promise.all([office.page.waitForEvent("filechooser"), press(office.page, button(label))]);
    await chooser.setFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(body) });
  };
  const inWork = async (): Promise<Roster["organs"]> => {
    const { bytes } = await fileFrom(office.page, button("下载名录（JSON）"));
    return (JSON.parse(new TextDecoder().decode(bytes)) as Roster).organs;
  };
  const IMPORT = "由表格导入名录（XLSX、CSV、JSON）";
  for (const file of [xlsx, csv]) {
    await choose("空.csv", `名称,统一社会信用代码\r\n${EDUCATION.name},${EDUCATION.uscc}\r\n`, IMPORT);
    await office.page.getByText(`由“空.csv”读入1个机关，代替了原来的${organs.length}个；保存后才生效。`).waitFor();
    expect(await inWork()).toEqual([{ uscc: EDUCATION.uscc, name: EDUCATION.name, kind: "department" }]);
    await choose(file.name, file.bytes, IMPORT);
    await office.page.getByText(`由“${file.name}”读入${organs.length}个机关`).waitFor();
    expect(await inWork()).toEqual(organs);
  }
  await office.page.getByText("名录没有问题。").waitFor();

  // A list of names and codes becomes a roster; what is not understood is said.
  const list = `单位名称,代码\r\n${ORGANS.map(({ name, uscc }) => `${name},${uscc}`).join("\r\n")}\r\n没有代码的局,\r\n`;
  await choose("名单.csv", list, "由名单起草名录（推定类别和上级）");
  await office.page.getByText(`按名称推定类别5个、按行政区划推定上级4个，请核对。`).waitFor();
  await press(office.page, office.page.locator("summary", { hasText: "没有读懂的（1）" }));
  await office.page.getByText("没有代码的局”", { exact: false }).waitFor();
  expect((await inWork()).map(({ superior }) => superior)).toEqual([
    undefined,
    ...ORGANS.slice(1).map(() => ORGANS[0]!.uscc),
  ]);
  await look();
  await press(office.page, button("还原"));
  expect(await inWork()).toEqual(organs);
  await choose("不是.csv", "这不是名单", IMPORT);
  await office.page.getByRole("alert").filter({ hasText: "“不是.csv”没有读入：里面没有名单" }).waitFor();
  expect(await inWork()).toEqual(organs);
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

/** A division with a government and two organs, the first of which has published. */
async function seed(division: string, name: string): Promise<readonly [Organ, Organ, Organ]> {
  const organs = cityRoster()
    .organs.filter((organ) => organ.name.startsWith(name))
    .slice(0, 3)
    .map(({ superior, ...organ }): Organ => (organ.kind === "government" ? organ : { ...organ, superior: superior! }));
  const [government, first, second] = organs as [Organ, Organ, Organ];
  expect((await send("PUT", `/rosters/${division}`, { division, organs })).status).toBe(201);
  expect((await send("POST", "/reports", cityReport(first, YEAR))).status).toBe(201);
  return [government, first, second];
}

/** Sums up the division that is open. */
async function sumUp(says: string): Promise<void> {
  await typeInto(office.page, office.page.getByLabel("报告年度"), String(YEAR));
  await press(office.page, button("汇总"));
  await office.page.getByText(says).waitFor();
}

/** Chooses the draft and the sources of one that was edited elsewhere, and has it drawn up again. */
async function drawUpFiles(edited: object, sources: object): Promise<void> {
  await press(office.page, office.page.locator("summary", { hasText: "再次汇总别处改过的草稿" }));
  for (const [label, value] of [
    ["选草稿", edited],
    ["选来源", sources],
  ] as const) {
    const [chooser] = await Promise.all([office.page.waitForEvent("filechooser"), press(office.page, button(label))]);
    await chooser.setFiles({
      name: `${label}.json`,
      mimeType: "application/json",
      buffer: Buffer.from(draftFile(value)),
    });
  }
  await press(office.page, button("再次汇总"));
}

test("a draft drawn up again, of this browser or of files, shows what changed, keeps what was edited, and is the API's to the byte", async () => {
  const DIVISION2 = "990103";
  const [government, , second] = await seed(DIVISION2, "云川市西山区");
  await openDivision(DIVISION2);
  await sumUp("2个机关，已汇总1个，缺少1个。");
  const before = (await (await send("POST", `/rollups/${DIVISION2}/${YEAR}`, {})).json()) as Rollup;
  await press(office.page, button("打开草稿填报"));
  await office.page.getByText("草稿已保存").waitFor();

  // The second organ publishes, and a figure of the draft is somebody's own.
  expect((await send("POST", "/reports", cityReport(second, YEAR))).status).toBe(201);
  await press(office.page, button("返回首页"));
  await press(office.page, button("名录与汇总"));
  await sumUp("2个机关，已汇总2个，缺少0个。");
  await press(office.page, button("按现在的来源再汇总这份草稿，保留改动"));
  const service = await send("POST", `/rollups/${DIVISION2}/${YEAR}`, { edited: before.draft, before: before.sources });
  const again = (await service.json()) as Rollup & Redraw;
  const row = office.page.locator(`[data-redrawn="${RECEIVED}"]`);
  await row.waitFor();
  expect(again.cells.length).toBeGreaterThan(5);
  expect(await office.page.locator("[data-redrawn]").count()).toBe(again.cells.length);
  const drawn = await fileFrom(office.page, button("下载再次汇总的草稿（JSON）"));
  expect(Buffer.from(drawn.bytes).equals(draftFile(again.draft))).toBe(true);
  await look();

  // The same of files, with a figure that was changed by hand.
  const edited = structuredClone(before.draft) as { requests: { received: { naturalPerson: number } } };
  edited.requests.received.naturalPerson = 777;
  await drawUpFiles(edited, before.sources);
  await row.getByText("777").waitFor();
  const kept = await send("POST", `/rollups/${DIVISION2}/${YEAR}`, { edited, before: before.sources });
  const byFiles = await fileFrom(office.page, button("下载再次汇总的草稿（JSON）"));
  expect(Buffer.from(byFiles.bytes).equals(draftFile(((await kept.json()) as Redraw).draft))).toBe(true);

  // Into the draft, as a step that can be undone.
  await press(office.page, button("按现在的来源再汇总这份草稿，保留改动"));
  await office.page.locator(`[data-redrawn="${RECEIVED}"]`, { hasNotText: "777" }).waitFor();
  await press(office.page, button("放进草稿（可以撤销）"));
  await office.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
  await office.page.getByText("草稿已保存").waitFor();
  const stored = await office.page.evaluate(
    () =>
      new Promise<{ report: object; drawnFrom?: string }[]>((resolve) => {
        const opening = indexedDB.open("nianbao");
        opening.onsuccess = () => {
          const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
          all.onsuccess = () => resolve(all.result);
        };
      }),
  );
  const mine = stored.find(({ report }) => (report as { organ?: { uscc?: string } }).organ?.uscc === government.uscc)!;
  expect(mine.drawnFrom).toBeDefined();
  expect(mine.report).toMatchObject({
    requests: { received: { naturalPerson: getCell(again.draft, RECEIVED) } },
  });
});

test("a report that was drawn up is filed with what it stands on; who oversees is told of sources that change after that", async () => {
  const DIVISION3 = "990121";
  const [government, first, second] = await seed(DIVISION3, "云川市清平县");
  expect((await send("POST", "/reports", cityReport(second, YEAR))).status).toBe(201);
  const { sources } = (await (await send("POST", `/rollups/${DIVISION3}/${YEAR}`, {})).json()) as Rollup;
  await openDivision(DIVISION3);
  await sumUp("2个机关，已汇总2个，缺少0个。");
  // Written and signed elsewhere.
  await drawUpFiles(cityReport(government, YEAR), sources);
  await press(office.page, button("打开再次汇总的草稿"));
  await office.page
    .getByRole("navigation", { name: "填报步骤" })
    .getByRole("link", { name: "检查与提交" })
    .press("Enter");
  await press(office.page, button("核对并提交"));
  await press(office.page, button("下一步：确认"));
  await office.page.getByText("报告由汇总起草", { exact: false }).waitFor();
  await office.page.getByLabel(/我已核对/).press("Space");
  await press(office.page, button("公布"));
  await office.page.getByRole("heading", { name: "已公布" }).waitFor();
  const published = await fetch(`${office.local.url}/${government.uscc}/${YEAR}/v1/sources.json`);
  expect(await published.json()).toMatchObject({
    organs: { expected: 2, reported: 2, missing: 0 },
    sources: [{ uscc: first.uscc }, { uscc: second.uscc }],
  });

  const correction = { supersedes: 1, reason: "漏计一件。", report: cityReport(first, YEAR, 1) };
  expect((await send("POST", `/reports/${first.uscc}/${YEAR}/corrections`, correction)).status).toBe(201);
  await press(office.page, button("处理另一份报告"));
  await press(office.page, button("名录与汇总"));
  await sumUp("所依据的来源有1处更正、撤回或新公布");
  await office.page.getByText(`${first.name} 第1版 → 第2版`).waitFor();
  await press(office.page, office.page.locator("summary", { hasText: "R-SUM：已公布的本级报告与各机关之和有" }));
  await office.page.getByText("本级报告为", { exact: false }).first().waitFor();
  await look();
});
