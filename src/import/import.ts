/** A file as a report, with an account of how it became one. */
import type { Imported, ImportOptions } from "./account.ts";
import { assemble } from "./assemble.ts";
import { passOn } from "./exact.ts";
import { type Reading, readDocument } from "./readers/read.ts";

export { ImportError } from "./import-error.ts";

/**
 * Imports a file: read by what is in it, then put together by the form's labels.
 * @param reading other readers and labels than those of this system
 * @throws ImportError when the file cannot be read at all
 */
export async function importReport(
  bytes: Uint8Array,
  options: ImportOptions = {},
  reading: Reading = {},
): Promise<Imported> {
  const document = await readDocument(bytes, options, reading);
  return "report" in document ? passOn(document, options) : assemble(document, options);
}
