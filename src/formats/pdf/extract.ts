import { sha256 } from "../../basics/hash.ts";
import { ExtractError, NoDataError } from "../extract-error.ts";
import { readChecksums } from "./metadata.ts";
import { pdfjs } from "./pdfjs.ts";

/**
 * Takes the data that a published PDF carries, after checking that neither they nor the pages were changed: both hash to
 * what the file's metadata say, and nothing is laid over the pages. It does not recognize a file that was made anew, metadata
 * included; the publication record can.
 * @returns the attached `report.json`, byte for byte
 * @throws ExtractError when the file is none of ours or was altered
 */
export async function extractSource(pdf: Uint8Array): Promise<Uint8Array> {
  const { getDocument } = await pdfjs();
  const task = getDocument({ data: new Uint8Array(pdf), useSystemFonts: false, isEvalSupported: false, verbosity: 0 });
  try {
    const document = await task.promise.catch(() => {
      throw new ExtractError("不是可读的PDF文件", "Not a readable PDF");
    });
    const { metadata } = await document.getMetadata();
    const checksums = readChecksums((metadata as { getRaw(): string } | null)?.getRaw() ?? "");
    const attachments = ((await document.getAttachments()) ?? {}) as Record<string, { readonly content: Uint8Array }>;
    const source = attachments["report.json"]?.content;
    if (!checksums || !source)
      throw new NoDataError(
        "不是本系统生成的年度报告，没有附带数据",
        "Not a report of this system: it carries no data",
      );
    if (sha256(source) !== checksums.source)
      throw new ExtractError(
        "附带的数据已被改动，与文件的校验值不符",
        "The attached data were altered: they do not match the file's checksum",
      );
    let text = "";
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      if ((await page.getAnnotations()).length > 0)
        throw new ExtractError(`第${number}页上加盖了批注`, `Page ${number} has annotations laid over it`);
      const { items } = await page.getTextContent({ disableNormalization: true });
      text += `${items
        .map((item) => ("str" in item ? item.str : ""))
        .join("")
        .replace(/\s/gu, "")}\n`;
    }
    if (sha256(text) !== checksums.pages)
      throw new ExtractError(
        "页面文字已被改动，与文件的校验值不符",
        "The pages were altered: their text does not match the file's checksum",
      );
    return source;
  } finally {
    await task.destroy();
  }
}
