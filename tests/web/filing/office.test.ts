/** In an office: a computer that several people use, and a slow line. */
import { expect, test } from "vitest";
import { axe } from "../../support/browser.ts";
import { filingPage } from "../../support/filing-page.ts";
import { press, typeInto } from "../../support/keyboard.ts";
import { example, type MutableReport } from "../../support/service.ts";

let report: MutableReport;
const clerk = filingPage({
  prepare: async (local) => {
    report = await example("liaocheng-2020");
    expect((await local.file(report)).status).toBe(201);
    await local.indexed();
  },
});
const { button, signIn } = clerk;

const openFile = (): Promise<void> => clerk.openReport({ ...report, year: 2021, edition: "2021" });

test("the organs that a clerk files for are offered, by name where something of them is published", async () => {
  await signIn();
  const offered = clerk.page.getByRole("group", { name: "您填报的机关" }).getByRole("button");
  await expect
    .poll(() => offered.allInnerTexts())
    .toEqual(["聊城市市场监督管理局 11371500MB28560185", "11330100002489015P"]);
  expect(await axe(clerk.page)).toEqual([]);
  await press(clerk.page, offered.first());
  expect(await clerk.page.getByLabel("统一社会信用代码").inputValue()).toBe("11371500MB28560185");
  await typeInto(clerk.page, clerk.page.getByLabel("报告年度"), "2021");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByText("2021年度报告尚未公布。").waitFor();
  expect(await clerk.page.getByLabel("机关名称").inputValue()).toBe("聊城市市场监督管理局");
});

test("who signs out is asked about the drafts, and keeps them by a careless Enter", async () => {
  await signIn();
  await openFile();
  await press(clerk.page, button("退出登录"));
  const dialog = clerk.page.getByRole("dialog", { name: "退出后，本机的1份草稿怎么办？" });
  await dialog.waitFor();
  expect(await axe(clerk.page)).toEqual([]);
  await clerk.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await clerk.page.getByText("已登录：填报人").waitFor();
  await press(clerk.page, button("退出登录"));
  await clerk.page.locator("dialog :focus").waitFor();
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByText("尚未登录。").waitFor();
  // They are the clerk's, who finds them again.
  await clerk.page.goto(`${clerk.local.url}/filing/`);
  await clerk.page.getByText("没有草稿。").waitFor();
  await signIn();
  await press(clerk.page, button(/^打开聊城市/));
  await clerk.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
});

test("drafts that are not to stay on a shared computer are gone, and nobody finds them by going back", async () => {
  await signIn();
  await openFile();
  await press(clerk.page, button("退出登录"));
  await press(clerk.page, button("删除草稿，退出"));
  await clerk.page.getByText("尚未登录。").waitFor();
  await clerk.page.getByText("没有草稿。").waitFor();
  await clerk.page.reload();
  await clerk.page.getByText("没有草稿。").waitFor();
  expect(await clerk.page.getByLabel("统一社会信用代码").inputValue()).toBe("");
  const kept = await clerk.page.evaluate(async () => {
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
      });
      for (const store of db.objectStoreNames) {
        const all = await new Promise((resolve) => {
          const request = db.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => resolve(request.result);
        });
        texts.push(JSON.stringify(all));
      }
      db.close();
    }
    return texts.join("\n");
  });
  expect(kept).not.toContain("聊城市");
});

test("on slow 3G the page says what it is doing, and the typing does not wait for the preview", async () => {
  const session = await clerk.context.newCDPSession(clerk.page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: 400_000 / 8,
    uploadThroughput: 400_000 / 8,
  });
  // What is told while something goes on.
  const told: string[] = [];
  await clerk.page.exposeFunction("tell", (text: string) => told.push(text));
  await clerk.page.addInitScript(() => {
    const { tell } = globalThis as unknown as { tell(text: string): void };
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node.parentElement?.closest("[role=status]") && node.textContent?.endsWith("……")) tell(node.textContent);
    }).observe(document, { childList: true, subtree: true });
  });
  await clerk.page.goto(`${clerk.local.url}/filing/`, { waitUntil: "commit" });
  // The page itself takes seconds.
  await clerk.page.getByText("正在打开……").waitFor();
  await signIn();
  await typeInto(clerk.page, clerk.page.getByLabel("统一社会信用代码"), report["organ"].uscc);
  await typeInto(clerk.page, clerk.page.getByLabel("报告年度"), "2021");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByText("2021年度报告尚未公布。").waitFor();
  await typeInto(clerk.page, clerk.page.getByLabel("机关名称"), report["organ"].name);
  await press(clerk.page, button("开始填报"));
  await clerk.page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
  const busy = clerk.page.getByText("正在更新预览……");
  await busy.waitFor();
  // While it is on its way, every key is in its place.
  const name = clerk.page.getByLabel("机关全称");
  await typeInto(clerk.page, name, "聊城市市场监督管理局（本级）");
  expect(await name.inputValue()).toBe("聊城市市场监督管理局（本级）");
  await clerk.page.getByRole("link", { name: "下载预览PDF" }).waitFor();
  expect([...new Set(told)]).toEqual(["正在前往登录……", "正在打开……", "正在查找……", "正在更新预览……"]);
});
