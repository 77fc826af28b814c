import type { Block } from "../../compose/blocks.ts";
import { composeCorrection } from "../../compose/notices.ts";
import type { Fonts } from "../../fonts/fonts.ts";
import { type TypesetOptions, typeset } from "../../typeset/typeset.ts";
import type { Composed } from "../content.ts";
import type { Write } from "../write.ts";
import { renderPdf } from "./render.ts";

/** Blocks as a PDF with the data that they were made of attached. */
const pdfOf = (
  blocks: readonly Block[],
  { metadata, source }: Pick<Composed, "metadata" | "source">,
  fonts: Fonts,
  options: TypesetOptions,
): Promise<Uint8Array> =>
  renderPdf(typeset(blocks, fonts.faces, options), fonts, metadata, {
    name: "report.json",
    type: "application/json",
    bytes: source,
  });

/** An official document with its own data attached; a correction has its 更正说明 at the end. */
export const write: Write = (content, { fonts, watermark }) => {
  const { seal, correction } = content.of === "report" ? content : {};
  const blocks = [...content.blocks, ...(correction ? composeCorrection(correction) : [])];
  return pdfOf(blocks, content, fonts(), {
    ...(watermark === undefined ? {} : { watermark }),
    ...(seal ? { seal } : {}),
  });
};
