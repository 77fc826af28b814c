/** A PDF is read in a time that grows as its size does, whatever is repeated in it, or is refused. */
import { describe, expect, it } from "vitest";
import { ImportError } from "../../src/import/import-error.ts";
import { steep } from "../support/growth.ts";
import { BOMBS } from "../support/import/bomb-pdf.ts";
import { LONG } from "../support/import/long-pdf.ts";
import { readPdf } from "../support/import/readers.ts";

const MINUTES = 60_000;

/** Reads a file; that it is refused is an answer too. */
async function reading(bytes: Uint8Array): Promise<void> {
  await readPdf(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(ImportError));
}

it(
  "the time that a PDF takes grows no faster than what there is of each thing",
  async () => {
    const prepare = (make: (count: number) => Uint8Array) => (count: number) => {
      const bytes = make(count);
      return () => reading(bytes);
    };
    expect(await steep(Object.entries(LONG).map(([what, make]) => [what, prepare(make)]))).toEqual([]);
  },
  30 * MINUTES,
);

describe("a small file that asks for much is refused with a reason, or has nothing to read", () => {
  it.each(Object.keys(BOMBS))("%s", async (name) => {
    await expect(readPdf(BOMBS[name]!())).rejects.toBeInstanceOf(ImportError);
  });
});
