/** What a page of a PDF has on it: its characters and its ruling lines, at their places. */
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { plainIdeographs } from "./pdf-characters.ts";
import { type Affine, IDENTITY, multiply, rulesOfPath } from "./pdf-path.ts";
import { turned } from "./pdf-turn.ts";

/** One character: pt, origin at the page's top left, `x` where it begins and `y` its baseline. */
export interface Glyph {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** In which direction it is read, in quarters of a turn to the right: 0 as the page's text is. */
  readonly turn: number;
  /** Whether the file says that it is no part of the text: a page number, a running head. */
  readonly artifact: boolean;
}

/** A ruling line along an axis: at `at`, from `from` to `to`. */
export interface Rule {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** As high as it is wide: a dot of a dotted line, along whichever axis. */
  readonly dot?: true;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly glyphs: readonly Glyph[];
  readonly rules: readonly Rule[];
  /** Characters that are not painted, as over a picture that they were recognized in. */
  readonly hidden: number;
  /** Characters of fonts that do not say which they are. */
  readonly unknown: number;
  readonly images: number;
}

/** What is needed of a font of pdfjs-dist (`fontExtraProperties`). */
interface Font {
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[];
  readonly defaultVMetrics?: readonly number[];
  readonly composite?: boolean;
  /** An identity map, which has a `firstChar`, is what is put where a font has none. */
  readonly toUnicode?: { readonly firstChar?: number };
}

interface FontGlyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
  readonly vmetric?: readonly number[] | null;
}

/** The graphics state, as much of it as places text and lines (ISO 32000-1, 8.4.1 and 9.3.1). */
interface State {
  ctm: Affine;
  font: Font;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
  fill: string;
  stroke: string;
}

const INVISIBLE = 3;
const FILLS = ["fill", "eoFill", "fillStroke", "eoFillStroke", "closeFillStroke", "closeEOFillStroke"];
const STROKES = ["stroke", "closeStroke", "fillStroke", "eoFillStroke", "closeFillStroke", "closeEOFillStroke"];
const blank = (text: string): boolean => /^\s*$/u.test(text);

/** Runs a page's operators. */
export class PageReader {
  readonly #page: PDFPageProxy;
  readonly #ops: Readonly<Record<string, number>>;
  readonly #stack: State[] = [];
  readonly #marked: boolean[] = [];
  readonly #base: Affine;
  #state: State;
  #text: Affine = IDENTITY;
  #x = 0;
  #y = 0;
  #lineX = 0;
  #lineY = 0;
  readonly #glyphs: Glyph[] = [];
  readonly #rules: Rule[] = [];
  #hidden = 0;
  #unknown = 0;
  #images = 0;

