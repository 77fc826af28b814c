/** Reports that organs published, as pages, Markdown and text: real figures, with their right values in truth.json. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { getCell } from "../../src/form/cells.ts";
import { importReport } from "../../src/import/import.ts";

const at = (name: string): URL => new URL(`../fixtures/real/${name}`, import.meta.url);

interface Truth {
  readonly year: number;
  readonly edition: string;
  /** The unit of amounts that state none; 万元 where the form's head says so. */
  readonly unit?: string;
  /** Every figure as the source writes it: "" a blank, "?" not to be told. */
  readonly cells: Readonly<Record<string, string>>;
}
const truth = JSON.parse(await readFile(at("truth.json"), "utf8")) as Readonly<Record<string, Truth>>;

/** What a person reads in a cell: blanks and dashes are nothing, brackets behind a figure a note. */
function readBySomeone(written: string): number {
  const text = written.normalize("NFKC").replace(/[\s,]/gu, "").replace(/[−–—]/gu, "-");
  return text === "" || /^[-/无]+$/u.test(text) ? 0 : Number.parseFloat(text.replace(/^减/u, "-"));
}

/** How many 元 an amount is in. */
const inYuan = (amount: number, unit: string): number => (/万/.test(unit) ? Math.round(amount * 1e10) / 1e6 : amount);

/** The figure that the report has at a pointer of truth.json, and the one that it should have. */
function compared(
  report: unknown,
  pointer: string,
  written: string,
  unit: string,
): [got: number | undefined, want: number] {
  const want = readBySomeone(written);
  const parent = pointer.slice(0, -"/amount".length);
  const stated = pointer.endsWith("/amount/amount") ? getCell(report, `${parent}/unit`) : undefined;
  const got = getCell(report, pointer);
  if (typeof stated !== "string") return [got as number | undefined, want];
  return [inYuan(Number(got), stated), inYuan(want, /元/.exec(written) ? (/万/.exec(written) ? "万元" : "元") : unit)];
}

const figures = { all: 0, right: 0 };

describe.each(Object.entries(truth))("%s", (name, { edition, cells, unit = "万元" }) => {
  it("gives every figure as it is published, or says that it cannot be told; none is wrong", async () => {
    const { report, account } = await importReport(await readFile(at(name)), {
      name: name.slice(name.indexOf("/") + 1),
    });
    expect(account.edition).toBe(edition);
    const named = new Set(account.findings.flatMap(({ cells }) => cells.map(({ pointer }) => pointer)));
    const wrong: string[] = [];
    const silent: string[] = [];
    for (const [pointer, written] of Object.entries(cells)) {
      if (written === "?") continue;
      figures.all += 1;
      const [got, want] = compared(report, pointer, written, unit);
      if (got === undefined) {
        if (!named.has(pointer.replace(/\/amount$/, "")) && !named.has(pointer)) silent.push(pointer);
      } else if (got === want) figures.right += 1;
      else wrong.push(`${pointer}: “${written}” as ${got}`);
    }
    expect(wrong).toEqual([]);
    expect(silent).toEqual([]);
  });
});

it("gives 99 of 100 of all of them", () => {
  expect(figures.right / figures.all).toBeGreaterThanOrEqual(0.99);
  expect(figures.all).toBeGreaterThan(5000);
});
