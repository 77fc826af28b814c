/** A PDF as its objects: enough of ISO 32000-1, 7, to read what this system writes, and nothing of how it writes it. */
import { inflateSync } from "node:zlib";

/** A name, kept apart from strings. */
export class Name {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
export class Reference {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}
export type Dictionary = ReadonlyMap<string, Value>;
/** A string is its bytes. */
export type Value = number | boolean | null | Name | Reference | Buffer | readonly Value[] | Dictionary;

const BLANK = /[\0\t\n\f\r ]/;
const DELIMITER = /[\0\t\n\f\r ()<>[\]{}/%]/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

class Parser {
  readonly #text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.at = at;
  }

  #skip(): void {
    while (BLANK.test(this.#text[this.at] ?? "x")) this.at += 1;
  }

  word(): string {
    this.#skip();
    const start = this.at;
    while (this.at < this.#text.length && !DELIMITER.test(this.#text[this.at]!)) this.at += 1;
    return this.#text.slice(start, this.at);
  }

  #string(): Buffer {
    let out = "";
    let depth = 1;
    for (this.at += 1; ; this.at += 1) {
      const c = this.#text[this.at]!;
      if (c === "\\") {
        const next = this.#text[(this.at += 1)]!;
        const octal = /^[0-7]{1,3}/.exec(this.#text.slice(this.at, this.at + 3))?.[0];
        if (octal) this.at += octal.length - 1;
        out += octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (ESCAPES[next] ?? next);
        continue;
      }
      if (c === "(") depth += 1;
      if (c === ")") depth -= 1;
      if (depth === 0) break;
      out += c;
    }
    this.at += 1;
    return Buffer.from(out, "latin1");
  }

  value(): Value {
    this.#skip();
    const c = this.#text[this.at]!;
    if (c === "/") {
      this.at += 1;
      return new Name(
        this.word().replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      );
    }
    if (c === "(") return this.#string();
    if (this.#text.startsWith("<<", this.at)) {
      this.at += 2;
      const entries = new Map<string, Value>();
      for (this.#skip(); !this.#text.startsWith(">>", this.at); this.#skip())
        entries.set((this.value() as Name).name, this.value());
      this.at += 2;
      return entries;
    }
    if (c === "<") {
      const end = this.#text.indexOf(">", this.at);
      const hex = this.#text.slice(this.at + 1, end);
      this.at = end + 1;
      return Buffer.from(hex, "hex");
    }
    if (c === "[") {
      this.at += 1;
      const items: Value[] = [];
      for (this.#skip(); this.#text[this.at] !== "]"; this.#skip()) items.push(this.value());
      this.at += 1;
      return items;
    }
    const reference = /^(\d+) 0 R\b/.exec(this.#text.slice(this.at, this.at + 20));
    if (reference) {
      this.at += reference[0].length;
      return new Reference(Number(reference[1]));
    }
    const word = this.word();
    return word === "true" ? true : word === "false" ? false : word === "null" ? null : Number(word);
  }
}

/** The objects of a file. */
export class PdfObjects {
  readonly #bytes: Buffer;
  readonly #text: string;
  /** Where each object is: its offset, or its object stream and its place there. */
  readonly #places = new Map<number, readonly [offset: number] | readonly [stream: number, index: number]>();
  readonly trailer: Dictionary;

  constructor(pdf: Uint8Array) {
    this.#bytes = Buffer.from(pdf);
    this.#text = this.#bytes.toString("latin1");
    const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(this.#text)![1]);
    const { dictionary, data } = this.#streamAt(start);
    this.trailer = dictionary;
    const widths = dictionary.get("W") as readonly number[];
    const size = widths.reduce((a, b) => a + b, 0);
    for (let id = 0; id * size < data.length; id += 1) {
      let at = id * size;
      const [type, second, third] = widths.map((width) => data.readUIntBE((at += width) - width, width));
      if (type === 1) this.#places.set(id, [second!]);
      if (type === 2) this.#places.set(id, [second!, third!]);
    }
  }

  #streamAt(offset: number): { readonly dictionary: Dictionary; readonly data: Buffer } {
    const parser = new Parser(this.#text, this.#text.indexOf("obj", offset) + 3);
    const dictionary = parser.value() as Dictionary;
    parser.word();
    const begin = this.#text.indexOf("\n", parser.at) + 1;
    const raw = this.#bytes.subarray(begin, begin + (this.of(dictionary.get("Length")) as number));
    const filter = dictionary.get("Filter");
    return { dictionary, data: filter instanceof Name && filter.name === "FlateDecode" ? inflateSync(raw) : raw };
  }

  get ids(): number[] {
    return [...this.#places.keys()];
  }

  /** A value, or what it refers to. */
  of(value: Value | undefined): Value | undefined {
    if (!(value instanceof Reference)) return value;
    const place = this.#places.get(value.id);
    if (!place) return undefined;
    const [first, index] = place;
    if (index === undefined) return new Parser(this.#text, this.#text.indexOf("obj", first) + 3).value();
    const { dictionary, data } = this.stream(new Reference(first));
    const text = data.toString("latin1");
    const head = new Parser(text);
    let offset = 0;
    for (let i = 0; i <= index; i += 1) {
      head.value();
      offset = head.value() as number;
    }
    return new Parser(text, (dictionary.get("First") as number) + offset).value();
  }

  stream(reference: Reference): { readonly dictionary: Dictionary; readonly data: Buffer } {
    return this.#streamAt(this.#places.get(reference.id)![0]);
  }

  /** The value at the end of a path of keys. */
  at(from: Value | undefined, ...path: readonly string[]): Value | undefined {
    return path.reduce<Value | undefined>((value, key) => {
      const own = this.of(value);
      return this.of(own instanceof Map ? (own as Dictionary).get(key) : undefined);
    }, from);
  }
}

/** A text string (7.9.2.2). */
export const textOf = (value: Value | undefined): string => {
  const bytes = value as Buffer;
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? Buffer.from(bytes.subarray(2)).swap16().toString("utf16le")
    : bytes.toString("latin1");
};
