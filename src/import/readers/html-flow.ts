/** What a page shows, in reading order: paragraphs, headings, tables. */
import type { SourceItem, SourceText } from "../document.ts";
import type { Thing } from "../doubt.ts";
import { isMark, thingOf } from "../page/cell.ts";
import { type Look, lookOf, PLAIN } from "../page/look.ts";
import type { Tree } from "../page/tree.ts";
import { tableParts } from "./html-table.ts";
import { attribute, type Element, isAside, isElement, type Node } from "./html-tree.ts";

const HEADING = /^h([1-6])$/;

const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

/**
 * A line's text as it is shown: a break of the source between Chinese characters is nothing, another is a space
 * (CSS Text 3, 4.1.3). Other white space is left as it is.
 */
const shown = (text: string): string =>
  text.replace(/[ \t\r\n\f]+/g, (run, at: number) => {
    if (!/[\t\r\n\f]/.test(run)) return run;
    return CHINESE.test(text[at - 1] ?? "") && CHINESE.test(text[at + run.length] ?? "") ? "" : " ";
  });

class Flow {
  readonly items: SourceItem[] = [];
  /** What the page has besides text and tables. */
  readonly things = new Map<Thing, number>();
  readonly #own: boolean;
  readonly #tree: Tree<Node>;
  #look: Look = PLAIN;
  #pieces: string[] = [];
  /** How many characters of the line are not in a link. */
  #plain = 0;
  #level = 0;
  #aside = 0;
  #link = 0;
  #role: SourceText["role"];

  constructor(own: boolean, tree: Tree<Node>) {
    this.#own = own;
    this.#tree = tree;
  }

  end(): void {
    const text = shown(this.#pieces.join(""));
    const linked = this.#plain === 0;
    this.#pieces = [];
    this.#plain = 0;
    if (text.trim() === "") return;
    const aside = !this.#own && (this.#aside > 0 || (linked && this.#level === 0));
    this.items.push({
      kind: "text",
      text: this.#own ? text : text.trim(),
      ...(this.#level > 0 ? { level: this.#level } : {}),
      ...(aside ? { aside } : {}),
      ...(this.#role ? { role: this.#role } : {}),
    });
  }

  walk(node: Node): void {
    if (node.nodeName === "#text") this.#write((node as { readonly value: string }).value);
    else if (isElement(node)) {
      const around = this.#look;
      const look = lookOf(this.#tree, node, around);
      if (look.gone) return;
      this.#look = look;
      this.#element(node, look);
      this.#look = around;
    }
  }

  /** Takes a text if it is seen where it stands; a raised mark or number would be joined to what is before it. */
  #write(value: string): void {
    const { invisible, faint, sunk, struck, raised } = this.#look;
    if (invisible || faint || sunk || struck) return;
    if (
      raised &&
      (isMark(value) || this.#link > 0 || (/\d/.test(value) && /\d\s*$/.test(this.#pieces.at(-1)?.slice(-8) ?? "")))
    )
      return;
    this.#pieces.push(value);
    if (this.#link === 0) this.#plain += value.trim().length;
  }

  #element(element: Element, look: Look): void {
    const { tagName } = element;
    const thing = thingOf(tagName);
    if (tagName === "br" || tagName === "hr") this.end();
    else if (tagName === "table") this.#table(element);
    else if (thing) {
      if (!look.invisible && !look.sunk) this.things.set(thing, (this.things.get(thing) ?? 0) + 1);
    } else if (!look.block) {
      const link = tagName === "a" && attribute(element, "href") !== undefined ? 1 : 0;
      this.#link += link;
      this.children(element);
      this.#link -= link;
    } else this.#block(element);
  }

  #block(element: Element): void {
    this.end();
    const aside = !this.#own && isAside(element) ? 1 : 0;
    const level = this.#level;
    const signature = this.#own && attribute(element, "class") === "signature";
    this.#aside += aside;
    this.#level = Number(HEADING.exec(element.tagName)?.[1] ?? level);
    if (signature) this.#role = "signature";
    this.children(element);
    this.end();
    if (signature) this.#role = undefined;
    this.#level = level;
    this.#aside -= aside;
  }

  #table(element: Element): void {
    this.end();
    const around = this.#look;
    for (const part of tableParts(element, { tree: this.#tree, look: around })) {
      if (part.kind === "table") this.items.push(part);
      else {
        for (const cell of part.cells) {
          this.#look = cell.look;
          this.#role = cell.element.tagName === "caption" ? "caption" : undefined;
          this.children(cell.element);
          this.end();
          this.#role = undefined;
        }
        this.#look = around;
      }
    }
  }

  children(element: Element): void {
    for (const child of element.childNodes) this.walk(child);
  }
}

/** What was found in an element. */
export interface PageItems {
  readonly items: SourceItem[];
  readonly things: ReadonlyMap<Thing, number>;
}

/**
 * The items of an element, in reading order, and what else is shown in it.
 * @param own of a page of this system: nothing is set apart and no space dropped
 */
export function itemsIn(element: Element, own: boolean, tree: Tree<Node>): PageItems {
  const flow = new Flow(own, tree);
  flow.walk(element);
  flow.end();
  return flow;
}
