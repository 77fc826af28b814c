import { canonicalJson } from "../basics/canonical-json.ts";
import type { Fonts } from "../fonts/fonts.ts";
import { type Composed, type Content, composed, dataFile } from "./content.ts";
import { fileName, PUBLISHED, type PublishedName } from "./registry.ts";
import { writeAs } from "./write.ts";

/** The files of a version by their names: one of each format that is published, and of a correction its differences. */
export type Files = Readonly<Record<`report.${PublishedName}`, Uint8Array>> & {
  readonly "correction.json"?: Uint8Array;
};

/** What stands at `correction.json`: the differences, or the notice that took their place. */
function correctionFile(content: Content, { source }: Composed): Partial<Files> {
  if (content.of === "redaction") return content.withCorrection ? { "correction.json": source } : {};
  if (content.of !== "report" || !content.correction) return {};
  return { "correction.json": dataFile(JSON.parse(canonicalJson(content.correction))) };
}

/** Every file of a version: compose once → each format that is published. */
export async function versionFiles(content: Content, fonts: Fonts): Promise<Files> {
  const document = composed(content);
  const surroundings = { fonts: () => fonts, beside: PUBLISHED };
  const files: [string, Uint8Array][] = [];
  for (const format of PUBLISHED) files.push([fileName(format), await writeAs(format, document, surroundings)]);
  return { ...(Object.fromEntries(files) as Files), ...correctionFile(content, document) };
}
