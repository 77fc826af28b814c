import { chromiumFromNpm } from "../tests/support/chromium.ts";
import { printing } from "./browser.ts";
import type { Engine } from "./engine.ts";

/**
 * Chromium's headless shell as `@sparticuz/chromium` brings it, of the version that the bench pins: the fastest form of
 * Chromium that there is for printing, several times as fast as the full browser without a window.
 */
export const engine: Engine = printing(async () => {
  const { executablePath, env } = await chromiumFromNpm();
  return { path: executablePath, env };
});
