import { parseJson } from "../../parse/parse.ts";
import type { ImportOptions } from "../account.ts";
import type { ExactDocument, SourceDocument } from "../document.ts";
import { ImportError } from "../import-error.ts";

/**
 * Reads a file by what is in it; each reader is loaded when a file needs it.
 * @throws ImportError when it cannot be read at all
 */
export async function readDocument(
  bytes: Uint8Array,
  _options: ImportOptions = {},
): Promise<SourceDocument | ExactDocument> {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4096)).replaceAll("\0", "");
  if (/^(?:\xef\xbb\xbf)?\s*\{/.test(head)) {
    try {
      return { format: "json", encoding: "utf-8", report: parseJson(bytes) };
    } catch {
      throw new ImportError("JSON不完整或有错误", "The JSON is not sound");
    }
  }
  if (/<(?:!doctype|html|head|body|meta|title|table|tr|td|div|p|h\d)\b/i.test(head))
    return (await import("./html.ts")).readHtml(bytes);
  throw new ImportError("认不出这个文件的格式", "The format of this file is not known");
}
