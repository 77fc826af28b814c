/** OFD as others write it (GB/T 33190—2016): what is seen on its pages is read, and nothing else is taken for a figure. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Report } from "../../generated/report.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import type { SourceDocument } from "../../src/import/document.ts";
import { importReport } from "../../src/import/import.ts";
import { labelsOfForms } from "../../src/import/labels.ts";
import { readOfd } from "../../src/import/readers/ofd.ts";
import { MANNERS } from "../support/ofd/foreign.ts";
import { layer, line, type MadeOfd, ofdFile } from "../support/ofd/made.ts";
import { ofdOf } from "../support/written.ts";

const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
const example = async (name: string): Promise<Report> =>
  JSON.parse(await readFile(new URL(`../../examples/${name}.json`, import.meta.url), "utf8")) as Report;
const REPORTS = { "liaocheng-2020": await example("liaocheng-2020"), "hangzhou-2025": await example("hangzhou-2025") };

const read = async (made: MadeOfd): Promise<SourceDocument> =>
  (await readOfd(ofdFile(made), { labels: labelsOfForms() })) as SourceDocument;
/** The paragraphs that are read of objects on a page. */
const textsOf = async (objects: string, more: Partial<MadeOfd> = {}): Promise<string[]> =>
  (await read({ pages: [layer(objects)], ...more })).items.map((item) => (item.kind === "text" ? item.text : "［表］"));

describe.each(Object.keys(MANNERS) as (keyof typeof MANNERS)[])("a report as %s writes it", (manner) => {
  it.each(["liaocheng-2020", "hangzhou-2025"] as const)("gives every figure and every word of %s", async (name) => {
    const report = REPORTS[name];
    const file = MANNERS[manner](await ofdOf(report, fonts));
    const { report: made, account } = await importReport(file, { name: "年报.ofd", uscc: report.organ.uscc });
    expect(made).toEqual(report);
    expect(account.format).toBe("ofd");
    expect(account.findings.filter(({ level }) => level === "error")).toEqual([]);
  });
});

describe("text", () => {
  it("is placed by distances, by places of its own, under maps, and turned as a whole", async () => {
    expect(await textsOf(line("全年主动公开信息", 20, 40))).toEqual(["全年主动公开信息"]);
    // Characters in an order of their own, each at its place.
    const apart = [..."甲乙丙丁"].map((c, i) => line(c, 20 + 4 * i, 40)).reverse();
    expect(await textsOf(apart.join(""))).toEqual(["甲乙丙丁"]);
    const scaled = `<ofd:TextObject ID="2" CTM="2 0 0 2 0 0" Boundary="20 36 40 10" Font="3" Size="2"><ofd:TextCode X="0" Y="2" DeltaX="2 2 2">主动公开</ofd:TextCode></ofd:TextObject>`;
    expect(await textsOf(scaled)).toEqual(["主动公开"]);
    const turned = [..."依法申请公开的信息"].map(
      (c, i) =>
        `<ofd:TextObject ID="2" CTM="0 1 -1 0 4 0" Boundary="100 ${20 + 4 * i} 4 4" Font="3" Size="4"><ofd:TextCode X="0" Y="4">${c}</ofd:TextCode></ofd:TextObject>`,
    );
    expect(await textsOf(turned.join(""))).toEqual(["依法申请公开的信息"]);
  });

  it("may count characters beyond the first plane once or twice", async () => {
    const code = (deltas: string): string =>
      `<ofd:TextObject ID="2" Boundary="20 36 40 5" Font="3" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="${deltas}">甲𠮷乙丙</ofd:TextCode></ofd:TextObject>`;
    expect(await textsOf(code("4 4 4"))).toEqual(["甲𠮷乙丙"]);
    expect(await textsOf(code("4 0 4 4"))).toEqual(["甲𠮷乙丙"]);
  });

  it("goes on where the text code before it began, and keeps what is in CDATA", async () => {
    const codes = `<ofd:TextObject ID="2" Boundary="20 36 60 12" Font="3" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="4">第一</ofd:TextCode><ofd:TextCode Y="10" DeltaX="4"><![CDATA[第二]]></ofd:TextCode></ofd:TextObject>`;
    expect((await textsOf(codes)).join("")).toBe("第一第二");
  });

  it("of a page is what is on its layers and on what it is laid on, in resources and groups", async () => {
    const document = await read({
      pages: [
        `<ofd:Template TemplateID="900"/>${layer('<ofd:CompositeObject ID="5" Boundary="20 60 100 20" ResourceID="70"/>')}`,
      ],
      templates: [layer(line("底版上的文字", 20, 40))],
      resources: `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="70" Width="100" Height="20"><ofd:Content>${line("组合里的文字", 0, 10)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`,
      info: "<ofd:Title>某局年报</ofd:Title>",
    });
    expect(document.items.map((item) => item.kind === "text" && item.text)).toEqual(["底版上的文字组合里的文字"]);
    expect(document.title).toBe("某局年报");
  });

  it("that nobody sees is not read", async () => {
    const seen = line("看得见的一行文字", 20, 40);
    const white = '<ofd:FillColor Value="255 255 255"/>';
    const cover =
      '<ofd:PathObject ID="9" Boundary="18 54 80 10" Stroke="false" Fill="true"><ofd:FillColor Value="255 255 255"/><ofd:AbbreviatedData>M 0 0 L 80 0 L 80 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>';
    const clips =
      '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 1 1" Fill="true"><ofd:AbbreviatedData>M 0 0 L 1 0 L 1 1 L 0 1 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>';
    for (const hidden of [
      line("看不见", 20, 60, ' Visible="false"'),
      line("看不见", 20, 60, ' Alpha="0"'),
      line("看不见", 20, 60, ' Fill="false"'),
      line("看不见", 20, 60, "", white),
      line("看不见", 20, 60, "", '<ofd:FillColor Value="0 0 0" Alpha="3"/>'),
      line("看不见", 20, 60, ' DrawParam="4"'),
      line("看不见", 20, 60, "", clips),
      line("看不见", 20, 60) + cover,
      line("看不见", 260, 60),
    ])
      expect(
        await textsOf(seen + hidden, {
          resources: `<ofd:DrawParams><ofd:DrawParam ID="4">${white}</ofd:DrawParam></ofd:DrawParams>`,
        }),
        hidden,
      ).toEqual(["看得见的一行文字"]);
  });

  it("in another colour space is seen as it is: nothing of CMYK is white", async () => {
    const spaces =
      '<ofd:ColorSpaces><ofd:ColorSpace ID="7" Type="CMYK"/><ofd:ColorSpace ID="8" Type="GRAY" BitsPerComponent="8"/></ofd:ColorSpaces>';
    const of = (value: string, space: number): string =>
      line("看得见的一行文字", 20, 40) +
      line("颜色", 20, 60, "", `<ofd:FillColor Value="${value}" ColorSpace="${space}"/>`);
    expect(await textsOf(of("0 0 0 0", 7), { resources: spaces })).toEqual(["看得见的一行文字"]);
    expect(await textsOf(of("255", 8), { resources: spaces })).toEqual(["看得见的一行文字"]);
    expect(await textsOf(of("0 0 0 255", 7), { resources: spaces })).toEqual(["看得见的一行文字颜色"]);
    expect(await textsOf(of("#20", 8), { resources: spaces })).toEqual(["看得见的一行文字颜色"]);
  });
});

