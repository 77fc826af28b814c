/** What a person does not see on the page of a PDF is no figure, and what can't be told stays out, with the reason. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { getCell } from "../../src/form/cells.ts";
import { formCells } from "../../src/form/form-cells.ts";
import { formOf } from "../../src/form/forms.ts";
import { importReport } from "../../src/import/import.ts";
import { disclosurePdf, type Fault, figure, type Place } from "../support/import/disclosure-pdf.ts";
import { stream, withLyingMaps } from "../support/import/handmade-pdf.ts";
import { example } from "../support/service.ts";

const CELL = "/disclosure/penalties/decisions";

/** What the report has of the cell, and all that is said about it. */
async function read(make: (at: Place) => Fault): Promise<{ readonly value: unknown; readonly said: string }> {
  const { report, account } = await importReport(disclosurePdf(make));
  // The rest of the page is what it was.
  expect(getCell(report, "/disclosure/licensing/decisions")).toBe(789);
  expect(getCell(report, "/disclosure/coerciveMeasures/decisions")).toBe(12);
  return { value: getCell(report, CELL), said: JSON.stringify(account) };
}

const box = ({ left, right, bottom, top }: Place): string =>
  `${left + 2} ${bottom + 2} ${right - left - 4} ${top - bottom - 4} re`;
const GRAPHICS = (entries: string): Partial<Fault> => ({ resources: `/ExtGState << /G << ${entries} >> >>` });
const LAYER = (usage = "", config = "/OFF [10 0 R]"): Partial<Fault> => ({
  resources: "/Properties << /L 10 0 R >>",
  catalogue: `/OCProperties << /OCGs [10 0 R] /D << /Order [10 0 R] ${config} >> >>`,
  objects: [`<< /Type /OCG /Name (old) ${usage} >>`],
});
const form = (content: string, entries = ""): Uint8Array =>
  stream(content, `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /H 8 0 R >> >> ${entries}`);
const width = (text: string): number => 6.672 * text.length;

type Make = (at: Place) => Fault;

