import { LINES } from "./grid.ts";
import type { Page } from "./page.ts";

/** Something of a whole number of lines that is never parted. */
export interface Box {
  /** Height in lines of the grid, 1–22. */
  readonly lines: number;
  /** Whether the next box must begin on the same page. */
  readonly keepWithNext?: boolean;
  /** Blank room: left out at a page's top. */
  readonly blank?: boolean;
  /** Draws it; `line` is its first line on the page, `index` the page's number from 0. */
  draw(page: Page, line: number, index: number): void;
}

/** The pages of a document, filled from top to bottom. */
export class Flow {
  readonly pages: Page[] = [];
  #line = LINES;

  /** Lines left on the page. */
  get room(): number {
    return LINES - this.#line;
  }

  newPage(): void {
    this.pages.push({ runs: [], rules: [], images: [] });
    this.#line = 0;
  }

  #put(box: Box): void {
    if (box.blank && this.#line === 0 && this.pages.length > 1) return;
    box.draw(this.pages.at(-1)!, this.#line, this.pages.length - 1);
    this.#line += box.lines;
  }

  /** Places boxes in order; those that are kept together go over to the next page together, where a page can hold them. */
  place(boxes: readonly Box[]): void {
    let i = 0;
    while (i < boxes.length) {
      let end = i;
      let height = boxes[i]!.lines;
      while (boxes[end]!.keepWithNext && end + 1 < boxes.length) {
        end += 1;
        height += boxes[end]!.lines;
      }
      if (height > this.room && (height <= LINES || boxes[i]!.lines > this.room)) this.newPage();
      for (; i <= end; i += 1) {
        // A chain that is longer than a page is broken where the page ends.
        if (boxes[i]!.lines > this.room) this.newPage();
        this.#put(boxes[i]!);
      }
    }
  }
}
