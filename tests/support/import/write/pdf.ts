/** Pages printed by a browser: a PDF with text, without a structure or data of ours. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../browser.ts";
import type { Paper } from "../paper.ts";
import { pageHtml } from "./html.ts";

const FONT = createRequire(import.meta.url).resolve(
  "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
);
const ORIGIN = "http://paper.test/";
const STYLE = `<style>
@font-face { font-family: Paper; src: local("Noto Sans SC"), local("NotoSansSC-Regular"), url("${ORIGIN}font.ttf") }
* { font-family: Paper !important }
table { width: 100%; border-collapse: collapse; font-size: 9pt }
td { border: 1px solid; padding: 1pt; text-align: center }
@page { size: A4; margin: 18mm }
</style>`;

/** A browser that prints; to be closed. */
export interface Printer {
  print(paper: Paper): Promise<Uint8Array>;
  close(): Promise<void>;
}

export async function startPrinter(): Promise<Printer> {
  const font = await readFile(FONT);
  const browser: Browser = await launchBrowser();
  const context = await browser.newContext();
  let html = "";
  await context.route(`${ORIGIN}**`, (route) =>
    route.request().url().endsWith("font.ttf")
      ? route.fulfill({ body: font, contentType: "font/ttf" })
      : route.fulfill({ body: html, contentType: "text/html; charset=utf-8" }),
  );
  const page = await context.newPage();
  return {
    async print(paper) {
      html = pageHtml(paper, "utf-8").replace("</head>", `${STYLE}</head>`);
      await page.goto(ORIGIN, { waitUntil: "load" });
      await page.evaluate(() => document.fonts.ready.then(() => true));
      return page.pdf({ preferCSSPageSize: true, printBackground: false });
    },
    close: () => browser.close(),
  };
}
