import { fileURLToPath } from "node:url";
import { type Fonts, openFonts } from "../src/render/pdf/fonts.ts";

let opened: Fonts | undefined;

/** The faces beside the bundle, or those in the folder that `FONTS` names. */
export function fonts(): Fonts {
  opened ??= openFonts(process.env["FONTS"] ?? fileURLToPath(new URL("./fonts", import.meta.url)));
  return opened;
}
