import { ExtractError, NoDataError } from "../../formats/extract-error.ts";
import { reportOfJson } from "../../formats/json/read.ts";
import type { ExactDocument } from "../document.ts";
import { ImportError } from "../import-error.ts";

/**
 * The report that a file of this system carries; nothing of others.
 * @param extract reads the data out of the file
 * @throws ImportError when the file was altered
 */
export async function ownData(
  format: "pdf" | "ofd",
  extract: () => Promise<Uint8Array>,
): Promise<ExactDocument | undefined> {
  let source: Uint8Array;
  try {
    source = await extract();
  } catch (error) {
    if (error instanceof NoDataError) return undefined;
    if (!(error instanceof ExtractError)) throw error;
    const name = format.toUpperCase();
    throw new ImportError(
      `这是本系统生成的${name}，但${error.message}，不能导入；请使用公布的原文件`,
      `This ${name} was made by this system but was altered: ${error.messageEn}. Use the file as it was published`,
    );
  }
  return { format, report: reportOfJson(source) };
}
