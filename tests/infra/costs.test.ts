import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { costTable, estimate, type Work } from "../../scripts/cloud-costs.ts";

const operations = readFileSync(new URL("../../docs/OPERATIONS.md", import.meta.url), "utf8");
const WORKS: readonly Work[] = ["rebuild", "check", "batch"];

/** Seconds that a function may take. */
const MOST = 900;

describe("what the handbook says of a nation's reports", () => {
  it("is what the model comes to", () => {
    expect(operations).toContain(costTable());
  });

  it("names the prices that it is made of", () => {
    for (const price of ["0.0000133334", "0.025", "0.0004", "0.005"]) expect(operations).toContain(price);
  });
});

describe("the model", () => {
  it.each(WORKS)("of %s has no part that takes longer than a function may, at ten years of reports", (work) => {
    for (const atOnce of [1, 50, 500]) {
      const { ofPart, begins } = estimate(work, 2_500_000, atOnce);
      expect(ofPart).toBeLessThan(MOST);
      expect(begins).toBeLessThan(MOST);
    }
  });

  it.each(WORKS)("of %s is faster the more parts there are at once, and at fifty faster than a machine", (work) => {
    for (const reports of [100_000, 2_500_000]) {
      const [some, many] = [estimate(work, reports, 50), estimate(work, reports, 500)];
      expect(many.seconds).toBeLessThan(some.seconds);
      expect(some.seconds).toBeLessThan(some.alone / 8);
    }
  });
});