/** 564 is seen; what is beside it, before it or under it is not. */
const RIGHT: readonly (readonly [string, Make])[] = [
  ["nothing unusual", ({ x, y }) => ({ cell: figure("564", x, y) })],
  [
    "digits drawn invisibly (Tr 3)",
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q 3 Tr ${figure("12", x + 20, y)}Q\n` }),
  ],
  [
    "digits that only clip (Tr 7)",
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q 7 Tr ${figure("12", x + 20, y)}Q\n` }),
  ],
  [
    "digits of alpha 0",
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q /G gs ${figure("12", x + 20, y)}Q\n`, ...GRAPHICS("/ca 0") }),
  ],
  [
    "outlines of alpha 0",
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q /G gs 1 Tr ${figure("12", x + 20, y)}Q\n`, ...GRAPHICS("/CA 0") }),
  ],
  ["white digits on white", ({ x, y }) => ({ cell: `${figure("564", x, y)}q 1 g ${figure("12", x + 20, y)}Q\n` })],
  [
    "nearly white digits",
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q 0 0 0 0.02 k ${figure("12", x + 20, y)}Q\n` }),
  ],
  [
    "grey digits on the same grey",
    (at) => ({
      cell: `q 0.8 g ${box(at)} f Q\n${figure("564", at.x, at.y)}q 0.8 g ${figure("12", at.x + 20, at.y)}Q\n`,
    }),
  ],
  [
    "white digits on a dark ground, seen",
    (at) => ({ cell: `q 0 0 0.5 rg ${box(at)} f Q\nq 1 g ${figure("564", at.x, at.y)}Q\n` }),
  ],
  [
    "black on black under difference",
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}q /G gs 1 g ${figure("12", x + 20, y)}Q\n`,
      ...GRAPHICS("/BM /Multiply"),
    }),
  ],
  [
    "screened digits",
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q /G gs ${figure("12", x + 20, y)}Q\n`, ...GRAPHICS("/BM /Screen") }),
  ],
  ["digits of no size", ({ x, y }) => ({ cell: figure("564", x, y) + figure("12", x + 20, y, 0.1) })],
  ["digits of no width (Tz 0)", ({ x, y }) => ({ cell: `${figure("564", x, y)}q 0 Tz ${figure("12", x + 20, y)}Q\n` })],
  [
    "digits that are clipped away",
    (at) => ({ cell: `${figure("564", at.x, at.y)}q 0 0 10 10 re W n ${figure("12", at.x + 20, at.y)}Q\n` }),
  ],
  [
    "digits clipped by a shape",
    (at) => ({ cell: `${figure("564", at.x, at.y)}q 0 0 m 9 0 l 4 9 l h W* n ${figure("12", at.x + 20, at.y)}Q\n` }),
  ],
  [
    "digits in a layer that is off",
    ({ x, y }) => ({ cell: `${figure("564", x, y)}/OC /L BDC ${figure("12", x + 20, y)}EMC\n`, ...LAYER() }),
  ],
  [
    "digits in a layer that is off as all are (BaseState)",
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}/OC /L BDC ${figure("12", x + 20, y)}EMC\n`,
      ...LAYER("", "/BaseState /OFF"),
    }),
  ],
  [
    "digits in a layer that is on",
    ({ x, y }) => ({ cell: `/OC /L BDC ${figure("564", x, y)}EMC\n`, ...LAYER("", "/ON [10 0 R]") }),
  ],
  [
    "digits whose membership is off",
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}/OC /L BDC ${figure("12", x + 20, y)}EMC\n`,
      resources: "/Properties << /L 11 0 R >>",
      catalogue: "/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>",
      objects: ["<< /Type /OCG /Name (old) >>", "<< /Type /OCMD /OCGs [10 0 R] /P /AllOn >>"],
    }),
  ],
  [
    "a form in a layer that is off",
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}/X Do\n`,
      resources: "/XObject << /X 11 0 R >>",
      catalogue: "/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>",
      objects: ["<< /Type /OCG /Name (old) >>", form(figure("12", x + 20, y), "/OC 10 0 R")],
    }),
  ],
  [
    "a form whose box ends before it",
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}/X Do\n`,
      resources: "/XObject << /X 10 0 R >>",
      objects: [
        stream(
          figure("12", x + 20, y),
          "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /H 8 0 R >> >>",
        ),
      ],
    }),
  ],
  [
    "a group that is transparent",
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}q /G gs /X Do Q\n`,
      resources: "/XObject << /X 10 0 R >> /ExtGState << /G << /ca 0 >> >>",
      objects: [form(figure("12", x + 20, y), "/Group << /S /Transparency >>")],
    }),
  ],
  [
    "digits under a white patch",
    (at) => ({ cell: `${figure("777", at.x, at.y)}q 1 g ${box(at)} f Q\n${figure("564", at.x, at.y)}` }),
  ],
  [
    "digits under a patch at the end",
    (at) => ({
      cell: figure("564", at.x, at.y) + figure("12", at.x + 60, at.y),
      after: `q 1 g ${at.x + 55} ${at.y - 4} 40 14 re f Q\n`,
    }),
  ],
  [
    "digits under a thick white line",
    (at) => ({
      cell: `${figure("12", at.x + 60, at.y)}q 1 G 14 w ${at.x + 55} ${at.y + 4} m ${at.x + 99} ${at.y + 4} l S Q\n${figure("564", at.x, at.y)}`,
    }),
  ],
  ["bold made by painting twice", ({ x, y }) => ({ cell: figure("564", x, y) + figure("564", x + 0.3, y) })],
  ["digits scaled to a third", ({ x, y }) => ({ cell: `q 33 Tz ${figure("564", x, y)}Q\n` })],
  [
    "the text that replaces it for reading aloud",
    ({ x, y }) => ({ cell: `/Span << /ActualText (12) >> BDC ${figure("564", x, y)}EMC\n` }),
  ],
  [
    "digits apart by kerning only",
    ({ x, y }) => ({ cell: `BT /H 12 Tf 1 0 0 1 ${x} ${y} Tm [(5) 30 (6) -40 (4)] TJ ET\n` }),
  ],
  ["a line under it", ({ x, y }) => ({ cell: `${figure("564", x, y)}${x} ${y - 2} m ${x + 20} ${y - 2} l S\n` })],
  [
    "a marker's colour over it",
    (at) => ({ cell: `${figure("564", at.x, at.y)}q /G gs 1 1 0 rg ${box(at)} f Q\n`, ...GRAPHICS("/BM /Multiply") }),
  ],
  [
    "a pale ground that is laid under it",
    (at) => ({ cell: `q 0.9 0.95 1 rg ${box(at)} f Q\n${figure("564", at.x, at.y)}` }),
  ],
  [
    "outside the crop box",
    ({ x, y }) => ({ cell: figure("564", x, y), after: figure("12", 30, y), page: "/CropBox [60 0 595 842]" }),
  ],
  ["a page in other units", ({ x, y }) => ({ cell: figure("564", x, y), page: "/UserUnit 1.5" })],
  ["a page that is turned", ({ x, y }) => ({ cell: figure("564", x, y), page: "/Rotate 90" })],
];