  constructor(page: PDFPageProxy, ops: Readonly<Record<string, number>>) {
    this.#page = page;
    this.#ops = ops;
    this.#base = page.getViewport({ scale: 1 }).transform as unknown as Affine;
    this.#state = {
      ctm: this.#base,
      font: {},
      size: 0,
      charSpacing: 0,
      wordSpacing: 0,
      scale: 1,
      leading: 0,
      rise: 0,
      mode: 0,
      fill: "#000000",
      stroke: "#000000",
    };
  }

  /** @param most how many operators and characters are read at the most; beyond it RangeError */
  async read(most: number): Promise<Page> {
    const { fnArray, argsArray } = await this.#page.getOperatorList();
    if (fnArray.length > most) throw new RangeError("operators");
    const names = new Map(Object.entries(this.#ops).map(([name, code]) => [code, name]));
    for (const [i, code] of fnArray.entries()) {
      this.#run(names.get(code) ?? "", (argsArray[i] ?? []) as unknown[]);
      if (this.#glyphs.length > most) throw new RangeError("characters");
    }
    const { width, height } = this.#page.getViewport({ scale: 1 });
    const page = { width, height, glyphs: this.#glyphs, rules: this.#rules };
    return { ...turned(page), hidden: this.#hidden, unknown: this.#unknown, images: this.#images };
  }

  #run(name: string, args: unknown[]): void {
    const state = this.#state;
    const number = (i: number): number => Number(args[i] ?? 0);
    switch (name) {
      case "save":
        this.#stack.push({ ...state });
        break;
      case "restore":
      case "paintFormXObjectEnd":
      case "endAnnotation":
        this.#state = this.#stack.pop() ?? state;
        break;
      case "transform":
        state.ctm = multiply(state.ctm, args as unknown as Affine);
        break;
      case "paintFormXObjectBegin":
        this.#stack.push({ ...state });
        if (args[0]) state.ctm = multiply(state.ctm, args[0] as Affine);
        break;
      case "beginAnnotation":
        this.#stack.push({ ...state });
        state.ctm = multiply(multiply(this.#base, (args[2] ?? IDENTITY) as Affine), (args[3] ?? IDENTITY) as Affine);
        break;
      case "beginMarkedContent":
      case "beginMarkedContentProps":
        this.#marked.push(args[0] === "Artifact" || this.#marked.at(-1) === true);
        break;
      case "endMarkedContent":
        this.#marked.pop();
        break;
      case "setFillRGBColor":
        state.fill = String(args[0]);
        break;
      case "setStrokeRGBColor":
        state.stroke = String(args[0]);
        break;
      case "constructPath":
        this.#rules.push(...this.#pathRules(number(0), args[1]));
        break;
      case "paintImageXObject":
      case "paintInlineImageXObject":
      case "paintImageMaskXObject":
        this.#images += 1;
        break;
      default:
        this.#runText(name, args, number);
    }
  }

  #pathRules(paint: number, data: unknown): Rule[] {
    const [ops, state] = [this.#ops, this.#state];
    const buffer = (data as readonly unknown[] | undefined)?.[0];
    if (!(buffer instanceof Float32Array)) return [];
    const fills = FILLS.some((name) => ops[name] === paint);
    const strokes = STROKES.some((name) => ops[name] === paint);
    const seen = (color: string): boolean => color !== "#ffffff";
    return rulesOfPath(buffer, state.ctm, { fill: fills && seen(state.fill), stroke: strokes && seen(state.stroke) });
  }

  #runText(name: string, args: unknown[], number: (i: number) => number): void {
    const state = this.#state;
    switch (name) {
      case "beginText":
        this.#text = IDENTITY;
        this.#x = this.#y = this.#lineX = this.#lineY = 0;
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
        state.font = this.#page.commonObjs.get(String(args[0])) as Font;
        state.size = number(1);
        break;
      case "setGState":
        for (const [key, value] of (args[0] ?? []) as [string, unknown][])
          if (key === "Font") this.#runText("setFont", value as unknown[], (i) => Number((value as unknown[])[i]));
        break;
      case "setTextMatrix":
        this.#text = (args.length === 1 ? [...(args[0] as Float32Array)] : args) as unknown as Affine;
        this.#x = this.#y = this.#lineX = this.#lineY = 0;
        break;
      case "setLeadingMoveText":
        state.leading = number(1);
        this.#moveText(number(0), number(1));
        break;
      case "moveText":
        this.#moveText(number(0), number(1));
        break;
      case "nextLine":
        this.#moveText(0, state.leading);
        break;
      case "showText":
        this.#show(args[0] as readonly (number | FontGlyph)[]);
        break;
    }
  }

  #moveText(x: number, y: number): void {
    this.#x = this.#lineX += x;
    this.#y = this.#lineY += y;
  }

  #show(glyphs: readonly (number | FontGlyph)[]): void {
    const { font, size, scale, charSpacing, wordSpacing, rise, mode } = this.#state;
    const unit = size * (font.fontMatrix?.[0] ?? 0.001);
    const matrix = multiply(this.#state.ctm, this.#text);
    let advance = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === "number") {
        advance += ((font.vertical ? 1 : -1) * glyph * size) / 1000;
        continue;
      }
      const spacing = charSpacing + (glyph.isSpace ? wordSpacing : 0);
      const metric = font.vertical ? (glyph.vmetric ?? font.defaultVMetrics) : undefined;
      const length = metric ? -(metric[0] ?? 0) * unit - spacing : glyph.width * unit + spacing;
      const place = metric
        ? ([this.#x, this.#y + rise - advance] as const)
        : ([this.#x + advance * scale, this.#y + rise] as const);
      if (!blank(glyph.unicode) && mode === INVISIBLE) this.#hidden += 1;
      if (font.composite && font.toUnicode?.firstChar !== undefined && !blank(glyph.unicode)) this.#unknown += 1;
      this.#place(glyph, matrix, place, metric !== undefined);
      advance += length;
    }
    if (font.vertical) this.#y -= advance;
    else this.#x += advance * scale;
  }

  #place(glyph: FontGlyph, m: Affine, [x, y]: readonly [number, number], vertical: boolean): void {
    const { size, scale, font } = this.#state;
    const at = [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]] as const;
    const tall = Math.abs(size) * Math.hypot(m[2], m[3]);
    const width = glyph.width * (font.fontMatrix?.[0] ?? 0.001) * size * scale * Math.hypot(m[0], m[1]);
    const artifact = this.#marked.at(-1) === true;
    const text = plainIdeographs(glyph.unicode);
    if (vertical) {
      const [left, base] = [at[0] - tall / 2, at[1] + 0.88 * tall];
      this.#glyphs.push({ text, x: left, y: base, width: tall, size: tall, turn: 0, artifact });
      return;
    }
    const turn = Math.atan2(m[1] * Math.sign(size), m[0] * Math.sign(size)) / (Math.PI / 2);
    // Text that is aslant is a watermark or a stamp and none of the report's.
    if (Math.abs(turn - Math.round(turn)) > 0.05) return;
    this.#glyphs.push({ text, x: at[0], y: at[1], width, size: tall, turn: (Math.round(turn) + 4) % 4, artifact });
  }
}
