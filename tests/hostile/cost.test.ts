import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { differences } from "../../src/check/differences.ts";
import { example } from "../support/service.ts";

/** A report whose narratives are as many paragraphs as may be. */
async function filled(text: (i: number) => string): Promise<Report> {
  const report = await example("hangzhou-2025");
  for (const section of ["overview", "problems", "other"])
    report[section].body = Array.from({ length: 5000 }, (_, i) => ({ type: "paragraph", text: text(i) }));
  return report as unknown as Report;
}

describe("a correction that has nothing in common with what it corrects", () => {
  it("is one difference a section: the fewest edits of ten thousand are not searched for", async () => {
    const found = differences(await filled((i) => `甲${i}`), await filled((i) => `乙${i}`));
    expect(found.map(({ pointer }) => pointer)).toEqual(["/overview/body", "/problems/body", "/other/body"]);
    expect(found[0]!.before!.split("\n")).toHaveLength(5000);
    expect(found[0]!.after!.split("\n").at(-1)).toBe("乙4999");
  });

  it("that changes some paragraphs of many still says which", async () => {
    const found = differences(await filled((i) => `甲${i}`), await filled((i) => (i === 7 ? "乙" : `甲${i}`)));
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ before: "甲7", after: "乙" });
  });
});
