import type { Report } from "../generated/report.ts";
import { compose } from "../src/compose/compose.ts";
import type { EngineName } from "./engine.ts";
import { htmlSource } from "./source-html.ts";
import { pdfmakeSource } from "./source-pdfmake.ts";
import { typstSource } from "./source-typst.ts";

/**
 * What an engine is given, made outside the timing: nianbao gets the report itself and composes it within its time, the
 * others get the composed blocks in their own language.
 */
export function sourceOf(engine: EngineName, report: Report): unknown {
  switch (engine) {
    case "nianbao":
      return report;
    case "typst":
      return typstSource(compose(report));
    case "shell":
    case "chromium":
      return htmlSource(compose(report));
    case "pdfmake":
      return pdfmakeSource(compose(report));
  }
}
