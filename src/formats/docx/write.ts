import type { Block } from "../../compose/blocks.ts";
import { composeCorrection } from "../../compose/notices.ts";
import type { Composed } from "../content.ts";
import { officialDocument } from "./document.ts";
import { blocksDigest, PREFIX } from "./own.ts";

/** Data that the pages do not show, kept as custom properties so that a report imports exactly. */
function propertiesOf(content: Composed, blocks: readonly Block[]): Readonly<Record<string, string>> {
  const text = blocksDigest(blocks);
  if (content.of !== "report") return { text };
  const { edition, year, organ, signed } = content.report;
  return { edition, year: String(year), organ: organ.name, uscc: organ.uscc, signed, text };
}

/** A report or a notice in its place as a document, which is known again when it is read. */
export function write(content: Composed): Promise<Uint8Array> {
  const { correction } = content.of === "report" ? content : {};
  const blocks = [...content.blocks, ...(correction ? composeCorrection(correction) : [])];
  const properties = Object.entries(propertiesOf(content, blocks)).map(([name, value]) => [`${PREFIX}${name}`, value]);
  return officialDocument(blocks, content.metadata, Object.fromEntries(properties));
}