/** What is seen is another thing than the file's digits, or can't be told: out, with the reason. */
const OUT: readonly (readonly [string, RegExp, Make])[] = [
  [
    "struck out by a line",
    /有线划过/,
    ({ x, y }) => ({ cell: `${figure("564", x, y)}${x} ${y + 4} m ${x + 20} ${y + 4} l S\n` }),
  ],
  [
    "struck out by a thin rectangle",
    /有线划过/,
    ({ x, y }) => ({ cell: `${figure("564", x, y)}${x - 1} ${y + 3.5} 22 1 re f\n` }),
  ],
  [
    "struck out aslant",
    /有线划过/,
    ({ x, y }) => ({ cell: `${figure("564", x, y)}${x} ${y} m ${x + 20} ${y + 9} l S\n` }),
  ],
  [
    "an old figure struck out beside the new",
    /有线划过/,
    ({ x, y }) => ({
      cell: `${figure("12", x, y)}${x - 1} ${y + 4} m ${x + 14} ${y + 4} l S\n${figure("564", x + 16, y)}`,
    }),
  ],
  [
    "two figures over each other",
    /叠在一起/,
    ({ x, y }) => ({ cell: figure("564", x, y) + figure("891", x + 1.5, y) }),
  ],
  [
    "half under a patch",
    /有线划过|看不全/,
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q 1 g ${x - 1} ${y + 3} 30 9 re f Q\n` }),
  ],
  ["half clipped", /看不全/, ({ x, y }) => ({ cell: `q ${x} ${y + 3} 100 20 re W n ${figure("564", x, y)}Q\n` })],
  ["over the cell's border", /看不全|有线划过/, ({ right, y }) => ({ cell: figure("564891", right - 20, y) })],
  [
    "a note's mark raised (Ts)",
    /上标/,
    ({ x, y }) => ({ cell: `${figure("564", x, y)}q 4 Ts ${figure("1", x + width("564"), y, 7)}Q\n` }),
  ],
  [
    "a note's mark in small print",
    /上标/,
    ({ x, y }) => ({ cell: figure("564", x, y) + figure("1", x + width("564"), y + 5, 7) }),
  ],
  [
    "a note's mark lowered",
    /上标/,
    ({ x, y }) => ({ cell: figure("564", x, y) + figure("1", x + width("564"), y - 2, 7) }),
  ],
  ["two lines", /几段或几行/, ({ x, y }) => ({ cell: figure("564", x, y + 6, 9) + figure("120", x, y - 5, 9) })],
  [
    "two figures in one string",
    /564／120/,
    ({ x, y }) => ({ cell: `BT /H 12 Tf 1 0 0 1 ${x} ${y} Tm [(564) -1500 (120)] TJ ET\n` }),
  ],
  [
    "digits set apart",
    /5 6 4|5／6／4/,
    ({ x, y }) => ({ cell: `BT /H 12 Tf 5 Tc 1 0 0 1 ${x} ${y} Tm (564) Tj 0 Tc ET\n` }),
  ],
  ["pale digits", /看不见/, ({ x, y }) => ({ cell: `${figure("564", x, y)}q 0.82 g ${figure("12", x + 20, y)}Q\n` })],
  [
    "a soft mask",
    /看不见/,
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}q /G gs ${figure("12", x + 20, y)}Q\n`,
      resources: "/ExtGState << /G << /SMask << /S /Luminosity /G 10 0 R >> >> >>",
      objects: [form("0 g 0 0 595 842 re f", "/Group << /S /Transparency /CS /DeviceGray >>")],
    }),
  ],
  [
    "a pattern",
    /看不见/,
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}q /Pattern cs /P scn ${figure("12", x + 20, y)}Q\n`,
      resources: "/Pattern << /P 10 0 R >>",
      objects: [
        stream("", "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>"),
      ],
    }),
  ],
  [
    "a layer for the screen only",
    /看不见/,
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}/OC /L BDC ${figure("12", x + 20, y)}EMC\n`,
      ...LAYER(
        "/Usage << /Print << /PrintState /OFF >> >>",
        "/AS [<< /Event /Print /OCGs [10 0 R] /Category [/Print] >>]",
      ),
    }),
  ],
  ["upside down", /横着或倒着/, ({ x, y }) => ({ cell: `BT /H 12 Tf -1 0 0 -1 ${x + 20} ${y + 9} Tm (689) Tj ET\n` })],
  ["in a mirror", /反的/, ({ x, y }) => ({ cell: `BT /H 12 Tf -1 0 0 1 ${x + 20} ${y} Tm (564) Tj ET\n` })],
  [
    "a digit aslant",
    /斜着/,
    ({ x, y }) => ({ cell: `${figure("56", x, y)}BT /H 12 Tf 0.94 0.34 -0.34 0.94 ${x + 14} ${y} Tm (4) Tj ET\n` }),
  ],
  [
    "a minus drawn as a line",
    /图形|有线/,
    ({ x, y }) => ({ cell: `${x - 8} ${y + 4} m ${x - 2} ${y + 4} l S\n${figure("564", x, y)}` }),
  ],
  [
    "a picture",
    /图片/,
    ({ x, y }) => ({
      cell: `q 30 0 0 12 ${x} ${y - 2} cm /I Do Q\n`,
      resources: "/XObject << /I 10 0 R >>",
      objects: [
        stream(
          "\x00\xff\x00\xff",
          "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        ),
      ],
    }),
  ],
  [
    "digits under a picture",
    /图片/,
    ({ x, y }) => ({
      cell: `${figure("564", x, y)}q 30 0 0 14 ${x - 3} ${y - 3} cm /I Do Q\n`,
      resources: "/XObject << /I 10 0 R >>",
      objects: [
        stream(
          "\x00\xff\x00\xff",
          "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        ),
      ],
    }),
  ],
  [
    "digits drawn as shapes",
    /图形/,
    ({ x, y }) => ({
      cell: `${x} ${y} m ${x + 3} ${y + 9} ${x + 6} ${y + 2} ${x + 6} ${y + 8} c ${x + 2} ${y + 6} l h f\n`,
    }),
  ],
  [
    "a field",
    /域/,
    ({ left, right, bottom, top }) => ({
      cell: "",
      page: "/Annots [10 0 R]",
      catalogue: "/AcroForm << /Fields [10 0 R] /DR << /Font << /H 8 0 R >> >> /DA (/H 12 Tf 0 g) >>",
      objects: [
        `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (564) /DA (/H 12 Tf 0 g) /F 4 /Rect [${left + 2} ${bottom + 2} ${right - 2} ${top - 2}] >>`,
      ],
    }),
  ],
  [
    "text in an annotation",
    /批注/,
    ({ left, right, bottom, top }) => ({
      cell: "",
      page: "/Annots [10 0 R]",
      objects: [
        `<< /Type /Annot /Subtype /FreeText /Contents (564) /DA (/H 12 Tf 0 g) /F 4 /Rect [${left + 2} ${bottom + 2} ${right - 2} ${top - 2}] >>`,
      ],
    }),
  ],
  [
    "struck out by an annotation",
    /有线划过/,
    ({ x, y }) => ({
      cell: figure("564", x, y),
      page: "/Annots [10 0 R]",
      objects: [
        `<< /Type /Annot /Subtype /StrikeOut /F 4 /Rect [${x} ${y} ${x + 20} ${y + 9}] /QuadPoints [${x} ${y + 9} ${x + 20} ${y + 9} ${x} ${y} ${x + 20} ${y}] >>`,
      ],
    }),
  ],
  [
    "a font that says two things of a glyph",
    /两种说法/,
    ({ x, y }) => ({
      cell: `BT /T 12 Tf 1 0 0 1 ${x} ${y} Tm (ABC) Tj ET\n`,
      fonts: "/T 10 0 R",
      objects: [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [65 /five /six /four] >> /ToUnicode 11 0 R >>",
        stream(
          "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 3 beginbfchar <41> <0031> <42> <0032> <43> <0033> endbfchar endcmap end",
        ),
      ],
    }),
  ],
];

describe("a figure is right with", () => {
  it.each(RIGHT)("%s", async (_, make) => {
    expect((await read(make)).value).toBe(564);
  });
});

describe("a figure stays out, with the reason:", () => {
  it.each(OUT)("%s", async (_, reason, make) => {
    const { value, said } = await read(make);
    expect(typeof value).not.toBe("number");
    expect(said).toMatch(reason);
  });
});

describe("files as public bug reports have them", () => {
  it.each(["p03-whited-out", "p07-condensed-33", "p12-layer-off", "p18-transparent-text"])(
    "%s: every figure is right",
    async (name) => {
      const wanted = await example("hangzhou-2025");
      const { report } = await importReport(
        new Uint8Array(await readFile(new URL(`../fixtures/bugs/${name}.pdf`, import.meta.url))),
      );
      for (const { pointer } of formCells(formOf("2021")!))
        expect([pointer, getCell(report, pointer)]).toEqual([pointer, getCell(wanted, pointer)]);
    },
  );
});

describe("digits that the character map calls others", () => {
  it("stay out, one and all", async () => {
    const sound = await readFile(new URL("../fixtures/bugs/p07-condensed-33.pdf", import.meta.url));
    const { report, account } = await importReport(withLyingMaps(new Uint8Array(sound), (digit) => (digit + 3) % 10));
    for (const { pointer } of formCells(formOf("2021")!))
      expect([pointer, typeof getCell(report, pointer)]).toEqual([pointer, "undefined"]);
    expect(JSON.stringify(account)).toContain("字形与所说的不同");
  });
});
