/** Lists from before a format was published lead to no file of it. */
import { describe, expect, it } from "vitest";
import { PUBLISHED } from "../../src/formats/registry.ts";
import type { Entry } from "../../src/index/shapes.ts";
import type { View } from "../../src/portal/view.ts";
import { downloads } from "../../src/portal/words.ts";

const ENTRY = { uscc: "11371500MB28560185", year: 2020, status: "current" } as const;
const VIEW = { t: (zh: string) => zh, file: (path: string) => path } as unknown as View;
const files = async (entry: Pick<Entry, "uscc" | "year" | "status" | "formats">): Promise<string[]> =>
  [...String(await downloads(VIEW, entry)).matchAll(/href="[^"]*\/2020\/([^"]+)"/g)].map(([, file]) => file!);

describe("the downloads of a report", () => {
  it("are those that its version has, Word beside PDF", async () => {
    expect(await files({ ...ENTRY, formats: PUBLISHED.map(({ name }) => name) })).toEqual([
      "report.pdf",
      "report.docx",
      "report.html",
      "report.json",
      "report.csv",
      "SHA256SUMS",
    ]);
  });

  it("are the first four of a list that does not say", async () => {
    expect(await files(ENTRY)).toEqual(["report.pdf", "report.html", "report.json", "report.csv", "SHA256SUMS"]);
  });

  it("are the documents alone of a withdrawal", async () => {
    expect(await files({ ...ENTRY, status: "withdrawn", formats: ["pdf", "docx", "html", "json", "csv"] })).toEqual([
      "report.pdf",
      "report.docx",
      "report.html",
    ]);
  });
});
