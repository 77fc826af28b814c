import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Metafile } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { axe } from "../../support/browser.ts";
import { beginReport, openPage, pasteInto, servePages } from "../../support/filing-form/page.ts";
import { example, type MutableReport } from "../../support/service.ts";

const USCC = "11371500MB28560185";
const NAME = "聊城市市场监督管理局";
const RECEIVED = "/requests/received/naturalPerson";

let pages: Awaited<ReturnType<typeof servePages>>;
let lastYear: MutableReport;

beforeAll(async () => {
  lastYear = await example("liaocheng-2020");
  Object.assign(lastYear, { year: 2019, signed: "2020-01-20" });
  lastYear["requests"].carriedOut.naturalPerson = 2;
  pages = await servePages({ [`${USCC}/2019`]: lastYear });
});
afterAll(async () => {
  await pages.close();
});

const cell = (page: Page, pointer: string) => page.locator(`[data-pointer="${pointer}"]`);
const focused = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement).dataset["pointer"]);

/** Goes to a step by its link, with the keyboard. */
async function toStep(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "填报步骤" }).getByRole("link", { name }).press("Enter");
  await page.getByRole("heading", { level: 2, name }).waitFor();
}
/** Tab until the table has the focus. */
async function intoTable(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 2 }).focus();
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement?.closest("[role=grid]") !== null)) === true) return;
  }
  throw new Error("no way into the table");
}
/** The whole of a part's published table as a browser copies it, styles and all. */
async function publishedTable(number: number): Promise<string> {
  const html = await readFile(new URL("../../fixtures/cases/liaocheng-2020.tables.html", import.meta.url), "utf8");
  const table = [...html.matchAll(/<table>.*?<\/table>/gs)][number]![0];
  return `<html><body><!--StartFragment-->${table.replaceAll("<td", '<td style="border:1px solid #000"')}<!--EndFragment--></body></html>`;
}

test("a clerk types, pastes table three, breaks a rule and mends it, with the keyboard alone", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2020, NAME);
  await page.getByText("已找到2019年度报告").waitFor();

  await toStep(page, "收到和处理政府信息公开申请情况");
  await intoTable(page);
  expect(await focused(page)).toBe(RECEIVED);
  // Typing replaces, arrows and Tab go on, full-width digits are read, the total follows.
  await page.keyboard.type("12");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("３");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("/requests/received/research");
  await page.getByText("读作 3（全角转半角）").waitFor();
  expect(await cell(page, "/requests/received/commercial").inputValue()).toBe("3");
  expect(await cell(page, "/requests/received/total").inputValue()).toBe("15");
  // Escape restores, F2 edits what is there, undo takes back one entry at a time.
  await page.keyboard.press("Home");
  await page.keyboard.type("99");
  await page.keyboard.press("Escape");
  expect(await cell(page, RECEIVED).inputValue()).toBe("12");
  await page.keyboard.press("F2");
  await page.keyboard.press("End");
  await page.keyboard.type("5");
  await page.keyboard.press("Enter");
  expect(await cell(page, RECEIVED).inputValue()).toBe("125");
  expect(await focused(page)).toBe("/requests/carriedIn/naturalPerson");
  await page.keyboard.press("Control+z");
  expect(await cell(page, RECEIVED).inputValue()).toBe("12");
  expect(await focused(page)).toBe(RECEIVED);

  // The whole published table, labels and merged cells and all.
  await pasteInto(page, { html: await publishedTable(1), text: "" });
  await page.getByText("粘贴了132格").waitFor();
  const published = await example("liaocheng-2020");
  expect(await cell(page, RECEIVED).inputValue()).toBe("9");
  expect(await cell(page, "/requests/results/unavailable/notHeld/naturalPerson").inputValue()).toBe("5");
  expect(await cell(page, "/requests/results/total/total").inputValue()).toBe(
    String(published["requests"].results.total.total),
  );

  // A broken rule is told with both numbers, in the table, and its cells are marked.
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("8");
  await page.keyboard.press("Enter");
  const remark = page.locator(".remarks .remark.error");
  await remark.filter({ hasText: "一（8）＋二（0）＝8，三（七）总计（9，计算得出）＋四（0）＝9" }).waitFor();
  const broken = cell(page, RECEIVED);
  expect(await broken.getAttribute("aria-invalid")).toBe("true");
  const described = (await broken.getAttribute("aria-describedby"))!.split(" ");
  expect(await page.locator(`[id="${described[0]}"]`).innerText()).toContain("相差1");
  // From the list of what was found to the cell, and back.
  await toStep(page, "检查与提交");
  const line = page.getByRole("link", { name: /表三“自然人”列/ }).first();
  await line.press("Enter");
  await page.getByRole("heading", { level: 2, name: "收到和处理" }).waitFor();
  expect(await focused(page)).toBe(RECEIVED);
  await page.getByRole("link", { name: "返回问题清单" }).press("Enter");
  await page.getByRole("heading", { level: 2, name: "检查与提交" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("表三“自然人”列");
  await page.keyboard.press("Enter");
  await page.keyboard.type("9");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll('[aria-invalid="true"]').length === 0);

  // Last year's report says that two were carried over.
  await page.getByRole("button", { name: "填入上年结转" }).press("Enter");
  expect(await cell(page, "/requests/carriedIn/naturalPerson").inputValue()).toBe("2");
  await remark.filter({ hasText: "二（2）＝11" }).waitFor();
  expect(faults).toEqual([]);
  await close();
});

