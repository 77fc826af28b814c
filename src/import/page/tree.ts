/** What the reading of a page's cells asks of a tree, so that parse5's and a browser's do. */

/** How the nodes of a tree are looked at. */
export interface Tree<N> {
  /** `#text`, a tag's name in lower case, or anything else for what is neither. */
  name(node: N): string;
  /** Of a text node. */
  text(node: N): string;
  attribute(node: N, name: string): string | undefined;
  children(node: N): Iterable<N>;
  /** The element around a node; none around the root. */
  parent(node: N): N | undefined;
  /** What the page's styles say of an element, the ones that win, its own among them. */
  styles(node: N): Styles;
}

/** Declarations by property in lower case, values in lower case and trimmed. */
export interface Styles {
  readonly own: ReadonlyMap<string, string>;
  /** Something is put before or after the element, or its first letter is changed, by a pseudo-element. */
  readonly added?: boolean;
}

export const NO_STYLES: Styles = { own: new Map() };
