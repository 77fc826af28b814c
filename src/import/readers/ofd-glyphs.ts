/** The characters of text objects at their places on a page, and what makes them doubtful. */
import type { Doubt } from "../doubt.ts";
import { charactersOf, type OfdCharacter } from "./ofd-text.ts";
import { isTrue, numberOf } from "./ofd-values.ts";
import { type Area, inside } from "./pdf-area.ts";
import { isDrawn, pointOf } from "./pdf-body.ts";
import { plainIdeographs } from "./pdf-characters.ts";
import type { Canvas } from "./pdf-graphics.ts";
import { HIDDEN, isSeen, MIRRORED, SLANTED } from "./pdf-painted.ts";
import type { Glyph } from "./pdf-parts.ts";
import { type Affine, multiply } from "./pdf-path.ts";
import { paintOf, type State } from "./pdf-state.ts";
import type { XmlElement } from "./xml.ts";

/** Smaller type is not seen, and not everybody sees the second, pt. */
const UNSEEN_SIZE = 1.2;
const SMALL_SIZE = 2.5;
/** Type of a watermark, pt. */
const LARGE_SIZE = 20;

/** Digits of which the file does not say where they are. */
const UNPLACED: Doubt = { kind: "overlap" };

const CLIPPED: Doubt = { kind: "clipped" };

const FIGURE = /[\d０-９]/;

/** Quarters of a turn to the right. */
const quarters = (degrees: number): number => degrees / 90;

/** What a file says of its glyphs. */
export interface SaidOfGlyphs {
  /** The digit that a glyph of a font stands for. */
  readonly digits: Map<string, string>;
  /** Fonts of which one glyph stands for several digits. */
  readonly liars: Set<string>;
}

/** What holds for a text object besides what it says itself. */
export interface Around {
  readonly shown: boolean;
  /** The object's box and what letters may reach over it: the standard shows nothing outside (8.5). */
  readonly frame: Area;
  readonly annotation: Doubt | undefined;
}

export class TextPlacer {
  readonly #canvas: Canvas;
  readonly #said: SaidOfGlyphs;
  /** Characters that are not painted. */
  hidden = 0;

  constructor(canvas: Canvas, said: SaidOfGlyphs) {
    this.#canvas = canvas;
    this.#said = said;
  }

  /** How far beyond its box a text may reach, mm: boxes are as high as the program that wrote them thought best. */
  reachOf({ attributes }: XmlElement): number {
    return 0.5 * Math.abs(numberOf(attributes["Size"], 0));
  }

  /**
   * Paints a text object.
   * @returns how many characters it has
   */
  paint(object: XmlElement, state: State, around: Around): number {
    const { Size, HScale, CharDirection, Font, Fill, Stroke } = object.attributes;
    const [size, scale] = [numberOf(Size, 0), numberOf(HScale, 1)];
    const characters = charactersOf(object, Math.abs(size), Math.abs(scale));
    const [fill, stroke] = [isTrue(Fill, true), isTrue(Stroke, false)];
    if (!around.shown || (!fill && !stroke)) {
      this.hidden += characters.filter(({ text }) => isDrawn(text)).length;
      return characters.length;
    }
    const paint = paintOf(state, fill ? "fill" : "stroke");
    for (const character of characters) {
      this.#checkGlyph(character, Font);
      const glyph = this.#placed(
        character,
        { size, scale, direction: numberOf(CharDirection, 0), font: Font },
        state.ctm,
      );
      if (glyph.size < UNSEEN_SIZE || Math.abs(scale) < 0.02) continue;
      const turn = Math.round(glyph.turn);
      if (Math.abs(glyph.turn - turn) > 0.05) {
        this.#slanted(glyph, isSeen(paint));
        continue;
      }
      const upright = { ...glyph, turn: (turn + 4) % 4 };
      const doubt = around.annotation ?? this.#doubtOf(character, upright, state.ctm, around.frame);
      this.#canvas.scene.character(upright, paint, state.clip, isDrawn(glyph.text) ? doubt : undefined);
    }
    return characters.length;
  }

  /** A character on the page; its turn is not always a whole one. */
  #placed(
    { text, x, y, width }: OfdCharacter,
    of: {
      readonly size: number;
      readonly scale: number;
      readonly direction: number;
      readonly font: string | undefined;
    },
    ctm: Affine,
  ): Glyph {
    const [c, s] = [Math.cos((of.direction * Math.PI) / 180), Math.sin((of.direction * Math.PI) / 180)];
    const m = multiply(multiply(ctm, [1, 0, 0, 1, x, y]), [c, s, -s, c, 0, 0]);
    const turn = Math.atan2(ctm[1], ctm[0]) / (Math.PI / 2) + quarters(of.direction);
    return {
      text: plainIdeographs(text),
      x: m[4],
      y: m[5],
      width: width * Math.hypot(m[0], m[1]),
      size: Math.abs(of.size) * Math.hypot(m[2], m[3]),
      turn: ((((turn + 0.5) % 4) + 4) % 4) - 0.5,
      artifact: false,
      ...(of.font === undefined ? {} : { font: of.font }),
    };
  }

  /** Text that is aslant is a watermark or a stamp and none of the report's. */
  #slanted({ text, x, y, size }: Glyph, seen: boolean): void {
    if (/[\d０-９一-]/.test(text) && size < LARGE_SIZE && seen)
      this.#canvas.things.push({ box: { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 }, doubt: SLANTED });
  }

  /** One glyph of a font stands for one digit, or the font says nothing that can be believed. */
  #checkGlyph({ text, glyph }: OfdCharacter, font: string | undefined): void {
    if (glyph === undefined || font === undefined || !FIGURE.test(text)) return;
    const digit = text.normalize("NFKC");
    const key = `${font} ${glyph}`;
    const known = this.#said.digits.get(key);
    if (known === undefined) this.#said.digits.set(key, digit);
    else if (known !== digit) this.#said.liars.add(font);
  }

  #doubtOf({ unplaced }: OfdCharacter, glyph: Glyph, ctm: Affine, frame: Area): Doubt | undefined {
    const { text, size } = glyph;
    if (size < SMALL_SIZE) return HIDDEN;
    if (!inside(frame, ...pointOf(glyph, 0.5, 0.35))) return CLIPPED;
    if (ctm[0] * ctm[3] - ctm[1] * ctm[2] < 0) return MIRRORED;
    return unplaced && FIGURE.test(text) ? UNPLACED : undefined;
  }
}