test("Tab leaves the table at its end and after Escape; a selection is copied as a spreadsheet takes it", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2025, NAME);
  await toStep(page, "政府信息公开行政复议、行政诉讼情况");
  await intoTable(page);
  await pasteInto(page, { text: "1\t2\t0\t0\t3\n" });
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  const copiedRows = await page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement!.dispatchEvent(
      new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }),
    );
    return [data.getData("text/plain"), data.getData("text/html")];
  });
  expect(copiedRows).toEqual(["1\t2\t0", "<table><tr><td>1</td><td>2</td><td>0</td></tr></table>"]);
  await page.keyboard.press("Delete");
  expect(await cell(page, "/remedies/review/upheld").inputValue()).toBe("");
  await page.keyboard.press("Control+z");
  expect(await cell(page, "/remedies/review/corrected").inputValue()).toBe("2");
  expect(await cell(page, "/remedies/review/total").inputValue()).toBe("3");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("[role=grid]") === null)).toBe(true);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Tab");
  expect(await page.evaluate(() => document.activeElement?.closest("[role=grid]") === null)).toBe(true);
  expect(faults).toEqual([]);
  await close();
});

test("a narrative is written, parted, joined, moved and pasted with the keyboard; warnings are answered in place", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2025, NAME);
  await toStep(page, "总体情况");
  const text = (n: number) => cell(page, `/overview/body/${n}/text`);
  await text(0).focus();
  await page.keyboard.type("主动公开。依申请公开。");
  for (let i = 0; i < 6; i += 1) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  expect(await Promise.all([text(0), text(1)].map((area) => area.inputValue()))).toEqual([
    "主动公开。",
    "依申请公开。",
  ]);
  await page.keyboard.press("Backspace");
  expect(await text(0).inputValue()).toBe("主动公开。依申请公开。");
  await page.keyboard.press("Control+z");
  expect(await text(1).inputValue()).toBe("依申请公开。");
  await text(1).focus();
  await page.keyboard.press("Alt+ArrowUp");
  expect(await text(0).inputValue()).toBe("依申请公开。");
  expect(await focused(page)).toBe("/overview/body/0/text");
  // The arrows go on to the next paragraph, and back.
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("/overview/body/1/text");
  await page.keyboard.press("ArrowUp");
  expect(await focused(page)).toBe("/overview/body/0/text");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await pasteInto(page, { text: "（一）政府信息管理\n　　逐项核对。\n（二）平台建设\n　　联系电话13812345678。" });
  await page.getByText("粘贴为4段。2行识别为标题").waitFor();
  expect(await page.locator(".item-number").allInnerTexts()).toEqual(["", "（一）", "", "（二）", "", ""]);
  await page.getByText("监督保障尚未写到").waitFor({ state: "attached" });
  // The mobile number is a warning; what is said to it goes with the report.
  await page.getByText("文字中有手机号码").first().waitFor();
  const answer = page.getByRole("textbox", { name: /^情况属实的，请说明理由.*手机号码/ });
  await answer.focus();
  await page.keyboard.type("单位公开电话");
  await page.getByRole("link", { name: /^下一步/ }).press("Enter");
  await toStep(page, "检查与提交");
  expect(await page.getByRole("textbox", { name: /^情况属实的，请说明理由.*手机号码/ }).inputValue()).toBe(
    "单位公开电话",
  );
  expect(faults).toEqual([]);
  await close();
});

