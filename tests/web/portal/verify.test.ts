/** The page that verifies, as a reader has it who was handed a PDF: in a browser, against a site whose bucket may be forged. */
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { portalPages } from "../../../src/portal/pages.ts";
import { records } from "../../../src/publish/publish.ts";
import { CHECKPOINT_KEY, proofKey, WITNESSES_KEY } from "../../../src/sequence/keys.ts";
import { launchBrowser, violationsOn } from "../../support/browser.ts";
import { A, B, ForgedSite, YEAR } from "../../support/forged-site.ts";

let browser: Browser;
let site: ForgedSite;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  site = await ForgedSite.start();
  const { constant } = portalPages({ publicUrl: site.url });
  for (const { path, body, contentType } of constant) await site.store.put(`published/${path}`, body, { contentType });
});
afterEach(() => site?.close());

interface Opened {
  readonly page: Page;
  readonly faults: readonly string[];
  readonly requests: readonly Request[];
  close(): Promise<void>;
}

/** Opens the page; what the console and its policy complain of is collected, and what it asks for. */
async function open(at = "verify.html", options: BrowserContextOptions = {}, script?: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  if (script !== undefined) await page.addInitScript(script);
  const faults: string[] = [];
  const requests: Request[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => requests.push(request));
  await page.goto(`${site.url}/${at}`, { waitUntil: "networkidle" });
  return { page, faults, requests, close: () => context.close() };
}

/** Chooses a file, and waits for what is said of it. */
async function choose(page: Page, content: string): Promise<string> {
  await page.focus("#file");
  await page.setInputFiles("#file", {
    name: "年度报告.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from(content),
  });
  await page.waitForFunction(() => document.activeElement?.id === "outcome");
  return page.innerText("#outcome");
}

/** Opens the page, chooses a file, and gives what was said of it. */
async function said(content: string, at?: string): Promise<string> {
  const { page, close } = await open(at);
  const text = await choose(page, content);
  await close();
  return text;
}

describe("the page that verifies", () => {
  it("proves a published file by static files alone, and sends nothing of it anywhere", async () => {
    const { page, faults, requests, close } = await open();
    const text = await choose(page, "pdf three");
    expect(text).toContain("✓ 通过：这个文件是公布过的");
    expect(text).toContain(`示例机关 ${YEAR}年度 第3版（现行），report.pdf`);
    expect(text).toContain("收录证明成立");
    expect(await page.getAttribute("#outcome", "class")).toBe("outcome yes");
    // It asks for what may not be there: the version after the last, witnesses where none are listed.
    expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
    for (const request of requests) {
      expect([request.method(), request.postData()]).toEqual(["GET", null]);
      expect(request.url().startsWith(site.url)).toBe(true);
    }
    // By the proof and a tile or two: not by reading the log.
    expect(
      requests.filter((request) => request.url().includes("/log/")).map((request) => new URL(request.url()).pathname),
    ).not.toContain(expect.stringContaining("entries"));
    await close();
  });

  it("takes a file that is dropped on it", async () => {
    const { page, close } = await open();
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["pdf one"], "one.pdf"));
      return data;
    });
    await page.dispatchEvent("#drop", "dragover", { dataTransfer: transfer });
    await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
    await page.waitForFunction(() => document.activeElement?.id === "outcome");
    const text = await page.innerText("#outcome");
    expect(text).toContain("第1版（已被后一版取代）");
    expect(text).toContain("✓ 通过");
    await close();
  });

  it("is reached and used by the keyboard, its field labelled and described", async () => {
    const { page, close } = await open();
    const field = page.getByLabel("选择文件，或把它拖到这里");
    for (let i = 0; i < 12 && !(await field.evaluate((node) => node === document.activeElement)); i += 1)
      await page.keyboard.press("Tab");
    expect(await field.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(
      await field.evaluate((node) => document.getElementById(node.getAttribute("aria-describedby")!)!.textContent),
    ).toContain("文件不会上传");
    await close();
  });

  it("shows what the address of a QR code names, and says whether the file is of it", async () => {
    const { page, close } = await open(`verify.html#${A}/${YEAR}/v3`);
    expect(await page.innerText("#named")).toContain(`示例机关 ${YEAR}年度 第3版（现行）`);
    expect(await page.innerText("#named")).toMatch(/report\.pdf\s+[0-9a-f]{64}/);
    const proof = await page.getAttribute("#named a[href$='.tlog-proof']", "href");
    expect(proof).toBe(`${site.url}/${A}/${YEAR}/v3/record.tlog-proof`);
    expect(await choose(page, "pdf three")).toContain("就是网址（二维码）所指的那一版");
    await close();
    expect(await said("pdf two", `verify.html#${A}/${YEAR}/v3`)).toContain("不是网址（二维码）所指的那一版");
  });

  it("says of a version that was published just now that it is not in the log yet", async () => {
    await site.file(B, "five");
    const { page, close } = await open(`verify.html#${B}/${YEAR}/v2`);
    expect(await page.innerText("#named")).toContain("还没有记入公布日志");
    await close();
  });

  it("shows the key and who witnesses the log, and that they saw the file's entry", async () => {
    await site.fsck({ mend: true, witnesses: [site.listed] });
    const { page, close } = await open();
    expect(await page.innerText("#log")).toContain(site.key);
    expect(await page.innerText("#log")).toMatch(/paper\.example\.cn：\d{4}-\d\d-\d\d \d\d:\d\d 见证了前4条/);
    expect(await choose(page, "pdf three")).toContain("见证人 paper.example.cn 于");
    await close();
  });

  it("speaks English at its other address", async () => {
    const { page, close } = await open("verify.en.html");
    expect(await choose(page, "pdf three")).toContain("✓ Verified: this file was published");
    await close();
  });

  it.each([
    [
      "without Ed25519",
      "const own = SubtleCrypto.prototype.importKey; SubtleCrypto.prototype.importKey = function (f, k, a, ...more) { return a.name === 'Ed25519' ? Promise.reject(new DOMException('', 'NotSupportedError')) : own.call(this, f, k, a, ...more); };",
    ],
    [
      "without Web Crypto, as on a page that did not come over TLS",
      "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });",
    ],
  ])("proves in a browser %s", async (_, script) => {
    const { page, faults, close } = await open("verify.html", {}, script);
    expect(await choose(page, "pdf three")).toContain("✓ 通过");
    expect(await choose(page, "pdf three.")).toContain("× 不通过");
    expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
    await close();
  });
});

