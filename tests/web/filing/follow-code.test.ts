/** The organ's name goes with its code while a report is filled in. */
import { expect, test } from "vitest";
import { getCell } from "../../../src/form/cells.ts";
import { typeCode } from "../../../web/filing/model/follow-code.ts";
import { Form } from "../../../web/filing/model/form-model.ts";
import { codeOf } from "../../support/roster.ts";

const [EDUCATION, FINANCE] = [codeOf("990100", 2), codeOf("990100", 3)];
const unknown = async (): Promise<string> => "";
const finance = async (uscc: string): Promise<string> => (uscc === FINANCE ? "云川市财政局" : "");

function formOf(organ: { readonly name?: string; readonly uscc?: string }): Form {
  const coverage = { missing: () => [], fallbacks: () => [] };
  const form = new Form({ year: 2025, coverage: async () => coverage, lastYear: async () => undefined });
  form.open({ edition: "2021", year: 2025, organ });
  return form;
}
const organIn = ({ report }: Form): unknown => getCell(report.value, "/organ");
const EDUCATED = { name: "云川市教育局", uscc: EDUCATION };

test("another organ's code takes its name away, and one step of undoing brings both back", async () => {
  const form = formOf(EDUCATED);
  // As it is typed: letter by letter from the end.
  for (const typed of [EDUCATION.slice(0, 17), EDUCATION.slice(0, 16), FINANCE.slice(0, 17)])
    expect(await typeCode(form, typed, unknown)).toBeUndefined();
  expect(organIn(form)).toEqual({ name: "云川市教育局", uscc: FINANCE.slice(0, 17) });
  expect(await typeCode(form, FINANCE, unknown)).toEqual({ kind: "removed", name: "云川市教育局" });
  expect(organIn(form)).toEqual({ uscc: FINANCE });
  form.undo();
  expect(organIn(form)).toEqual(EDUCATED);
});

test("the name of its own comes in its place where it is known, in the same step", async () => {
  const form = formOf(EDUCATED);
  expect(await typeCode(form, FINANCE, finance)).toEqual({ kind: "named", name: "云川市财政局" });
  expect(organIn(form)).toEqual({ name: "云川市财政局", uscc: FINANCE });
  form.undo();
  expect(organIn(form)).toEqual(EDUCATED);
});

test("a code after another, without leaving the field, is followed as well", async () => {
  const form = formOf(EDUCATED);
  for (const typed of [FINANCE, FINANCE.slice(0, 17), codeOf("990100", 4).slice(0, 17)])
    await typeCode(form, typed, finance);
  expect(await typeCode(form, codeOf("990100", 4), finance)).toEqual({ kind: "removed", name: "云川市财政局" });
  form.undo();
  expect(organIn(form)).toEqual({ name: "云川市财政局", uscc: FINANCE });
});

test("a code that is mistyped and put right again keeps its name", async () => {
  const form = formOf(EDUCATED);
  const mistyped = `${EDUCATION.slice(0, 16)}${EDUCATION[16] === "9" ? "8" : "9"}${EDUCATION[17]}`;
  await typeCode(form, mistyped, finance);
  form.seal();
  expect(organIn(form)).toEqual({ name: "云川市教育局", uscc: mistyped });
  await typeCode(form, EDUCATION, finance);
  expect(organIn(form)).toEqual(EDUCATED);
});

test("a name that came without a code, or was typed since, stays", async () => {
  const read = formOf({ name: "云川市财政和国有资产局" });
  expect(await typeCode(read, FINANCE, finance)).toBeUndefined();
  expect(organIn(read)).toEqual({ name: "云川市财政和国有资产局", uscc: FINANCE });

  const typed = formOf(EDUCATED);
  await typeCode(typed, "", finance);
  typed.set("/organ/name", "云川市财政和国有资产局");
  expect(await typeCode(typed, FINANCE, finance)).toBeUndefined();
  expect(organIn(typed)).toEqual({ name: "云川市财政和国有资产局", uscc: FINANCE });
});

test("a name that is typed before the answer comes is not written over", async () => {
  const form = formOf({});
  let answer = (_: string): void => undefined;
  const asked = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const typing = typeCode(form, FINANCE, () => asked);
  form.set("/organ/name", "云川市财政和国有资产局");
  answer("云川市财政局");
  expect(await typing).toBeUndefined();
  expect(organIn(form)).toEqual({ name: "云川市财政和国有资产局", uscc: FINANCE });
});