test("another year's form keeps what both have, and everything is in English when asked for", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2025, NAME);
  await toStep(page, "收到和处理政府信息公开申请情况");
  await intoTable(page);
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await toStep(page, "机关与日期");
  await page.getByLabel("报告年度").selectOption("2020");
  await page.getByText("国办公开办函〔2019〕60号").first().waitFor();
  await toStep(page, "收到和处理政府信息公开申请情况");
  expect(await cell(page, RECEIVED).inputValue()).toBe("7");
  await page.getByRole("button", { name: "English" }).press("Enter");
  await page.getByRole("heading", { level: 2, name: "Disclosure requests received and handled" }).waitFor();
  expect(await cell(page, RECEIVED).getAttribute("aria-label")).toContain("Natural persons");
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  expect(faults).toEqual([]);
  await close();
});

test("a pasted table is read as it is seen: digits that are hidden, struck or on another line are joined to none", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2020, "某县水利局");
  await toStep(page, "收到和处理政府信息公开申请情况");
  await intoTable(page);
  const cells = [
    "12<br>345",
    '<span class="x">7</span>18',
    '<span style="display: none">7</span>19',
    "<s>1</s>20",
    "21<sup>[1]</sup>",
    "<input value=9>",
  ];
  await pasteInto(page, {
    html: `<html><head><style>.x{display:none}</style></head><body><table><tr><td>一、本年新收政府信息公开申请数量</td>${cells.map((text) => `<td>${text}</td>`).join("")}<td></td></tr></table></body></html>`,
  });
  await page.getByText("这一格分成几段或几行").waitFor();
  const told = await page.locator(".outcome").innerText();
  expect(told).toContain("有划去的文字与数字连在一起");
  expect(told).toContain("这一格里有输入框或选项");
  const values = await Promise.all(
    ["naturalPerson", "commercial", "research", "publicWelfare", "legalService", "other"].map((column) =>
      cell(page, `/requests/received/${column}`).inputValue(),
    ),
  );
  expect(values).toEqual(["", "18", "19", "", "21", ""]);
  expect(faults).toEqual([]);
  await close();
});

