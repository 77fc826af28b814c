import fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import type { Report } from "../../../generated/report.ts";
import type { Block, TableBlock } from "../../../src/compose/blocks.ts";
import { compose } from "../../../src/compose/compose.ts";
import { composedReport } from "../../../src/formats/content.ts";
import { write } from "../../../src/formats/docx/write.ts";
import type { SourceItem } from "../../../src/import/document.ts";
import { readDocx } from "../../../src/import/readers/docx.ts";
import { elementAt, elementsOf, isOn, valueAt, type XmlElement, xmlTree } from "../../../src/import/readers/xml.ts";
import { generatedReports } from "../../support/generated.ts";
import { example } from "../../support/service.ts";
import { docxOf } from "../../support/written.ts";

const report = async (name: "liaocheng-2020" | "hangzhou-2025"): Promise<Report> =>
  (await example(name)) as unknown as Report;
const part = (bytes: Uint8Array, name: string): XmlElement => xmlTree(unzipSync(bytes)[name]!);
const everywhere = (element: XmlElement, name: string): XmlElement[] =>
  elementsOf(element).flatMap((child) => [...(child.name === name ? [child] : []), ...everywhere(child, name)]);

/** A table's places: the text of the cell that spans each. */
function places(table: TableBlock): string[][] {
  const grid: string[][] = [];
  for (const [r, { cells }] of table.parts.flatMap(({ head, body }) => [...head, ...body]).entries()) {
    let column = 0;
    for (const { text, colSpan = 1, rowSpan = 1 } of cells) {
      while (grid[r]?.[column] !== undefined) column += 1;
      for (let down = 0; down < rowSpan; down += 1)
        for (let right = 0; right < colSpan; right += 1) {
          grid[r + down] ??= [];
          grid[r + down]![column + right] = text;
        }
      column += colSpan;
    }
  }
  return grid;
}

/** What a reader must find of a block. */
function wantedOf(block: Block): unknown[] {
  switch (block.kind) {
    case "title":
      return block.lines.map((text) => ({ text, level: 1 }));
    case "heading":
      return [{ text: `${block.number}${block.text}`, level: block.level + 1 }];
    case "paragraph":
      return [{ text: block.text }];
    case "table":
      return [places(block)];
    case "signature":
      return [block.organ, block.date].map((text) => ({ text, role: "signature" }));
  }
}
const wanted = (blocks: readonly Block[]): unknown[] => blocks.flatMap(wantedOf);
const found = (items: readonly SourceItem[]): unknown[] =>
  items.map((item) => {
    if (item.kind === "table") return item.grid.map((row) => row.map((cell) => cell?.text));
    const { kind: _, ...rest } = item;
    return rest;
  });

