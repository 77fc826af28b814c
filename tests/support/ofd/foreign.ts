/** A report's pages as other programs write OFD: the same text and rules, drawn in their manners. */

import { layer, ofdFile } from "./made.ts";
import { all, distances, type Node, numbers, pagesOf, treesOf } from "./parts.ts";

/** A text on one line with where it stands and where its characters are, mm. */
interface Text {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly steps: readonly number[];
}

interface Sheet {
  readonly texts: readonly Text[];
  /** x1, y1, x2, y2, width. */
  readonly rules: readonly (readonly number[])[];
}

/** What of a page of ours others would draw. */
function sheetOf(root: Node): Sheet {
  const texts = all(root, "TextObject").map((object): Text => {
    const [x = 0, top = 0] = numbers(object.attributes["Boundary"]);
    const code = all(object, "TextCode")[0]!;
    return {
      text: code.text,
      x,
      y: top + Number(code.attributes["Y"]),
      size: Number(object.attributes["Size"]),
      steps: distances(code.attributes["DeltaX"]),
    };
  });
  const rules = all(root, "PathObject").flatMap((path) =>
    [...all(path, "AbbreviatedData")[0]!.text.matchAll(/M (\S+) (\S+) L (\S+) (\S+)/g)].map((m) => [
      ...m.slice(1).map(Number),
      Number(path.attributes["LineWidth"]),
    ]),
  );
  return { texts, rules };
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
const fixed = (value: number): string => String(Math.round(value * 10_000) / 10_000);

/** As a word processor does: distances one by one, cell borders as thin areas, its own boxes around lines. */
function wordProcessor({ texts, rules }: Sheet): string {
  const text = texts.map(
    ({ text: t, x, y, size, steps }, i) =>
      `<ofd:TextObject ID="${1000 + i}" Font="3" Size="${fixed(size)}" Fill="true" CharDirection="0" Italic="false" Boundary="${fixed(x)} ${fixed(y - size)} ${fixed(size * t.length)} ${fixed(size * 1.2)}"><ofd:FillColor Value="#0 #0 #0" ColorSpace="1"/><ofd:TextCode X="0.0" Y="${fixed(size)}"${steps.length > 0 ? ` DeltaX="${steps.map(fixed).join(" ")}"` : ""}>${escaped(t)}</ofd:TextCode></ofd:TextObject>`,
  );
  const areas = rules.map(([x1, y1, x2, y2, w], i) => {
    const [left, top] = [Math.min(x1!, x2!) - w! / 2, Math.min(y1!, y2!) - w! / 2];
    const [wide, high] = [Math.abs(x2! - x1!) + w!, Math.abs(y2! - y1!) + w!].map(fixed);
    return `<ofd:PathObject ID="${5000 + i}" Stroke="false" Fill="true" Boundary="${fixed(left)} ${fixed(top)} ${wide} ${high}"><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>S 0 0 L ${wide} 0 L ${wide} ${high} L 0 ${high} C</ofd:AbbreviatedData></ofd:PathObject>`;
  });
  return layer(areas.join("") + text.join(""));
}

/** As what converts a PDF does: everything in pt under a map, glyphs by their numbers in embedded fonts. */
function converter({ texts, rules }: Sheet, glyphs: Map<string, number>): string {
  const scale = 25.4 / 72;
  const map = `CTM="${fixed(scale)} 0 0 ${fixed(scale)} 0 0"`;
  const text = texts.map(({ text: t, x, y, size, steps }, i) => {
    const numbersOf = [...t].map((character) => {
      const known = glyphs.get(character) ?? glyphs.size + 1;
      glyphs.set(character, known);
      return known;
    });
    const deltas = steps.map((step) => fixed(step / scale)).join(" ");
    return `<ofd:TextObject ID="${1000 + i}" ${map} Boundary="${fixed(x)} ${fixed(y - size)} ${fixed(size * t.length)} ${fixed(size * 1.3)}" Font="3" Size="${fixed(size / scale)}"><ofd:CGTransform CodePosition="0" CodeCount="${numbersOf.length}" GlyphCount="${numbersOf.length}"><ofd:Glyphs>${numbersOf.join(" ")}</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="0" Y="${fixed(size / scale)}"${steps.length > 0 ? ` DeltaX="${deltas}"` : ""}>${escaped(t)}</ofd:TextCode></ofd:TextObject>`;
  });
  const paths = rules.map(
    ([x1, y1, x2, y2, w], i) =>
      `<ofd:PathObject ID="${5000 + i}" ${map} Boundary="0 0 210 297" LineWidth="${fixed(w! / scale)}" Cap="Square"><ofd:StrokeColor Value="0 0 0"/><ofd:AbbreviatedData>M ${[x1, y1].map((v) => fixed(v! / scale)).join(" ")} L ${[x2, y2].map((v) => fixed(v! / scale)).join(" ")} </ofd:AbbreviatedData></ofd:PathObject>`,
  );
  return layer(paths.join("") + text.join(""), ' Type="Body"');
}

/** As what fills in a form does: a character an object, in blocks in blocks; the rules are laid under the page. */
function form({ texts }: Sheet): string {
  const objects = texts.map(({ text: t, x, y, size, steps }, i) => {
    let at = x;
    const own = [...t].map((character, k) => {
      const object = `<ofd:TextObject ID="${10_000 + 100 * i + k}" Boundary="${fixed(at)} ${fixed(y - size)} ${fixed(size)} ${fixed(size * 1.2)}" Font="3" Size="${fixed(size)}"><ofd:TextCode X="0" Y="${fixed(size)}">${escaped(character)}</ofd:TextCode></ofd:TextObject>`;
      at += steps[k] ?? 0;
      return object;
    });
    return `<ofd:PageBlock ID="${2000 + i}"><ofd:PageBlock ID="${3000 + i}">${own.join("")}</ofd:PageBlock></ofd:PageBlock>`;
  });
  return `<ofd:Template TemplateID="TEMPLATE" ZOrder="Background"/>${layer(objects.join(""))}`;
}

const rulesAlone = ({ rules }: Sheet): string =>
  layer(
    rules
      .map(([x1, y1, x2, y2], i) => {
        const [left, top] = [Math.min(x1!, x2!), Math.min(y1!, y2!)];
        return `<ofd:PathObject ID="${5000 + i}" Boundary="${fixed(left)} ${fixed(top)} ${fixed(Math.abs(x2! - x1!) || 0.25)} ${fixed(Math.abs(y2! - y1!) || 0.25)}"><ofd:AbbreviatedData>M 0 0 L ${fixed(x2! - x1!)} ${fixed(y2! - y1!)}</ofd:AbbreviatedData></ofd:PathObject>`;
      })
      .join(""),
    ' DrawParam="4"',
  );

const FONTS =
  '<ofd:ColorSpaces><ofd:ColorSpace ID="1" Type="RGB"/></ofd:ColorSpaces><ofd:Fonts><ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>';
const PARAMS =
  '<ofd:DrawParams><ofd:DrawParam ID="4" Relative="5"><ofd:StrokeColor Value="0 0 0" ColorSpace="1"/></ofd:DrawParam><ofd:DrawParam ID="5" LineWidth="0.25"/></ofd:DrawParams>';

/** How others write a file of ours, by their kind. */
export const MANNERS = {
  "a word processor": (ours) => {
    const made = ofdFile({ pages: sheets(ours).map(wordProcessor), resources: FONTS });
    return made;
  },
  "what converts PDFs": (ours) => {
    const glyphs = new Map<string, number>();
    return ofdFile({ pages: sheets(ours).map((sheet) => converter(sheet, glyphs)), resources: FONTS });
  },
  "what fills in forms": (ours) => {
    const all = sheets(ours);
    return ofdFile({
      pages: all.map((sheet, i) => form(sheet).replace("TEMPLATE", String(900 + i))),
      templates: all.map(rulesAlone),
      resources: FONTS + PARAMS,
    });
  },
} as const satisfies Readonly<Record<string, (ours: Uint8Array) => Uint8Array>>;

const sheets = (ours: Uint8Array): Sheet[] => pagesOf(treesOf(ours)).map(({ root }) => sheetOf(root));
