import { deflateSync } from "node:zlib";
import pdfmakeDocument, { type PDFReference } from "pdfmake/js/PDFDocument.js";

/** Objects to one object stream: readers unpack a whole stream to get at one of them. */
const OBJECTS_A_STREAM = 200;

/**
 * pdfmake's document, written with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8): the many
 * small objects of a tagged document take a tenth of the room. PDF/A-3 allows both.
 */
export class CompactDocument extends pdfmakeDocument.default {
  /** What an object's writing has given so far: its header, then its value. */
  #held: (Uint8Array | string)[] = [];
  /** Objects without a stream, by number. */
  readonly #objects: { readonly id: number; readonly value: string }[] = [];
  readonly #metadata: Uint8Array;

  /**
   * @param metadata XMP, UTF-8
   * @param id the file's identifier, 16 bytes
   */
  constructor(options: Record<string, unknown>, metadata: Uint8Array, id: Uint8Array) {
    super({}, {}, {}, {}, { ...options, font: "", autoFirstPage: false, pdfVersion: "1.7" });
    this.#metadata = metadata;
    this._id = Buffer.from(id);
  }

  /** An object's header and value are held until what follows tells whether it is a stream. */
  override _write(data: Uint8Array | string): void {
    // The first line of the file is written by the constructor, before this class has its fields.
    if (!(#held in this)) {
      super._write(data);
      return;
    }
    if (this.#held.length === 0 && (typeof data !== "string" || !/^\d+ 0 obj$/.test(data))) super._write(data);
    else if (this.#held.length < 2) this.#held.push(data);
    else if (data === "endobj" && this.#held.length === 2) {
      const [header, value] = this.#held as [string, string];
      this.#objects.push({ id: Number.parseInt(header, 10), value: String(value) });
      this.#held = [];
    } else {
      const held = this.#held;
      this.#held = [];
      for (const part of held) super._write(part);
      super._write(data);
    }
  }

  /** Own XMP: pdfkit's does not escape what it writes. */
  override endMetadata(): void {
    const metadata = this.ref({ Type: "Metadata", Subtype: "XML" });
    metadata.compress = false;
    metadata.end(this.#metadata);
    this._root.data["Metadata"] = metadata;
  }

  /** The structure is written by `structure.ts`. */
  override endMarkings(): void {}

  override _finalize(): void {
    const places = new Map<number, { readonly stream: number; readonly index: number }>();
    const streams: PDFReference[] = [];
    const count = this._offsets.length;
    this._finalize = () => {};
    for (let i = 0; i < this.#objects.length; i += OBJECTS_A_STREAM) {
      const chunk = this.#objects.slice(i, i + OBJECTS_A_STREAM);
      const stream = this.ref();
      let offset = 0;
      const index = chunk.map(({ id, value }, k) => {
        places.set(id, { stream: stream.id, index: k });
        const entry = `${id} ${offset}`;
        offset += value.length + 1;
        return entry;
      });
      const first = `${index.join(" ")}\n`;
      stream.data = { Type: "ObjStm", N: chunk.length, First: first.length };
      stream.end(Buffer.from(first + chunk.map(({ value }) => `${value}\n`).join(""), "latin1"));
      streams.push(stream);
    }
    const size = count + streams.length + 2;
    const table = Buffer.alloc(size * 7);
    table.writeUInt16BE(0xffff, 5);
    for (let id = 1; id < size - 1; id += 1) {
      const place = places.get(id);
      table[id * 7] = place ? 2 : 1;
      table.writeUInt32BE(place ? place.stream : (this._offsets[id - 1] ?? 0), id * 7 + 1);
      table.writeUInt16BE(place?.index ?? 0, id * 7 + 5);
    }
    const start = this._offset;
    table[(size - 1) * 7] = 1;
    table.writeUInt32BE(start, (size - 1) * 7 + 1);
    const id = this._id.toString("hex");
    const data = deflateSync(table);
    super._write(`${size - 1} 0 obj`);
    super._write(
      `<< /Type /XRef /Size ${size} /W [1 4 2] /Root ${this._root} /Info ${this._info} /ID [<${id}> <${id}>] /Filter /FlateDecode /Length ${data.length} >>`,
    );
    super._write("stream");
    super._write(data);
    super._write("\nendstream\nendobj");
    super._write(`startxref\n${start}\n%%EOF`);
    this.push(null);
  }
}
