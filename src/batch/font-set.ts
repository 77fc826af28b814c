import { statSync } from "node:fs";
import { join } from "node:path";
import { FACES } from "../basics/faces.ts";
import { openFonts } from "../fonts/fonts.ts";

/** What tells fonts from others of the same names. */
export function fontSetOf(folder: string): string {
  openFonts(folder);
  return FACES.map((name) => `${name} ${statSync(join(folder, `${name}.face`)).size}`).join();
}
