import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/import/import-error.ts";
import { readDocx } from "../../src/import/readers/docx.ts";
import { steep } from "../support/growth.ts";
import { DOCX_REPEATS, type Repeat, XLSX_REPEATS } from "../support/import/office-repeats.ts";
import { readXlsx } from "../support/import/readers.ts";

const MINUTES = 60_000;

describe("the time that it takes to read grows no faster than what there is of each thing", () => {
  it.each([
    ["a DOCX", readDocx, DOCX_REPEATS],
    ["an XLSX", readXlsx, XLSX_REPEATS],
  ] as const)(
    "in %s",
    async (_, read, repeats) => {
      /** That it is refused is an answer too. */
      const reading = async (bytes: Uint8Array): Promise<void> => {
        await read(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
      };
      const prepare = (make: Repeat[1]) => (count: number) => {
        const bytes = make(count);
        return () => reading(bytes);
      };
      expect(await steep(repeats.map(([what, make]) => [what, prepare(make)]))).toEqual([]);
    },
    30 * MINUTES,
  );
});
