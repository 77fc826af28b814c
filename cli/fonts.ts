import { fileURLToPath } from "node:url";
import { type Fonts, openFonts } from "../src/fonts/fonts.ts";

let opened: Fonts | undefined;

/** The folder of faces beside the bundle, or the one that `FONTS` names. */
export const fontsFolder = (): string => process.env["FONTS"] ?? fileURLToPath(new URL("./fonts", import.meta.url));

/** The faces of that folder. */
export function fonts(): Fonts {
  opened ??= openFonts(fontsFolder());
  return opened;
}