describe("a figure that somebody sees otherwise, or cannot tell", () => {
  const CELLS = formCells(formOf("2021")!);
  const report = REPORTS["hangzhou-2025"];
  const POINTER = CELLS.find(({ pointer }) => getCell(report, pointer) === 11_398_889)!.pointer;

  /** The file of a word processor with the object of one figure changed. */
  async function withFigure(
    change: (object: string, box: readonly number[]) => string,
    more = "",
  ): Promise<Uint8Array> {
    const ours = await ofdOf(report, fonts);
    const { unzipSync, zipSync, strFromU8, strToU8 } = await import("fflate");
    const parts = unzipSync(MANNERS["a word processor"](ours));
    const name = "Doc_0/Pages/Page_3/Content.xml";
    const text = strFromU8(parts[name]!);
    const object = /<ofd:TextObject(?:(?!<ofd:TextObject).)*>11398889<.*?<\/ofd:TextObject>/.exec(text)![0];
    const box = /Boundary="([^"]*)"/.exec(object)![1]!.split(" ").map(Number);
    parts[name] = strToU8(text.replace(object, () => change(object, box)));
    if (more !== "") {
      const root = "Doc_0/Document.xml";
      parts[root] = strToU8(
        strFromU8(parts[root]!).replace("</ofd:Pages>", "</ofd:Pages><ofd:Annotations>A.xml</ofd:Annotations>"),
      );
      parts["Doc_0/A.xml"] = strToU8('<Annotations><Page PageID="103"><FileLoc>B.xml</FileLoc></Page></Annotations>');
      parts["Doc_0/B.xml"] = strToU8(
        `<PageAnnot>${more.replace("BOX", `${box[0]! - 1} ${box[1]! - 1} 30 8`)}</PageAnnot>`,
      );
    }
    return zipSync(parts);
  }
  const area = ([x, y, , h]: readonly number[], fill: string): string =>
    `<ofd:PathObject ID="9" Boundary="${x! - 1} ${y! - 0.5} 24 ${h! + 1}" Stroke="false" Fill="true">${fill}<ofd:AbbreviatedData>M 0 0 L 24 0 L 24 ${h! + 1} L 0 ${h! + 1} C</ofd:AbbreviatedData></ofd:PathObject>`;
  const path = (box: string, data: string): string =>
    `<ofd:PathObject ID="9" Boundary="${box}" LineWidth="0.3"><ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`;

  it.each<[string, (object: string, box: readonly number[]) => string, string?]>([
    ["is not shown", (object) => object.replace("<ofd:TextObject ", '<ofd:TextObject Visible="false" ')],
    ["is white", (object) => object.replace("#0 #0 #0", "#ff #ff #ff")],
    ["lies under a white area", (object, box) => object + area(box, '<ofd:FillColor Value="255 255 255"/>')],
    [
      "lies under an area half seen through",
      (object, box) => object + area(box, '<ofd:FillColor Value="255 255 255" Alpha="170"/>'),
    ],
    ["is crossed out", (object, [x, y, , h]) => object + path(`${x} ${y! + 0.62 * h!} 20 0.3`, "M 0 0 L 20 0")],
    [
      "is crossed out by a curve",
      (object, [x, y, , h]) =>
        object + path(`${x} ${y} 20 ${h}`, `M 0 ${0.62 * h!} B 5 ${0.6 * h!} 15 ${0.64 * h!} 20 ${0.62 * h!}`),
    ],
    [
      "is a picture",
      (_, [x, y, , h]) => `<ofd:ImageObject ID="9" Boundary="${x} ${y} 20 ${h}" CTM="20 0 0 ${h} 0 0" ResourceID="5"/>`,
    ],
    [
      "lies under a picture",
      (object, [x, y, , h]) =>
        `${object}<ofd:ImageObject ID="9" Boundary="${x} ${y} 20 ${h}" CTM="20 0 0 ${h} 0 0" ResourceID="5"/>`,
    ],
    ["is written twice, each time another", (object) => object + object.replace("11398889", "11398888")],
    ["is mirrored", (object) => object.replace("<ofd:TextObject ", '<ofd:TextObject CTM="-1 0 0 1 18 0" ')],
    ["is upside down", (object) => object.replace('CharDirection="0"', 'CharDirection="180"')],
    [
      "has glyphs that stand for several digits",
      (object) =>
        object
          .replace(
            "<ofd:TextCode",
            '<ofd:CGTransform CodePosition="0" CodeCount="8" GlyphCount="8"><ofd:Glyphs>20 20 23 29 28 28 28 29</ofd:Glyphs></ofd:CGTransform><ofd:TextCode',
          )
          .replace("20 20 23 29 28 28 28 29", "20 20 20 29 28 28 28 29"),
    ],
    ["does not say where its digits are", (object) => object.replace(/ DeltaX="[^"]*"/, "")],
    ["is outside its own box", (object) => object.replace(/Boundary="(\S+) (\S+) \S+ (\S+)"/, 'Boundary="$1 $2 4 $3"')],
    [
      "lies under a stamp",
      (object) => object,
      '<Annot ID="1" Type="Stamp" Creator="x" LastModDate="2026-01-01"><Appearance Boundary="BOX"/></Annot>',
    ],
    [
      "is drawn in an annotation",
      () => "",
      '<Annot ID="1" Type="Path" Creator="x" LastModDate="2026-01-01"><Appearance Boundary="BOX"><TextObject ID="2" Boundary="1 1 20 5" Font="3" Size="4"><TextCode X="0" Y="4" DeltaX="g 7 2">11398889</TextCode></TextObject></Appearance></Annot>',
    ],
    [
      "is letters seen through a window",
      (object) =>
        object.replace(
          "<ofd:FillColor",
          '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Text Font="3" Size="4" Boundary="0 0 9 9"/></ofd:Area></ofd:Clip></ofd:Clips><ofd:FillColor',
        ),
    ],
  ])("one that %s is left out and named", async (_, change, more) => {
    const { report: made, account } = await importReport(await withFigure(change, more), { uscc: report.organ.uscc });
    // What nobody sees is a blank, which is 0 and told; all else is left out.
    expect(getCell(made, POINTER) ?? 0).toBe(0);
    expect(account.findings.flatMap(({ cells }) => cells.map(({ pointer }) => pointer))).toContain(POINTER);
    // Nothing else was taken for another figure.
    const wrong = CELLS.filter(({ pointer }) => {
      const found = getCell(made, pointer);
      return (
        pointer !== POINTER && found !== undefined && JSON.stringify(found) !== JSON.stringify(getCell(report, pointer))
      );
    });
    expect(wrong.map(({ label }) => label)).toEqual([]);
  });

  it("one that is seen as it was is read", async () => {
    const { report: made } = await importReport(await withFigure((object) => object), { uscc: report.organ.uscc });
    expect(made).toEqual(report);
  });
});
