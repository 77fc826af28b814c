/** Bytes of a text file as text, in whichever encoding they are. */

/** What a file says, and in which encoding it says it. */
export interface Decoded {
  readonly text: string;
  /** The WHATWG name, e.g. `utf-8`, `gb18030`. */
  readonly encoding: string;
  /** How many characters could not be decoded and are U+FFFD; absent when all could. */
  readonly undecodable?: number;
}

/** How far a declaration is looked for: twice what HTML asks of a page (WHATWG HTML, 13.2.3.2). */
const PRESCAN = 2048;
const DECLARED = [
  /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w-]+)/i,
  /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w-]+)/i,
  /^\s*@charset\s+"([\w-]+)"/i,
];

/** The encoding of the byte order mark, if there is one (WHATWG Encoding, 6). */
function marked(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return undefined;
}

/** UTF-16 without a mark: of ASCII, which any page has much of, every other byte is zero. */
function wide(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, PRESCAN);
  let [even, odd] = [0, 0];
  for (const [i, byte] of head.entries())
    if (byte === 0) {
      if (i % 2 === 0) even += 1;
      else odd += 1;
    }
  if (odd > head.length / 8 && odd > 8 * even) return "utf-16le";
  return even > head.length / 8 && even > 8 * odd ? "utf-16be" : undefined;
}

function declared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, PRESCAN));
  const label = DECLARED.map((pattern) => pattern.exec(head)?.[1]).find((found) => found !== undefined);
  if (label === undefined) return undefined;
  try {
    const { encoding } = new TextDecoder(label);
    // What says GBK or GB 2312 may use all of GB 18030, which has both in it; a page that can be read so is no UTF-16.
    if (encoding === "gbk") return "gb18030";
    return encoding.startsWith("utf-16") ? "utf-8" : encoding;
  } catch {
    return undefined;
  }
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const lost = (text: string): number => text.split("\ufffd").length - 1;

/**
 * Decodes a text file: by its byte order mark, as UTF-8 where the bytes are, by what it declares, else as GB 18030.
 * A declaration that does not fit the bytes is passed over: bytes that are UTF-8 throughout are hardly ever anything else.
 */
export function decode(bytes: Uint8Array): Decoded {
  const mark = marked(bytes) ?? wide(bytes);
  const own = declared(bytes);
  const tried = [...new Set(mark ? [mark] : ["utf-8", ...(own ? [own] : []), "gb18030"])];
  for (const encoding of tried) {
    const text = strictly(bytes, encoding);
    if (text !== undefined) return { text, encoding };
  }
  // Damaged: as what loses least.
  const read = tried.map((encoding) => ({ encoding, text: new TextDecoder(encoding).decode(bytes) }));
  const best = read.reduce((a, b) => (lost(b.text) < lost(a.text) ? b : a));
  return { ...best, undecodable: Math.max(1, lost(best.text)) };
}
