/** A clerk without a mouse: every way to a place is by keys, and nothing is pressed that has not the focus. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";

/** More than any page of ours has places to stop at. */
const STOPS = 150;

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement);

/** Tab until something has the focus. @throws Error when Tab does not lead there */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < STOPS; i += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

/** Goes to a link, a button or a check box, and presses it. */
export async function press(page: Page, target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Goes to a field and types in the place of what is there. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** Chooses in a list by the arrow keys. */
export async function choose(page: Page, target: Locator, value: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Home");
  for (let i = 0; i < STOPS; i += 1) {
    if ((await target.inputValue()) === value) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`${target} has no ${value}`);
}

/** Presses a link or a button that gives a file. */
export async function fileFrom(
  page: Page,
  target: Locator,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, target)]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The figure that has the focus in a table of the form. */
export const focusedCell = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement as HTMLElement).dataset["pointer"]);
