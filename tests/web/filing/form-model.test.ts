import fc from "fast-check";
import { expect, test } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { getCell } from "../../../src/form/cells.ts";
import type { TableSection } from "../../../src/form/form.ts";
import { formCells } from "../../../src/form/form-cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import { layoutOf } from "../../../web/filing/grid/layout.ts";
import { between, cursorAt, following, moved } from "../../../web/filing/grid/moves.ts";
import { GridState } from "../../../web/filing/grid/state.ts";
import { carriedFigures } from "../../../web/filing/model/carry.ts";
import { emptyDraft, runningTotal } from "../../../web/filing/model/draft.ts";
import { summaryOf } from "../../../web/filing/model/findings.ts";
import { Form } from "../../../web/filing/model/form-model.ts";
import { stepStates } from "../../../web/filing/model/steps.ts";
import { type Item, insertLines, join, split, takeLines } from "../../../web/filing/narrative/items.ts";
import { example } from "../../support/service.ts";

const COVERAGE = { missing: () => [], fallbacks: () => [] };
const newForm = (year: number): Form =>
  new Form({ year, coverage: async () => COVERAGE, lastYear: async () => undefined });
const sectionOf = (edition: string, key: string): TableSection =>
  formOf(edition)!.sections.find((s) => s.key === key) as TableSection;
const gridOf = (form: Form, key: string): GridState => {
  const edition = form.form.value;
  return new GridState(form, layoutOf(edition, edition.sections.find((s) => s.key === key) as TableSection));
};

test("every figure of both forms has its place in a table, and arrow keys reach it", () => {
  for (const edition of ["2019", "2021"]) {
    const form = formOf(edition)!;
    const layouts = form.sections.flatMap((s) => (s.kind === "narrative" ? [] : [layoutOf(form, s)]));
    const places = layouts.flatMap((layout) => [...layout.byPointer.keys()]);
    expect(places.sort()).toEqual(
      formCells(form)
        .map((cell) => cell.pointer)
        .sort(),
    );
    for (const layout of layouts) {
      const reached = new Set<string>();
      let row = cursorAt(layout, layout.data[0]![0]!.pointer);
      for (let r = 0; r < layout.data.length; r += 1) {
        let at = moved(layout, row, "home");
        for (let c = 0; c < 20; c += 1) {
          reached.add(at.pointer);
          at = moved(layout, at, "right");
        }
        row = moved(layout, row, "down");
      }
      expect(reached.size).toBe(layout.byPointer.size);
    }
  }
});

test("the cursor keeps its column over merged cells; Tab passes over totals", () => {
  const layout = layoutOf(formOf("2019")!, sectionOf("2019", "disclosure"));
  const from = cursorAt(layout, "/disclosure/coerciveMeasures/decisions");
  const merged = moved(layout, from, "down");
  expect(merged.pointer).toBe("/disclosure/fees/change");
  expect(moved(layout, merged, "up").pointer).toBe("/disclosure/coerciveMeasures/decisions");
  expect(moved(layout, from, "end", true).pointer).toBe("/disclosure/procurement/amount");
  const requests = layoutOf(formOf("2021")!, sectionOf("2021", "requests"));
  const typed = (pointer: string) => !pointer.endsWith("/total");
  expect(following(requests, "/requests/received/other", false, typed)).toBe("/requests/carriedIn/naturalPerson");
  expect(following(requests, "/requests/carriedOut/other", false, typed)).toBeUndefined();
});

test("a selection over merged cells takes every cell that it touches", () => {
  const layout = layoutOf(formOf("2019")!, sectionOf("2019", "disclosure"));
  expect(between(layout, "/disclosure/coerciveMeasures/change", "/disclosure/fees/change")).toEqual([
    ["/disclosure/coerciveMeasures/change", "/disclosure/coerciveMeasures/decisions"],
    ["/disclosure/fees/change"],
  ]);
});

test("totals follow what is typed, and say when not everything is there", () => {
  const form = newForm(2025);
  const grid = gridOf(form, "requests");
  grid.go(cursorAt(grid.layout, "/requests/received/naturalPerson"));
  grid.begin(true, "1");
  grid.type("12");
  expect(runningTotal(form.form.value, form.report.value, "/requests/received/total")).toEqual({
    value: 12,
    partial: true,
  });
  grid.commit();
  grid.fillEmpty();
  expect(runningTotal(form.form.value, form.report.value, "/requests/received/total")).toEqual({
    value: 12,
    partial: false,
  });
  expect(getCell(form.report.value, "/requests/received/total")).toBeUndefined();
});

test("digits of one figure are one step; Escape restores; undo brings all back, redo forth", () => {
  const form = newForm(2025);
  const empty = form.report.value;
  const grid = gridOf(form, "requests");
  const type = (pointer: string, text: string) => {
    grid.go(cursorAt(grid.layout, pointer));
    grid.begin(true, text[0]!);
    for (let i = 2; i <= text.length; i += 1) grid.type(text.slice(0, i));
  };
  type("/requests/received/naturalPerson", "９,");
  grid.cancel();
  expect(form.report.value).toEqual(empty);
  expect(form.canRedo.value).toBe(false);
  type("/requests/received/naturalPerson", "１２３");
  grid.commit();
  type("/requests/received/commercial", "无");
  grid.commit();
  const typed = form.report.value;
  expect(getCell(typed, "/requests/received")).toEqual({ naturalPerson: 123, commercial: 0 });
  form.undo();
  expect(getCell(form.report.value, "/requests/received")).toEqual({ naturalPerson: 123 });
  form.undo();
  expect(form.report.value).toEqual(empty);
  form.redo();
  form.redo();
  expect(form.report.value).toEqual(typed);
});

