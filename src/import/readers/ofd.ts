/** Reads OFD (GB/T 33190—2016), as WPS, 数科, 福昕 and others write it. */
import { ExtractError, NoDataError } from "../../formats/extract-error.ts";
import { reportOfJson } from "../../formats/json/read.ts";
import type { ExactDocument, SourceDocument } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { ownSource } from "./ofd-own.ts";
import { type OfdPackage, openOfd, textAt } from "./ofd-package.ts";
import { readOfdPages } from "./ofd-pages.ts";
import { itemsOf } from "./pdf-items.ts";
import type { ReadOptions } from "./reader.ts";

/** The data that a file of this system carries; nothing of others. */
async function ownData(file: OfdPackage): Promise<ExactDocument | undefined> {
  let source: Uint8Array;
  try {
    source = await ownSource(file);
  } catch (error) {
    if (error instanceof NoDataError) return undefined;
    if (!(error instanceof ExtractError)) throw error;
    throw new ImportError(
      `这是本系统生成的OFD，但${error.message}，不能导入；请使用公布的原文件`,
      `This OFD was made by this system but was altered: ${error.messageEn}. Use the file as it was published`,
    );
  }
  return { format: "ofd", report: reportOfJson(source) };
}

/**
 * Reads an OFD file: of this system the report that it carries, exactly; of others the text by its positions, with tables
 * by their ruling lines or, where they have none, by their columns.
 * @throws ImportError when it is damaged, encrypted, altered, a scan, too large, or does not say which characters it shows
 */
export async function readOfd(bytes: Uint8Array, { labels }: ReadOptions): Promise<SourceDocument | ExactDocument> {
  const file = await openOfd(bytes);
  const own = await ownData(file);
  if (own) return own;
  const title = textAt(file.info, "Title");
  return { format: "ofd", ...(title === "" ? {} : { title }), items: itemsOf(await readOfdPages(file), labels) };
}
