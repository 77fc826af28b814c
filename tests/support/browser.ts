import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, type Page, chromium as playwright } from "playwright-core";
import { chromiumFromNpm, FROM_NPM } from "./chromium.ts";

/** What installs all that a browser needs where the one from npm does not run. */
const INSTALL = "npx playwright-core install --with-deps chromium-headless-shell";

/**
 * A real Chromium. Not with the arguments that come with the package: those are for functions that live for one page,
 * with all in one process and the web's own security off.
 * @throws Error with the command that installs what it lacks
 */
export async function launchBrowser(): Promise<Browser> {
  try {
    const packed = FROM_NPM ? await chromiumFromNpm() : undefined;
    return await playwright.launch({
      ...(packed
        ? { executablePath: packed.executablePath, env: { ...(process.env as Record<string, string>), ...packed.env } }
        : {}),
      args: ["--no-sandbox"],
    });
  } catch (error) {
    throw new Error(`Chromium did not start. This installs what it needs:\n\n    ${INSTALL}\n`, { cause: error });
  }
}

/** A page that keeps what its content security policy refused and what it threw. */
export async function watchedPage(context: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const faults: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
  });
  return { page, faults };
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds on a page as it is; evaluated through the debugger, which no policy keeps out. */
export async function violationsOn(
  page: Page,
  options: Readonly<Record<string, unknown>> = { resultTypes: ["violations"] },
): Promise<string[]> {
  const source = await readFile(AXE, "utf8");
  const { violations } = (await page.evaluate(`${source};axe.run(document, ${JSON.stringify(options)})`)) as {
    violations: readonly Violation[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

/** What axe-core finds, in light and in dark. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await violationsOn(page)).map((violation) => `${colorScheme} ${violation}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}
