import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validate } from "../../../src/check/validate.ts";
import { csv, guarded, renderCsv, unguarded } from "../../../src/formats/csv/csv.ts";
import { reportOfCsv } from "../../../src/formats/csv/read.ts";
import { example } from "../../support/service.ts";

const readCsv = (bytes: Uint8Array, delimiter = ","): string[][] =>
  parse(Buffer.from(bytes), { bom: true, delimiter, relax_column_count: true, relax_quotes: true });

/** What a spreadsheet makes of a cell, blanks before it or not: a formula, unless it is a figure with its sign. */
const isFormula = (cell: string): boolean => /^\s*[=+\-@＝＋－＠]/.test(cell) && !/^\s*[+-]\d+(\.\d+)?$/.test(cell);

describe("a text that a spreadsheet would take for a formula", () => {
  it.each([
    ["an equals sign", "=1+1", "'=1+1"],
    ["a plus", "+SUM(A1)", "'+SUM(A1)"],
    ["a minus", "-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"],
    ["an at sign", "@SUM(A1)", "'@SUM(A1)"],
    ["a full-width equals sign", "＝1+1", "'＝1+1"],
    ["a full-width plus", "＋1", "'＋1"],
    ["a full-width minus", "－1", "'－1"],
    ["a full-width at sign", "＠SUM(A1)", "'＠SUM(A1)"],
    ["a tab", "\t=1+1", "'\t'=1+1"],
    ["a carriage return", "\r=1+1", "'\r'=1+1"],
    ["spaces before it", "  =1+1", "  '=1+1"],
    ["an ideographic space before it", "\u3000＝1+1", "\u3000'＝1+1"],
    ["a semicolon before it", ";=1+1", ";'=1+1"],
    ["a comma before it", "办理, =HYPERLINK(A1)", "办理, '=HYPERLINK(A1)"],
    ["a tab before it", "办理\t=1+1", "办理\t'=1+1"],
    ["a line break before it", "办理\n@SUM(A1)", "办理\n'@SUM(A1)"],
    ["a bar before it", "办理|=1+1", "办理|'=1+1"],
    ["a semicolon before a full-width sign", "办理;＝1+1", "办理;'＝1+1"],
    ["an apostrophe that seems to have kept it from being one", "'=1+1", "''=1+1"],
    ["a figure and a formula after a separator", "+387;=1+1", "'+387;'=1+1"],
    ["a figure with something after it", "-5+cmd", "'-5+cmd"],
  ])("has an apostrophe before it: %s", (_, text, safe) => {
    expect(guarded(text)).toBe(safe);
    expect(unguarded(safe)).toBe(text);
  });

  it.each([
    "+387",
    "-5",
    "-0.5",
    "+12.25",
    "387",
    "0",
    "比上年增加387件",
    "a=b",
    "1-2",
    "增减: +387, -5",
    "共3件；-",
    "",
    "'",
  ])("is none, and stays as it is: %j", (text) => {
    expect(guarded(text)).toBe(text);
    expect(unguarded(text)).toBe(text);
  });

  it("comes back exactly, and is no formula in a program that separates with commas, semicolons or tabs", () => {
    const characters = [..."=+-@＝＋－＠,;|\t\r\n '\"0123.aB元\u3000"];
    const text = fc.array(fc.constantFrom(...characters), { maxLength: 14 }).map((all) => all.join(""));
    fc.assert(
      fc.property(text, (value) => {
        expect(unguarded(guarded(value))).toBe(value);
        const bytes = csv([[value, "x"]]);
        const [row] = readCsv(bytes);
        expect(row?.map(unguarded)).toEqual([value, "x"]);
        expect(row![0]).not.toMatch(/^[\t\r]/);
        expect(isFormula(row![0]!)).toBe(false);
        for (const separator of [";", "\t", "|", "\n"])
          for (const cell of row![0]!.split(separator)) expect(isFormula(cell), JSON.stringify(row![0])).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it("is guarded in time that grows with its length", () => {
    for (const unit of ["'", " ", ",", ",'", ", ", "\t", "=", "1,", "+1", ",-1"]) {
      const text = unit.repeat(200_000);
      expect(unguarded(guarded(text))).toBe(text);
    }
  });
});

describe("a report whose organ and narrative begin as formulas do", () => {
  it("is imported from its CSV as it was", async () => {
    const report = await example("hangzhou-2025");
    report["organ"].name = "＝某市某局";
    const texts = ["-cmd", "＋387", "见附件;=1+1", "同比 +387, -5", "'=1", "@某局", "，＝1"];
    report["other"].body = texts.map((text) => ({ type: "paragraph", text }));
    const { report: sound } = validate(report);
    const records = readCsv(renderCsv(sound!));
    for (const cell of records.flat()) expect(isFormula(cell), cell).toBe(false);
    expect(reportOfCsv(records)).toEqual(sound);
  });
});
