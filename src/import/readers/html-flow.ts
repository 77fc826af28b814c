/** What a page shows, in reading order: paragraphs, headings, tables. */
import type { SourceItem } from "../document.ts";
import { tableParts } from "./html-table.ts";
import { attribute, type Element, isAside, isElement, isHidden, type Node } from "./html-tree.ts";

/** Elements whose text goes on in the line of the text around them; any other begins and ends a line. */
const INLINE = new Set(
  "a abbr acronym b bdi bdo big cite code data dfn em font i img ins kbd label mark nobr o:p q rp rt ruby s samp small span st1 strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
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
  readonly #own: boolean;
  #text = "";
  /** How many characters of the line are not in a link. */
  #plain = 0;
  #level = 0;
  #aside = 0;
  #link = 0;
  #signature = false;

  constructor(own: boolean) {
    this.#own = own;
  }

  #end(): void {
    const text = shown(this.#text);
    const linked = this.#plain === 0;
    this.#text = "";
    this.#plain = 0;
    if (text.trim() === "") return;
    const aside = !this.#own && (this.#aside > 0 || (linked && this.#level === 0));
    this.items.push({
      kind: "text",
      text: this.#own ? text : text.trim(),
      ...(this.#level > 0 ? { level: this.#level } : {}),
      ...(aside ? { aside } : {}),
      ...(this.#signature ? { role: "signature" } : {}),
    });
  }

  walk(node: Node): void {
    if (node.nodeName === "#text") {
      const { value } = node as { readonly value: string };
      this.#text += value;
      if (this.#link === 0) this.#plain += value.trim().length;
    } else if (isElement(node) && !isHidden(node)) this.#element(node);
  }

  #element(element: Element): void {
    const { tagName } = element;
    if (tagName === "br" || tagName === "hr") this.#end();
    else if (tagName === "table") this.#table(element);
    else if (INLINE.has(tagName)) {
      const link = tagName === "a" && attribute(element, "href") !== undefined ? 1 : 0;
      this.#link += link;
      this.children(element);
      this.#link -= link;
    } else this.#block(element);
  }

  #block(element: Element): void {
    this.#end();
    const aside = !this.#own && isAside(element) ? 1 : 0;
    const level = this.#level;
    const signature = this.#own && attribute(element, "class") === "signature";
    this.#aside += aside;
    this.#level = Number(HEADING.exec(element.tagName)?.[1] ?? level);
    if (signature) this.#signature = true;
    this.children(element);
    this.#end();
    if (signature) this.#signature = false;
    this.#level = level;
    this.#aside -= aside;
  }

  #table(element: Element): void {
    this.#end();
    for (const part of tableParts(element)) {
      if (part.kind === "table") this.items.push(part);
      else {
        for (const cell of part.cells) {
          this.children(cell);
          this.#end();
        }
      }
    }
  }

  children(element: Element): void {
    for (const child of element.childNodes) this.walk(child);
  }
}

/**
 * The items of an element, in reading order.
 * @param own of a page of this system: nothing is set apart and no space dropped
 */
export function itemsIn(element: Element, own: boolean): SourceItem[] {
  const flow = new Flow(own);
  flow.walk(element);
  // What follows the last block.
  flow.walk({ nodeName: "br", tagName: "br", attrs: [], childNodes: [] } as unknown as Element);
  return flow.items;
}
