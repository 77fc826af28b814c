import { writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/** Saves what a page looks like as WebP, which the browser driver's own pictures are not. */
export async function savePicture(page: Page, file: string, tallest = 2000): Promise<void> {
  const { width, height } = await page.evaluate(() => ({
    width: innerWidth,
    height: document.documentElement.scrollHeight,
  }));
  const debuggerOf = await page.context().newCDPSession(page);
  const { data } = await debuggerOf.send("Page.captureScreenshot", {
    format: "webp",
    quality: 75,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, tallest), scale: 1 },
  });
  await debuggerOf.detach();
  await writeFile(file, Buffer.from(data, "base64"));
}
