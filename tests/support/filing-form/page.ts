import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import chromium from "@sparticuz/chromium";
import { Hono } from "hono";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";
import { problem } from "../../../functions/problem.ts";
import { filingPages } from "../../../functions/web.ts";
import { openFonts } from "../../../src/render/pdf/fonts.ts";

const at = (relative: string): string => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

/** The filing pages as they are built, on a service that has published what it is given and publishes nothing more. */
export async function servePages(
  published: Readonly<Record<string, unknown>> = {},
  port = 0,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = new Hono();
  let url = "";
  app.get("/filing/config.json", (c) =>
    c.json({ issuer: url, clientId: "form", scope: "openid", tokenUse: "access", publicUrl: url }),
  );
  app.get("/:uscc/:year/report.json", (c) => {
    const { uscc, year } = c.req.param();
    const report = published[`${uscc}/${year}`];
    return report ? c.json(report) : c.notFound();
  });
  app.all("/reports/*", () => problem({ status: 404, title: "没有找到", titleEn: "Not Found" }));
  // Where pages are read from is known only when the server listens.
  app.all("/filing/*", (c) => pages.fetch(c.req.raw));
  const pages = new Hono();
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  pages.route("/filing", filingPages({ fonts: openFonts(at("dist/fonts")), publicUrl: url }, at("dist/web/filing")));
  return { url, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Starts the browser that comes with the packages. */
export const launch = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });

/** What a page complained of: scripts that threw, what its policy refused. */
export interface Watched {
  readonly page: Page;
  readonly faults: string[];
}

export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${url}/filing/`);
  return { page, faults };
}

/** Begins a new report with the keyboard alone; the form is open afterwards. */
export async function beginReport(page: Page, uscc: string, year: number, name: string): Promise<void> {
  const code = page.getByLabel("统一社会信用代码");
  await code.focus();
  await page.keyboard.type(uscc);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+A");
  await page.keyboard.type(String(year));
  await page.keyboard.press("Enter");
  const organ = page.getByLabel("机关名称");
  await organ.waitFor();
  await organ.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "机关与日期" }).waitFor();
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds, in light and in dark. */
export async function axe(page: Page): Promise<string[]> {
  const source = await readFile(AXE, "utf8");
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Evaluated through the debugger, which no policy keeps out.
    const { violations } = (await page.evaluate(`${source};axe.run(document, { resultTypes: ["violations"] })`)) as {
      violations: readonly Violation[];
    };
    found.push(
      ...violations.flatMap(({ id, nodes }) => nodes.map((n) => `${colorScheme} ${id}: ${n.html} ${n.failureSummary}`)),
    );
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** Pastes as a browser does, with what a clipboard would hold; goes to whatever has the focus. */
export const pasteInto = (page: Page, content: { readonly html?: string; readonly text?: string }): Promise<void> =>
  page.evaluate(({ html = "", text = "" }) => {
    const data = new DataTransfer();
    if (html !== "") data.setData("text/html", html);
    data.setData("text/plain", text);
    document.activeElement!.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, content);
