/** What a page of a PDF shows: its characters, its ruling lines and whatever else, at their places. */
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Doubt } from "../doubt.ts";
import { type Area, areaOf, type Box, type Clip, clipped, isEmpty, meet, pathArea, quad } from "./pdf-area.ts";
import { plainIdeographs } from "./pdf-characters.ts";
import { type Font, type FontGlyph, glyphDoubt, isEmptyGlyph } from "./pdf-font.ts";
import { type Layers, Marks } from "./pdf-layers.ts";
import type { Paint } from "./pdf-paint.ts";
import {
  ANNOTATED,
  ANNOTATIONS,
  type Annotation,
  corners,
  type Group,
  grown,
  HIDDEN,
  inkOf,
  isSeen,
  MIRRORED,
  SLANTED,
  thick,
  union,
  WIDTHLESS,
} from "./pdf-painted.ts";
import type { Glyph, Page, Thing } from "./pdf-parts.ts";
import type { Rule } from "./pdf-path.ts";
import { type Affine, IDENTITY, multiply, polygons, rulesOfPath } from "./pdf-path.ts";
import { isDrawn, Scene } from "./pdf-scene.ts";
import { mayBeDigit } from "./pdf-shapes.ts";
import { enterGroup, firstState, paintOf, type State, setColour, setParameters } from "./pdf-state.ts";
import { type PlacedGlyph, TextWriter } from "./pdf-text.ts";
import { turned } from "./pdf-turn.ts";

const FILLS = new Set(["fill", "eoFill", "fillStroke", "eoFillStroke", "closeFillStroke", "closeEOFillStroke"]);
const STROKES = new Set([
  "stroke",
  "closeStroke",
  "fillStroke",
  "eoFillStroke",
  "closeFillStroke",
  "closeEOFillStroke",
]);
const IMAGES = new Set([
  "paintImageXObject",
  "paintInlineImageXObject",
  "paintImageMaskXObject",
  "paintSolidColorImageMask",
]);
/** A line is no thicker, pt. */
const THICK = 3;
/** Smaller type is not seen, and not everybody sees the second, pt. */
const UNSEEN_SIZE = 1.2;
const SMALL_SIZE = 2.5;

/** Runs a page's operators. */
export class PageReader {
  readonly #page: PDFPageProxy;
  readonly #names: ReadonlyMap<number, string>;
  readonly #marks: Marks;
  readonly #stack: State[] = [];
  readonly #base: Affine;
  readonly #whole: Clip;
  readonly #text = new TextWriter();
  readonly #scene = new Scene<Glyph>();
  readonly #rules: Rule[] = [];
  readonly #things: Thing[] = [];
  #state: State;
  #clipNext: "nonzero" | "evenodd" | undefined;
  #textClip: Box | undefined;
  #annotation: Doubt | undefined;
  /** How many soft masks are being painted: what is in them is no part of the page. */
  #masks = 0;
  readonly #groups: boolean[] = [];
  readonly #liars: Set<string>;
  readonly #checked = new Set<string>();
  #hidden = 0;
  #unknown = 0;
  #images = 0;
  #characters = 0;

  /** @param liars fonts whose digits have other shapes than they may have; those of this page are added */
  constructor(page: PDFPageProxy, ops: Readonly<Record<string, number>>, layers: Layers, liars: Set<string>) {
    this.#liars = liars;
    const { width, height, transform } = page.getViewport({ scale: 1 });
    this.#page = page;
    this.#names = new Map(Object.entries(ops).map(([name, code]) => [code, name]));
    this.#marks = new Marks(layers);
    this.#base = transform as unknown as Affine;
    this.#whole = { box: { left: 0, top: 0, right: width, bottom: height }, areas: [] };
    this.#state = firstState(this.#base, this.#whole);
  }

