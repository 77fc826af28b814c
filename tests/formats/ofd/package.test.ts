/** What a report's OFD file is, clause by clause of GB/T 33190—2016. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Report } from "../../../generated/report.ts";
import { openFonts } from "../../../src/fonts/fonts.ts";
import { getCell, setCell } from "../../../src/form/cells.ts";
import { formCells } from "../../../src/form/form-cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import { composed, composedReport } from "../../../src/formats/content.ts";
import { deltas } from "../../../src/formats/ofd/units.ts";
import { writeAs } from "../../../src/formats/write.ts";
import { sealFrom } from "../../../src/typeset/seal.ts";
import { typeset } from "../../../src/typeset/typeset.ts";
import {
  all,
  distances,
  type Node,
  numbers,
  pagesOf,
  partsOf,
  placed,
  rootOf,
  treesOf,
} from "../../support/ofd/parts.ts";
import { faultsOf } from "../../support/ofd/schema.ts";
import { png } from "../../support/seal.ts";
import { ofdOf } from "../../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
const example = async (name: string): Promise<Report> =>
  JSON.parse(await readFile(new URL(`../../../examples/${name}.json`, import.meta.url), "utf8")) as Report;
const seal = sealFrom(png(300));
const LIAOCHENG = await example("liaocheng-2020");
const HANGZHOU = await example("hangzhou-2025");
const FILES = {
  "聊城市市场监督管理局 with a seal": await ofdOf(LIAOCHENG, fonts, { seal }),
  杭州市: await ofdOf(HANGZHOU, fonts),
  "a preview": await ofdOf(HANGZHOU, fonts, { watermark: "预览" }),
  "a withdrawal": await writeAs(
    { name: "ofd" },
    composed({
      of: "withdrawal",
      uscc: HANGZHOU.organ.uscc,
      withdrawal: {
        organ: HANGZHOU.organ.name,
        year: 2025,
        supersedes: 1,
        supersededDate: "2026-01-20",
        reason: "统计口径有误，须重新核对。",
        date: "2026-02-01",
      },
    }),
    { fonts: () => fonts },
  ),
};

const MM = 25.4 / 72;
const trees = (name: keyof typeof FILES): Map<string, Node> => treesOf(FILES[name]);
const NAMES = Object.keys(FILES) as (keyof typeof FILES)[];
const PLAIN = [
  "OFD.xml",
  "Document.xml",
  "PublicRes.xml",
  "DocumentRes.xml",
  "Content.xml",
  "CustomTags.xml",
  "Attachments.xml",
];

describe.each(NAMES)("the file of %s", (name) => {
  it("has in every part what its clause names, in its order, and nothing else", () => {
    const parts = [...trees(name)].filter(([path]) => PLAIN.some((end) => path.endsWith(end)));
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.flatMap(([path, root]) => faultsOf(root).map((fault) => `${path}: ${fault}`))).toEqual([]);
  });

  it("gives every object an identifier of its own, none larger than MaxUnitID (7.2.2, 7.5)", () => {
    const ids = [...trees(name).values()].flatMap((root) =>
      ["Layer", "TextObject", "PathObject", "ImageObject", "Font", "ColorSpace", "MultiMedia"]
        .flatMap((kind) => all(root, kind))
        .concat(root.name === "Document" ? all(root, "Pages").flatMap((pages) => all(pages, "Page")) : [])
        .map(({ attributes }) => Number(attributes["ID"])),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const largest = Number(all(trees(name).get("Doc_0/Document.xml")!, "MaxUnitID")[0]!.text);
    expect(Math.max(...ids)).toBeLessThanOrEqual(largest);
  });

  it("refers to nothing that is not there: parts (7.3), fonts and images (7.9), pages (14.2), objects (16)", () => {
    const files = partsOf(FILES[name]);
    const roots = trees(name);
    const leads = (folder: string, list: readonly Node[]): void => {
      for (const { text } of list) expect(files.has(`${folder}${text}`), folder + text).toBe(true);
    };
    const document = roots.get("Doc_0/Document.xml")!;
    leads("", all(roots.get("OFD.xml")!, "DocRoot"));
    for (const kind of ["PublicRes", "DocumentRes", "Attachments", "CustomTags"]) leads("Doc_0/", all(document, kind));
    leads("Doc_0/Tags/", all(roots.get("Doc_0/Tags/CustomTags.xml")!, "FileLoc"));
    leads("Doc_0/Attachs/", all(roots.get("Doc_0/Attachs/Attachments.xml")!, "FileLoc"));
    const resources = [...roots].filter(([path]) => path.endsWith("Res.xml")).map(([, root]) => root);
    for (const root of resources) leads("Doc_0/Res/", [...all(root, "FontFile"), ...all(root, "MediaFile")]);
    const ids = (kind: string): Set<string> =>
      new Set(resources.flatMap((r) => all(r, kind)).map((n) => n.attributes["ID"]!));
    const pages = pagesOf(roots);
    for (const { root } of pages) {
      for (const { attributes } of all(root, "TextObject")) expect(ids("Font")).toContain(attributes["Font"]);
      for (const { attributes } of all(root, "ImageObject"))
        expect(ids("MultiMedia")).toContain(attributes["ResourceID"]);
    }
    for (const { attributes } of all(document, "Dest"))
      expect(pages.map(({ id }) => id)).toContain(attributes["PageID"]);
    const objects = new Map(
      pages.map(({ id, root }) => [
        id,
        new Set([...all(root, "TextObject"), ...all(root, "ImageObject")].map((n) => n.attributes["ID"]!)),
      ]),
    );
    for (const { attributes, text } of all(roots.get("Doc_0/Tags/Structure.xml")!, "ObjectRef"))
      expect(objects.get(attributes["PageRef"]!)).toContain(text);
  });

  it("has A4 pages (7.5) and lies within them", () => {
    for (const { root } of pagesOf(trees(name))) {
      const [, , width, height] = numbers(all(root, "PhysicalBox")[0]!.text);
      expect([width!.toFixed(1), height!.toFixed(1)]).toEqual(["210.0", "297.0"]);
      for (const kind of ["TextObject", "PathObject", "ImageObject"])
        for (const { attributes } of all(root, kind)) {
          const [x, y, w, h] = numbers(attributes["Boundary"]) as [number, number, number, number];
          expect([x >= 0, y >= 0, w > 0, h > 0, x + w <= width!, y + h <= height!]).toEqual(Array(6).fill(true));
        }
    }
  });

  it("has no signature yet: the organ's seal system enters its own (18)", () => {
    expect(all(trees(name).get("OFD.xml")!, "Signatures")).toEqual([]);
    expect([...partsOf(FILES[name]).keys()].filter((path) => /sign/i.test(path))).toEqual([]);
  });

  it("is an archive in a fixed order and without times", () => {
    const bytes = Buffer.from(FILES[name]);
    const times = [];
    for (let at = bytes.indexOf("PK\x03\x04"); at >= 0; at = bytes.indexOf("PK\x03\x04", at + 1))
      times.push(bytes.readUInt32LE(at + 10));
    expect(new Set(times)).toEqual(new Set([0x00210000]));
    expect([...partsOf(bytes).keys()].slice(0, 3)).toEqual(["OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml"]);
  });
});

it("the check of parts finds what is out of place, of a wrong type or not of the standard", () => {
  const check = (xml: string): string[] => faultsOf(rootOf(`<ofd:OFD Version="1.0" DocType="OFD">${xml}</ofd:OFD>`));
  const info = "<ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>";
  const root = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>";
  expect(check(`<ofd:DocBody>${info}${root}</ofd:DocBody>`)).toEqual([]);
  expect(check(`<ofd:DocBody>${root}${info}</ofd:DocBody>`)).toEqual(["7.4: DocBody has children DocRoot;DocInfo;"]);
  expect(check(`<ofd:DocBody>${info}</ofd:DocBody>`)).toHaveLength(1);
  expect(check(`<ofd:DocBody Own="1">${info}${root}</ofd:DocBody>`)).toEqual(["7.4: DocBody has no attribute Own"]);
  const dated = info.replace("</ofd:DocID>", "</ofd:DocID><ofd:CreationDate>1.2.2026</ofd:CreationDate>");
  expect(check(`<ofd:DocBody>${dated}${root}</ofd:DocBody>`)).toEqual(["7.4: CreationDate has the text 1.2.2026"]);
});

describe("the pages are those of the PDF", () => {
  const written = composedReport({ of: "report", report: HANGZHOU });
  const set = typeset(written.blocks, fonts.faces, {});
  const pages = pagesOf(trees("杭州市"));

  it("every character stands where the typesetter put it, to a hundredth of a millimetre (11.3)", () => {
    expect(pages).toHaveLength(set.pages.length);
    for (const [i, { root }] of pages.entries()) {
      const found = all(root, "TextObject")
        .flatMap(placed)
        .filter(({ text }) => text.trim() !== "");
      const wanted = set.pages[i]!.runs.flatMap((run) =>
        [...run.text]
          .map((code, k) => ({ text: String.fromCodePoint(code), x: run.x[k]! * MM, y: run.y * MM }))
          .filter(({ text }) => text.trim() !== ""),
      );
      expect(found.map(({ text }) => text).join("")).toBe(wanted.map(({ text }) => text).join(""));
      const astray = found.filter(({ x, y }, k) => Math.hypot(x - wanted[k]!.x, y - wanted[k]!.y) > 0.01);
      expect(astray).toEqual([]);
    }
  });

  it("figures that are drawn narrow are so, where they stand (11.2)", async () => {
    const report = structuredClone(HANGZHOU);
    for (const cell of formCells(formOf(HANGZHOU.edition)!))
      if (typeof getCell(report, cell.pointer) === "number") setCell(report, cell.pointer, 123_456_789_012);
    const narrow = typeset(composedReport({ of: "report", report }).blocks, fonts.faces, {}).pages.flatMap(({ runs }) =>
      runs.filter(({ condensed }) => condensed !== undefined),
    );
    const objects = pagesOf(treesOf(await ofdOf(report, fonts)))
      .flatMap(({ root }) => all(root, "TextObject"))
      .filter(({ attributes }) => attributes["HScale"] !== undefined);
    expect(narrow.length).toBeGreaterThan(10);
    expect(objects.map(({ attributes }) => Number(attributes["HScale"]))).toEqual(
      narrow.map(({ condensed }) => condensed),
    );
    for (const [i, object] of objects.entries())
      expect(Math.abs(placed(object)[1]!.x - narrow[i]!.x[1]! * MM)).toBeLessThan(0.01);
  });

  it("every rule is drawn where it was (9.1)", () => {
    for (const [i, { root }] of pages.entries()) {
      const drawn = all(root, "PathObject").flatMap((path) =>
        [...all(path, "AbbreviatedData")[0]!.text.matchAll(/M (\S+) (\S+) L (\S+) (\S+)/g)].map((m) =>
          [path.attributes["LineWidth"], ...m.slice(1)].map(Number),
        ),
      );
      // Those of one width are together.
      const widths = [...new Set(set.pages[i]!.rules.map(({ width }) => width))];
      const wanted = widths.flatMap((of) =>
        set.pages[i]!.rules.filter(({ width }) => width === of).map(({ width, x1, y1, x2, y2 }) => [
          width,
          x1,
          y1,
          x2,
          y2,
        ]),
      );
      expect(drawn).toHaveLength(wanted.length);
      for (const [k, values] of drawn.entries())
        for (const [n, value] of values.entries()) expect(Math.abs(value - wanted[k]![n]! * MM)).toBeLessThan(0.001);
    }
  });

  it("the outline is that of the headings, in their depth, and leads to them (7.8)", () => {
    const top = all(trees("杭州市").get("Doc_0/Document.xml")!, "Outlines")[0]!;
    const flat = (node: Node, depth: number): [string, number, string, string][] => {
      const own = node.children.find(({ name }) => name === "Actions");
      const dest = own && all(own, "Dest")[0]!.attributes;
      return [
        ...(dest
          ? ([[node.attributes["Title"]!, depth, dest["PageID"]!, dest["Top"]!]] as [string, number, string, string][])
          : []),
        ...node.children.filter(({ name }) => name === "OutlineElem").flatMap((child) => flat(child, depth + 1)),
      ];
    };
    const found = flat(top, 0);
    expect(found.map(([title]) => title)).toEqual(set.outline.map(({ text }) => text));
    expect(found.map(([, , page]) => pages.findIndex(({ id }) => id === page))).toEqual(
      set.outline.map(({ page }) => page),
    );
    for (const [i, [, , , y]] of found.entries()) expect(Number(y)).toBeCloseTo(set.outline[i]!.y * MM, 2);
    const first = Math.min(...set.outline.map(({ level }) => level));
    for (const [i, [, depth]] of found.entries()) expect(depth).toBeLessThanOrEqual(set.outline[i]!.level - first + 1);
  });

  it("the custom tags are the structure of the tagged PDF, with the text of each (16)", () => {
    const objects = new Map(
      pages.flatMap(({ root }) =>
        all(root, "TextObject").map((object): [string, string] => [
          object.attributes["ID"]!,
          placed(object)
            .map(({ text }) => text)
            .join(""),
        ]),
      ),
    );
    const texts = (node: Node): string =>
      all(node, "ObjectRef")
        .map(({ text }) => objects.get(text))
        .join("");
    const tags = trees("杭州市").get("Doc_0/Tags/Structure.xml")!;
    const title = written.blocks.find((block) => block.kind === "title")!;
    expect([tags.name, texts(all(tags, "H1")[0]!)]).toEqual(["Document", title.lines.join("")]);
    const tables = written.blocks.filter((block) => block.kind === "table");
    expect(all(tags, "Table")).toHaveLength(tables.length);
    const cells = tables.flatMap((table) =>
      table.parts.flatMap(({ head, body }) => [...head, ...body].flatMap((row) => row.cells.map(({ text }) => text))),
    );
    const tagged = all(tags, "TR").flatMap((row) => row.children.map(texts));
    expect(tagged.map((text) => text.replace(/\s/g, ""))).toEqual(cells.map((text) => text.replace(/\s/g, "")));
    // Nothing on the pages is left out but their numbers and the heads that come again.
    const bare = (text: string): string => text.replace(/\s/g, "");
    const leaves = set.pages.flatMap(({ runs }) => runs.filter(({ leaf }) => leaf !== undefined));
    expect(bare(texts(tags)).length).toBe(
      bare(leaves.map(({ text }) => String.fromCodePoint(...text)).join("")).length,
    );
  });
});

describe("what is in it besides the pages", () => {
  it("the seal, as an image over the signature (10)", () => {
    const roots = trees("聊城市市场监督管理局 with a seal");
    const [image] = [...roots.values()].flatMap((root) => all(root, "ImageObject"));
    const [, , width, height] = numbers(image!.attributes["Boundary"]);
    expect(numbers(image!.attributes["CTM"])).toEqual([width, 0, 0, height, 0, 0]);
    const file = all(roots.get("Doc_0/DocumentRes.xml")!, "MediaFile")[0]!.text;
    const bytes = partsOf(FILES["聊城市市场监督管理局 with a seal"]).get(`Doc_0/Res/${file}`)!;
    expect(Buffer.from(bytes).equals(Buffer.from(seal.png))).toBe(true);
    const tags = roots.get("Doc_0/Tags/Structure.xml")!;
    expect(all(tags, "Figure")[0]!.attributes["Alt"]).toMatch(/\S/);
    expect(all(all(tags, "Figure")[0]!, "ObjectRef").map(({ text }) => text)).toEqual([image!.attributes["ID"]]);
  });

  it("the data, byte for byte as they are published, with the signing date (20.2)", () => {
    const bytes = partsOf(FILES["杭州市"]).get("Doc_0/Attachs/report.json")!;
    expect(Buffer.from(bytes).equals(Buffer.from(composedReport({ of: "report", report: HANGZHOU }).source))).toBe(
      true,
    );
    const { attributes } = all(trees("杭州市").get("Doc_0/Attachs/Attachments.xml")!, "Attachment")[0]!;
    expect(attributes["CreationDate"]).toBe(`${HANGZHOU.signed}T00:00:00`);
    expect(Number(attributes["Size"])).toBeCloseTo(bytes.length / 1024, 2);
  });

  it("what the document says of itself, the signing date being its only one (7.4)", () => {
    const info = all(trees("杭州市").get("OFD.xml")!, "DocInfo")[0]!;
    const said = (name: string): string => all(info, name)[0]!.text;
    expect([said("Author"), said("CreationDate"), said("ModDate")]).toEqual([
      HANGZHOU.organ.name,
      HANGZHOU.signed,
      HANGZHOU.signed,
    ]);
    expect(said("Title")).toBe(`${HANGZHOU.organ.name}2025年政府信息公开工作年度报告`);
    expect(all(info, "CustomData")[0]!.text).toBe(`urn:nianbao:${HANGZHOU.organ.uscc}:2025`);
  });

  it("a preview's mark, light and aslant on a layer behind the text (7.7)", () => {
    for (const { root } of pagesOf(trees("a preview"))) {
      const [behind, body] = all(root, "Layer");
      expect([behind!.attributes["Type"], body!.attributes["Type"]]).toEqual(["Background", "Body"]);
      const [mark] = all(behind!, "TextObject");
      expect(all(mark!, "TextCode")[0]!.text).toBe("预览");
      const [a, b, c, d] = numbers(mark!.attributes["CTM"]) as [number, number, number, number];
      // y grows downwards: a text that rises to the right has b below 0.
      expect([a > 0, b < 0, c > 0, d > 0, (a * d - b * c).toFixed(3)]).toEqual([true, true, true, true, "1.000"]);
    }
  });
});

it("the same report gives the same bytes, whatever the process wrote before and wherever its clock stands", async () => {
  const again = openFonts(fileURLToPath(new URL("../../../dist/fonts", import.meta.url)));
  vi.useFakeTimers({ now: new Date("2031-07-01T12:00:00Z"), toFake: ["Date"] });
  try {
    await ofdOf(LIAOCHENG, again);
    expect(Buffer.from(await ofdOf(HANGZHOU, again)).equals(Buffer.from(FILES["杭州市"]))).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it("characters of XML in a narrative stay text", async () => {
  const report = structuredClone(HANGZHOU) as unknown as { other: { body: unknown[] } };
  const said = `一<b>&amp;]]>"'二`;
  report.other.body.push({ type: "paragraph", text: said });
  const roots = treesOf(await ofdOf(report as unknown as Report, fonts));
  const text = pagesOf(roots).flatMap(({ root }) => all(root, "TextObject").flatMap(placed));
  expect(text.map((character) => character.text).join("")).toContain(said);
  expect([...roots.values()].flatMap((root) => all(root, "b"))).toEqual([]);
});

it("distances that are written add up to every place, to five thousandths of a millimetre (11.3)", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2000, max: 20000 }), { minLength: 2, maxLength: 40 }), (steps) => {
      const x = [72];
      for (const step of steps) x.push(x.at(-1)! + step / 1000);
      let at = x[0]! * MM;
      const found = distances(deltas(x));
      expect(found).toHaveLength(x.length - 1);
      for (const [i, step] of found.entries()) {
        at += step;
        expect(Math.abs(at - x[i + 1]! * MM)).toBeLessThan(0.0075);
      }
    }),
  );
});
