import { expect, it } from "vitest";
import { labelled, measure } from "../support/sentences.ts";

/** Sentences that nobody looked at while the reader was built; they are not printed, so that they stay kept aside. */
it.each([
  ["held-out", 0.97, 0.8],
  ["offices-held-out", 0.99, 0.9],
])(
  "reads sentences that it was not built on, %s: precision at least %d, recall at least %d",
  async (name, precision, recall) => {
    const { wrong, ...measured } = measure(await labelled(name));
    console.info("sentences kept aside", name, measured, `read otherwise: ${wrong.length}`);
    expect(measured.precision).toBeGreaterThanOrEqual(precision);
    expect(measured.recall).toBeGreaterThanOrEqual(recall);
  },
);
