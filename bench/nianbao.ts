import type { Report } from "../generated/report.ts";
import { openFonts } from "../src/fonts/fonts.ts";
import { composedReport } from "../src/formats/content.ts";
import { writeAs } from "../src/formats/write.ts";
import type { Engine } from "./engine.ts";

/** The product, from report to PDF/A with everything that its service puts in: tags, bookmarks, the attached data. */
export const engine: Engine = {
  async start(directory) {
    const fonts = openFonts(directory);
    return {
      render: (report) =>
        writeAs({ name: "pdf" }, composedReport({ of: "report", report: report as Report }), { fonts: () => fonts }),
    };
  },
};
