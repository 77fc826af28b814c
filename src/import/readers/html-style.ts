/** What a page's own style sheets and style attributes say of its elements: the cascade (CSS Cascade 4), in bounds. */
import { compile } from "css-select";
import type { CssNode, Declaration } from "css-tree";
import parseCss from "css-tree/parser";
import { type Selector, parse as selectorsOf } from "css-what";
import { ImportError } from "../import-error.ts";
import type { Styles } from "../page/tree.ts";
import { attribute, type Element, isElement, type Node } from "./html-tree.ts";

/** Style sheets of more characters, and more selectors than these, are no report's page. */
const MAX_CHARACTERS = 2_000_000;
const MAX_SELECTORS = 20_000;
/** A style attribute of more characters, pictures in it aside: what is wrong in one takes the parser more than linear time. */
const MAX_ATTRIBUTE = 8000;
const PICTURE = /url\(\s{0,9}["']?data:[^()"']*["']?\s{0,9}\)/gi;
/** How many looks at elements the matching of selectors may take in all. */
const MAX_STEPS = 5_000_000;

/** The properties that matter for what is read. */
const PROPERTIES = new Set(
  "display visibility opacity font font-size font-variant-position color background background-color background-image position left right top bottom text-indent margin margin-left margin-right margin-top clip clip-path transform rotate scale translate zoom filter overflow overflow-x overflow-y width height max-width max-height text-decoration text-decoration-line text-line-through vertical-align direction unicode-bidi writing-mode float order flex-direction flex-flow letter-spacing white-space list-style list-style-type content content-visibility mso-hide mso-text-raise -webkit-text-fill-color -webkit-text-security".split(
    " ",
  ),
);

interface Declared {
  readonly property: string;
  readonly value: string;
  readonly important: boolean;
}

interface Rule {
  readonly matches: (element: Element) => boolean;
  readonly declared: readonly Declared[];
  readonly specificity: number;
  /** Which rule of the page it is. */
  readonly at: number;
  /** It is of a pseudo-element that puts something into the element. */
  readonly adds: boolean;
}

const list = (node: CssNode | null | undefined, key: "children"): CssNode[] =>
  node && key in node ? [...((node as { readonly children: Iterable<CssNode> | null }).children ?? [])] : [];

const raw = (node: CssNode | null | undefined): string =>
  node && "value" in node && typeof node.value === "string" ? node.value : "";

const options = { parseValue: false, parseRulePrelude: false, parseAtrulePrelude: false } as const;

const declaredBy = (declaration: Declaration): Declared[] => {
  const property = declaration.property.toLowerCase();
  if (!PROPERTIES.has(property)) return [];
  return [{ property, value: raw(declaration.value).trim().toLowerCase(), important: declaration.important !== false }];
};

const declarations = (block: CssNode | null): Declared[] =>
  list(block, "children").flatMap((node) => (node.type === "Declaration" ? declaredBy(node) : []));

/** A style attribute's declarations. */
function inlineStyle(text: string): Declared[] {
  const plain = text.length > MAX_ATTRIBUTE ? text.replace(PICTURE, "none") : text;
  if (plain.length > MAX_ATTRIBUTE) throw tooMuch();
  return declarations(parseCss(plain, { ...options, context: "declarationList" }));
}

const tooMuch = (): ImportError =>
  new ImportError(
    "网页的样式过多或过于复杂，不是一份年度报告的页面",
    "The page's styles are too many or too complex for a report's page",
  );

/** Whether a media query holds on a wide screen. */
function isOfScreen(query: string): boolean {
  return query.split(",").some((part) => {
    const text = part.trim().toLowerCase();
    if (/^(?:only\s+)?(?:print|speech|tty|tv)\b|^not\s+(?:all|screen)/.test(text)) return false;
    for (const [, edge, width] of text.matchAll(/\b(min|max)-(?:device-)?width\s*:\s*(\d{1,6})/g))
      if (edge === "max" ? Number(width) < 1280 : Number(width) > 1280) return false;
    return !/dark|inverted|forced-colors/.test(text);
  });
}

/** Pseudo-classes that hold of a page that is only looked at, and follow from its tree. */
const TREE = new Set(
  "first-child last-child only-child nth-child nth-last-child first-of-type last-of-type only-of-type nth-of-type nth-last-of-type not is where matches empty root any-link link".split(
    " ",
  ),
);

function usable(selector: readonly Selector[]): boolean {
  return selector.every((token) => {
    if (token.type === "pseudo-element") return true;
    if (token.type !== "pseudo") return token.type !== "column-combinator";
    if (!TREE.has(token.name)) return false;
    return !Array.isArray(token.data) || token.data.every((inner) => usable(inner));
  });
}

function specificityOf(selector: readonly Selector[]): number {
  let sum = 0;
  for (const token of selector) {
    if (token.type === "attribute") sum += token.name === "id" && token.action === "equals" ? 1e6 : 1e3;
    else if (token.type === "tag" || token.type === "pseudo-element") sum += 1;
    else if (token.type === "pseudo" && token.name !== "where")
      sum += Array.isArray(token.data) ? Math.max(0, ...token.data.map((inner) => specificityOf(inner))) : 1e3;
  }
  return sum;
}

/** The class, identifier or name that an element must have to match: rules are looked up by it. */
function keyOf(selector: readonly Selector[]): string {
  let key = "*";
  for (const token of [...selector].reverse()) {
    if (token.type === "attribute" && token.name === "id" && token.action === "equals") return `#${token.value}`;
    if (token.type === "attribute" && token.name === "class" && token.action === "element") key = `.${token.value}`;
    else if (token.type === "tag" && key === "*") key = token.name.toLowerCase();
    else if (!["attribute", "pseudo", "pseudo-element", "universal"].includes(token.type)) break;
  }
  return key;
}

