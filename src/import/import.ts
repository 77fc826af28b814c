/** A file as a report, with an account of how it became one. */
import type { Imported, ImportOptions } from "./account.ts";
import { assemble } from "./assemble.ts";
import { passOn } from "./exact.ts";
import { readDocument } from "./readers/read.ts";

export { ImportError } from "./import-error.ts";

/**
 * Imports a file: read by what is in it, then put together by the form's labels.
 * @throws ImportError when the file cannot be read at all
 */
export async function importReport(bytes: Uint8Array, options: ImportOptions = {}): Promise<Imported> {
  const document = await readDocument(bytes, options);
  return "report" in document ? passOn(document, options) : assemble(document, options);
}
