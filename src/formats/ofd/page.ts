import type { Fonts } from "../../fonts/fonts.ts";
import { PAGE_HEIGHT, PAGE_WIDTH } from "../../typeset/grid.ts";
import type { Page, PlacedImage, Rule } from "../../typeset/page.ts";
import type { DocumentFonts } from "./document-fonts.ts";
import type { Ids } from "./ids.ts";
import { piecesOf, textObject, watermarkObject } from "./text.ts";
import { box, mm } from "./units.ts";
import { element, part, textElement } from "./xml.ts";

/** What a page is written with. */
export interface PageContext {
  readonly ids: Ids;
  readonly fonts: Fonts;
  readonly used: DocumentFonts;
  /** The identifier of an image's resource. */
  readonly imageOf: (image: PlacedImage) => number;
}

/** A page as it is written. */
export interface WrittenPage {
  readonly id: number;
  /** `Content.xml`. */
  readonly content: Uint8Array;
  /** What it says, blanks left out, in the order of its objects. */
  readonly text: string;
  /** The objects of each leaf of the structure, in order. */
  readonly leaves: ReadonlyMap<number, readonly number[]>;
}

/** The size of a page, mm. */
export const PAGE_BOX = box(0, 0, PAGE_WIDTH, PAGE_HEIGHT);

/** Rules of one width as one path object over the page (9.1). */
function pathObjects(rules: readonly Rule[], ids: Ids): string {
  const widths = new Map<number, string[]>();
  for (const { x1, y1, x2, y2, width } of rules) {
    const lines = widths.get(width) ?? [];
    if (lines.length === 0) widths.set(width, lines);
    lines.push(`M ${mm(x1)} ${mm(y1)} L ${mm(x2)} ${mm(y2)}`);
  }
  return [...widths]
    .map(([width, lines]) =>
      element(
        "PathObject",
        { ID: ids.next(), Boundary: PAGE_BOX, LineWidth: mm(width) },
        textElement("AbbreviatedData", lines.join(" ")),
      ),
    )
    .join("");
}

/** Writes a page: what lies behind it, then rules, text and images. */
export function writePage(page: Page, { ids, fonts, used, imageOf }: PageContext): WrittenPage {
  const id = ids.next();
  const leaves = new Map<number, number[]>();
  const claim = (leaf: number | undefined, object: number): void => {
    if (leaf === undefined) return;
    const objects = leaves.get(leaf) ?? [];
    if (objects.length === 0) leaves.set(leaf, objects);
    objects.push(object);
  };
  const layers = { Background: "", Body: pathObjects(page.rules, ids) };
  const texts = { Background: "", Body: "" };
  for (const run of page.runs) {
    const layer = run.watermark ? "Background" : "Body";
    for (const piece of piecesOf(run, fonts.faces[run.face])) {
      const object = { id: ids.next(), font: ids.font(run.face), colorSpace: ids.colorSpace };
      used.use(
        run.face,
        Array.from(piece.text, (character) => character.codePointAt(0)!),
      );
      layers[layer] += run.watermark ? watermarkObject(piece, run, object) : textObject(piece, run, object);
      texts[layer] += piece.text.replace(/\s/gu, "");
      claim(run.leaf, object.id);
    }
  }
  for (const image of page.images) {
    const object = ids.next();
    layers.Body += element("ImageObject", {
      ID: object,
      Boundary: box(image.x, image.y, image.width, image.height),
      CTM: [mm(image.width), 0, 0, mm(image.height), 0, 0].join(" "),
      ResourceID: imageOf(image),
    });
    claim(image.leaf, object);
  }
  const written = (["Background", "Body"] as const).flatMap((Type) =>
    Type === "Background" && layers[Type] === "" ? [] : [element("Layer", { Type, ID: ids.next() }, layers[Type])],
  );
  const area = element("Area", {}, textElement("PhysicalBox", PAGE_BOX));
  const content = part("Page", {}, area, element("Content", {}, ...written));
  return { id, content, text: texts.Background + texts.Body, leaves };
}
