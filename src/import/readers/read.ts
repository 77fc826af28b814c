import { OwnFileError } from "../../formats/own-file-error.ts";
import type { ImportOptions } from "../account.ts";
import type { ExactDocument, SourceDocument } from "../document.ts";
import { ImportError } from "../import-error.ts";
import { labelsOfForms } from "../labels.ts";
import type { Reader, ReadOptions } from "./reader.ts";
import { READERS } from "./registry.ts";
import { sniff } from "./sniff.ts";

/** What files are read with. */
export interface Reading {
  readonly readers?: readonly Reader[];
  readonly labels?: ReadOptions["labels"];
}

/**
 * Reads a file by what is in it; each reader is loaded when a file needs it.
 * @throws ImportError when it cannot be read at all, with what it is and what to do instead
 */
export async function readDocument(
  bytes: Uint8Array,
  { name }: Pick<ImportOptions, "name"> = {},
  { readers = READERS, labels = labelsOfForms() }: Reading = {},
): Promise<SourceDocument | ExactDocument> {
  const claiming = readers.find(({ claims }) => claims?.(bytes, name ?? ""));
  const kind = claiming?.kind ?? sniff(bytes, name);
  const reader = claiming ?? readers.find((known) => known.kind === kind);
  if (!reader)
    throw new ImportError(`没有读取这种文件（${kind}）的程序`, `There is no reader for this kind of file (${kind})`);
  const read = await reader.load();
  try {
    return await read(bytes, { name, labels });
  } catch (error) {
    throw error instanceof OwnFileError ? new ImportError(error.message, error.messageEn) : error;
  }
}
