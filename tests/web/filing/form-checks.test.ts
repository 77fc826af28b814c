import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Report } from "../../../generated/report.ts";
import type { Checked, conclude as serverConclude } from "../../../src/check/conclude.ts";
import type { Coverage } from "../../../src/check/glyphs.ts";
import type { CoverageFile } from "../../../src/fonts/coverage.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { setCell } from "../../../src/form/cells.ts";
import { formCells } from "../../../src/form/form-cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import { example, type MutableReport, ofYear, startService, withoutCounts } from "../../support/service.ts";

/** What the browser checks with, as it is built for it. */
interface BrowserChecks {
  validate(value: unknown): Parameters<typeof serverConclude>[1];
  conclude(...parameters: Parameters<typeof serverConclude>): Checked;
  decodeCoverage(file: CoverageFile): Coverage;
}

const service = await startService();
let browser: BrowserChecks;
let coverage: Coverage;

beforeAll(async () => {
  const source = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../../src/${path}`, import.meta.url)));
  const { outputFiles } = await build({
    stdin: {
      contents: `export { validate } from ${source("check/validate.ts")};
        export { conclude } from ${source("check/conclude.ts")};
        export { decodeCoverage } from ${source("fonts/coverage.ts")};`,
      resolveDir: fileURLToPath(new URL("../../..", import.meta.url)),
    },
    bundle: true,
    platform: "browser",
    format: "esm",
    minify: true,
    target: ["es2022", "chrome111", "firefox115", "safari16.4"],
    write: false,
  });
  browser = (await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString("base64")}`
  )) as BrowserChecks;
  const answer = await service.app.request("/filing/coverage.json");
  coverage = browser.decodeCoverage((await answer.json()) as CoverageFile);
});

/** The same bytes, from the service's answer and from the browser's module. */
async function bothFind(report: MutableReport): Promise<string> {
  const answer = await service.post("/reports?dryRun=true", report);
  const { findings } = (await answer.json()) as { findings: unknown };
  const sent = JSON.parse(JSON.stringify(report)) as MutableReport;
  // Last year's report as the page looks for it: where it is published.
  const published = await service.site.request(`/${sent["organ"]?.uscc}/${Number(sent["year"]) - 1}/report.json`);
  const previous = published.ok ? ((await published.json()) as Report) : undefined;
  const here = browser.conclude(sent, browser.validate(sent), previous, coverage);
  expect(JSON.stringify(here.findings)).toBe(JSON.stringify(findings));
  return JSON.stringify(findings);
}

test.each(["liaocheng-2020", "hangzhou-2025"] as const)(
  "the browser finds in %s what the service finds",
  async (name) => {
    await bothFind(await example(name));
  },
);

test("with last year's report published, the rules that compare find the same", async () => {
  const report = await example("liaocheng-2020");
  const before = withoutCounts(report);
  Object.assign(before, { year: 2019, signed: "2020-01-20", preamble: ofYear(before["preamble"], 2019) });
  before["requests"].carriedIn.naturalPerson = 3;
  before["requests"].carriedIn.total = 3;
  before["requests"].carriedOut.naturalPerson = 3;
  before["requests"].carriedOut.total = 3;
  expect((await service.post("/reports", before)).status).toBe(201);
  expect(await bothFind(report)).toContain("Y-CARRY");
});

/** Texts with all that a clipboard may hold, rare ideographs and what no font has among them. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: fc.integer({ min: 0x4e00, max: 0x33479 }).map((c) => String.fromCodePoint(c)), maxLength: 12 }),
  fc.constantFrom("", " 首尾有空格 ", "（一）编号", "换\n行", "电话13812345678", "😀", "\ud800", "𠮷", "\u3000无"),
);
const figure = fc.oneof(
  fc.integer(),
  fc.nat(20),
  fc.constantFrom(null, "９", "", "9", 1.5, true, { amount: "1.50", unit: "万元" }, { amount: "x", unit: "元" }, []),
);
const pointers = (name: MutableReport): string[] => [
  ...formCells(formOf(name["edition"])!).map((cell) => cell.pointer),
  ...["/organ/name", "/organ/uscc", "/signed", "/year", "/edition", "/overview/body", "/unknown", "/explanations"],
];

test.each(["liaocheng-2020", "hangzhou-2025"] as const)(
  "whatever is broken in %s, the browser finds what the service finds",
  async (name) => {
    const sound = await example(name);
    const place = fc.constantFrom(...pointers(sound));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, fc.oneof(figure, text)), { maxLength: 6 }),
        fc.array(
          fc.record({ type: fc.constantFrom("paragraph", "heading", "other"), level: fc.constantFrom(2, 5), text }),
        ),
        async (changes, body) => {
          const report = structuredClone(sound);
          report["other"] = { body };
          for (const [pointer, value] of changes)
            if (!pointer.startsWith("/organ") || report["organ"]) setCell(report, pointer, value);
          await bothFind(report);
        },
      ),
      { numRuns: 150 },
    );
  },
);

test("rare and unknown characters of a sound report are found by both", async () => {
  const sound = await example("hangzhou-2025");
  const seen = new Set<string>();
  const rare = fc.string({
    unit: fc
      .oneof(
        fc.integer({ min: 0x3400, max: 0x9fff }),
        fc.integer({ min: 0x20000, max: 0x33479 }),
        fc.integer({ min: 0x1f300, max: 0x1faff }),
        fc.integer({ min: 0xa1, max: 0x2fff }),
      )
      .map((c) => String.fromCodePoint(c)),
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(rare, { minLength: 1, maxLength: 4 }), async (texts) => {
      const report = structuredClone(sound);
      report["problems"] = { body: texts.map((t) => ({ type: "paragraph", text: `文${t}字` })) };
      for (const id of ["F-GLYPH", "F-FALLBACK"]) if ((await bothFind(report)).includes(id)) seen.add(id);
    }),
    { numRuns: 60 },
  );
  expect([...seen].sort()).toEqual(["F-FALLBACK", "F-GLYPH"]);
});

test("the coverage that is sent decides every code point as the fonts do", () => {
  const fonts = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
  const decide = (of: Coverage, character: string) => [of.missing(character), of.fallbacks(character)];
  for (let codePoint = 0; codePoint < 0x34000; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    if (JSON.stringify(decide(coverage, character)) !== JSON.stringify(decide(fonts, character)))
      expect.fail(`U+${codePoint.toString(16)}`);
  }
});

test("the examples' figures stay what they are when they go through the form's model", async () => {
  const { Form } = await import("../../../web/filing/model/form-model.ts");
  for (const name of ["liaocheng-2020", "hangzhou-2025"] as const) {
    const report = await example(name);
    const form = new Form({ year: 2025, coverage: async () => coverage, lastYear: async () => undefined });
    form.open(report);
    expect(form.differing.value).toEqual([]);
    // The totals are left out, and the report as a whole is the one that was loaded.
    expect(form.check().sound).toEqual(
      JSON.parse(await readFile(new URL(`../../../examples/${name}.json`, import.meta.url), "utf8")),
    );
  }
});
