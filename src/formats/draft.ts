import type { Report } from "../../generated/report.ts";
import type { Block } from "../compose/blocks.ts";
import { compose } from "../compose/compose.ts";
import type { Fonts } from "../fonts/fonts.ts";
import { printedTitle } from "../form/title.ts";
import type { Seal } from "../typeset/signature.ts";
import { type ComposedReport, dataFile, metadataOf } from "./content.ts";

/** What stands where a draft has no organ and no date yet: lines to be filled in. */
const NO_ORGAN = "＿＿＿＿＿＿＿＿";
const NO_DATE = "＿＿＿＿年＿＿月＿＿日";
/** Printed for a character that no face has, as printers did: the 下駄. */
const NO_GLYPH = "〓";

/** A text whose every character can be printed. */
function printable(text: string, fonts: Fonts): string {
  const missing = new Set(fonts.missing(text));
  return missing.size === 0 ? text : [...text].map((c) => (missing.has(c) ? NO_GLYPH : c)).join("");
}

function draftBlocks(report: Report, fonts: Fonts): Block[] {
  const organ = printable(report.organ.name || NO_ORGAN, fonts);
  return compose(report).map((block): Block => {
    switch (block.kind) {
      case "title":
        return { ...block, lines: [organ, printedTitle(report.edition, report.year)] };
      case "signature":
        return { ...block, organ, date: report.signed ? block.date : NO_DATE };
      case "table":
        return block;
      default:
        return { ...block, text: printable(block.text, fonts) };
    }
  });
}

/** A report in the making, ready to be written: what is not there yet stays blank. */
export function composedDraft(report: Report, fonts: Fonts, seal?: Seal): ComposedReport {
  const { organ, year } = report;
  return {
    of: "report",
    report,
    ...(seal ? { seal } : {}),
    subject: { uscc: organ.uscc, organ: organ.name, year },
    metadata: metadataOf({ ...report, signed: report.signed || `${report.year + 1}-01-01` }),
    blocks: draftBlocks(report, fonts),
    source: dataFile(report),
  };
}