test("a random walk of edits is undone to the beginning and redone to the end", () => {
  const pointers = formCells(formOf("2021")!)
    .filter((cell) => !cell.total)
    .map((cell) => cell.pointer);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...pointers), fc.nat(99)), { maxLength: 30 }), (edits) => {
      const form = newForm(2025);
      const begun = form.report.value;
      for (const [pointer, value] of edits) form.set(pointer, value);
      const done = form.report.value;
      while (form.canUndo.value) form.undo();
      expect(form.report.value).toBe(begun);
      while (form.canRedo.value) form.redo();
      expect(form.report.value).toBe(done);
    }),
    { numRuns: 50 },
  );
});

test("another year's form keeps what both have; the rest comes back with the year", async () => {
  const form = newForm(2025);
  form.open(await example("hangzhou-2025"));
  const before = form.report.value;
  form.setYear(2020);
  expect(form.report.value).toMatchObject({
    edition: "2019",
    year: 2020,
    organ: before["organ"],
    overview: before["overview"],
  });
  expect(getCell(form.report.value, "/requests/received")).toEqual(getCell(before, "/requests/received"));
  expect(getCell(form.report.value, "/requests/results/otherHandling/other")).toBeUndefined();
  expect(getCell(form.report.value, "/disclosure/rules/inForce")).toBeUndefined();
  expect(form.asideCount.value).toBeGreaterThan(0);
  expect(form.check().findings.map((f) => f.id)).not.toContain("S-UNKNOWN");
  form.setYear(2025);
  expect(form.report.value).toEqual(before);
  expect(form.asideCount.value).toBe(0);
});

test("a loaded total that is not the sum is left out and told", async () => {
  const report = await example("liaocheng-2020");
  report["requests"].received.total = 10;
  const form = newForm(2025);
  form.load(report);
  expect(form.differing.value).toMatchObject([{ pointer: "/requests/received/total", sent: 10, computed: 9 }]);
  expect(form.check().findings.filter((f) => f.level === "error")).toEqual([]);
});

test("last year's report fills in what a rule says is the same", async () => {
  const previous = await example("liaocheng-2020");
  previous["requests"].carriedOut.research = 4;
  const form = formOf("2021")!;
  const filled = new Map(carriedFigures(form, "requests", previous as unknown as Report));
  expect(filled.get("/requests/carriedIn/research")).toBe(4);
  expect(filled.size).toBe(6);
  const older = carriedFigures(formOf("2019")!, "disclosure", previous as unknown as Report);
  expect(Object.fromEntries(older)).toMatchObject({ "/disclosure/penalties/previous": 31 });
});

test("an empty form is not shouted at; asked for everything it says what is missing part by part", () => {
  const form = newForm(2025);
  const checked = form.check();
  const { findings } = checked;
  const quiet = stepStates(form.form.value, form.report.value, checked, { touched: new Set(), showAll: false });
  expect(quiet.map((s) => s.state)).toEqual(Array.from({ length: 7 }, () => "empty"));
  const all = stepStates(form.form.value, form.report.value, checked, { touched: new Set(), showAll: true });
  expect(all.every((s) => s.state === "errors")).toBe(true);
  const lines = summaryOf(form.form.value, findings);
  expect(lines.find((line) => line.step === "requests")).toMatchObject({ missing: 24 * 6 });
  // A line for each part and what is missing of it, and the rules that an empty text breaks.
  expect(lines.length).toBeLessThan(14);
});

test("a sound report is complete in every part", async () => {
  const form = newForm(2025);
  form.open(await example("hangzhou-2025"));
  const states = stepStates(form.form.value, form.report.value, form.check(), {
    touched: new Set(),
    showAll: true,
  });
  expect(states.map((s) => s.state)).toEqual(Array.from({ length: 7 }, () => "complete"));
});

const paragraph = (text: string): Item => ({ type: "paragraph", text });

test("pasted lines become paragraphs and headings; indents and numbers go, and it is said", () => {
  expect(
    takeLines(
      "（一）主动公开情况\r\n　　全年公开12件。\n\n1. 平台建设\n1.2万人次访问。\n（1）做法\n(二)依申请公开，按照规定办理完毕。\n",
    ),
  ).toEqual({
    items: [
      { type: "heading", level: 2, text: "主动公开情况" },
      paragraph("全年公开12件。"),
      { type: "heading", level: 3, text: "平台建设" },
      paragraph("1.2万人次访问。"),
      { type: "heading", level: 4, text: "做法" },
      paragraph("(二)依申请公开，按照规定办理完毕。"),
    ],
    headings: 3,
    trimmed: 1,
  });
});

test("Enter splits at the caret and Backspace joins again", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[一-龥]{1,20}$/), fc.nat(20), (text, n) => {
      const at = Math.min(n, text.length);
      const parted = split([paragraph(text)], 0, at, at);
      expect(parted.items.map((item) => item.text)).toEqual([text.slice(0, at), text.slice(at)]);
      expect(join(parted.items, 1)!.items).toEqual([paragraph(text)]);
    }),
  );
});

test("lines pasted into a sentence part it around them", () => {
  const { items, at, caret } = insertLines([paragraph("甲乙丙")], 0, 1, 2, [paragraph("一"), paragraph("二")]);
  expect(items).toEqual([paragraph("甲一"), paragraph("二丙")]);
  expect([at, caret]).toEqual([1, 1]);
});

test("an empty draft has every part of its form", () => {
  expect(Object.keys(emptyDraft(2020))).toEqual(expect.arrayContaining(formOf("2019")!.sections.map((s) => s.key)));
});