/** What of a pseudo-element's declarations changes what is seen. */
function addsText(name: string, declared: readonly Declared[]): boolean {
  const of = (property: string): string | undefined => declared.findLast((s) => s.property === property)?.value;
  if (/^first-(?:letter|line)$/.test(name))
    return declared.some(({ property }) =>
      /^(?:display|visibility|font-size|color|opacity|float|text-decoration)/.test(property),
    );
  if (!/^(?:before|after|marker)$/.test(name) || of("display") === "none") return false;
  const content = of("content");
  return content !== undefined && !/^(?:none|normal|(["'])[\s\u00a0]*\1)$/.test(content);
}

/** The style sheets of one page. */
export class PageStyles {
  readonly #rules = new Map<string, Rule[]>();
  readonly #known = new WeakMap<Element, Styles>();
  #selectors = 0;
  #steps = 0;

  /** @throws ImportError when they are more than any report's page has */
  constructor(sheets: readonly string[]) {
    let characters = 0;
    for (const sheet of sheets) {
      characters += sheet.length;
      if (characters > MAX_CHARACTERS) throw tooMuch();
      const text = sheet.replace(/^\s*<!--|-->\s*$/g, "");
      this.#read(list(parseCss(text, options), "children"), 0);
    }
  }

  #read(nodes: readonly CssNode[], depth: number): void {
    for (const node of nodes) {
      if (node.type === "Rule") this.#add(raw(node.prelude), declarations(node.block));
      else if (node.type === "Atrule" && node.block && depth < 8) {
        const name = node.name.toLowerCase();
        const holds = name === "media" ? isOfScreen(raw(node.prelude)) : name === "supports" || name === "layer";
        if (holds) this.#read(list(node.block, "children"), depth + 1);
      }
    }
  }

  #add(prelude: string, declared: readonly Declared[]): void {
    if (declared.length === 0 || prelude.length > 20_000) return;
    let parsed: Selector[][];
    try {
      parsed = selectorsOf(prelude);
    } catch {
      return;
    }
    for (const selector of parsed) {
      this.#selectors += 1;
      if (this.#selectors > MAX_SELECTORS) throw tooMuch();
      const pseudo = selector.findLast((token) => token.type === "pseudo-element");
      const adds = pseudo !== undefined && addsText(pseudo.name, declared);
      if (!usable(selector) || (pseudo && !adds)) continue;
      const bare = selector.filter((token) => token.type !== "pseudo-element");
      const tokens: Selector[] = bare.length > 0 ? bare : [{ type: "universal", namespace: null } as Selector];
      const key = keyOf(tokens);
      const matches = compile<Node, Element>([tokens], { adapter: this.#adapter, cacheResults: false });
      const rules = this.#rules.get(key) ?? [];
      rules.push({ matches, declared, specificity: specificityOf(selector), at: this.#selectors, adds });
      this.#rules.set(key, rules);
    }
  }

  #step(count: number): void {
    this.#steps += count;
    if (this.#steps > MAX_STEPS) throw tooMuch();
  }

  readonly #adapter = {
    isTag: (node: Node): node is Element => isElement(node),
    getAttributeValue: (element: Element, name: string): string | undefined => attribute(element, name),
    getChildren: (node: Node): Node[] => {
      if (!isElement(node)) return [];
      this.#step(node.childNodes.length);
      return node.childNodes;
    },
    getName: (element: Element): string => element.tagName,
    getParent: (element: Element): Node | null => {
      this.#step(1);
      const parent = element.parentNode;
      return parent && "tagName" in parent ? parent : null;
    },
    getSiblings: (node: Node): Node[] => {
      const siblings = node.parentNode?.childNodes ?? [node];
      this.#step(siblings.length);
      return siblings as Node[];
    },
    getText: (): string => "",
    hasAttrib: (element: Element, name: string): boolean => attribute(element, name) !== undefined,
    removeSubsets: (nodes: Node[]): Node[] => nodes,
    existsOne: (): boolean => false,
    findAll: (): Element[] => [],
    findOne: (): Element | null => null,
  };

  #rulesFor(element: Element): Rule[] {
    if (this.#rules.size === 0) return [];
    const classes = new Set((attribute(element, "class") ?? "").split(/\s+/).filter(Boolean).slice(0, 50));
    const id = attribute(element, "id");
    const keys = ["*", element.tagName, ...[...classes].map((name) => `.${name}`), ...(id ? [`#${id}`] : [])];
    const candidates = keys.flatMap((key) => this.#rules.get(key) ?? []);
    this.#step(candidates.length + 1);
    return candidates.filter(({ matches }) => matches(element));
  }

  /** What the styles say of an element. */
  of(element: Element): Styles {
    const known = this.#known.get(element);
    if (known) return known;
    const rules = this.#rulesFor(element);
    const inline = attribute(element, "style");
    const declared = [
      ...rules
        .filter(({ adds }) => !adds)
        .toSorted((a, b) => a.specificity - b.specificity || a.at - b.at)
        .flatMap((rule) => rule.declared),
      ...(inline === undefined ? [] : inlineStyle(inline)),
    ];
    const own = new Map<string, string>();
    for (const important of [false, true])
      for (const { property, value, important: is } of declared) if (is === important) own.set(property, value);
    const styles: Styles = { own, ...(rules.some(({ adds }) => adds) ? { added: true } : {}) };
    this.#known.set(element, styles);
    return styles;
  }
}