describe("a report as DOCX", () => {
  it.each(["liaocheng-2020", "hangzhou-2025"] as const)(
    "has every text and every figure of %s at its place",
    async (name) => {
      const sound = await report(name);
      expect(found((await readDocx(await docxOf(sound))).items)).toEqual(wanted(compose(sound)));
    },
  );

  it("has them of any report", async () => {
    await fc.assert(
      fc.asyncProperty(await generatedReports(), async (generated) => {
        expect(found((await readDocx(await docxOf(generated))).items)).toEqual(wanted(compose(generated)));
      }),
      { numRuns: 60, seed: 9704 },
    );
  });

  it("is the same every time, whatever the clock says", async () => {
    const sound = await report("hangzhou-2025");
    const first = await docxOf(sound);
    vi.useFakeTimers({ now: new Date("2031-07-01T00:00:00Z"), toFake: ["Date"] });
    try {
      expect(Buffer.from(await docxOf(sound)).equals(first)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
    expect(Object.values(unzipSync(first)).some((bytes) => Buffer.from(bytes).includes("2031"))).toBe(false);
  });

  it("is set as an official document: A4, margins, 22 lines of 28 characters, fonts with substitutes", async () => {
    const bytes = await docxOf(await report("hangzhou-2025"));
    const section = everywhere(part(bytes, "word/document.xml"), "sectPr").at(-1)!;
    const mm = (value: string | undefined): number => Math.round((Number(value) / 1440) * 25.4);
    const { attributes: size } = elementAt(section, "pgSz")!;
    expect([mm(size["w"]), mm(size["h"])]).toEqual([210, 297]);
    const { attributes: margin } = elementAt(section, "pgMar")!;
    expect(["top", "right", "bottom", "left"].map((side) => mm(margin[side]))).toEqual([37, 26, 35, 28]);

    const styles = new Map(
      elementsOf(part(bytes, "word/styles.xml"), "style").map((style) => [valueAt(style, "name"), style]),
    );
    const look = (name: string) => {
      const style = styles.get(name);
      const run = elementAt(style, "rPr");
      return [elementAt(run, "rFonts")?.attributes["eastAsia"], Number(valueAt(run, "sz")) / 2];
    };
    expect(look("Title")).toEqual(["方正小标宋简体", 22]);
    expect(look("Normal")).toEqual(["仿宋_GB2312", 16]);
    expect(look("heading 1")).toEqual(["黑体", 16]);
    expect(look("heading 2")).toEqual(["楷体_GB2312", 16]);
    expect(look("heading 3")).toEqual(["仿宋_GB2312", 16]);
    const spacing = elementAt(styles.get("Normal"), "pPr", "spacing")!.attributes;
    expect(spacing["lineRule"]).toBe("exact");
    const height = Number(size["h"]) - Number(margin["top"]) - Number(margin["bottom"]);
    expect(Math.floor(height / Number(spacing["line"]))).toBe(22);
    const closer = Number(valueAt(styles.get("Normal"), "rPr", "spacing"));
    const width = Number(size["w"]) - Number(margin["left"]) - Number(margin["right"]);
    expect(Math.floor(width / (16 * 20 + closer))).toBe(28);
    expect(elementAt(styles.get("Body Text"), "pPr", "ind")?.attributes["firstLineChars"]).toBe("200");
    const fonts = elementsOf(part(bytes, "word/fontTable.xml"), "font");
    expect(fonts.find(({ attributes }) => attributes["name"] === "仿宋_GB2312")).toSatisfy((font: XmlElement) =>
      valueAt(font, "altName")!.startsWith("仿宋,"),
    );
  });

  it("numbers its pages between dashes, odd ones at the right and even ones at the left", async () => {
    const bytes = await docxOf(await report("hangzhou-2025"));
    const footers = Object.keys(unzipSync(bytes)).filter((name) => /^word\/footer\d+\.xml$/.test(name));
    const numbers = footers.map((name) => {
      const footer = part(bytes, name);
      const runs = everywhere(footer, "r")
        .flatMap((run) => elementsOf(run))
        .map((child) => (child.name === "t" ? child.children.join("") : child.name === "instrText" ? "N" : ""));
      return [valueAt(everywhere(footer, "p")[0], "pPr", "jc"), runs.join("")];
    });
    expect(numbers.sort()).toEqual([
      ["left", "— N —"],
      ["right", "— N —"],
    ]);
    expect(isOn(part(bytes, "word/settings.xml"), "evenAndOddHeaders")).toBe(true);
  });

  it("has headings that are headings, and goes to a new page where a block says so", async () => {
    const sound = await report("liaocheng-2020");
    const correction = { version: 2, supersedes: 1, supersededDate: "2021-01-26", reason: "漏报", differences: [] };
    const bytes = await write(composedReport({ of: "report", report: sound, correction }));
    const paragraphs = everywhere(part(bytes, "word/document.xml"), "p");
    const of = (text: string) =>
      paragraphs.find((paragraph) => everywhere(paragraph, "t").some((t) => t.children.includes(text)));
    expect(valueAt(of("一、总体情况"), "pPr", "pStyle")).toBe("Heading1");
    expect(valueAt(of("（一）主动公开情况"), "pPr", "pStyle")).toBe("Heading2");
    expect(isOn(of("更正说明"), "pPr", "pageBreakBefore")).toBe(true);
    expect(isOn(of("一、总体情况"), "pPr", "pageBreakBefore")).toBe(false);
    const levels = new Map(
      elementsOf(part(bytes, "word/styles.xml"), "style").map((style) => [style.attributes["styleId"], style]),
    );
    for (const [i, level] of ["Heading1", "Heading2", "Heading3", "Heading4"].entries()) {
      expect(valueAt(levels.get(level), "pPr", "outlineLvl")).toBe(String(i));
      expect(isOn(levels.get(level), "pPr", "keepNext")).toBe(true);
    }
  });

  it("repeats the head of a table, parts no row, and keeps the parts of a table together", async () => {
    const bytes = await docxOf(await report("liaocheng-2020"));
    const tables = everywhere(part(bytes, "word/document.xml"), "tbl").map((table) => elementsOf(table, "tr"));
    const heads = tables.map((rows) => rows.filter((row) => isOn(row, "trPr", "tblHeader")).length);
    expect(heads).toEqual([0, 3, 3]);
    for (const rows of tables) {
      expect(rows.every((row) => isOn(row, "trPr", "cantSplit"))).toBe(true);
      expect(rows.every((row) => !isOn(row, "trPr", "tblHeader") || rows.indexOf(row) < 3)).toBe(true);
    }
    const kept = tables[0]!.map((row) => everywhere(row, "pPr").some((properties) => isOn(properties, "keepNext")));
    // 规章, 规范性文件 ends the first of five parts.
    expect(kept.slice(0, 5)).toEqual([true, true, true, false, true]);
    expect(kept.at(-1)).toBe(false);
  });

  it("has figures of twelve digits in one line of their cells, at 7 pt or more, and others as they are", async () => {
    const sound = await report("hangzhou-2025");
    const cellsOf = async (own: Report) => everywhere(part(await docxOf(own), "word/document.xml"), "tc");
    const looks = (cells: readonly XmlElement[]) =>
      cells.map((cell) => {
        const run = everywhere(cell, "r")[0];
        const room = Number(elementAt(cell, "tcPr", "tcW")?.attributes["w"]) / 20;
        const margin = Number(elementAt(cell, "tcPr", "tcMar", "left")?.attributes["w"] ?? 50) / 20;
        const [size, scale] = [valueAt(run, "rPr", "sz"), valueAt(run, "rPr", "w")];
        const text = everywhere(cell, "t")
          .flatMap(({ children }) => children)
          .join("");
        return { text, inner: room - 2 * margin, size: size && Number(size) / 2, scale: Number(scale ?? 100) / 100 };
      });
    expect(looks(await cellsOf(sound)).filter(({ size }) => size)).toEqual([]);
    const text = JSON.stringify(sound);
    const huge = JSON.parse(text.replaceAll(/(?<=:)13612(?=[,}])/g, "123456789012")) as Report;
    const long = looks(await cellsOf(huge)).filter((cell) => cell.text === "123456789012");
    expect(long.length).toBeGreaterThan(0);
    for (const { inner, size, scale } of long) {
      expect(size).toBeGreaterThanOrEqual(7);
      // Digits of 宋体 are half an em wide.
      expect(12 * 0.5 * Number(size) * scale).toBeLessThan(inner);
    }
  });

  it("is signed two characters in from the right, the date two characters in from the organ", async () => {
    const bytes = await docxOf(await report("liaocheng-2020"));
    const [organ, date] = everywhere(part(bytes, "word/document.xml"), "p").slice(-2);
    const characters = (paragraph: XmlElement | undefined, side: string): number =>
      Number(elementAt(paragraph, "pPr", "ind")?.attributes[side]) / 20 / 15.79;
    expect(characters(organ, "right")).toBeCloseTo(2, 1);
    // Ten of 聊城市市场监督管理局 and two at the right; the date begins two of them in, and 2021年1月26日 is of seven, three in figures.
    const figures = (7 * 8) / 15.79;
    expect(characters(date, "right")).toBeCloseTo(2 + 10 - 2 - 3 - figures, 1);
    expect(characters(date, "left") || 0).toBe(0);
    expect(isOn(organ, "pPr", "keepNext")).toBe(true);
  });

  it("breaks a long name by meaning in title and signature, and reads it back as one, edited or not", async () => {
    const names = [
      "浙江省杭州市余杭区未来科技城管理委员会、",
      "浙江省杭州市余杭区良渚新城管理委员会、",
      "浙江省杭州市余杭区瓶窑镇人民政府",
    ];
    const sound = await report("hangzhou-2025");
    const bytes = await docxOf({ ...sound, organ: { ...sound.organ, name: names.join("") } });
    const paragraphs = everywhere(part(bytes, "word/document.xml"), "p");
    for (const named of [paragraphs[0]!, paragraphs.at(-2)!]) {
      expect(everywhere(named, "t").map(({ children }) => children.join(""))).toEqual(names);
      expect(everywhere(named, "br")).toHaveLength(2);
    }
    const untouched = await readDocx(bytes);
    expect(untouched.own?.organ).toBe(names.join(""));
    const files = unzipSync(bytes);
    const edited = new TextDecoder().decode(files["word/document.xml"]).replace("一、总体情况", "一、总体的情况");
    const read = await readDocx(zipSync({ ...files, "word/document.xml": new TextEncoder().encode(edited) }));
    expect(read.own).toBeUndefined();
    expect(read.uscc).toBe(sound.organ.uscc);
    expect(read.items.filter((item) => item.kind === "text" && item.text === names.join(""))).toHaveLength(2);
  });

  it("has room for the signature within its margins, whatever the organ is called and however wide the fonts are", async () => {
    for (const name of [
      "水利局",
      "某某市某某区某某街道办事处",
      "政府信息公开工作领导小组办公室和数据资源管理局".repeat(2),
    ]) {
      const own = { ...(await report("liaocheng-2020")), organ: { name, uscc: "11371500MB28560185" } };
      const signed = everywhere(part(await docxOf(own), "word/document.xml"), "p").slice(-2);
      for (const paragraph of signed) {
        const { left = "0", right = "0" } = elementAt(paragraph, "pPr", "ind")?.attributes ?? {};
        // Right-aligned by its style: a wider font goes to the left.
        expect(valueAt(paragraph, "pPr", "jc") ?? "right").toBe("right");
        expect([Number(left), Number(right) >= 0]).toEqual([0, true]);
      }
    }
  });

  it("says what it is: title, organ, language, the date of signing and no other", async () => {
    const core = part(await docxOf(await report("liaocheng-2020")), "docProps/core.xml");
    const said = Object.fromEntries(elementsOf(core).map(({ name, children }) => [name, children.join("")]));
    expect(said).toMatchObject({
      title: "聊城市市场监督管理局2020年政府信息公开工作年度报告",
      creator: "聊城市市场监督管理局",
      language: "zh-CN",
      created: "2021-01-26T00:00:00Z",
      modified: "2021-01-26T00:00:00Z",
      identifier: "urn:nianbao:11371500MB28560185:2020",
    });
  });
});
