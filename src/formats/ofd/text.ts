import type { FaceFile } from "../../fonts/face-file.ts";
import { PAGE_HEIGHT, PAGE_WIDTH } from "../../typeset/grid.ts";
import type { Run } from "../../typeset/page.ts";
import { box, deltas, micrometres, mm } from "./units.ts";
import { element, text } from "./xml.ts";

/** How far a character may reach over and under its baseline, in its size. */
const [OVER, UNDER] = [1, 0.3];
/** The slant of a watermark, radians: upwards. */
const SLANT = 0.7;
/** How light it is. */
const FAINT = "219 219 219";

const isBlank = (codePoint: number): boolean => /\s/u.test(String.fromCodePoint(codePoint));

/** Characters of a run as one text object has them. */
interface Piece {
  readonly text: string;
  /** Where each of its UTF-16 units begins, pt: readers count those. */
  readonly x: readonly number[];
  /** Where its last character ends, pt. */
  readonly end: number;
}

/**
 * A run without blanks at its ends, which readers strip, and cut after each character beyond the first plane: it is two
 * units of UTF-16, which some readers place and others do not.
 */
export function piecesOf(run: Run, face: Pick<FaceFile, "advance">): Piece[] {
  const pieces: Piece[] = [];
  let [from, to] = [0, run.text.length];
  while (from < to && isBlank(run.text[from]!)) from += 1;
  while (to > from && isBlank(run.text[to - 1]!)) to -= 1;
  for (let start = from; start < to; ) {
    let end = start + 1;
    while (end < to && run.text[end - 1]! <= 0xffff) end += 1;
    const last = run.text[end - 1]!;
    pieces.push({
      text: String.fromCodePoint(...run.text.subarray(start, end)),
      x: [...run.x.subarray(start, end)],
      end: run.x[end - 1]! + (face.advance(last) * run.size) / 1000,
    });
    start = end;
  }
  return pieces;
}

/** A text object (11.2): its box, and in it the text with its place, the origin being the box's top left. */
export function textObject(
  { text: characters, x, end }: Piece,
  { y, size, condensed }: Pick<Run, "y" | "size" | "condensed">,
  ids: { readonly id: number; readonly font: number },
): string {
  const [left, top] = [x[0]!, y - OVER * size];
  const code = element(
    "TextCode",
    {
      X: 0,
      // From the box as it is rounded, so that all of a line stand on one baseline.
      Y: (micrometres(y) - micrometres(top)) / 1000,
      DeltaX: x.length > 1 ? deltas(x) : undefined,
    },
    text(characters),
  );
  const boundary = box(left, top, end - left, (OVER + UNDER) * size);
  return element(
    "TextObject",
    { ID: ids.id, Boundary: boundary, Font: ids.font, Size: mm(size), HScale: condensed },
    code,
  );
}

/** A watermark: slanting upwards across the page, its middle on the page's. */
export function watermarkObject(
  { text: characters, x, end }: Piece,
  { size }: Pick<Run, "size">,
  ids: { readonly id: number; readonly font: number; readonly colorSpace: number },
): string {
  const [c, s] = [Math.cos(SLANT), Math.sin(SLANT)].map((value) => Math.round(value * 1e6) / 1e6) as [number, number];
  const [dx, dy] = [-(end - x[0]!) / 2, 0.38 * size];
  const [left, top] = [PAGE_WIDTH / 2 + dx * c + dy * s, PAGE_HEIGHT / 2 - dx * s + dy * c];
  return element(
    "TextObject",
    {
      ID: ids.id,
      Boundary: box(0, 0, PAGE_WIDTH, PAGE_HEIGHT),
      CTM: [c, -s, s, c, mm(left), mm(top)].join(" "),
      Font: ids.font,
      Size: mm(size),
    },
    element("FillColor", { Value: FAINT, ColorSpace: ids.colorSpace }),
    element("TextCode", { X: 0, Y: 0, DeltaX: x.length > 1 ? deltas(x) : undefined }, text(characters)),
  );
}
