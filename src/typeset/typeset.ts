import type { FaceName } from "../basics/faces.ts";
import type { Block, HeadingBlock, SignatureBlock } from "../compose/blocks.ts";
import type { Faces } from "./face.ts";
import { type Box, Flow } from "./flow.ts";
import {
  BODY_SIZE,
  baseline,
  CELL,
  CELLS,
  LEFT,
  LINES,
  NUMBER_BASELINE,
  NUMBER_SIZE,
  PAGE_HEIGHT,
  PAGE_WIDTH,
  PITCH,
  TITLE_SIZE,
  TOP,
  WIDTH,
} from "./grid.ts";
import { codePoints, setLines } from "./line.ts";
import { type Measure, measureOf } from "./measure.ts";
import type { OutlineEntry, Page, StructureNode, StructureRole, TypesetDocument } from "./page.ts";
import { placeTable } from "./place-table.ts";
import { lineWidth, plainLine, putLine } from "./runs.ts";
import { type Seal, signature } from "./signature.ts";
import { type PreparedTable, prepareTable } from "./table.ts";
import { titleLines } from "./title.ts";

/** What may be added to a document. */
export interface TypesetOptions {
  /** Printed slanting across every page, e.g. 预览. */
  readonly watermark?: string;
  readonly seal?: Seal;
}

/** GB/T 9704—2012, 7.3.3: 一、in 黑体, （一） in 楷体, 1. and （1） in 仿宋. */
export const HEADING_FACES: Readonly<Record<HeadingBlock["level"], FaceName>> = {
  1: "heiti",
  2: "kaiti",
  3: "fangsong",
  4: "fangsong",
};
const BODY = { size: BODY_SIZE, cell: CELL, width: WIDTH, cells: CELLS, indent: 2 * CELL, justify: true } as const;
/** Lines of room above the title (7.3.1) and below it (7.3.2: what follows stands after one empty line). */
export const TITLE_ROOM = { above: 2, below: 1 } as const;

/** A text as boxes of one line each. */
function lineBoxes(text: string, face: FaceName, leaf: number, measure: Measure, indent: number = BODY.indent): Box[] {
  return setLines(text, { ...BODY, face, indent }, measure).map(
    (line): Box => ({
      lines: 1,
      draw: (page, at) => putLine(page, line, LEFT, baseline(at), { face, size: BODY_SIZE, leaf }, measure),
    }),
  );
}

function titleBoxes(sources: readonly string[], leaf: number, measure: Measure): Box[] {
  const room = (count: number): Box => ({ lines: count, blank: true, keepWithNext: true, draw: () => {} });
  const lines = titleLines(sources, measure).map((text): Box => {
    const line = plainLine(codePoints(text), "biaosong", TITLE_SIZE, measure);
    const x = LEFT + (WIDTH - lineWidth(line)) / 2;
    const style = { face: "biaosong", size: TITLE_SIZE, leaf } as const;
    return {
      lines: 1,
      keepWithNext: true,
      draw: (page, at) => putLine(page, line, x, baseline(at, TITLE_SIZE), style, measure),
    };
  });
  return [room(TITLE_ROOM.above), ...lines, room(TITLE_ROOM.below)];
}

/** The page number: 4号 宋体 between dashes, odd pages at the right, even pages at the left, one character in (7.5). */
function pageNumber(page: Page, index: number, measure: Measure): void {
  const line = plainLine(codePoints(`— ${index + 1} —`), "songti", NUMBER_SIZE, measure);
  const x = index % 2 === 0 ? LEFT + WIDTH - NUMBER_SIZE - lineWidth(line) : LEFT + NUMBER_SIZE;
  putLine(page, line, x, NUMBER_BASELINE, { face: "songti", size: NUMBER_SIZE }, measure);
}

function watermark(page: Page, text: string, measure: Measure): void {
  const points = codePoints(text);
  const size = Math.min(160, (PAGE_WIDTH * 0.8) / points.length);
  const line = plainLine(points, "heiti", size, measure);
  const marked: Page = { ...page, runs: [] };
  const style = { face: "heiti", size, watermark: true } as const;
  putLine(marked, line, (PAGE_WIDTH - lineWidth(line)) / 2, PAGE_HEIGHT / 2 + 0.38 * size, style, measure);
  page.runs.unshift(...marked.runs);
}

/** What is set and waits for its place: lines, a table with its headings, the end of a page. */
type Step =
  | { readonly kind: "boxes"; readonly boxes: readonly Box[] }
  | { readonly kind: "table"; readonly headings: readonly Box[]; readonly table: PreparedTable }
  | { readonly kind: "newPage" };

/** Steps on pages. */
interface Layout {
  readonly pages: readonly Page[];
  readonly outline: readonly OutlineEntry[];
  /** The steps whose tables were cut although a page can hold them. */
  readonly cut: readonly number[];
}

