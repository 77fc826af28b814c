import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Page } from "playwright-core";
import { notFound, problemResponse } from "../../../functions/problem.ts";
import { filingPages } from "../../../functions/web.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { launchBrowser, watchedPage } from "../browser.ts";

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
  app.all("/reports/*", () => problemResponse(notFound("/reports"), crypto.randomUUID()));
  // Where pages are read from is known only when the server listens.
  app.all("/filing/*", (c) => pages.fetch(c.req.raw));
  const pages = new Hono();
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  pages.route(
    "/filing",
    filingPages({ fonts: openFonts(at("dist/fonts")), publicUrl: url, filing: { issuer: url } }, at("dist/web/filing")),
  );
  return { url, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** The pages in a browser of their own, which keeps no draft of another test; with what the page complained of. */
export async function openPage(url: string): Promise<{
  readonly page: Page;
  readonly faults: string[];
  close(): Promise<void>;
}> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN" });
  const { page, faults } = await watchedPage(context);
  await page.goto(`${url}/filing/`);
  return { page, faults, close: () => browser.close() };
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
