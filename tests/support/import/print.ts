/** PDFs as a browser prints them. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";

const FONTS = {
  serif: "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  sans: "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
};
const require = createRequire(import.meta.url);

/** How a report's page looks on a government site when it is printed: titles in the middle, tables with borders. */
export const STYLE = `
@font-face { font-family: serif-sc; src: url("http://fonts.test/serif"); }
@font-face { font-family: sans-sc; src: url("http://fonts.test/sans"); }
@page { size: A4 portrait; margin: 25mm 26mm; }
body { font: 12pt/1.8 serif-sc; margin: 0; text-align: justify; }
h1 { font: 20pt/1.6 sans-sc; text-align: center; }
p { text-indent: 2em; margin: 0; }
.signed { text-align: right; text-indent: 0; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 1.4; text-align: center; margin: 6pt 0; }
td { border: 0.75pt solid #000; padding: 2pt 3pt; }`;

export interface PrintOptions {
  readonly style?: string;
  readonly landscape?: boolean;
  /** Templates of what stands over and under each page, as Chromium's print takes them. */
  readonly header?: string;
  readonly footer?: string;
}

/** Prints the body of a page. */
export async function print(browser: Browser, body: string, options: PrintOptions = {}): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.route("http://fonts.test/*", async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) as keyof typeof FONTS;
    const font = await readFile(require.resolve(FONTS[name]));
    await route.fulfill({ body: font, headers: { "access-control-allow-origin": "*" } });
  });
  await page.setContent(`<meta charset="utf-8"><style>${STYLE}${options.style ?? ""}</style>${body}`);
  await page.evaluate(() => document.fonts.ready);
  const { landscape = false, header, footer } = options;
  const pdf = await page.pdf({
    preferCSSPageSize: true,
    landscape,
    printBackground: true,
    displayHeaderFooter: header !== undefined || footer !== undefined,
    headerTemplate: header ?? "<span></span>",
    footerTemplate: footer ?? "<span></span>",
  });
  await page.close();
  return new Uint8Array(pdf);
}
