import { composeCorrection } from "../../compose/notices.ts";
import { typeset } from "../../typeset/typeset.ts";
import type { Write } from "../write.ts";
import { renderOfd } from "./render.ts";

/** The pages of the PDF as OFD, with the same data attached; a correction has its 更正说明 at the end. */
export const write: Write = (content, { fonts, watermark }) => {
  const { seal, correction } = content.of === "report" ? content : {};
  const blocks = [...content.blocks, ...(correction ? composeCorrection(correction) : [])];
  const opened = fonts();
  const options = { ...(watermark === undefined ? {} : { watermark }), ...(seal ? { seal } : {}) };
  return renderOfd(typeset(blocks, opened.faces, options), opened, content.metadata, content.source);
};
