/** A file as a report, with an account of how it became one. */
import type { Imported, ImportOptions } from "./account.ts";
import { assemble } from "./assemble.ts";
import { importExact } from "./exact.ts";
import { labelsOfForms } from "./labels.ts";
import { type Reading, readDocument } from "./readers/read.ts";

export { ImportError } from "./import-error.ts";

/**
 * Imports a file: read by what is in it, then put together by the form's labels.
 * @param reading other readers than those of this system, and other labels for them to know
 * @throws ImportError when the file cannot be read at all
 */
export async function importReport(
  bytes: Uint8Array,
  options: ImportOptions = {},
  reading: Reading = {},
): Promise<Imported> {
  const document = await readDocument(bytes, options, reading);
  return "report" in document ? importExact(document, options) : assemble(document, options, labelsOfForms());
}
