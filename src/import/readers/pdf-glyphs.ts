/** The text of a page of a PDF: which characters its glyphs are, and what makes them doubtful. */
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Doubt } from "../doubt.ts";
import { type Box, meet } from "./pdf-area.ts";
import { isDrawn } from "./pdf-body.ts";
import { plainIdeographs } from "./pdf-characters.ts";
import { type Font, type FontGlyph, glyphDoubt, isEmptyGlyph } from "./pdf-font.ts";
import type { Canvas } from "./pdf-graphics.ts";
import { HIDDEN, inkOf, isSeen, MIRRORED, SLANTED, union, WIDTHLESS } from "./pdf-painted.ts";
import type { Glyph } from "./pdf-parts.ts";
import { mayBeDigit } from "./pdf-shapes.ts";
import { paintOf, type State, setParameters } from "./pdf-state.ts";
import { type PlacedGlyph, TextWriter } from "./pdf-text.ts";

/** Smaller type is not seen, and not everybody sees the second, pt. */
const UNSEEN_SIZE = 1.2;
const SMALL_SIZE = 2.5;

/** Where text is painted: on the page, or in what is no part of it. */
export interface PaintContext {
  /** Whether it is no part of the page: in a mask, on a layer that is off. */
  readonly off: boolean;
  /** In an annotation, what that makes it. */
  readonly annotation: Doubt | undefined;
}

/** Paints the text of a page. */
export class TextPainter {
  readonly #page: PDFPageProxy;
  readonly #canvas: Canvas;
  readonly #liars: Set<string>;
  readonly #checked = new Set<string>();
  readonly #writer = new TextWriter();
  #clip: Box | undefined;
  /** Characters that are not painted. */
  hidden = 0;
  /** Characters of fonts that do not say which they are. */
  unknown = 0;
  characters = 0;

  /** @param liars fonts whose digits have other shapes than they may have; those of this page are added */
  constructor(page: PDFPageProxy, canvas: Canvas, liars: Set<string>) {
    this.#page = page;
    this.#canvas = canvas;
    this.#liars = liars;
  }

  /** Runs an operator that shows text, or sets how it is shown. */
  run(name: string, args: readonly unknown[], state: State, around: PaintContext): void {
    const fontOf = (id: string): Font => {
      const font: unknown = this.#page.commonObjs.get(id);
      return font as Font;
    };
    if (name === "showText") {
      for (const placed of this.#writer.show(args[0] as readonly (number | FontGlyph)[], state))
        this.#show(placed, state, around);
      return;
    }
    if (name === "setGState") {
      const entries = (args[0] ?? []) as readonly (readonly [string, unknown])[];
      setParameters(state, entries);
      for (const [key, value] of entries)
        if (key === "Font") this.#writer.run("setFont", value as readonly unknown[], state, fontOf);
      return;
    }
    if (name === "endText" && this.#clip) {
      state.clip = { ...state.clip, box: meet(state.clip.box, this.#clip) };
      this.#clip = undefined;
    }
    this.#writer.run(name, args, state, fontOf);
  }

  #show(placed: PlacedGlyph, state: State, { off, annotation }: PaintContext): void {
    const { glyph } = placed;
    this.characters += 1;
    if (off) return;
    const drawn = isDrawn(glyph.unicode);
    const font = state.font;
    if (font.composite && font.toUnicode?.firstChar !== undefined && drawn) this.unknown += 1;
    const text = plainIdeographs(glyph.unicode);
    const { x, y, width, size } = placed;
    const turn = (Math.round(placed.turn) + 4) % 4;
    const made: Glyph = {
      text,
      x,
      y,
      width,
      size,
      turn,
      artifact: this.#canvas.marks.artifact,
      ...(font.loadedName === undefined ? {} : { font: font.loadedName }),
    };
    this.#checkShape(glyph, font);
    const box: Box = { left: x - size, top: y - size, right: x + width + size, bottom: y + size };
    if (state.mode >= 4) this.#clip = this.#clip ? union(this.#clip, box) : box;
    if (state.mode % 4 === 3) {
      if (drawn) this.hidden += 1;
      return;
    }
    if (size < UNSEEN_SIZE || Math.abs(state.scale) < 0.02 || isEmptyGlyph(font, glyph)) return;
    // Text that is aslant is a watermark or a stamp and none of the report's.
    if (Math.abs(placed.turn - Math.round(placed.turn)) > 0.05) {
      if (/[\d０-９一-]/.test(text) && size < 20 && isSeen(paintOf(state, "fill")))
        this.#canvas.things.push({ box: { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 }, doubt: SLANTED });
      return;
    }
    const doubt = drawn ? (annotation ?? this.#doubtOf(placed, made, font)) : undefined;
    this.#canvas.scene.character(made, inkOf(state), state.clip, doubt);
  }

  /** Once for each glyph: whether a digit has a shape that it may have. */
  #checkShape({ unicode, fontChar }: FontGlyph, { loadedName }: Font): void {
    const digit = unicode.normalize("NFKC");
    const id = `${loadedName}_path_${fontChar}`;
    if (!loadedName || !/^\d$/.test(digit) || this.#checked.has(id)) return;
    this.#checked.add(id);
    if (!this.#page.commonObjs.has(id)) return;
    const { path } = this.#page.commonObjs.get(id) as { readonly path?: ArrayLike<number> };
    if (path && !mayBeDigit(digit, path)) this.#liars.add(loadedName);
  }

  #doubtOf({ glyph, mirrored }: PlacedGlyph, { text, width, size }: Glyph, font: Font): Doubt | undefined {
    if (this.#canvas.marks.layer === "unsure" || size < SMALL_SIZE) return HIDDEN;
    if (mirrored) return MIRRORED;
    if (/[\d０-９]/.test(text) && width < 0.04 * size) return WIDTHLESS;
    return glyphDoubt(font, glyph);
  }
}
