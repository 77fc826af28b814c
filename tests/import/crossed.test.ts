/**
 * The faults of the files of `fixtures/bugs`, in every format that can hold them: no wrong figure, each loss named, and
 * `nianbao batch --submit` publishes none, however much it is told to accept.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import hangzhou from "../../examples/hangzhou-2025.json" with { type: "json" };
import { Book } from "../../src/batch/book.ts";
import { checkFile } from "../../src/batch/check.ts";
import { type FileId, openJournal } from "../../src/batch/journal.ts";
import { readOrgans } from "../../src/batch/organs.ts";
import { plan } from "../../src/batch/plan.ts";
import { readFile } from "../../src/batch/read.ts";
import { keep } from "../../src/batch/results.ts";
import { type Submission, submissions, submitReport } from "../../src/batch/submit.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import type { Imported } from "../../src/import/account.ts";
import { ImportError, importReport } from "../../src/import/import.ts";
import { newFolder } from "../support/batch.ts";
import { launchBrowser } from "../support/browser.ts";
import { KINDS, type Kind, type MadeFile, madeFiles, soundFiles } from "../support/import/crossed.ts";
import { print } from "../support/import/print.ts";

const CELLS = formCells(formOf("2021")!);
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
const printed = (html: string): Promise<Uint8Array> => print(browser, html);
const FILES = madeFiles(printed);

/** Figures that are not the report's, and figures that are left out and named in no finding. */
function faultsIn({ report, account }: Imported): { readonly wrong: string[]; readonly silent: string[] } {
  const named = new Set(account.findings.flatMap(({ cells }) => cells.map(({ pointer }) => pointer)));
  const differing = CELLS.filter(
    ({ pointer }) => JSON.stringify(getCell(report, pointer)) !== JSON.stringify(getCell(hangzhou, pointer)),
  );
  const out = differing.filter(({ pointer }) => getCell(report, pointer) === undefined);
  return {
    wrong: differing.filter((cell) => !out.includes(cell)).map(({ label }) => label),
    silent: out.filter(({ pointer }) => !named.has(pointer)).map(({ label }) => label),
  };
}

const fonts = fileURLToPath(new URL("../../dist/fonts", import.meta.url));
const faces = openFonts(fonts);
const { name, uscc } = hangzhou.organ;
const organs = { name: "organs.csv", bytes: new TextEncoder().encode(`名称,统一社会信用代码\n${name},${uscc}\n`) };

/** Has a file read, checked and sent as a batch of its own does; all that may be accepted is. @returns what was sent */
async function sent({ kind, make }: MadeFile): Promise<readonly unknown[]> {
  const root = newFolder();
  const id: FileId = `files/report.${kind}`;
  const settings = { program: "test", fonts, fontSet: "test", out: root, render: [], organs };
  mkdirSync(dirname(join(root, id)), { recursive: true });
  const path = join(root, `report.${kind}`);
  writeFileSync(path, await make());
  const book = new Book();
  const journal = openJournal(join(root, "batch.jsonl"), book.add);
  book.keepIn(journal);
  const organList = readOrgans(organs.bytes, organs.name);
  const read = await readFile({ step: "read", id, path }, { ...settings, organList });
  keep(join(root, id), read!);
  book.write(read!.line);
  for (const task of plan([id], [], book, settings)) {
    const checked = await checkFile(task, { ...settings, faces });
    keep(join(root, id), checked);
    book.write(checked.line);
  }
  const reports: unknown[] = [];
  const server: Submission["server"] = {
    url: "https://service.test",
    submit: async (report) => {
      reports.push(report);
      return { status: 201, body: { version: 1, artefacts: [] } };
    },
  };
  const submission = { server, acceptAssumptions: true };
  for (const task of submissions([id], book, submission)) await submitReport(task, root, submission);
  journal.close();
  return reports;
}

