import type { FaceName } from "../basics/faces.ts";
import type { Block, HeadingBlock } from "../compose/blocks.ts";
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
import { lineWidth, plainLine, putLine } from "./runs.ts";
import { type Seal, signature } from "./signature.ts";
import { placeTable } from "./table.ts";
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
/** Lines of room above and below the title. */
export const TITLE_ROOM = 2;

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
  const room: Box = { lines: TITLE_ROOM, blank: true, keepWithNext: true, draw: () => {} };
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
  return [room, ...lines, room];
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

/**
 * Sets blocks on the pages of an official document (GB/T 9704—2012): 22 lines of 28 characters, every baseline of text on
 * one grid, tables in a whole number of lines.
 */
export function typeset(blocks: readonly Block[], faces: Faces, options: TypesetOptions = {}): TypesetDocument {
  const measure = measureOf(faces);
  const flow = new Flow();
  const outline: OutlineEntry[] = [];
  const nodes: StructureNode[] = [];
  let leaves = 0;
  const nextLeaf = (): number => leaves++;
  const leaf = (role: StructureRole): number => {
    const id = nextLeaf();
    nodes.push({ role, id });
    return id;
  };
  let queue: Box[] = [];
  /** Heading boxes at the queue's end: they go with what follows. */
  let headings = 0;

  for (const block of blocks) {
    switch (block.kind) {
      case "title":
        queue.push(...titleBoxes(block.lines, leaf("H1"), measure));
        headings = 0;
        break;
      case "heading": {
        if (block.newPage) {
          flow.place(queue);
          queue = [];
          headings = 0;
          flow.newPage();
        }
        const { level } = block;
        const boxes = lineBoxes(
          `${block.number}${block.text}`,
          HEADING_FACES[level],
          leaf(`H${level + 1}` as StructureRole),
          measure,
        );
        const first = boxes[0]!;
        boxes[0] = {
          ...first,
          draw(page, line, index) {
            outline.push({ level, text: `${block.number}${block.text}`, page: index, y: TOP + line * PITCH });
            first.draw(page, line, index);
          },
        };
        queue.push(...boxes.map((box): Box => ({ ...box, keepWithNext: true })));
        headings += boxes.length;
        break;
      }
      case "paragraph":
        queue.push(...lineBoxes(block.text, "fangsong", leaf("P"), measure, block.flush ? 0 : undefined));
        headings = 0;
        break;
      case "table": {
        const kept = queue.splice(queue.length - headings);
        flow.place(queue);
        queue = [];
        headings = 0;
        nodes.push(placeTable(flow, block, kept, nextLeaf, measure));
        break;
      }
      case "signature": {
        const { boxes, nodes: own } = signature(block, options.seal, nextLeaf, measure);
        nodes.push(...own);
        // Text goes over with it: no page has the signature alone (7.3.5).
        for (const at of [queue.length - 1, queue.length - 2]) {
          const box = queue[at];
          if (box && at > queue.length - 1 - LINES / 2) queue[at] = { ...box, keepWithNext: true };
        }
        queue.push(...boxes);
        break;
      }
    }
  }
  flow.place(queue);
  if (flow.pages.length === 0) flow.newPage();
  for (const [index, page] of flow.pages.entries()) {
    pageNumber(page, index, measure);
    if (options.watermark) watermark(page, options.watermark, measure);
  }
  return { pages: flow.pages, structure: { role: "Document", children: nodes }, outline };
}
