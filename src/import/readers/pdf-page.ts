/** What a page of a PDF shows: its characters, its ruling lines and whatever else, at their places. */
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Doubt } from "../doubt.ts";
import { areaOf, type Clip, clipped, pathArea, quad } from "./pdf-area.ts";
import { TextPainter } from "./pdf-glyphs.ts";
import { GraphicsPainter } from "./pdf-graphics.ts";
import { type Layers, Marks } from "./pdf-layers.ts";
import { ANNOTATED, ANNOTATIONS, type Annotation, type Group } from "./pdf-painted.ts";
import type { Glyph, Page, Thing } from "./pdf-parts.ts";
import { type Affine, IDENTITY, multiply } from "./pdf-path.ts";
import { Scene } from "./pdf-scene.ts";
import { enterGroup, firstState, type State, setColour } from "./pdf-state.ts";
import { turned } from "./pdf-turn.ts";

const IMAGES = new Set([
  "paintImageXObject",
  "paintInlineImageXObject",
  "paintImageMaskXObject",
  "paintSolidColorImageMask",
]);
/** Runs a page's operators. */
export class PageReader {
  readonly #page: PDFPageProxy;
  readonly #names: ReadonlyMap<number, string>;
  readonly #marks: Marks;
  readonly #stack: State[] = [];
  readonly #base: Affine;
  readonly #whole: Clip;
  readonly #scene = new Scene<Glyph>();
  readonly #things: Thing[] = [];
  readonly #graphics: GraphicsPainter;
  readonly #text: TextPainter;
  #state: State;
  #clipNext: "nonzero" | "evenodd" | undefined;
  #annotation: Doubt | undefined;
  /** How many soft masks are being painted: what is in them is no part of the page. */
  #masks = 0;
  readonly #groups: boolean[] = [];
  #images = 0;

  /** @param liars fonts whose digits have other shapes than they may have; those of this page are added */
  constructor(page: PDFPageProxy, ops: Readonly<Record<string, number>>, layers: Layers, liars: Set<string>) {
    const { width, height, transform } = page.getViewport({ scale: 1 });
    this.#page = page;
    this.#names = new Map(Object.entries(ops).map(([name, code]) => [code, name]));
    this.#marks = new Marks(layers);
    this.#base = transform as unknown as Affine;
    this.#whole = { box: { left: 0, top: 0, right: width, bottom: height }, areas: [] };
    this.#state = firstState(this.#base, this.#whole);
    const canvas = { scene: this.#scene, things: this.#things, marks: this.#marks };
    this.#graphics = new GraphicsPainter(canvas);
    this.#text = new TextPainter(page, canvas, liars);
  }

  /** @param most how many operators and characters are read at the most; beyond it RangeError */
  async read(most: number): Promise<Page> {
    const { fnArray, argsArray } = await this.#page.getOperatorList();
    if (fnArray.length > most) throw new RangeError("operators");
    const annotations = (await this.#page.getAnnotations()) as unknown as readonly Annotation[];
    const subtypes = new Map(annotations.map(({ id, subtype }) => [id, subtype]));
    for (const [i, code] of fnArray.entries()) {
      this.#run(this.#names.get(code) ?? "", (argsArray[i] ?? []) as unknown[], subtypes);
      if (this.#text.characters > most) throw new RangeError("characters");
    }
    this.#annotate(annotations);
    const { width, height } = this.#page.getViewport({ scale: 1 });
    const glyphs = this.#scene.seen().map(({ glyph, doubt }): Glyph => (doubt ? { ...glyph, doubt } : glyph));
    const page = { width, height, glyphs, rules: this.#graphics.rules, things: this.#things };
    const hidden = this.#text.hidden + this.#scene.underPictures;
    return { ...turned(page), hidden, unknown: this.#text.unknown, images: this.#images };
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
        this.#graphics.shading(state);
        break;
      default:
        if (IMAGES.has(name) || name.startsWith("paintImage")) {
          this.#images += 1;
          if (!this.#off()) this.#graphics.image(name, args, state);
        } else if (!setColour(state, name, args[0]))
          this.#text.run(name, args, state, { off: this.#off(), annotation: this.#annotation });
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
    if (!this.#off()) this.#graphics.path(name, buffer, state);
    if (clip) state.clip = clipped(state.clip, pathArea(buffer, state.ctm, clip === "evenodd"));
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
