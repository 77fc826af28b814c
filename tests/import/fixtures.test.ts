import { afterAll, describe, expect, it } from "vitest";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { importReport } from "../../src/import/import.ts";
import { combined } from "../support/import/combined.ts";
import { FIXTURES } from "../support/import/fixtures.ts";
import { closePrinter, writeAs } from "../support/import/formats.ts";
import { make } from "../support/import/made.ts";

afterAll(closePrinter);

/** What the account may say of any file: the organ's code stands in no form. */
const NEVER_SAID = "I-USCC";

describe("files as they are found import as the report that was put into them", () => {
  it("are more than forty, each of its own name", () => {
    expect(new Set(FIXTURES.map(({ name }) => name)).size).toBe(FIXTURES.length);
    expect(FIXTURES.length).toBeGreaterThan(40);
  });

  it.each([...FIXTURES, ...Array.from({ length: 60 }, (_, i) => combined(i + 1))])(
    "$name",
    async ({ format, report, quirks }) => {
      const made = make(report, quirks);
      const { bytes, name } = await writeAs(format, made.paper);
      const { report: imported, account } = await importReport(bytes, { name });

      const { uscc: _, ...organ } = made.report.organ;
      expect(imported).toEqual({ ...made.report, organ });
      expect(account.edition).toBe(report.edition);
      expect(account.cells.map(({ pointer }) => pointer)).toEqual(
        formCells(formOf(report.edition)!).map(({ pointer }) => pointer),
      );

      const alarms = account.findings.filter(({ level, id }) => level !== "information" && id !== NEVER_SAID);
      const expected = new Set(made.says.flatMap(({ ids }) => ids));
      expect(alarms.filter(({ id }) => !expected.has(id)).map(({ id, message }) => `${id} ${message}`)).toEqual([]);
      for (const { ids, pointers, names, optional } of made.says) {
        const said = account.findings.filter(({ id }) => ids.includes(id));
        const cells = said.flatMap((finding) => finding.cells.map(({ pointer }) => pointer));
        if (!optional) expect(said, ids.join()).not.toEqual([]);
        if (pointers) expect(cells.toSorted()).toEqual(pointers.toSorted());
        if (names) expect(cells).toContain(names);
      }
    },
  );
});