  /** @param most how many operators and characters are read at the most; beyond it RangeError */
  async read(most: number): Promise<Page> {
    const { fnArray, argsArray } = await this.#page.getOperatorList();
    if (fnArray.length > most) throw new RangeError("operators");
    const annotations = (await this.#page.getAnnotations()) as unknown as readonly Annotation[];
    const subtypes = new Map(annotations.map(({ id, subtype }) => [id, subtype]));
    for (const [i, code] of fnArray.entries()) {
      this.#run(this.#names.get(code) ?? "", (argsArray[i] ?? []) as unknown[], subtypes);
      if (this.#characters > most) throw new RangeError("characters");
    }
    this.#annotate(annotations);
    const { width, height } = this.#page.getViewport({ scale: 1 });
    const glyphs = this.#scene.seen().map(({ glyph, doubt }): Glyph => (doubt ? { ...glyph, doubt } : glyph));
    const page = { width, height, glyphs, rules: this.#rules, things: this.#things };
    const hidden = this.#hidden + this.#scene.underPictures;
    return { ...turned(page), hidden, unknown: this.#unknown, images: this.#images };
  }

  #run(name: string, args: unknown[], annotations: ReadonlyMap<string, string>): void {
    const state = this.#state;
    switch (name) {
      case "save":
        this.#stack.push({ ...state });
        break;
      case "restore":
      case "paintFormXObjectEnd":
        this.#state = this.#stack.pop() ?? state;
        break;
      case "transform":
        state.ctm = multiply(state.ctm, args as unknown as Affine);
        break;
      case "paintFormXObjectBegin":
        this.#stack.push({ ...state });
        this.#enter(args[0], args[1]);
        break;
      case "beginGroup":
        this.#beginGroup(args[0] as Group);
        break;
      case "endGroup":
        this.#state = this.#stack.pop() ?? state;
        if (this.#groups.pop()) this.#masks -= 1;
        break;
      case "beginAnnotation":
        this.#stack.push({ ...state });
        this.#beginAnnotation(args, annotations.get(String(args[0])));
        break;
      case "endAnnotation":
        this.#annotation = undefined;
        this.#state = this.#stack.pop() ?? state;
        break;
      case "beginMarkedContent":
      case "beginMarkedContentProps":
        this.#marks.begin(args);
        break;
      case "endMarkedContent":
        this.#marks.end();
        break;
      case "clip":
        this.#clipNext = "nonzero";
        break;
      case "eoClip":
        this.#clipNext = "evenodd";
        break;
      case "setLineWidth":
        state.lineWidth = Math.abs(Number(args[0]));
        break;
      case "constructPath":
        this.#path(this.#names.get(Number(args[0])) ?? "", args[1]);
        break;
      case "shadingFill":
        this.#fill(areaOf([corners(state.clip.box)]), { ...paintOf(state, "fill"), colour: undefined }, "drawing");
        break;
      default:
        if (IMAGES.has(name) || name.startsWith("paintImage")) this.#image(name, args);
        else if (!setColour(state, name, args[0])) this.#runText(name, args);
    }
  }

  #enter(matrix: unknown, box: unknown): void {
    const state = this.#state;
    if (matrix) state.ctm = multiply(state.ctm, [...(matrix as Float32Array)] as unknown as Affine);
    const [left, top, right, bottom] = (box ?? []) as readonly number[];
    if (bottom !== undefined) state.clip = clipped(state.clip, quad(state.ctm, left!, top!, right!, bottom));
  }

  #beginGroup({ bbox, matrix, smask }: Group): void {
    this.#stack.push({ ...this.#state });
    this.#groups.push(Boolean(smask));
    if (smask) this.#masks += 1;
    const state = this.#state;
    const ctm = state.ctm;
    this.#enter(matrix, bbox);
    // The form in the group comes with the matrix once more.
    state.ctm = ctm;
    enterGroup(state);
  }

  #beginAnnotation(args: readonly unknown[], subtype: string | undefined): void {
    const [, rect, transform, matrix] = args as [unknown, readonly number[] | undefined, Affine?, Affine?];
    const state = firstState(this.#base, this.#whole);
    if (rect) state.clip = clipped(state.clip, quad(state.ctm, rect[0]!, rect[1]!, rect[2]!, rect[3]!));
    state.ctm = multiply(multiply(this.#base, transform ?? IDENTITY), matrix ?? IDENTITY);
    this.#state = state;
    this.#annotation = subtype === "Widget" ? { kind: "thing", thing: "field" } : ANNOTATED;
  }

  /** Whether what is painted now is on the page. */
  #off(): boolean {
    return this.#masks > 0 || this.#marks.layer === "off";
  }

  #path(name: string, data: unknown): void {
    const state = this.#state;
    const buffer = (data as readonly unknown[] | undefined)?.[0];
    const clip = this.#clipNext;
    this.#clipNext = undefined;
    if (!(buffer instanceof Float32Array)) {
      if (clip) state.clip = clipped(state.clip, areaOf([]));
      return;
    }
    if (!this.#off()) {
      const [fill, stroke] = [paintOf(state, "fill"), paintOf(state, "stroke")];
      const painted = { fill: FILLS.has(name) && isSeen(fill), stroke: STROKES.has(name) && isSeen(stroke) };
      for (const rule of rulesOfPath(buffer, state.ctm, painted)) this.#rule(rule);
      if (FILLS.has(name)) this.#fillPath(pathArea(buffer, state.ctm, /^(?:eo|closeEO)/.test(name)), fill);
      if (STROKES.has(name)) this.#strokePath(buffer, stroke);
    }
    if (clip) state.clip = clipped(state.clip, pathArea(buffer, state.ctm, clip === "evenodd"));
  }

  /** A rule, as far as it is not clipped away. */
  #rule(rule: Rule): void {
    const { left, top, right, bottom } = this.#state.clip.box;
    const [low, high, from, to] = rule.axis === "x" ? [top, bottom, left, right] : [left, right, top, bottom];
    if (rule.at < low - 1.5 || rule.at > high + 1.5 || rule.to < from - 1.5 || rule.from > to + 1.5) return;
    this.#rules.push({ ...rule, from: Math.max(rule.from, from - 1.5), to: Math.min(rule.to, to + 1.5) });
  }

  #fillPath(area: Area, paint: Paint): void {
    const { left, top, right, bottom } = area.box;
    const [w, h] = [right - left, bottom - top];
    if (h <= THICK && w >= h) this.#scene.line([left, (top + bottom) / 2], [right, (top + bottom) / 2], paint);
    else if (w <= THICK) this.#scene.line([(left + right) / 2, top], [(left + right) / 2, bottom], paint);
    else this.#fill(area, paint, area.outlines.length > 0 ? "drawing" : undefined);
  }