/** The faults of `fixtures/bugs` in each format: made files by their name, or why the format cannot hold it. */
const CROSSED: Readonly<Record<string, Readonly<Record<Kind, RegExp | string>>>> = {
  "d01, x02: raised digits": {
    html: /^a raised digit$/,
    pdf: /^a raised digit$/,
    docx: /^raised digits of the figure$/,
    xlsx: /^rich text with raised digits$/,
    md: /^a raised digit$/,
    txt: /^a raised digit of Unicode$/,
    csv: /^a raised digit of Unicode$/,
  },
  "d05, h04b: form fields": {
    html: /^an input$/,
    pdf: /^an input$/,
    docx: /^a text field of an old form$/,
    xlsx: /^a list to choose from over a blank cell$/,
    md: "text has no fields",
    txt: "text has no fields",
    csv: "text has no fields",
  },
  "d09: an embedded workbook": {
    html: /^an object$/,
    pdf: "a printed object is a picture, or nothing",
    docx: /^an embedded workbook$/,
    xlsx: /^an embedded workbook over a blank cell$/,
    md: "text embeds nothing",
    txt: "text embeds nothing",
    csv: "text embeds nothing",
  },
  "d10: two paragraphs": {
    html: /^two paragraphs$/,
    pdf: /^two paragraphs$/,
    docx: /^two paragraphs$/,
    xlsx: /^two lines$/,
    md: /^two lines$/,
    txt: /^two figures$/,
    csv: /^two figures$/,
  },
  "d12: cells merged by hand": {
    html: /^heads merged by hand$/,
    pdf: /^heads merged by hand$/,
    docx: "d12 itself",
    xlsx: /^figures below a merged cell$/,
    md: "cells of pipes are never merged",
    txt: "text has no cells to merge",
    csv: "fields are never merged",
  },
  "h02, x02: struck digits": {
    html: /^a struck digit$/,
    pdf: /^a struck digit$/,
    docx: /^struck digits within the figure$/,
    xlsx: /^rich text with struck digits within$/,
    md: /^a struck figure in Markdown$/,
    txt: /^a struck figure in a tag$/,
    csv: /^a struck figure in a tag$/,
  },
  "h03: digits hidden by a style": {
    html: /^display:none !important by an element's class$/,
    pdf: /^white on white$/,
    docx: /^digits hidden by a character style$/,
    xlsx: /^a cell in white$/,
    md: /^a digit that a style hides$/,
    txt: /^a digit that a style hides$/,
    csv: /^a digit that a style hides$/,
  },
  "h06: 一 as a dash": {
    html: /^the numeral one$/,
    pdf: /^the numeral one$/,
    docx: /^the numeral one$/,
    xlsx: /^the numeral one$/,
    md: /^the numeral one$/,
    txt: /^the numeral one$/,
    csv: /^the numeral one$/,
  },
  "h10: pictures in the place of figures": {
    html: /^tables that are pictures$/,
    pdf: /^tables that are pictures$/,
    docx: /^a picture$/,
    xlsx: /^a picture over a blank cell$/,
    md: /^a picture$/,
    txt: /^a picture$/,
    csv: /^a picture by a formula$/,
  },
  "h14: radicals": {
    html: /^radicals in labels$/,
    pdf: /^radicals in labels$/,
    docx: /^a radical in the row's label$/,
    xlsx: /^a radical in the row's label$/,
    md: /^the radical one$/,
    txt: /^the radical one$/,
    csv: /^the radical one$/,
  },
  "p03: whited out": {
    html: /^a white box with another figure over it$/,
    pdf: /^a white box with another figure over it$/,
    docx: /^a box of text over another figure$/,
    xlsx: /^a picture over the cell$/,
    md: "nothing lies over text",
    txt: "nothing lies over text",
    csv: "nothing lies over text",
  },
  "p07: digits set narrow": {
    html: /^digits scaled to a third$/,
    pdf: /^digits scaled to a third$/,
    docx: /^digits set narrow$/,
    xlsx: /^digits made smaller until they fit$/,
    md: "text has no widths",
    txt: "text has no widths",
    csv: "text has no widths",
  },
  "p12: a layer that is off": {
    html: /^display:none$/,
    pdf: "p12 itself",
    docx: /^hidden digits beside it$/,
    xlsx: /^a hidden row$/,
    md: "text has no layers",
    txt: "text has no layers",
    csv: "text has no layers",
  },
  "p18: transparent text": {
    html: /^transparent$/,
    pdf: /^transparent$/,
    docx: /^digits without a fill$/,
    xlsx: /^a cell in its ground's colour$/,
    md: "text has no colours",
    txt: "text has no colours",
    csv: "text has no colours",
  },
  "x01f: formulas that were never calculated": {
    html: "a page keeps what was calculated",
    pdf: "a page keeps what was calculated",
    docx: /^a sum without a result$/,
    xlsx: /^a formula of 0 in a workbook that asks to be calculated$/,
    md: /^a formula$/,
    txt: /^a formula$/,
    csv: /^a formula$/,
  },
  "x17: other units": {
    html: /^amounts in millions$/,
    pdf: /^amounts in millions$/,
    docx: /^an amount in 百万元$/,
    xlsx: /^an amount in 百万元$/,
    md: /^ten thousands$/,
    txt: /^ten thousands$/,
    csv: /^ten thousands$/,
  },
};

describe("each fault of the bug reports", () => {
  it.each(Object.entries(CROSSED))("%s: is made in every format that can hold it", (_, formats) => {
    for (const kind of KINDS) {
      const made = formats[kind];
      if (typeof made !== "string")
        expect([kind, FILES.some((of) => of.kind === kind && made.test(of.fault))]).toEqual([kind, true]);
    }
  });
});

it.each(soundFiles(printed).map((file) => [file.kind, file] as const))(
  "without a fault the same %s is read whole, and batch would publish it",
  async (_, file) => {
    expect(faultsIn(await importReport(await file.make(), { name: `report.${file.kind}` }))).toEqual({
      wrong: [],
      silent: [],
    });
    expect(await sent(file)).toHaveLength(1);
  },
);

describe.each(KINDS)("%s with", (kind) => {
  it.each(FILES.filter((file) => file.kind === kind).map((file) => [file.fault, file] as const))(
    "%s: no wrong figure, each loss named, and what lost one is not published",
    async (_, file) => {
      const bytes = await file.make();
      const imported = await importReport(bytes, { name: `report.${file.kind}` }).catch((error: unknown) => {
        // Nothing at all is read where a font does not say what its glyphs are.
        expect(error).toBeInstanceOf(ImportError);
      });
      if (!imported) return;
      expect(faultsIn(imported)).toEqual({ wrong: [], silent: [] });
      const lost = CELLS.filter(({ pointer }) => getCell(imported.report, pointer) === undefined);
      if (lost.length > 0) expect(await sent({ ...file, make: async () => bytes })).toEqual([]);
    },
  );
});
