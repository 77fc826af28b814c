/** Reports at random, as the schema allows them. */
import fc from "fast-check";
import type { Report } from "../../../generated/report.ts";
import { setCell } from "../../../src/form/cells.ts";
import { completeTotals } from "../../../src/form/complete.ts";
import { formCells } from "../../../src/form/form-cells.ts";
import { forms } from "../../../src/form/forms.ts";
import { check, plain } from "../../../src/rules/plain-text.ts";

/** Text as people write it, with what could be taken for something else. */
export const TEXT: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.stringMatching(/^[政府信息公开工作年度报告依法申请办理件，。、；：（）“”《》]{1,20}$/u),
      },
      { weight: 2, arbitrary: fc.nat(99_999).map(String) },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          ..."=+-@'\",;<>&|",
          "'=",
          "''-5",
          "-5",
          "+3.5",
          "1,234",
          '"引号"',
          " a  b ",
          "第1段（二级标题）",
        ),
      },
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => plain(parts.join("")).trim())
  .filter((text) => text !== "" && check(text).length === 0);

const AMOUNT = fc
  .tuple(fc.nat(999_999_999), fc.option(fc.stringMatching(/^\d{1,6}$/), { nil: undefined }))
  .map(([whole, fraction]) => (fraction === undefined ? String(whole) : `${whole}.${fraction}`));

/** Any report of any edition: its figures need not add up, and it may have nothing but what it must. */
export const REPORT: fc.Arbitrary<Report> = fc.constantFrom(...forms).chain((form) => {
  const cells = formCells(form);
  const paragraph = TEXT.map((text) => ({ type: "paragraph" as const, text }));
  const heading = fc.record({
    type: fc.constant("heading" as const),
    level: fc.constantFrom(2 as const, 3 as const, 4 as const),
    text: TEXT,
  });
  const body = fc.array(fc.oneof({ weight: 3, arbitrary: paragraph }, { weight: 1, arbitrary: heading }), {
    minLength: 1,
    maxLength: 6,
  });
  const narratives = form.sections.filter((section) => section.kind === "narrative");
  return fc
    .record({
      year: fc.integer({ min: form.firstYear, max: form.lastYear ?? 2040 }),
      name: TEXT,
      uscc: fc.stringMatching(/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/),
      day: fc.integer({ min: 1, max: 28 }),
      preamble: fc.option(fc.array(paragraph, { maxLength: 2 }), { nil: undefined }),
      bodies: fc.tuple(...narratives.map(() => body)),
      counts: fc.array(fc.nat(), { minLength: cells.length, maxLength: cells.length }),
      amounts: fc.array(AMOUNT, { minLength: cells.length, maxLength: cells.length }),
    })
    .map(({ year, name, uscc, day, preamble, bodies, counts, amounts }) => {
      const report: Record<string, unknown> = {
        edition: form.edition,
        year,
        organ: { name, uscc },
        signed: `${year + 1}-01-${String(day).padStart(2, "0")}`,
        ...(preamble ? { preamble } : {}),
      };
      for (const [i, section] of narratives.entries()) report[section.key] = { body: bodies[i] };
      for (const [i, { pointer, type, units }] of cells.entries()) {
        const count = type === "signed" && i % 2 === 0 ? -counts[i]! || 0 : counts[i]!;
        setCell(report, pointer, type === "money" ? { amount: amounts[i]!, unit: units?.at(i % 2) ?? "万元" } : count);
      }
      return completeTotals(form, report as unknown as Report);
    });
});
