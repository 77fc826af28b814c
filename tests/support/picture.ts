import { writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/**
 * Saves what a page looks like as WebP, which the browser driver's own pictures are not.
 * @param tallest how much of the page from its top, px; without it what is in the window
 */
export async function savePicture(page: Page, file: string, tallest?: number): Promise<void> {
  const { x, y, width, height, whole } = await page.evaluate(() => ({
    x: scrollX,
    y: scrollY,
    width: innerWidth,
    height: innerHeight,
    whole: document.documentElement.scrollHeight,
  }));
  const debuggerOf = await page.context().newCDPSession(page);
  const { data } = await debuggerOf.send("Page.captureScreenshot", {
    format: "webp",
    quality: 75,
    captureBeyondViewport: tallest !== undefined,
    clip: { ...(tallest ? { x: 0, y: 0, height: Math.min(whole, tallest) } : { x, y, height }), width, scale: 1 },
  });
  await debuggerOf.detach();
  await writeFile(file, Buffer.from(data, "base64"));
}
