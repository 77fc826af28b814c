/** OFD files opened by other means than this system's reader. */

import { XMLParser } from "fast-xml-parser";
import { strFromU8, unzipSync } from "fflate";

/** An element with its namespace's prefix taken off. */
export interface Node {
  readonly name: string;
  readonly prefix: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

type Raw = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

function nodeOf(raw: Raw): Node | undefined {
  const name = Object.keys(raw).find((key) => key !== ":@" && key !== "#text" && !key.startsWith("?"));
  if (!name) return undefined;
  const children = raw[name] as readonly Raw[];
  const cut = name.indexOf(":");
  return {
    name: name.slice(cut + 1),
    prefix: name.slice(0, Math.max(0, cut)),
    attributes: (raw[":@"] ?? {}) as Readonly<Record<string, string>>,
    children: children.map(nodeOf).filter((child) => child !== undefined),
    text: children.map((child) => ("#text" in child ? String(child["#text"]) : "")).join(""),
  };
}

/** The root element of a part. */
export function rootOf(xml: string): Node {
  const roots = (parser.parse(xml) as readonly Raw[]).map(nodeOf).filter((node) => node !== undefined);
  if (roots.length !== 1) throw new Error(`${roots.length} root elements`);
  return roots[0]!;
}

/** The parts of a file, in its order. */
export function partsOf(ofd: Uint8Array): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(ofd)));
}

/** The XML parts of a file as trees. */
export const treesOf = (ofd: Uint8Array): Map<string, Node> =>
  new Map(
    [...partsOf(ofd)]
      .filter(([name]) => name.endsWith(".xml"))
      .map(([name, bytes]): [string, Node] => [name, rootOf(strFromU8(bytes))]),
  );

/** Every element of a name in an element, in order. */
export const all = (node: Node, name: string): Node[] => [
  ...(node.name === name ? [node] : []),
  ...node.children.flatMap((child) => all(child, name)),
];

/** The pages of a file, in the order of its list. */
export function pagesOf(trees: ReadonlyMap<string, Node>): { readonly id: string; readonly root: Node }[] {
  const document = trees.get("Doc_0/Document.xml")!;
  return all(all(document, "Pages")[0]!, "Page").map(({ attributes }) => ({
    id: attributes["ID"]!,
    root: trees.get(`Doc_0/${attributes["BaseLoc"]}`)!,
  }));
}

/** Numbers with blanks between them. */
export const numbers = (text: string | undefined): number[] => (text ?? "").split(" ").filter(Boolean).map(Number);

/** Distances as `DeltaX` writes them (11.3). */
export function distances(text: string | undefined): number[] {
  const words = (text ?? "").split(" ").filter(Boolean);
  const out: number[] = [];
  while (words.length > 0) {
    const word = words.shift()!;
    if (word !== "g") out.push(Number(word));
    else {
      const [count, value] = [Number(words.shift()), Number(words.shift())];
      out.push(...Array.from({ length: count }, () => value));
    }
  }
  return out;
}

/** A text object's characters with where they begin on the page, mm. */
export function placed(object: Node): { readonly text: string; readonly x: number; readonly y: number }[] {
  const [left = 0, top = 0] = numbers(object.attributes["Boundary"]);
  const code = all(object, "TextCode")[0]!;
  let x = left + Number(code.attributes["X"]);
  const y = top + Number(code.attributes["Y"]);
  const steps = distances(code.attributes["DeltaX"]);
  return [...code.text].map((text, i) => {
    const at = { text, x, y };
    x += steps[i] ?? 0;
    return at;
  });
}
