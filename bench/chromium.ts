import { printing } from "./browser.ts";
import type { Engine } from "./engine.ts";
import { INSTALLED_BROWSER } from "./installed.ts";

/** The full browser of the system, where it has one. */
export const engine: Engine = printing(async () => {
  if (!INSTALLED_BROWSER) throw new Error("no Chromium is installed; CHROMIUM names one that is elsewhere");
  return { path: INSTALLED_BROWSER };
});
