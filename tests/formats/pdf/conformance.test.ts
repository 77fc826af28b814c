/**
 * What PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask, rule by rule, of every kind of document that is published.
 * No validator runs here; docs/decisions/0004 says what one said, and of which version.
 */
import { fileURLToPath } from "node:url";
import { XMLParser } from "fast-xml-parser";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { preview } from "../../../src/filing/preview.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { versionFiles } from "../../../src/formats/files.ts";
import { sealFrom } from "../../../src/typeset/seal.ts";
import { advancesOf } from "../../support/glyphs/font.ts";
import { type Dictionary, Name, PdfObjects, Reference, textOf, type Value } from "../../support/pdf-objects.ts";
import { png } from "../../support/seal.ts";
import { example } from "../../support/service.ts";

const fonts = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
const KINDS = ["an old form", "a new form with a seal", "a correction", "a withdrawal", "a redaction"] as const;
type Kind = (typeof KINDS)[number];

const report = async (name: "liaocheng-2020" | "hangzhou-2025"): Promise<Report> =>
  (await example(name)) as unknown as Report;
const NOTICE = { organ: "聊城市水利局", year: 2020, reason: "数字有误", date: "2021-02-03" };
const USCC = "11371500MB28560185";

async function pdfOf(kind: Kind): Promise<Uint8Array> {
  const seal = sealFrom(png(200));
  switch (kind) {
    case "an old form":
      return (await versionFiles({ of: "report", report: await report("liaocheng-2020") }, fonts))["report.pdf"];
    case "a new form with a seal":
      return (await versionFiles({ of: "report", report: await report("hangzhou-2025"), seal }, fonts))["report.pdf"];
    case "a correction": {
      const differences = [{ pointer: "/requests/received/total", label: "一、总计", before: "3", after: "4" }];
      const correction = { version: 2, supersedes: 1, supersededDate: "2021-01-26", reason: "漏计一件", differences };
      const content = { of: "report", report: await report("liaocheng-2020"), correction } as const;
      return (await versionFiles(content, fonts))["report.pdf"];
    }
    case "a withdrawal": {
      const withdrawal = { ...NOTICE, supersedes: 1, supersededDate: "2021-01-26" };
      return (await versionFiles({ of: "withdrawal", uscc: USCC, withdrawal }, fonts))["report.pdf"];
    }
    case "a redaction": {
      const redaction = { ...NOTICE, version: 1, publishedDate: "2021-01-26" };
      return (await versionFiles({ of: "redaction", uscc: USCC, redaction, withCorrection: false }, fonts))[
        "report.pdf"
      ];
    }
  }
}

const name = (value: Value | undefined): string => (value instanceof Name ? value.name : "");

interface Element {
  readonly role: string;
  readonly entry: (key: string) => Value | undefined;
  readonly children: readonly Element[];
  /** How many pieces of content it has of its own. */
  readonly contents: number;
}

/** The structure as a tree (ISO 32000-1, 14.7.2). */
function structureOf(file: PdfObjects): Element {
  const read = (value: Value | undefined): Element => {
    const kids = [file.at(value, "K")].flat().map((kid) => file.of(kid as Value | undefined));
    const elements = kids.filter((kid): kid is Dictionary => kid instanceof Map && kid.has("S"));
    return {
      role: name(file.at(value, "S")),
      entry: (key) => file.at(value, key),
      children: elements.map(read),
      contents: kids.filter((kid) => kid !== undefined).length - elements.length,
    };
  };
  return read(file.at(file.trailer, "Root", "StructTreeRoot", "K"));
}
const all = (element: Element): Element[] => [element, ...element.children.flatMap(all)];
/** An entry of an element's attributes, of whichever owner (14.7.5). */
const attribute = (file: PdfObjects, element: Element, key: string): Value | undefined =>
  file.at(element.entry("A"), key);

function metadataOf(file: PdfObjects): string {
  const root = file.at(file.trailer, "Root") as Dictionary;
  return file.stream(root.get("Metadata") as Reference).data.toString("utf8");
}

/** The font programs and what refers to them. */
function fontsOf(file: PdfObjects) {
  return file.ids
    .map((id) => file.of(new Reference(id)))
    .filter((value): value is Dictionary => value instanceof Map && name(value.get("Subtype")) === "Type0")
    .map((font) => {
      const descendant = file.of((file.of(font.get("DescendantFonts")) as readonly Value[])[0]) as Dictionary;
      const descriptor = file.of(descendant.get("FontDescriptor")) as Dictionary;
      const program = file.stream(descriptor.get("FontFile3") as Reference);
      return { font, descendant, descriptor, program };
    });
}