describe("the page does not verify", () => {
  it("a file that was changed, or never published", async () => {
    expect(await said("pdf three!")).toContain("× 不通过：日志里没有这个文件");
  });

  it("anything by a checkpoint that another key signed", async () => {
    const { body, headers } = site.store.objects.get(CHECKPOINT_KEY)!;
    await site.store.put(CHECKPOINT_KEY, new TextDecoder().decode(body).replace("\n4\n", "\n5\n"), headers);
    expect(await said("pdf three")).toContain("× 不通过：公布日志与其签名不符");
  });

  it("by a proof of another log", async () => {
    const key = proofKey({ uscc: A, year: YEAR }, 3);
    const { body, headers } = site.store.objects.get(key)!;
    await site.store.put(key, new TextDecoder().decode(body).replace("\n3\n", "\n4\n"), headers);
    expect(await said("pdf three")).toContain("× 不通过：公布日志与其签名不符");
  });

  it("a site that has dropped a version, or rewritten one, whichever file it is shown", async () => {
    await site.forge(A, 1, (record) => ({ ...record, publishedAt: "2021-01-19T09:00:00+08:00" }));
    const text = await said("pdf three");
    expect(text).toContain("× 文件公布过，但网站或日志被改动过");
    expect(text).toContain("网站所列的第2版与日志所记不同");
  });

  it("a log that is not the one which a witness saw", async () => {
    await site.fsck({ mend: true, witnesses: [site.listed] });
    const { body, headers } = site.store.objects.get(WITNESSES_KEY)!;
    // A log of the same key that was begun anew, with what the witness had said of the one before.
    site.remove(
      (key) =>
        (key.startsWith("published/log/") || key.endsWith(".tlog-proof") || key.startsWith("fsck/")) &&
        key !== WITNESSES_KEY,
    );
    await site.forge(B, 1, (record) => site.withOtherPdf(record));
    await site.append();
    expect((await records(site.store, B, YEAR)).length).toBe(1);
    await site.store.put(WITNESSES_KEY, body, headers);
    const text = await said("pdf three");
    expect(text).toContain("× 文件公布过，但网站或日志被改动过");
    expect(text).toContain("见证人 paper.example.cn 见到的是另一份日志");
  });

  it("where no log is kept, and says what can be compared instead", async () => {
    site.remove((key) => key.startsWith("published/log/"));
    expect(await said("pdf three")).toContain("本网站没有公布日志");
  });
});

const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it.each([
    ["a desk", 1280],
    ["a telephone", 390],
  ])("has nothing that axe-core finds and fits %s, before and after", async (_, width) => {
    await site.fsck({ mend: true, witnesses: [site.listed] });
    const { page, close } = await open(`verify.html#${A}/${YEAR}/v3`, {
      colorScheme,
      viewport: { width, height: 844 },
    });
    for (const content of [undefined, "pdf three", "pdf three!"]) {
      if (content !== undefined) await choose(page, content);
      expect(await violationsOn(page, RULES)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
        0,
      );
      if (process.env["SHOTS"])
        await page.screenshot({
          path: `${process.env["SHOTS"]}/verify-${colorScheme}-${width}-${content ?? "named"}.png`,
          fullPage: true,
        });
    }
    await close();
  });
});
