/** OFD in a reader of others: ofd.js in a browser, with the fonts that the file brings. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { all, partsOf, treesOf } from "./parts.ts";

const LIBRARY = createRequire(import.meta.url).resolve("ofd.js/lib/ofd.umd.min.js");

/** How ofd.js calls the fonts that it takes for the families of the file; it opens no fonts itself. */
const CALLED: Readonly<Record<string, string>> = {
  仿宋: "FangSong",
  楷体: "KaiTi",
  黑体: "SimHei",
  小标宋体: "sSun",
  宋体: "SimSun",
};

/** A character as it is drawn: mm from the page's top left, and mm high. */
export interface DrawnText {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly family: string;
}

/** An opened file: its pages as they were drawn, below each other. */
export interface Viewed {
  readonly page: Page;
  readonly pages: number;
  readonly texts: readonly DrawnText[];
  /** The fonts of the file that the browser took, by the families of the file. */
  readonly fonts: readonly string[];
  /** What went wrong, and what the reader complained of. */
  readonly faults: readonly string[];
}

/** How wide pages are shown, px. */
const SHOWN = 840;

function fontFaces(ofd: Uint8Array): string {
  const files = partsOf(ofd);
  return all(treesOf(ofd).get("Doc_0/PublicRes.xml")!, "Font")
    .map((font) => {
      const file = files.get(`Doc_0/Res/${all(font, "FontFile")[0]!.text}`)!;
      const data = Buffer.from(file).toString("base64");
      const family = CALLED[font.attributes["FamilyName"]!]!;
      return `@font-face{font-family:"${family}";src:url(data:font/otf;base64,${data})}`;
    })
    .join("");
}

/** Opens a file; the caller closes the page. */
export async function view(browser: Browser, ofd: Uint8Array): Promise<Viewed> {
  const page = await browser.newPage({ viewport: { width: SHOWN + 20, height: 1200 } });
  const faults: string[] = [];
  page.on("pageerror", ({ message }) => faults.push(message));
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#ccc}${fontFaces(ofd)}</style><main></main>`,
  );
  await page.addScriptTag({ content: await readFile(LIBRARY, "utf8") });
  const drawn = (await page.evaluate(
    `(${draw.toString()})(${JSON.stringify(Buffer.from(ofd).toString("base64"))}, ${SHOWN})`,
  )) as {
    readonly pages: number;
    readonly texts: DrawnText[];
    readonly fonts: string[];
  };
  const own = (family: string): string => Object.keys(CALLED).find((key) => CALLED[key] === family) ?? family;
  return { page, faults, ...drawn, fonts: drawn.fonts.map(own) };
}

/* Runs in the page: the types of browsers are not this program's. */
async function draw(base64: string, width: number): Promise<unknown> {
  // biome-ignore lint/suspicious/noExplicitAny: ofd.js has no types, and neither has a page's document here
  const page = globalThis as any;
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const [opened] = await new Promise<unknown[]>((success, fail) => {
    page.ofd.parseOfdDocument({ ofd: bytes.buffer, success, fail: (error: unknown) => fail(new Error(String(error))) });
  });
  const sheets = page.ofd.renderOfd(width, opened);
  page.document.querySelector("main").append(...sheets);
  await page.document.fonts.ready;
  const scale = 210 / Number.parseFloat(sheets[0].style.width);
  const number = (text: string): number => Number.parseFloat(text) * scale;
  const texts = sheets.flatMap((sheet: { querySelectorAll(selector: string): Iterable<never> }, i: number) =>
    // biome-ignore lint/suspicious/noExplicitAny: an element of the page
    [...sheet.querySelectorAll("svg > text")].map((text: any) => ({
      page: i,
      text: text.textContent,
      x: number(text.parentElement.style.left) + number(text.getAttribute("x")),
      y: number(text.parentElement.style.top) + number(text.getAttribute("y")),
      size: number(text.style.fontSize),
      family: text.style.fontFamily,
    })),
  );
  const fonts = [...page.document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family);
  return { pages: sheets.length, texts, fonts: fonts.map((family: string) => family.replace(/"/g, "")) };
}