describe.each(KINDS)("%s", (kind) => {
  let file: PdfObjects;
  let pdf: Uint8Array;
  let tree: Element;
  let packet: string;
  beforeAll(async () => {
    pdf = await pdfOf(kind);
    file = new PdfObjects(pdf);
    tree = structureOf(file);
    packet = metadataOf(file);
  });
  const root = (...path: readonly string[]): Value | undefined => file.at(file.trailer, "Root", ...path);

  it("19005-3, 6.1.2 and 6.1.3: has a comment of four high bytes after its first line, an ID, and no encryption", () => {
    const [first, second] = Buffer.from(pdf).toString("latin1").split("\n");
    expect(first).toBe("%PDF-1.7");
    expect([...second!.slice(1, 5)].every((c) => c.charCodeAt(0) > 127)).toBe(true);
    expect(file.trailer.get("ID")).toHaveLength(2);
    expect(file.trailer.has("Encrypt")).toBe(false);
  });

  it("19005-3, 6.6.4 and 14289-1, 5: says which parts it meets", () => {
    expect(packet).toContain("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    expect(packet).toContain("<pdfuaid:part>1</pdfuaid:part>");
  });

  it("19005-3, 6.6.2.3: describes every schema of its metadata that the standard does not know", () => {
    const known = [
      "rdf",
      "x",
      "xml",
      "xmlns",
      "dc",
      "xmp",
      "pdf",
      "pdfaid",
      "pdfaExtension",
      "pdfaSchema",
      "pdfaProperty",
    ];
    const used = new Set([...packet.matchAll(/<(\w+):(\w+)[ >]/g)].map(([, prefix]) => prefix!));
    const described = [...packet.matchAll(/<pdfaSchema:prefix>(\w+)</g)].map(([, prefix]) => prefix);
    expect([...used].filter((prefix) => !known.includes(prefix)).sort()).toEqual([...described].sort());
    for (const prefix of described) {
      const properties = new Set([...packet.matchAll(new RegExp(`<${prefix}:(\\w+)>`, "g"))].map(([, own]) => own!));
      for (const property of properties) expect(packet).toContain(`<pdfaProperty:name>${property}<`);
    }
    expect(new XMLParser().parse(packet)).toHaveProperty("x:xmpmeta");
  });

  it("19005-3, 6.6.2.2: says in its metadata what its information dictionary says", () => {
    const info = (key: string): string => textOf(file.at(file.trailer, "Info", key));
    const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
    for (const key of ["Title", "Author", "Subject", "Keywords", "Creator", "Producer"])
      expect(packet, key).toContain(escaped(info(key)));
  });

  it("14289-1, 7.1: has a title that viewers show, a language, and is marked", () => {
    expect(packet).toMatch(/<dc:title><rdf:Alt><rdf:li xml:lang="x-default">[^<]+</);
    expect(root("ViewerPreferences", "DisplayDocTitle")).toBe(true);
    expect(textOf(root("Lang"))).toBe("zh-CN");
    expect([root("MarkInfo", "Marked"), root("MarkInfo", "Suspects")]).toEqual([true, undefined]);
  });

  it("14289-1, 7.1: has all content in its structure or marked as an artefact", () => {
    for (const id of file.ids) {
      const page = file.of(new Reference(id));
      if (!(page instanceof Map) || name((page as Dictionary).get("Type")) !== "Page") continue;
      const streams = [(page as Dictionary).get("Contents")].flat() as readonly Reference[];
      const content = streams.map((stream) => file.stream(stream).data.toString("latin1")).join("\n");
      let depth = 0;
      let shown = 0;
      for (const [operator] of content.matchAll(/\b(?:BDC|BMC|EMC|Tj|TJ|Do|S)(?=\s|$)/g)) {
        if (operator === "EMC") depth -= 1;
        else if (operator.startsWith("B")) depth += 1;
        else {
          shown += 1;
          expect(depth, operator).toBe(1);
        }
      }
      expect(shown).toBeGreaterThan(0);
      expect(depth).toBe(0);
    }
  });

  it("14289-1, 7.4.2: has headings that begin with the first level and skip none", () => {
    const levels = all(tree).flatMap(({ role }) => (/^H\d$/.test(role) ? [Number(role[1])] : []));
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
  });

  it("14289-1, 7.5, and 32000-1, 14.8.5.7: has tables with a summary, header cells with a scope, rows of one width", () => {
    for (const table of all(tree).filter(({ role }) => role === "Table")) {
      expect(textOf(attribute(file, table, "Summary"))).toMatch(/^表/);
      const span = (cell: Element, key: string): number => (attribute(file, cell, key) as number | undefined) ?? 1;
      const widths = new Array<number>(table.children.length).fill(0);
      for (const [r, row] of table.children.entries()) {
        expect(row.role).toBe("TR");
        for (const cell of row.children) {
          expect(["TH", "TD"]).toContain(cell.role);
          if (cell.role === "TH") expect(["Row", "Column"]).toContain(name(attribute(file, cell, "Scope")));
          for (let down = 0; down < span(cell, "RowSpan"); down += 1) widths[r + down]! += span(cell, "ColSpan");
        }
      }
      expect(new Set(widths).size).toBe(1);
    }
  });

  it("14289-1, 7.3, and 32000-1, 14.8.5.4.3: has figures with an alternative text and their place", () => {
    const figures = all(tree).filter(({ role }) => role === "Figure");
    expect(figures).toHaveLength(kind === "a new form with a seal" ? 1 : 0);
    for (const figure of figures) {
      expect(textOf(figure.entry("Alt"))).toMatch(/印章$/);
      expect(name(attribute(file, figure, "O"))).toBe("Layout");
      const [left, bottom, right, top] = attribute(file, figure, "BBox") as readonly number[];
      // 42 mm on the page, its lower left corner first.
      expect(right! - left!).toBeCloseTo((42 * 72) / 25.4, 1);
      expect(top! - bottom!).toBeCloseTo((42 * 72) / 25.4, 1);
      expect(left).toBeGreaterThan(0);
      expect(top).toBeLessThan(841.89);
    }
  });

  it("19005-3, 6.7.3: has standard structure types alone, and nothing empty but cells", () => {
    const standard = /^(?:Document|H[1-5]|P|Table|TR|TH|TD|Figure)$/;
    for (const { role, contents, children } of all(tree)) {
      expect(role).toMatch(standard);
      if (role !== "TD" && role !== "TH") expect(contents + children.length, role).toBeGreaterThan(0);
    }
  });

  it("19005-3, 6.2.11.4 to 6.2.11.7: embeds its fonts, with advances as the file states them and a code point for each", () => {
    expect(fontsOf(file).length).toBeGreaterThan(1);
    for (const { font, descendant, program } of fontsOf(file)) {
      expect(name(font.get("Encoding"))).toBe("Identity-H");
      expect(name(program.dictionary.get("Subtype"))).toBe("CIDFontType0C");
      const map = file.stream(font.get("ToUnicode") as Reference).data.toString("latin1");
      const pairs = [...map.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)];
      const widths = new Map<number, number>();
      const stated = descendant.get("W") as readonly Value[];
      for (let i = 0; i < stated.length; i += 2)
        for (const [k, width] of (stated[i + 1] as readonly number[]).entries())
          widths.set((stated[i] as number) + k, width);
      const advances = advancesOf(program.data);
      for (const [, code, character] of pairs) {
        const cid = Number.parseInt(code!, 16);
        // Never 0, a byte order mark or a place for private use.
        expect(character).not.toMatch(/^(?:0000|feff|fffe|e[0-9a-f]{3}|f[0-8][0-9a-f]{2})$/);
        expect(advances[cid], `${name(descendant.get("BaseFont"))} ${cid}`).toBe(widths.get(cid) ?? 1000);
      }
    }
  });

  it("5176, 9 and 18: has font programs whose Top DICT begins with ROS, in short integers", () => {
    for (const { program } of fontsOf(file)) {
      const { data } = program;
      // Header of four bytes, the Name INDEX, then the Top DICT's INDEX of one object.
      const nameEnd = data.readUInt32BE(4 + 3 + 4) - 1;
      const top = 4 + 3 + 8 + nameEnd;
      const dictionary = data.subarray(top + 3 + 8);
      expect([...dictionary.subarray(0, 7)]).toEqual([248, 27, 248, 28, 139, 12, 30]);
    }
  });

  it("19005-3, 6.8: carries its data as an associated file with a type and both names", () => {
    const [attached] = root("AF") as readonly Value[];
    expect(name(file.at(attached, "AFRelationship"))).toBe("Source");
    expect([textOf(file.at(attached, "F")), textOf(file.at(attached, "UF"))]).toEqual(["report.json", "report.json"]);
    const embedded = (file.at(attached, "EF") as Dictionary).get("F") as Reference;
    expect(name(file.stream(embedded).dictionary.get("Subtype"))).toBe("application/json");
  });

  it("19005-3, 6.2.3: says what its colours mean", () => {
    const [intent] = root("OutputIntents") as readonly Value[];
    expect(name(file.at(intent, "S"))).toBe("GTS_PDFA1");
    const profile = file.stream((file.of(intent) as Dictionary).get("DestOutputProfile") as Reference);
    expect(profile.data.subarray(36, 40).toString("latin1")).toBe("acsp");
    expect(profile.dictionary.get("N")).toBe(3);
  });

  it("19005-3, 6.4 and 6.5: has no actions, no scripts and no annotations", () => {
    for (const key of ["AA", "OpenAction", "AcroForm"]) expect(root(key)).toBeUndefined();
    const content = file.ids.map((id) => file.of(new Reference(id))).filter((value) => value instanceof Map);
    for (const value of content) expect((value as Dictionary).has("Annots")).toBe(false);
  });
});

it("a draft whose headings skip a level claims no PDF/UA", async () => {
  const draft = await report("hangzhou-2025");
  const skipping = { ...draft, other: { body: [{ type: "heading", level: 4, text: "费用" }] } } as unknown as Report;
  const packet = metadataOf(new PdfObjects(await preview({ report: skipping, draft: true }, fonts)));
  expect(packet).toContain("<pdfaid:part>3<");
  expect(packet).not.toContain("pdfuaid");
});