/** Sets blocks one after another, then puts them on pages. */
class Typesetter {
  readonly #measure: Measure;
  readonly #steps: Step[] = [];
  #outline: OutlineEntry[] = [];
  readonly #nodes: StructureNode[] = [];
  #leaves = 0;
  /** Lines that are set and not yet a step. */
  #queue: Box[] = [];
  /** Heading boxes at the queue's end: they go with what follows. */
  #headings = 0;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  add(block: Block, seal: Seal | undefined): void {
    switch (block.kind) {
      case "title":
        this.#text(titleBoxes(block.lines, this.#leaf("H1"), this.#measure));
        break;
      case "heading":
        this.#heading(block);
        break;
      case "paragraph":
        this.#text(lineBoxes(block.text, "fangsong", this.#leaf("P"), this.#measure, block.flush ? 0 : undefined));
        break;
      case "table": {
        const headings = this.#queue.splice(this.#queue.length - this.#headings);
        this.#endQueue();
        const table = prepareTable(block, this.#nextLeaf, this.#measure);
        this.#nodes.push(table.node);
        this.#steps.push({ kind: "table", headings, table });
        break;
      }
      case "signature":
        this.#signature(block, seal);
        break;
    }
  }

  /** The pages, with what stands on every one of them. */
  end(watermarkText: string | undefined): TypesetDocument {
    this.#endQueue();
    const { pages, outline } = this.#bestLayout();
    for (const [index, page] of pages.entries()) {
      pageNumber(page, index, this.#measure);
      if (watermarkText) watermark(page, watermarkText, this.#measure);
    }
    return { pages, structure: { role: "Document", children: this.#nodes }, outline };
  }

  /** Tables that a page can hold are not cut where the document has no more pages for it. */
  #bestLayout(): Layout {
    let best = this.#layout(new Set());
    const whole = new Set<number>();
    for (const step of best.cut) {
      if (!best.cut.includes(step)) continue;
      const other = this.#layout(new Set([...whole, step]));
      if (other.pages.length > best.pages.length) continue;
      whole.add(step);
      best = other;
    }
    return best;
  }

  /** @param whole the steps whose tables go over whole rather than being cut */
  #layout(whole: ReadonlySet<number>): Layout {
    const flow = new Flow();
    const cut: number[] = [];
    this.#outline = [];
    for (const [index, step] of this.#steps.entries()) {
      if (step.kind === "newPage") flow.newPage();
      else if (step.kind === "boxes") flow.place(step.boxes);
      else {
        const { headings, table } = step;
        if (placeTable(flow, table, { headings, whole: whole.has(index) }, this.#measure)) cut.push(index);
      }
    }
    if (flow.pages.length === 0) flow.newPage();
    return { pages: flow.pages, outline: this.#outline, cut };
  }

  readonly #nextLeaf = (): number => this.#leaves++;

  #leaf(role: StructureRole): number {
    const id = this.#nextLeaf();
    this.#nodes.push({ role, id });
    return id;
  }

  /** What waits becomes a step. */
  #endQueue(): void {
    if (this.#queue.length > 0) this.#steps.push({ kind: "boxes", boxes: this.#queue });
    this.#queue = [];
    this.#headings = 0;
  }

  #text(boxes: readonly Box[]): void {
    this.#queue.push(...boxes);
    this.#headings = 0;
  }

  #heading({ level, number, text: own, newPage }: HeadingBlock): void {
    if (newPage) {
      this.#endQueue();
      this.#steps.push({ kind: "newPage" });
    }
    const text = `${number}${own}`;
    const leaf = this.#leaf(`H${level + 1}` as StructureRole);
    const boxes = lineBoxes(text, HEADING_FACES[level], leaf, this.#measure);
    const first = boxes[0]!;
    boxes[0] = {
      ...first,
      draw: (page, line, index) => {
        this.#outline.push({ level, text, page: index, y: TOP + line * PITCH });
        first.draw(page, line, index);
      },
    };
    this.#queue.push(...boxes.map((box): Box => ({ ...box, keepWithNext: true })));
    this.#headings += boxes.length;
  }

  #signature(block: SignatureBlock, seal: Seal | undefined): void {
    const { boxes, nodes } = signature(block, seal, this.#nextLeaf, this.#measure);
    this.#nodes.push(...nodes);
    // Text goes over with it: no page has the signature alone (7.3.5).
    const last = this.#queue.length - 1;
    for (const at of [last, last - 1]) {
      const box = this.#queue[at];
      if (box && at > last - LINES / 2) this.#queue[at] = { ...box, keepWithNext: true };
    }
    this.#queue.push(...boxes);
  }
}

/**
 * Sets blocks on the pages of an official document (GB/T 9704—2012): 22 lines of 28 characters, every baseline of text on
 * one grid, tables in a whole number of lines.
 */
export function typeset(blocks: readonly Block[], faces: Faces, options: TypesetOptions = {}): TypesetDocument {
  const typesetter = new Typesetter(measureOf(faces));
  for (const block of blocks) typesetter.add(block, options.seal);
  return typesetter.end(options.watermark);
}
