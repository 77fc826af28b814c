import pdfmake from "pdfmake";
import type { Block } from "../../blocks.ts";
import { type DocumentMetadata, definition } from "./definition.ts";
import { FACES, type Fonts } from "./fonts.ts";

let installed: Fonts | undefined;

/** Hands the faces to pdfmake, which knows them by file name only. */
function install(fonts: Fonts): void {
  if (installed === fonts) return;
  for (const name of FACES) pdfmake.virtualfs.writeFileSync(`${name}.ttf`, fonts.get(name).bytes);
  pdfmake.setFonts(Object.fromEntries(FACES.map((name) => [name, { normal: `${name}.ttf` }])));
  // A report is plain text: nothing in it may make the renderer fetch a URL or read a file.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  installed = fonts;
}

/** What a rendering may add to the document. */
export interface RenderOptions {
  /** Printed across every page, e.g. 预览. */
  readonly watermark?: string;
}

/** Sets blocks as an official document. The same input gives the same bytes. */
export async function renderPdf(
  blocks: readonly Block[],
  fonts: Fonts,
  metadata: DocumentMetadata,
  options: RenderOptions = {},
): Promise<Uint8Array> {
  install(fonts);
  return pdfmake.createPdf(definition(blocks, fonts, metadata, options.watermark)).getBuffer();
}
