import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import type { TableBlock } from "../../src/compose/blocks.ts";
import { compose } from "../../src/compose/compose.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { setCell } from "../../src/form/cells.ts";
import { completeTotals } from "../../src/form/complete.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { metadataOf } from "../../src/formats/content.ts";
import { renderPdf } from "../../src/formats/pdf/render.ts";
import { typeset as typesetBlocks } from "../../src/typeset/typeset.ts";
import { lines, type Piece, readPieces } from "../support/pdf.ts";
import { example, type MutableReport } from "../support/service.ts";
import { reportFile, typeset } from "../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
const LEFT = 79.37;
const RIGHT = LEFT + 442.2;
const FOOT = 841.89 - 99.2;

const printed = async (report: MutableReport): Promise<Piece[]> =>
  (await readPieces(await typeset(report as unknown as Report, fonts))).pieces;

/** On no line do two pieces of text lie over one another, and none leaves the type area. */
function expectRoom(pieces: readonly Piece[]): void {
  for (const line of lines(pieces)) {
    for (const [i, piece] of line.entries()) {
      expect(piece.x, piece.text).toBeGreaterThanOrEqual(LEFT - 0.1);
      expect(piece.x + piece.width, piece.text).toBeLessThanOrEqual(RIGHT + 0.8);
      if (i > 0)
        expect(line[i - 1]!.x + line[i - 1]!.width, `${line[i - 1]!.text}|${piece.text}`).toBeLessThanOrEqual(
          piece.x + 0.5,
        );
    }
  }
}

describe("figures of any size stay in their cells", () => {
  it.each([
    ["liaocheng-2020", 12345678],
    ["hangzhou-2025", 98765432],
    ["hangzhou-2025", 123456789012],
  ] as const)("%s with %d everywhere", async (name, figure) => {
    const report = await example(name);
    const form = formOf(report["edition"])!;
    for (const cell of formCells(form)) if (cell.type !== "money" && !cell.total) setCell(report, cell.pointer, figure);
    for (const row of ["received", "carriedIn", "carriedOut"]) delete report["requests"][row].total;
    delete report["requests"].results.total;
    const complete = completeTotals(form, report as unknown as Report) as unknown as MutableReport;
    const pieces = await printed(complete);
    expectRoom(pieces);
    const count = formCells(form).filter((c) => c.type === "count" && !c.total).length;
    expect(pieces.filter((p) => p.text === String(figure)).length).toBeGreaterThanOrEqual(count);
  });
});

describe("characters", () => {
  it("that 仿宋 lacks come from another face", async () => {
    const report = await example("hangzhou-2025");
    const rare = "符号＋①※与生僻字㙍镕喆";
    report["other"].body.push({ type: "paragraph", text: rare });
    const text = (await printed(report)).map((p) => p.text).join("");
    expect(text).toContain(rare);
  });

  it("of a narrative are all printed, once and in order", async () => {
    const report = await example("liaocheng-2020");
    const text = (await printed(report))
      .filter((p) => !/^— \d+ —$/.test(p.text))
      .map((p) => p.text)
      .join("")
      .replace(/\s/g, "");
    let from = 0;
    for (const block of [
      ...report["preamble"],
      ...report["overview"].body,
      ...report["problems"].body,
      ...report["other"].body,
    ]) {
      const at = text.indexOf(block.text.replace(/\s/g, ""), from);
      expect(at, block.text).toBeGreaterThanOrEqual(0);
      from = at + 1;
    }
  });
});

describe("pages", () => {
  it("never end with a heading, however long the text before it is", async () => {
    for (let extra = 0; extra < 22; extra += 3) {
      const report = await example("hangzhou-2025");
      report["preamble"] = [
        ...report["preamble"],
        ...Array.from({ length: extra }, () => ({ type: "paragraph", text: "补一行。" })),
      ];
      const headings = new Set(
        ["overview", "problems", "other"].flatMap((s) =>
          report[s].body.filter((b: { type: string }) => b.type === "heading").map((b: { text: string }) => b.text),
        ),
      );
      const sections = new Set(formOf("2021")!.sections.map((s) => `${s.number}、${s.label}`));
      const all = lines((await printed(report)).filter((p) => p.y < FOOT));
      for (const [i, line] of all.entries()) {
        const next = all[i + 1];
        if (next && next[0]!.page === line[0]!.page) continue;
        const text = line
          .map((p) => p.text)
          .join("")
          .replace(/^(（[一二三四五六]）|\d\.)/, "");
        expect(headings.has(text), text).toBe(false);
        expect(sections.has(text), text).toBe(false);
      }
    }
  });

  it("repeat a table's head where it goes over to a new page, and split no row", async () => {
    const report = (await example("hangzhou-2025")) as unknown as Report;
    const table = compose(report).find((b) => b.kind === "table" && b.id === "requests") as TableBlock;
    const [part] = table.parts;
    // Longer than any edition's: the first row sixty times, each with a figure of its own.
    const body = Array.from({ length: 60 }, (_, i) => ({
      cells: part!.body[0]!.cells.map((cell) => (cell.role === "data" ? { ...cell, text: String(1000 + i) } : cell)),
    }));
    const pdf = await renderPdf(
      typesetBlocks([{ ...table, parts: [{ head: part!.head, body }] }], fonts.faces),
      fonts,
      metadataOf(report),
      { name: "report.json", type: "application/json", bytes: reportFile(report) },
    );
    const { pieces, pages } = await readPieces(pdf);
    expect(pages).toBe(2);
    expect(pieces.filter((p) => p.text === "申请人情况").map((p) => p.page)).toEqual([1, 2]);
    for (let i = 0; i < 60; i += 1) {
      const row = pieces.filter((p) => p.text === String(1000 + i));
      expect(row).toHaveLength(7);
      expect(new Set(row.map((p) => `${p.page} ${Math.round(p.y)}`)).size).toBe(1);
    }
  });

  it("set a report of 100,000 characters", async () => {
    const report = await example("hangzhou-2025");
    report["overview"].body.push(
      ...Array.from({ length: 400 }, (_, i) => ({
        type: "paragraph",
        text: `第${i}段。${"依法公开政府信息，".repeat(27)}`,
      })),
    );
    const pieces = await printed(report);
    expect(Math.max(...pieces.map((p) => p.page))).toBeGreaterThan(150);
    expect(pieces.some((p) => p.text.includes("第399段"))).toBe(true);
  });
});
