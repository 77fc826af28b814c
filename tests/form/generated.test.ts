import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { validate } from "../../src/check/validate.ts";
import type { TableBlock } from "../../src/compose/blocks.ts";
import { compose } from "../../src/compose/compose.ts";
import { tablesOf } from "../../src/form/form.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formForYear, formOf, forms } from "../../src/form/forms.ts";
import { comparisonSchema, reportSchema } from "../../src/form/json-schema.ts";
import { leafColumns, leafRows } from "../../src/form/tree.ts";
import { rulesAt } from "../../src/rules/vocabulary.ts";
import { caseTables } from "../support/case.ts";
import { example } from "../support/service.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

describe("the editions", () => {
  it("every file is a form, and every year from 2019 on has one", () => {
    expect(forms.map((f) => `${f.edition}.json`)).toEqual(
      readdirSync(new URL("../../schemas/editions", import.meta.url)).sort(),
    );
    expect([2018, 2019, 2020, 2021, 2030].map((y) => formForYear(y)?.edition)).toEqual([
      undefined,
      "2019",
      "2019",
      "2021",
      "2021",
    ]);
  });

  it.each([
    ["2019", "liaocheng-2020"],
    ["2021", "hangzhou-2025"],
  ] as const)("%s has the tables that %s published, cell by cell", async (edition, name) => {
    const report = validate(await example(name)).report!;
    const tables = compose(report).filter((b): b is TableBlock => b.kind === "table");
    const composed = tables.map((t) =>
      t.parts
        .flatMap((p) => [...p.head, ...p.body])
        .map((row) => row.cells.map((c) => ({ text: c.text, colSpan: c.colSpan ?? 1 }))),
    );
    const published = await caseTables(name);
    if (name === "liaocheng-2020") published[2]!.at(-1)!.push({ text: "0", colSpan: 1 });
    expect(composed).toEqual(published);
    expect(formOf(edition)).toBeDefined();
  });

  it("2021 has 22 result rows of seven columns, 2019 has 20", () => {
    for (const [edition, count] of [
      ["2019", 20],
      ["2021", 22],
    ] as const) {
      const form = formOf(edition)!;
      const [part] = tablesOf(form).find((s) => s.key === "requests")!.parts;
      expect(leafRows(part!.rows!).filter((r) => r.path.startsWith("results/"))).toHaveLength(count);
      expect(leafColumns(form, part!.columns)).toHaveLength(7);
      expect(new Set(formCells(form).map((c) => c.pointer)).size).toBe(formCells(form).length);
    }
  });
});

describe("what is derived", () => {
  it.each(forms)("schemas/report-$edition.schema.json is what the form gives", (form) => {
    expect(JSON.parse(read(`schemas/report-${form.edition}.schema.json`))).toEqual(reportSchema(form, rulesAt));
  });

  it("declares every rule of FORM.md that the edition has", () => {
    for (const form of forms) {
      const text = JSON.stringify([reportSchema(form, rulesAt), comparisonSchema(form, rulesAt)]);
      for (const rule of form.rules) expect(text).toContain(`"id":"${rule.id}"`);
    }
  });

  it("generates no code at run time", () => {
    expect(read("generated/validators.mjs")).not.toMatch(/new Function|\beval\(/);
  });
});