test("axe-core finds nothing in any step, light and dark, empty and with many findings", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await beginReport(page, USCC, 2020, "某某省某某自治州某某自治县人民政府政务服务和公共资源交易监督管理委员会办公室");
  await toStep(page, "收到和处理政府信息公开申请情况");
  await intoTable(page);
  await pasteInto(page, { html: await publishedTable(1) });
  await page.keyboard.type("9007199254740991");
  await page.keyboard.press("Tab");
  await page.keyboard.type("读不出");
  await page.keyboard.press("Enter");
  await page.locator(".remarks").first().waitFor();
  for (const step of [
    "检查与提交",
    "机关与日期",
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "其他需要报告的事项",
  ]) {
    await toStep(page, step);
    expect([step, await axe(page)]).toEqual([step, []]);
  }
  // At 320 px, which is 1280 px at 400 %, only the table scrolls, and its row labels stay.
  await toStep(page, "收到和处理政府信息公开申请情况");
  await page.setViewportSize({ width: 320, height: 256 });
  for (const step of ["机关与日期", "总体情况", "检查与提交", "收到和处理政府信息公开申请情况"]) {
    await toStep(page, step);
    expect([step, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([step, 320]);
  }
  const label = page.getByRole("rowheader", { name: "1.属于国家秘密" });
  await cell(page, "/requests/results/refused/stateSecret/other").focus();
  const [box, scroll] = await Promise.all([label.boundingBox(), page.locator(".scroll").boundingBox()]);
  expect(await page.locator(".scroll").evaluate((e) => e.scrollLeft)).toBeGreaterThan(50);
  expect(Math.abs(box!.x - scroll!.x)).toBeLessThan(3);
  const input = (await cell(page, "/requests/results/refused/stateSecret/other").boundingBox())!;
  expect(input.x).toBeGreaterThanOrEqual(box!.x + box!.width - 2);
  expect(faults).toEqual([]);
  await close();
});

test("table three fits beside the preview at 1700 px and without it at 1280 px, and its heads stay in sight", async () => {
  const { page, faults, close } = await openPage(pages.url);
  await page.setViewportSize({ width: 1700, height: 900 });
  await beginReport(page, USCC, 2020, NAME);
  await toStep(page, "收到和处理政府信息公开申请情况");
  await intoTable(page);
  await pasteInto(page, { html: await publishedTable(1) });
  await page.getByRole("complementary", { name: "预览" }).getByRole("button", { name: "收起预览" }).waitFor();
  const table = page.locator(".scroll");
  const hidden = (): Promise<number> => table.evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(await hidden()).toBe(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(await hidden()).toBe(0);
  await page.keyboard.press("Control+End");
  expect(await table.evaluate((box) => box.scrollTop)).toBeGreaterThan(50);
  const [heads, box] = await Promise.all([page.locator(".heads").boundingBox(), table.boundingBox()]);
  expect(Math.abs(heads!.y - box!.y)).toBeLessThan(2);
  // The cell that is come to from below is not under them.
  await page.keyboard.press("Control+ArrowUp");
  const first = (await cell(page, "/requests/received/total").boundingBox())!;
  expect(first.y).toBeGreaterThanOrEqual(heads!.y + heads!.height - 2);
  await page.getByRole("button", { name: "English" }).press("Enter");
  await page.getByText("Who requested").waitFor();
  expect(await hidden()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});

/** The scripts of the page, by name, with their bytes as they are sent. */
async function scripts(): Promise<ReadonlyMap<string, number>> {
  const directory = new URL("../../../dist/web/filing/", import.meta.url);
  const names = (await readdir(directory)).filter((name) => name.endsWith(".js.gz"));
  const sizes = names.map(async (name) => (await readFile(new URL(name, directory))).length);
  return new Map((await Promise.all(sizes)).map((size, i) => [names[i]!.slice(0, -".gz".length), size]));
}

/** The files that only some people's pages are made of. */
const APART = {
  /** Review in an office, which nobody fetches where no policy asks for it. */
  reviewing: /^(?:web\/filing|src)\/office\//,
  /** Rosters and roll-ups, with the reader of workbooks: for whoever oversees a division. */
  overseeing: /^(?:web\/filing\/oversee|node_modules\/hucre)\//,
};

/** The scripts that are there for such files, by name; of review those of nothing else. */
async function scriptsApart(): Promise<Record<keyof typeof APART, readonly string[]>> {
  const build = new URL("../../../scripts/web.ts", import.meta.url).href;
  const folder = await mkdtemp(join(tmpdir(), "nianbao-"));
  // In a process of its own: what the build is made with needs the console that Vitest takes away.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `const { buildPage } = await import(${JSON.stringify(build)});
    console.log(JSON.stringify((await buildPage("filing", ${JSON.stringify(join(folder, "filing"))})).outputs));`,
    ],
    { maxBuffer: 32 * 1024 * 1024 },
  );
  await rm(folder, { recursive: true });
  const outputs = JSON.parse(stdout) as Metafile["outputs"];
  const of = (isThere: (files: readonly string[]) => boolean): string[] =>
    Object.entries(outputs).flatMap(([path, { inputs }]) => {
      const from = Object.keys(inputs);
      return path.endsWith(".js") && from.length > 0 && isThere(from) ? [path.split("/").at(-1)!] : [];
    });
  return {
    reviewing: of((files) => files.every((file) => APART.reviewing.test(file))),
    overseeing: of((files) => files.some((file) => APART.overseeing.test(file))),
  };
}

// What is counted is every script that the browser asks for until a clerk has opened a form and been to each of its parts.
// The rest is fetched when it is used: checking and submission, what a file was read as, last year's words beside this year's.
test("the scripts of a first visit weigh no more than 150 KB compressed", async () => {
  const { page, faults, close } = await openPage(pages.url);
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).pathname.split("/").at(-1)!));
  await page.reload();
  await beginReport(page, USCC, 2025, NAME);
  for (const step of ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "其他需要报告的事项"])
    await toStep(page, step);
  const sizes = await scripts();
  const first = [...sizes].filter(([name]) => asked.has(name));
  expect(first.length).toBeGreaterThan(0);
  expect(first.reduce((sum, [, size]) => sum + size, 0)).toBeLessThanOrEqual(150 * 1024);
  // What follows comes when it is needed, and is no second page by its weight.
  await toStep(page, "检查与提交");
  await expect.poll(() => [...sizes.keys()].filter((name) => asked.has(name)).length).toBeGreaterThan(first.length);
  const sum = (of: Iterable<number>): number => [...of].reduce((all, size) => all + size, 0);
  const { reviewing, overseeing } = await scriptsApart();
  const weight = (names: readonly string[]): number => sum(names.map((name) => sizes.get(name) ?? 0));
  for (const names of [reviewing, overseeing]) expect(weight(names)).toBeGreaterThan(0);
  expect(sum(sizes.values()) - weight(reviewing) - weight(overseeing)).toBeLessThanOrEqual(200 * 1024);
  expect(weight(reviewing)).toBeLessThanOrEqual(25 * 1024);
  // Four fifths of it read and write workbooks, and are fetched when one is chosen.
  expect(weight(overseeing)).toBeLessThanOrEqual(100 * 1024);
  expect(faults).toEqual([]);
  await close();
});

test("a part that cannot be fetched is said to be so; the page is opened anew once the service is back, and nothing is lost", async () => {
  const { page, faults, close } = await openPage(pages.url);
  const names = [...(await scripts()).keys()];
  await beginReport(page, USCC, 2025, NAME);
  await page.getByLabel("成文日期").fill("2026-01-20");
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const late = names.filter((name) => !loaded.some((url) => url.endsWith(name)));
  await page.route(
    ({ pathname }) => pathname === "/filing/" || late.some((name) => pathname.endsWith(name)),
    (route) => route.abort("connectionreset"),
  );
  await page.setInputFiles("input[type=file]", {
    name: "report.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(lastYear)),
  });
  const alert = page.getByRole("alert");
  await alert.filter({ hasText: "这一部分没有取到" }).waitFor();
  expect(await axe(page)).toEqual([]);
  const anew = page.getByRole("button", { name: "重新打开页面" });
  await anew.press("Enter");
  await alert.filter({ hasText: "服务仍然连不上" }).waitFor();
  await page.unrouteAll();
  await anew.press("Enter");
  await page.getByRole("heading", { name: "机关与日期" }).waitFor();
  expect(await page.getByLabel("成文日期").inputValue()).toBe("2026-01-20");
  expect(faults).toEqual([]);
  await close();
});

test("signing in where its client cannot be fetched is said to fail, and works once the service is back", async () => {
  const { page, faults, close } = await openPage(pages.url);
  const directory = new URL("../../../dist/web/filing/", import.meta.url);
  const holds = async (name: string): Promise<boolean> =>
    (await readFile(new URL(name, directory), "utf8")).includes("signinRedirect(");
  const names = [...(await scripts()).keys()].filter((name) => !name.startsWith("main-"));
  const client = (await Promise.all(names.map(holds))).flatMap((found, i) => (found ? [names[i]!] : []));
  expect(client.length).toBe(1);
  await page.route(
    ({ pathname }) => pathname === "/filing/" || pathname.endsWith(client[0]!),
    (route) => route.abort("connectionreset"),
  );
  await page.getByRole("button", { name: "登录" }).press("Enter");
  await page.getByText("登录服务暂时连不上").waitFor();
  await page.unrouteAll();
  // The browser knows that the fetch failed: the page is opened anew.
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "登录" }).press("Enter")]);
  const asked = page.waitForRequest((request) => request.url().endsWith("/.well-known/openid-configuration"));
  await page.getByRole("button", { name: "登录" }).press("Enter");
  await asked;
  expect(faults).toEqual([]);
  await close();
});

test("nothing of the page is inline, and its files are kept for good", async () => {
  const answer = await fetch(`${pages.url}/filing/`);
  const policy = answer.headers.get("content-security-policy")!;
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).not.toContain("unsafe");
  const html = await answer.text();
  expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
  const script = /src="([^"]+)"/.exec(html)![1]!;
  const served = await fetch(pages.url + script);
  expect(served.headers.get("cache-control")).toContain("immutable");
  expect(served.headers.get("content-encoding")).toBe("gzip");
});
