/** Outlines as they lie in a deflate block (RFC 1951), coded once, so that a document only joins them. */

/** Bytes as bits of one code, and what the checksum of a stream needs of them (RFC 1950, Adler-32). */
export interface Coded {
  /** The bits, 16 a word, the first lowest. */
  readonly words: Uint16Array;
  /** How many bits these are. */
  readonly bits: number;
  /** How many bytes they stand for. */
  readonly count: number;
  /** The sum of the bytes. */
  readonly sum: number;
  /** The sum of the bytes, each as often as there are bytes from it on. */
  readonly weighted: number;
}

/** The symbol that ends a block. */
const END = 256;
const SYMBOLS = END + 1;

/** Adler-32's modulus. */
export const ADLER = 65521;

/** The lowest `length` bits of a code the other way round: codes begin with their highest bit, deflate with its lowest. */
function reversed(code: number, length: number): number {
  let out = 0;
  for (let i = 0; i < length; i += 1) out |= ((code >> i) & 1) << (length - 1 - i);
  return out;
}

/** Bits one after another, the first lowest. */
export class Bits {
  #words: Uint16Array;
  #count = 0;
  #held = 0;
  /** How many bits are held that do not make a word yet, 0–15. */
  #open = 0;

  /** @param words for how many there is room without moving them */
  constructor(words = 256) {
    this.#words = new Uint16Array(words);
  }

  #room(words: number): void {
    if (this.#count + words <= this.#words.length) return;
    const larger = new Uint16Array(Math.max(this.#words.length * 2, this.#count + words));
    larger.set(this.#words.subarray(0, this.#count));
    this.#words = larger;
  }

  /** @param bits at most 16 */
  put(value: number, bits: number): void {
    this.#held |= value << this.#open;
    this.#open += bits;
    if (this.#open < 16) return;
    this.#room(1);
    this.#words[this.#count++] = this.#held & 0xffff;
    this.#held >>>= 16;
    this.#open -= 16;
  }

  append({ words, bits }: Pick<Coded, "words" | "bits">): void {
    const whole = bits >> 4;
    this.#room(whole);
    const [out, open] = [this.#words, this.#open];
    let [held, at] = [this.#held, this.#count];
    for (let i = 0; i < whole; i += 1) {
      held |= words[i]! << open;
      out[at++] = held & 0xffff;
      held >>>= 16;
    }
    this.#held = held;
    this.#count = at;
    if ((bits & 15) > 0) this.put(words[whole]!, bits & 15);
  }

  get length(): number {
    return this.#count * 16 + this.#open;
  }

  words(): Uint16Array {
    this.#room(1);
    const out = this.#words.slice(0, this.#count + (this.#open > 0 ? 1 : 0));
    if (this.#open > 0) out[this.#count] = this.#held;
    return out;
  }
}

/** A Huffman code for bytes and the end of their block. */
export class ByteCode {
  readonly #lengths: readonly number[];
  readonly #codes: readonly number[];

  /**
   * @param lengths of the codes of the 256 bytes and of the end, as hexadecimal digits
   * @throws RangeError when they are no code
   */
  constructor(lengths: string) {
    this.#lengths = [...lengths].map((digit) => Number.parseInt(digit, 16));
    const filled = this.#lengths.reduce((sum, length) => sum + 2 ** -length, 0);
    if (this.#lengths.length !== SYMBOLS || filled !== 1) throw new RangeError("not the lengths of a code for bytes");
    // RFC 1951, 3.2.2: codes of one length are numbered in the order of their symbols, after all that are shorter.
    const codes: number[] = [];
    let code = 0;
    for (let length = 1; length < 16; length += 1, code *= 2)
      for (const [symbol, own] of this.#lengths.entries()) if (own === length) codes[symbol] = reversed(code++, length);
    this.#codes = codes;
  }

  byte(out: Bits, value: number): void {
    out.put(this.#codes[value]!, this.#lengths[value]!);
  }

  end(out: Bits): void {
    this.byte(out, END);
  }

  /** Begins the last block of a stream, in this code (RFC 1951, 3.2.7). */
  begin(out: Bits): void {
    // The last one, with a code of its own: 257 literals, two distances, that never occur, lengths of up to 15.
    out.put(1, 1);
    out.put(2, 2);
    out.put(0, 5);
    out.put(1, 5);
    out.put(15, 4);
    // Four bits for each length of 0 to 15; 16 to 18, the first in order, would be repetitions.
    for (let i = 0; i < 19; i += 1) out.put(i < 3 ? 0 : 4, 3);
    for (const length of [...this.#lengths, 1, 1]) out.put(reversed(length, 4), 4);
  }

  encode(bytes: Uint8Array): Coded {
    const out = new Bits();
    let [sum, weighted] = [0, 0];
    for (const value of bytes) {
      out.put(this.#codes[value]!, this.#lengths[value]!);
      sum += value;
      weighted += sum;
    }
    return { words: out.words(), bits: out.length, count: bytes.length, sum, weighted };
  }
}
