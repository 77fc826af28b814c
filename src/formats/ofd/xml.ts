/** XML of the parts of an OFD file. */

/** The namespace of GB/T 33190—2016 (7.1). */
const NAMESPACE = "http://www.ofdspec.org/2016";

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

type Values = Readonly<Record<string, string | number | undefined>>;

/** An element of OFD's namespace; attributes that are undefined are left out. */
export function element(name: string, attributes: Values, ...children: readonly string[]): string {
  return qualified(`ofd:${name}`, attributes, ...children);
}

/** An element of another namespace, by its name with a prefix. */
export function qualified(name: string, attributes: Values, ...children: readonly string[]): string {
  let open = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) open += ` ${key}="${escapeXml(String(value))}"`;
  const inner = children.join("");
  return inner === "" ? `${open}/>` : `${open}>${inner}</${name}>`;
}

/** Text as the content of an element. */
export const text = escapeXml;

/** An element that holds a text and nothing else. */
export const textElement = (name: string, value: string | number): string => element(name, {}, text(String(value)));

/** A part: its root element, with the namespace and the attributes that it has. */
export const part = (root: string, attributes: Values, ...children: readonly string[]): Uint8Array =>
  rootPart(`ofd:${root}`, attributes, ...children);

/** A part whose root is of another namespace. */
export const rootPart = (root: string, attributes: Values, ...children: readonly string[]): Uint8Array =>
  new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?>\n${qualified(root, { "xmlns:ofd": NAMESPACE, ...attributes }, ...children)}\n`,
  );
