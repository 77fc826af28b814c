/** The filing page on what `npm start` runs: one service for a file of tests, a browser profile for each test. */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { User } from "../../local/users.ts";
import { axe, launchBrowser, watchedPage } from "./browser.ts";
import { press } from "./keyboard.ts";
import { startTestLocal, type TestLocal } from "./local.ts";

export interface FilingPageOptions {
  /** Who may be chosen at the issuer; the demonstration users unless given. */
  readonly users?: Readonly<Record<string, User>>;
  /** Done once, before the first test: what is published already. */
  readonly prepare?: (local: TestLocal) => Promise<void>;
}

/** The page of the test that is running, and what is done on it again and again. */
export interface FilingPage {
  readonly local: TestLocal;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Opens the page in a profile that knows nothing of what was done before; it takes the place of the one there was. */
  anew(options?: BrowserContextOptions): Promise<void>;
  /** A button by its whole name, or by what its name matches. */
  button(name: string | RegExp): Locator;
  /** A field of the form by what it holds. */
  cell(pointer: string): Locator;
  /** Presses the way to a step of the form. */
  step(name: string): Promise<void>;
  /** Signs in as one of the issuer's users, by the first letters of a name. */
  signIn(name?: string): Promise<void>;
  /** Has a file chosen by the page's own button. */
  chooseFile(
    label: string,
    file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
  ): Promise<void>;
  /** Takes away what the service keeps of a draft, so that another test's is none of this one's. */
  forget(report: { readonly organ: { readonly uscc: string }; readonly year: number }): Promise<void>;
  /** Looked at in light and dark, at a desktop's width and a telephone's: axe finds nothing, nothing is cut off. */
  look(): Promise<void>;
  /** Opens a report as its file; the form is there afterwards. */
  openReport(report: unknown): Promise<void>;
}

/** Starts all of it before the tests of a file, and ends it after them; every test leaves a page without faults. */
export function filingPage({ users, prepare }: FilingPageOptions = {}): FilingPage {
  let local: TestLocal;
  let browser: Browser;
  let context: BrowserContext | undefined;
  let page: Page;
  const faults: string[][] = [];

  const anew = async (options: BrowserContextOptions = {}): Promise<void> => {
    await context?.close();
    context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 }, ...options });
    const watched = await watchedPage(context);
    page = watched.page;
    faults.push(watched.faults);
    await page.goto(`${local.url}/filing/`);
  };
  const button = (name: string | RegExp): Locator =>
    page.getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) });
  const chooseFile: FilingPage["chooseFile"] = async (label, file) => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press(page, button(label))]);
    await chooser.setFiles(file);
  };

  beforeAll(async () => {
    [local, browser] = await Promise.all([startTestLocal(users ? { issuer: { users } } : {}), launchBrowser()]);
    await prepare?.(local);
  });
  afterAll(async () => {
    await browser?.close();
    await local?.close();
  });
  beforeEach(() => anew());
  afterEach(async () => {
    await context?.close();
    context = undefined;
    expect(faults.splice(0).flat()).toEqual([]);
  });

  return {
    get local() {
      return local;
    },
    get context() {
      return context!;
    },
    get page() {
      return page;
    },
    anew,
    button,
    chooseFile,
    cell: (pointer) => page.locator(`[data-pointer="${pointer}"]`),
    step: (name) => page.getByRole("navigation", { name: "填报步骤" }).getByRole("link", { name }).press("Enter"),
    signIn: async (name = "填报人") => {
      await press(page, button("登录").first());
      await press(page, button(new RegExp(`^${name}`)));
      await page.getByText(`已登录：${name}`).waitFor();
    },
    forget: async ({ organ, year }) => {
      const url = `${local.url}/drafts/${organ.uscc}/${year}`;
      const authorization = await local.authorization();
      const { draft } = (await (await fetch(url, { headers: { authorization } })).json()) as {
        draft: { etag: string } | null;
      };
      if (!draft) return;
      const gone = await fetch(url, { method: "DELETE", headers: { authorization, "if-match": draft.etag } });
      expect(gone.ok).toBe(true);
    },
    look: async () => {
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        expect(await axe(page)).toEqual([]);
      }
    },
    openReport: async (report) => {
      const buffer = Buffer.from(JSON.stringify(report));
      await chooseFile("导入文件", { name: "report.json", mimeType: "application/json", buffer });
      await page.getByRole("heading", { level: 2, name: "机关与日期" }).waitFor();
      await page.getByText("草稿已保存").waitFor();
    },
  };
}
