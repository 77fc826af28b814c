/** Paints a page of OFD (GB/T 33190—2016, 8 to 13): what is seen on it, and what makes it doubtful. */
import type { Doubt } from "../doubt.ts";
import { type SaidOfGlyphs, TextPlacer } from "./ofd-glyphs.ts";
import { pathOf } from "./ofd-path.ts";
import type { DrawParam, Resources } from "./ofd-resources.ts";
import { boxOf, isTrue, matrixOf, numberOf, type OfdBox, POINTS } from "./ofd-values.ts";
import { areaOf, type Clip, clipped, pathArea, quad } from "./pdf-area.ts";
import { type Canvas, GraphicsPainter } from "./pdf-graphics.ts";
import { Marks } from "./pdf-layers.ts";
import type { Glyph, Page, Thing } from "./pdf-parts.ts";
import { type Affine, IDENTITY, multiply } from "./pdf-path.ts";
import { Scene } from "./pdf-scene.ts";
import { firstState, type State } from "./pdf-state.ts";
import { turned } from "./pdf-turn.ts";
import { elementAt, elementsOf, textOf, type XmlElement } from "./xml.ts";

/** What of a file may still be painted: characters and numbers of paths; less than nothing is RangeError. */
export interface OfdBudget {
  left: number;
}

/** What an object takes besides what is in it. */
const OBJECT = 5;
/** How deep groups may lie in groups. */
const MOST_GROUPS = 8;
/** How far beyond its box a path may reach: lines are drawn on its edge, mm. */
const EDGE = 0.6;
/** A line's width where nothing says it, mm. */
const LINE_WIDTH = 0.353;

/** Objects as they are painted: the space they lie in, what of the page is open to them, and what holds around them. */
interface Space {
  readonly matrix: Affine;
  readonly clip: Clip;
  readonly around: DrawParam;
  readonly groups: number;
  /** In an annotation, what that makes it. */
  readonly annotation: Doubt | undefined;
}

const shift = (x: number, y: number): Affine => [1, 0, 0, 1, x, y];

export class OfdPageReader {
  readonly #resources: Resources;
  readonly #budget: OfdBudget;
  readonly #box: OfdBox;
  readonly #base: Affine;
  readonly #whole: Clip;
  readonly #scene = new Scene<Glyph>();
  readonly #things: Thing[] = [];
  readonly #graphics: GraphicsPainter;
  readonly #text: TextPlacer;
  #images = 0;

  /** @param said what is known of the glyphs; this page's are added */
  constructor(box: OfdBox, resources: Resources, budget: OfdBudget, said: SaidOfGlyphs) {
    this.#resources = resources;
    this.#budget = budget;
    this.#box = box;
    this.#base = [POINTS, 0, 0, POINTS, -box.x * POINTS, -box.y * POINTS];
    this.#whole = {
      box: { left: 0, top: 0, right: box.width * POINTS, bottom: box.height * POINTS },
      areas: [],
    };
    const canvas: Canvas = { scene: this.#scene, things: this.#things, marks: new Marks(() => "on") };
    this.#graphics = new GraphicsPainter(canvas);
    this.#text = new TextPlacer(canvas, said);
  }

  #take(steps: number): void {
    this.#budget.left -= steps;
    if (this.#budget.left < 0) throw new RangeError("page");
  }

  /** Paints the layers of a page or of what it is laid on, those of one kind. */
  layers(content: XmlElement | undefined, type: "Background" | "Body" | "Foreground"): void {
    for (const layer of elementsOf(content, "Layer")) {
      const own = layer.attributes["Type"] ?? "Body";
      if ((own === "Background" || own === "Foreground" ? own : "Body") !== type) continue;
      this.#paint(layer, this.#space(this.#resources.drawParam(layer.attributes["DrawParam"])));
    }
  }

  #space(around: DrawParam, annotation?: Doubt): Space {
    return { matrix: this.#base, clip: this.#whole, around, groups: 0, annotation };
  }

  /** Paints an annotation's appearance (15.2), and says that it lies there. */
  annotation(appearance: XmlElement, doubt: Doubt, covers: boolean): void {
    const box = boxOf(appearance.attributes["Boundary"]);
    const space = this.#space({}, doubt);
    const matrix = box ? multiply(this.#base, shift(box.x, box.y)) : this.#base;
    if (box && covers) this.#things.push({ box: quad(matrix, 0, 0, box.width, box.height).box, doubt });
    this.#paint(appearance, { ...space, matrix });
  }

  #paint(block: XmlElement, space: Space): void {
    for (const object of elementsOf(block)) {
      this.#take(OBJECT);
      if (object.name === "PageBlock") this.#paint(object, space);
      else if (/^(?:Text|Path|Image|Composite)Object$/.test(object.name)) this.#object(object, space);
    }
  }

