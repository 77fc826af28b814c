/** Text operators of a PDF (ISO 32000-1, 9.4): where each glyph is. */
import type { Font, FontGlyph } from "./pdf-font.ts";
import { type Affine, IDENTITY, multiply } from "./pdf-path.ts";
import type { State } from "./pdf-state.ts";

/** A glyph at its place. */
export interface PlacedGlyph {
  readonly glyph: FontGlyph;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** In quarters of a turn to the right, and not always a whole one. */
  readonly turn: number;
  /** Whether it is seen as in a mirror. */
  readonly mirrored: boolean;
}

/** The text object that is being written. */
export class TextWriter {
  #text: Affine = IDENTITY;
  #x = 0;
  #y = 0;
  #lineX = 0;
  #lineY = 0;

  /**
   * Runs an operator that sets text state or moves.
   * @param fontOf the font of a name
   */
  run(name: string, args: readonly unknown[], state: State, fontOf: (name: string) => Font): void {
    const number = (i: number): number => Number(args[i] ?? 0);
    switch (name) {
      case "beginText":
        this.#begin(IDENTITY);
        break;
      case "setCharSpacing":
        state.charSpacing = number(0);
        break;
      case "setWordSpacing":
        state.wordSpacing = number(0);
        break;
      case "setHScale":
        state.scale = number(0) / 100;
        break;
      case "setLeading":
        state.leading = -number(0);
        break;
      case "setTextRise":
        state.rise = number(0);
        break;
      case "setTextRenderingMode":
        state.mode = number(0);
        break;
      case "setFont":
        state.font = fontOf(String(args[0]));
        state.size = number(1);
        break;
      case "setTextMatrix":
        this.#begin((args.length === 1 ? [...(args[0] as Float32Array)] : args) as unknown as Affine);
        break;
      case "setLeadingMoveText":
        state.leading = number(1);
        this.#move(number(0), number(1));
        break;
      case "moveText":
        this.#move(number(0), number(1));
        break;
      case "nextLine":
        this.#move(0, state.leading);
        break;
    }
  }

  #begin(matrix: Affine): void {
    this.#text = matrix;
    this.#x = this.#y = this.#lineX = this.#lineY = 0;
  }

  #move(x: number, y: number): void {
    this.#x = this.#lineX += x;
    this.#y = this.#lineY += y;
  }

  /** The glyphs of a string, placed. */
  show(glyphs: readonly (number | FontGlyph)[], state: State): PlacedGlyph[] {
    const { font, size, scale, charSpacing, wordSpacing, rise } = state;
    const unit = size * (font.fontMatrix?.[0] ?? 0.001);
    const matrix = multiply(state.ctm, this.#text);
    const placed: PlacedGlyph[] = [];
    let advance = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === "number") {
        advance += ((font.vertical ? 1 : -1) * glyph * size) / 1000;
        continue;
      }
      const spacing = charSpacing + (glyph.isSpace ? wordSpacing : 0);
      const metric = font.vertical ? (glyph.vmetric ?? font.defaultVMetrics) : undefined;
      const length = metric ? -(metric[0] ?? 0) * unit - spacing : glyph.width * unit + spacing;
      const [x, y] = metric ? [this.#x, this.#y + rise - advance] : [this.#x + advance * scale, this.#y + rise];
      placed.push(place(glyph, state, matrix, x, y, metric !== undefined));
      advance += length;
    }
    if (font.vertical) this.#y -= advance;
    else this.#x += advance * scale;
    return placed;
  }
}

function place(glyph: FontGlyph, state: State, m: Affine, x: number, y: number, vertical: boolean): PlacedGlyph {
  const { size, scale, font } = state;
  const at = [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]] as const;
  const tall = Math.abs(size) * Math.hypot(m[2], m[3]);
  const width = Math.abs(glyph.width * (font.fontMatrix?.[0] ?? 0.001) * size * scale * Math.hypot(m[0], m[1]));
  if (vertical)
    return { glyph, x: at[0] - tall / 2, y: at[1] + 0.88 * tall, width: tall, size: tall, turn: 0, mirrored: false };
  const sign = Math.sign(size) * (Math.sign(scale) || 1);
  const turn = Math.atan2(m[1] * sign, m[0] * sign) / (Math.PI / 2);
  // Upward is against the page's own axis, whose origin is at the top.
  const mirrored = (m[0] * m[3] - m[1] * m[2]) * (Math.sign(scale) || 1) > 0;
  return { glyph, x: at[0], y: at[1], width, size: tall, turn, mirrored };
}
