/** Reads OFD (GB/T 33190—2016), as WPS, 数科, 福昕 and others write it. */
import type { ExactDocument, SourceDocument } from "../document.ts";
import { ownSource } from "./ofd-own.ts";
import { openOfd, textAt } from "./ofd-package.ts";
import { readOfdPages } from "./ofd-pages.ts";
import { ownData } from "./own-data.ts";
import { itemsOf } from "./pdf-items.ts";
import type { ReadOptions } from "./reader.ts";

/**
 * Reads an OFD file: of this system the report that it carries, exactly; of others the text by its positions, with tables
 * by their ruling lines or, where they have none, by their columns.
 * @throws ImportError when it is damaged, encrypted, altered, a scan, too large, or does not say which characters it shows
 */
export async function readOfd(bytes: Uint8Array, { labels }: ReadOptions): Promise<SourceDocument | ExactDocument> {
  const file = await openOfd(bytes);
  const own = await ownData("ofd", () => ownSource(file));
  if (own) return own;
  const title = textAt(file.info, "Title");
  return { format: "ofd", ...(title === "" ? {} : { title }), items: itemsOf(await readOfdPages(file), labels) };
}