  #strokePath(buffer: Float32Array, paint: Paint): void {
    const { ctm, lineWidth, clip } = this.#state;
    const wide = lineWidth * Math.sqrt(Math.abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]));
    for (const { points, closed } of polygons(buffer, ctm, 4)) {
      const ends = closed && points.length > 2 ? [...points, points[0]!] : points;
      for (const [i, to] of ends.entries()) {
        if (i === 0) continue;
        const from = ends[i - 1]!;
        if (wide > THICK) this.#fill(thick(from, to, wide), paint);
        else this.#scene.line(from, to, paint);
      }
      const { box } = areaOf([points]);
      const upright = ends.every(([x, y], i) => i === 0 || x === ends[i - 1]![0] || y === ends[i - 1]![1]);
      if (!upright && isSeen(paint) && !isEmpty(meet(grown(box), clip.box)))
        this.#things.push({ box, doubt: { kind: "thing", thing: "drawing" } });
    }
  }

  #fill(area: Area, paint: Paint, thing?: "drawing" | "picture"): void {
    const { clip } = this.#state;
    const unsure = this.#marks.layer === "unsure" && paint.alpha > 0.04;
    this.#scene.fill(area, unsure ? { ...paint, masked: true } : paint, clip, thing === "picture");
    const box = meet(area.box, clip.box);
    if (thing && !isEmpty(box) && isSeen(paint)) this.#things.push({ box, doubt: { kind: "thing", thing } });
  }

  #image(name: string, args: readonly unknown[]): void {
    this.#images += 1;
    if (this.#off()) return;
    const paint = paintOf(this.#state, "fill");
    const masked = paint.masked || args[3] === true || name !== "paintImageXObject";
    this.#fill(quad(this.#state.ctm, 0, 0, 1, 1), { ...paint, colour: undefined, masked }, "picture");
  }

  #runText(name: string, args: unknown[]): void {
    const state = this.#state;
    const fontOf = (id: string): Font => {
      const font: unknown = this.#page.commonObjs.get(id);
      return font as Font;
    };
    if (name === "showText") {
      for (const placed of this.#text.show(args[0] as readonly (number | FontGlyph)[], state)) this.#show(placed);
      return;
    }
    if (name === "setGState") {
      const entries = (args[0] ?? []) as readonly (readonly [string, unknown])[];
      setParameters(state, entries);
      for (const [key, value] of entries)
        if (key === "Font") this.#text.run("setFont", value as readonly unknown[], state, fontOf);
      return;
    }
    if (name === "endText" && this.#textClip) {
      state.clip = { ...state.clip, box: meet(state.clip.box, this.#textClip) };
      this.#textClip = undefined;
    }
    this.#text.run(name, args, state, fontOf);
  }

  #show(placed: PlacedGlyph): void {
    const state = this.#state;
    const { glyph } = placed;
    this.#characters += 1;
    if (this.#off()) return;
    const drawn = isDrawn(glyph.unicode);
    const font = state.font;
    if (font.composite && font.toUnicode?.firstChar !== undefined && drawn) this.#unknown += 1;
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
      artifact: this.#marks.artifact,
      ...(font.loadedName === undefined ? {} : { font: font.loadedName }),
    };
    this.#checkShape(glyph);
    const box: Box = { left: x - size, top: y - size, right: x + width + size, bottom: y + size };
    if (state.mode >= 4) this.#textClip = this.#textClip ? union(this.#textClip, box) : box;
    if (state.mode % 4 === 3) {
      if (drawn) this.#hidden += 1;
      return;
    }
    if (size < UNSEEN_SIZE || Math.abs(state.scale) < 0.02 || isEmptyGlyph(font, glyph)) return;
    // Text that is aslant is a watermark or a stamp and none of the report's.
    if (Math.abs(placed.turn - Math.round(placed.turn)) > 0.05) {
      if (/[\d０-９一-]/.test(text) && size < 20 && isSeen(paintOf(state, "fill")))
        this.#things.push({ box: { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 }, doubt: SLANTED });
      return;
    }
    this.#scene.character(made, inkOf(state), state.clip, drawn ? this.#doubtOf(placed, made) : undefined);
  }

  /** Once for each glyph: whether a digit has a shape that it may have. */
  #checkShape({ unicode, fontChar }: FontGlyph): void {
    const { loadedName } = this.#state.font;
    const digit = unicode.normalize("NFKC");
    const id = `${loadedName}_path_${fontChar}`;
    if (!loadedName || !/^\d$/.test(digit) || this.#checked.has(id)) return;
    this.#checked.add(id);
    if (!this.#page.commonObjs.has(id)) return;
    const { path } = this.#page.commonObjs.get(id) as { readonly path?: ArrayLike<number> };
    if (path && !mayBeDigit(digit, path)) this.#liars.add(loadedName);
  }

  #doubtOf({ glyph, mirrored }: PlacedGlyph, { text, width, size }: Glyph): Doubt | undefined {
    if (this.#annotation) return this.#annotation;
    if (this.#marks.layer === "unsure" || size < SMALL_SIZE) return HIDDEN;
    if (mirrored) return MIRRORED;
    if (/[\d０-９]/.test(text) && width < 0.04 * size) return WIDTHLESS;
    return glyphDoubt(this.#state.font, glyph);
  }

  /** What annotations say by their kind alone, whether a picture of them is there or not. */
  #annotate(annotations: readonly Annotation[]): void {
    for (const { subtype, rect, annotationFlags = 0 } of annotations) {
      const doubt = ANNOTATIONS[subtype];
      // Hidden, or not to be seen on a screen (12.5.3).
      if (!doubt || (annotationFlags & 0x22) !== 0) continue;
      const { box } = quad(this.#base, rect[0]!, rect[1]!, rect[2]!, rect[3]!);
      this.#things.push({ box, doubt });
    }
  }
}
