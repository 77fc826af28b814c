import type { Report } from "../generated/report.ts";
import { typeset } from "../src/document.ts";
import { openFonts } from "../src/fonts/fonts.ts";
import type { Engine } from "./engine.ts";

/** The product, from report to PDF/A with everything that its service puts in: tags, bookmarks, the attached data. */
export const engine: Engine = {
  async start(directory) {
    const fonts = openFonts(directory);
    return { render: (report) => typeset(report as Report, fonts) };
  },
};