  #object(object: XmlElement, space: Space): void {
    const { attributes, name } = object;
    const box = boxOf(attributes["Boundary"]) ?? { x: 0, y: 0, width: this.#box.width, height: this.#box.height };
    const own = this.#resources.drawParam(attributes["DrawParam"]);
    const param = { ...space.around, ...own };
    const place = multiply(space.matrix, shift(box.x, box.y));
    const state = firstState(multiply(place, matrixOf(attributes["CTM"]) ?? IDENTITY), space.clip);
    const opaque = Math.min(1, Math.max(0, numberOf(attributes["Alpha"], 255) / 255));
    const fill = this.#resources.ink(object, "FillColor") ?? param.fill;
    const stroke = this.#resources.ink(object, "StrokeColor") ?? param.stroke;
    if (fill) state.fill = fill.colour;
    if (stroke) state.stroke = stroke.colour;
    state.fillAlpha = opaque * (fill?.alpha ?? 1);
    state.strokeAlpha = opaque * (stroke?.alpha ?? 1);
    state.lineWidth = numberOf(attributes["LineWidth"], param.lineWidth ?? LINE_WIDTH);
    const shown = isTrue(attributes["Visible"], true);
    const text = name === "TextObject";
    const edge = text ? this.#text.reachOf(object) : EDGE;
    const frame = quad(place, -edge, -edge, box.width + edge, box.height + edge);
    // Programs state boxes of texts that are too small, or less than nothing, and readers show all the same what is outside.
    if (!text) state.clip = clipped(state.clip, frame);
    for (const clip of elementsOf(elementAt(object, "Clips"), "Clip")) this.#clip(state, clip, place, object);
    if (text) {
      this.#take(this.#text.paint(object, state, { shown, frame, annotation: space.annotation }));
      return;
    }
    if (!shown) return;
    if (name === "PathObject") this.#path(object, state, fill !== undefined);
    else if (name === "ImageObject") this.#image(object, state, box);
    else this.#group(object, { ...space, matrix: state.ctm, clip: state.clip, around: param });
  }

  /** Clips (8.4): what is in any of the areas is open, in the object's box or, where it says so, in its own space. */
  #clip(state: State, clip: XmlElement, place: Affine, object: XmlElement): void {
    const follows = isTrue(elementAt(object, "Clips")?.attributes["TransFlag"], false);
    const outer = follows ? state.ctm : place;
    const outlines: (readonly (readonly [number, number])[])[] = [];
    for (const area of elementsOf(clip, "Area")) {
      const path = elementsOf(area, "Path")[0];
      // Letters as a window: what is seen through them is not plain.
      if (!path) {
        state.masked = true;
        return;
      }
      const { x, y } = boxOf(path.attributes["Boundary"]) ?? { x: 0, y: 0 };
      const inner = [
        matrixOf(area.attributes["CTM"]) ?? IDENTITY,
        shift(x, y),
        matrixOf(path.attributes["CTM"]) ?? IDENTITY,
      ];
      const found = pathArea(this.#pathOf(path), inner.reduce(multiply, outer), false);
      const { left, top, right, bottom } = found.box;
      if (found.outlines.length > 0) outlines.push(...found.outlines);
      else
        outlines.push([
          [left, top],
          [right, top],
          [right, bottom],
          [left, bottom],
        ]);
    }
    state.clip = clipped(state.clip, areaOf(outlines));
  }

  #pathOf(path: XmlElement): Float32Array {
    const made = pathOf(textOf(elementAt(path, "AbbreviatedData")), this.#budget.left);
    this.#take(made.length);
    return made;
  }

  #path(object: XmlElement, state: State, coloured: boolean): void {
    const { Fill, Stroke, Rule } = object.attributes;
    // An area without a colour is not filled (9.1, table 35).
    const [fill, stroke] = [isTrue(Fill, false) && coloured, isTrue(Stroke, true)];
    if (!fill && !stroke) return;
    const operator = fill ? (stroke ? "fillStroke" : "fill") : "stroke";
    const evenOdd = fill && /even/i.test(Rule ?? "");
    this.#graphics.path(evenOdd ? (stroke ? "eoFillStroke" : "eoFill") : operator, this.#pathOf(object), state);
  }

  #image(object: XmlElement, state: State, box: OfdBox): void {
    this.#images += 1;
    const { CTM, ResourceID, ImageMask } = object.attributes;
    if (matrixOf(CTM) === undefined) state.ctm = multiply(state.ctm, [box.width, 0, 0, box.height, 0, 0]);
    const masked = ImageMask !== undefined || !this.#resources.isOpaque(ResourceID);
    this.#graphics.image("paintImageXObject", [undefined, undefined, undefined, masked], state);
  }

  #group(object: XmlElement, space: Space): void {
    if (space.groups >= MOST_GROUPS) throw new RangeError("groups");
    const content = this.#resources.group(object.attributes["ResourceID"]);
    if (content) this.#paint(content, { ...space, groups: space.groups + 1 });
  }

  /** The page as it has been painted. */
  page(): Page {
    const glyphs = this.#scene.seen().map(({ glyph, doubt }): Glyph => (doubt ? { ...glyph, doubt } : glyph));
    const { right: width, bottom: height } = this.#whole.box;
    const page = { width, height, glyphs, rules: this.#graphics.rules, things: this.#things };
    const hidden = this.#text.hidden + this.#scene.underPictures;
    return { ...turned(page), hidden, unknown: 0, images: this.#images };
  }
}
