import { join } from "node:path";
import { chromium as playwright } from "playwright-core";
import type { Engine } from "./engine.ts";
import { FONTCONFIG } from "./fonts.ts";

/** An executable with what its environment is to have besides. */
export interface Browser {
  readonly path: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A browser that stays open, one page in it; the fonts are installed, so that no page has to fetch them. */
export const printing = (find: () => Promise<Browser>): Engine => ({
  async start(directory) {
    const { path, env } = await find();
    const browser = await playwright.launch({
      executablePath: path,
      args: ["--no-sandbox"],
      env: { ...process.env, ...env, FONTCONFIG_FILE: join(directory, FONTCONFIG) } as Record<string, string>,
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
});
