import type { SignatureBlock } from "../compose/blocks.ts";
import type { Box } from "./flow.ts";
import { BODY_SIZE, baseline, CELL, CELLS, LEFT, mm, PITCH, TOP, WIDTH } from "./grid.ts";
import { codePoints, type SetLine, setLines } from "./line.ts";
import type { Measure } from "./measure.ts";
import type { StructureNode } from "./page.ts";
import { lineWidth, putLine } from "./runs.ts";
import { linesByMeaning } from "./title.ts";

/** An organ's seal as an image. */
export interface Seal {
  readonly png: Uint8Array;
  /** Printed width and height, mm. */
  readonly width: number;
  readonly height: number;
}

const STYLE = { face: "fangsong", size: BODY_SIZE } as const;
const INSET = 2 * CELL;

/**
 * Where organ and date begin, pt from the type area's left edge.
 * GB/T 9704—2012, 7.3.5.2, without a seal: the organ two characters in from the right, the date on the next line
 * beginning two characters right of the organ's first; where the date is the longer, it stands two characters in and the
 * organ begins two characters left of it. 7.3.5.1, with a seal: the date four characters in, the organ centred over it; an
 * organ that would not leave two characters of room takes the date with it to the left.
 */
export function signaturePlaces(organ: number, date: number, sealed: boolean): { organ: number; date: number } {
  if (sealed) {
    const middle = WIDTH - Math.max(4 * CELL + date / 2, INSET + organ / 2);
    return { date: middle - date / 2, organ: middle - organ / 2 };
  }
  const organX = date > organ ? WIDTH - INSET - date - INSET : WIDTH - INSET - organ;
  const place = Math.max(0, organX);
  return { organ: place, date: Math.max(0, Math.min(place + INSET, WIDTH - date)) };
}

/** The room of a line of the organ's name: two characters stay free at the right, and the type area is not left. */
export const NAME_ROOM = WIDTH - INSET;

/** The organ's name in lines: of one that is too long for one, broken by meaning. */
function nameLines(organ: string, measure: Measure): SetLine[] {
  const style = { ...STYLE, cell: CELL, width: NAME_ROOM, cells: CELLS };
  const widthOf = (text: string): number =>
    [...codePoints(text)].reduce((sum, c) => sum + measure.width(c, STYLE.face, BODY_SIZE, CELL), 0);
  // A line that a quarter-em between figures and ideographs makes too wide after all is broken where it must be.
  return linesByMeaning([organ], NAME_ROOM, CELL, widthOf).flatMap((text) => setLines(text, style, measure));
}

/** How far the seal's top may be below the text above, in lines (7.3.5.1: within one). */
const [SEAL_NEAR, SEAL_FAR] = [0.5, 1] as const;

/**
 * Where organ and date begin and where the seal, in lines below the text above. Its top is within a line of that text and
 * it presses down on organ and date (7.3.5.1): under a name of several lines it stands lower, and the name begins a line
 * higher where the date would not be reached.
 * @param text lines of organ and date together
 * @param height of the seal, in lines
 */
function sealedPlaces(text: number, height: number): { above: number; seal: number } {
  const above = 2 + text - height > SEAL_FAR ? 1 : 2;
  return { above, seal: Math.max(SEAL_NEAR, Math.min(SEAL_FAR, above + text - height)) };
}

/** The signature as boxes: the room above it, then organ and date, which are never parted. */
export function signature(
  block: SignatureBlock,
  seal: Seal | undefined,
  nextLeaf: () => number,
  measure: Measure,
): { readonly boxes: Box[]; readonly nodes: StructureNode[] } {
  const organ = nameLines(block.organ, measure);
  const date = setLines(block.date, { ...STYLE, cell: CELL, width: WIDTH, cells: CELLS }, measure);
  const widest = Math.max(...organ.map(lineWidth));
  const places = signaturePlaces(widest, lineWidth(date[0]!), seal !== undefined);
  const [organLeaf, dateLeaf] = [nextLeaf(), nextLeaf()];
  const nodes: StructureNode[] = [
    { role: "P", id: organLeaf },
    { role: "P", id: dateLeaf },
  ];
  const sealLeaf = seal ? nextLeaf() : 0;
  if (seal) nodes.push({ role: "Figure", id: sealLeaf, alt: `${block.organ}印章` });
  const text = organ.length + date.length;
  const sealHeight = seal ? mm(seal.height) / PITCH : 0;
  const { above, seal: sealTop } = seal ? sealedPlaces(text, sealHeight) : { above: 1, seal: 0 };
  const lines = Math.max(text, Math.ceil(sealTop + sealHeight) - above);
  return {
    nodes,
    boxes: [
      { lines: above, blank: true, keepWithNext: true, draw: () => {} },
      {
        lines,
        draw(page, line) {
          for (const [i, part] of organ.entries()) {
            const x = LEFT + places.organ + (widest - lineWidth(part)) / 2;
            putLine(page, part, x, baseline(line + i), { ...STYLE, leaf: organLeaf }, measure);
          }
          for (const [i, part] of date.entries())
            putLine(
              page,
              part,
              LEFT + places.date,
              baseline(line + organ.length + i),
              { ...STYLE, leaf: dateLeaf },
              measure,
            );
          if (!seal) return;
          const middle = LEFT + places.date + lineWidth(date[0]!) / 2;
          page.images.push({
            png: seal.png,
            x: middle - mm(seal.width) / 2,
            y: TOP + (line - above + sealTop) * PITCH,
            width: mm(seal.width),
            height: mm(seal.height),
            leaf: sealLeaf,
          });
        },
      },
    ],
  };
}
