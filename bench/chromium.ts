import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Engine } from "./engine.ts";
import { FONTCONFIG } from "./fonts.ts";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser to run: `CHROMIUM`, one that the system has, or the one that `@sparticuz/chromium` brings. */
async function browserPath(): Promise<{ readonly path: string; readonly args: readonly string[] }> {
  const path = [process.env["CHROMIUM"] ?? "", ...INSTALLED].find((file) => file !== "" && existsSync(file));
  if (path) return { path, args: ["--no-sandbox"] };
  const { default: packed } = await import("@sparticuz/chromium");
  return { path: await packed.executablePath(), args: packed.args };
}

/** A browser that stays open, one page in it; the fonts are installed, so that no page has to fetch them. */
export const engine: Engine = {
  async start(directory) {
    const { path, args } = await browserPath();
    const browser = await chromium.launch({
      executablePath: path,
      args: [...args],
      env: { ...process.env, FONTCONFIG_FILE: join(directory, FONTCONFIG) } as Record<string, string>,
    });
    const page = await browser.newPage();
    return {
      async render(html) {
        await page.setContent(html as string, { waitUntil: "load" });
        return page.pdf({ preferCSSPageSize: true, tagged: true, outline: true });
      },
      stop: () => browser.close(),
    };
  },
};
