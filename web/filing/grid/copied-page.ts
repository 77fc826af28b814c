/** The tables of copied HTML, read as the importer reads a page: what is not seen in a cell is no figure. */
import { readPageCell } from "../../../src/import/page/cell.ts";
import { type Look, lookOf, PLAIN } from "../../../src/import/page/look.ts";
import { NO_STYLES, type Styles, type Tree } from "../../../src/import/page/tree.ts";
import { type SourceGrid, spread } from "../../../src/import/source.ts";

/** Where style attributes wait: the page's policy would complain of each. */
const KEPT = "data-copied-style";
/** More rules than a spreadsheet's clipboard has. */
const MAX_RULES = 5000;

interface Rule {
  readonly selector: string;
  readonly style: CSSStyleDeclaration;
  readonly weight: number;
  readonly adds: boolean;
}

/** Rules of style sheets, parsed by the browser and never used on the page. */
function rulesOf(css: string): Rule[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css.replace(/<!--|-->/g, ""));
  const rules: Rule[] = [];
  for (const rule of [...sheet.cssRules].slice(0, MAX_RULES)) {
    if (!(rule instanceof CSSStyleRule)) continue;
    for (const part of rule.selectorText.split(",")) {
      const selector = part.replace(/::?(?:before|after|marker|first-letter|first-line)\s*$/, "").trim() || "*";
      const pseudo = selector !== part.trim();
      const content = rule.style.getPropertyValue("content");
      const adds = pseudo && content !== "" && !/^(?:none|normal|(["'])\s*\1)$/.test(content);
      const of = (pattern: RegExp): number => selector.match(pattern)?.length ?? 0;
      if (!pseudo || adds)
        rules.push({ selector, style: rule.style, weight: of(/#/g) * 1e4 + of(/[.:[]/g) * 100 + of(/\w+/g), adds });
    }
  }
  return rules.sort((a, b) => a.weight - b.weight);
}

const put = (own: Map<string, string>, style: CSSStyleDeclaration): void => {
  for (const name of style) own.set(name, style.getPropertyValue(name).toLowerCase());
};

/** The tree of a copied page. */
function treeOf(css: string): Tree<Node> {
  const rules = rulesOf(css);
  const bare = document.createElement("span").style;
  const known = new WeakMap<Node, Styles>();
  const stylesOf = (element: Element): Styles => {
    const own = new Map<string, string>();
    let added = false;
    for (const { selector, style, adds } of rules) {
      if (!element.matches(selector)) continue;
      if (adds) added = true;
      else put(own, style);
    }
    const inline = element.getAttribute(KEPT) ?? "";
    bare.cssText = inline;
    put(own, bare);
    if (/mso-hide\s*:\s*all/i.test(inline)) own.set("mso-hide", "all");
    return { own, ...(added ? { added } : {}) };
  };
  return {
    name: (node) => node.nodeName.toLowerCase(),
    text: (node) => node.nodeValue ?? "",
    attribute: (node, name) => (node instanceof Element ? (node.getAttribute(name) ?? undefined) : undefined),
    children: (node) => node.childNodes,
    parent: (node) => node.parentElement ?? undefined,
    styles: (node) => {
      if (!(node instanceof Element)) return NO_STYLES;
      const styles = known.get(node) ?? stylesOf(node);
      known.set(node, styles);
      return styles;
    },
  };
}

/** How an element looks within all that is around it. */
function lookIn(tree: Tree<Node>, element: Element, known: Map<Element, Look>): Look {
  const before = known.get(element);
  if (before) return before;
  const around = element.parentElement ? lookIn(tree, element.parentElement, known) : PLAIN;
  const own = lookOf(tree, element, around);
  const look = around.gone ? { ...own, gone: true } : own;
  known.set(element, look);
  return look;
}

/** Every table of copied HTML that is shown, as a grid. */
export function copiedTables(html: string): SourceGrid[] {
  const sheets = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)].map(([, css]) => css!);
  const bare = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/(\s)style(?=\s*=)/gi, `$1${KEPT}`);
  const parsed = new DOMParser().parseFromString(bare, "text/html");
  const tree = treeOf(sheets.join("\n"));
  const looks = new Map<Element, Look>();
  return [...parsed.querySelectorAll("table")].map((table) =>
    spread(
      [...table.rows]
        .filter((row) => !lookIn(tree, row, looks).gone)
        .map((row) => {
          const around = lookIn(tree, row, looks);
          return [...row.cells]
            .filter((cell) => !lookIn(tree, cell, looks).gone)
            .map((cell) => ({ cell: readPageCell(tree, cell, around), colSpan: cell.colSpan, rowSpan: cell.rowSpan }));
        }),
    ),
  );
}
