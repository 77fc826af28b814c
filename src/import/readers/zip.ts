/** Office files are ZIP archives (ISO/IEC 29500-2): their parts, inflated one by one and never beyond a limit. */
import { crc32, inflateRawSync } from "node:zlib";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { ImportError } from "../import-error.ts";
import { officeErrors } from "./office-errors.ts";
import type { XmlBudget } from "./xml.ts";

/** A report's file has some twenty parts and a few hundred KiB of XML; these leave room for pictures and for waste. */
const MAX_ENTRIES = 4096;
const MAX_PART = 32 << 20;
const MAX_TOTAL = 64 << 20;
/** Office XML is packed 10 to 50 times, a bomb up to 1032 times; small parts may be anything. */
const MAX_RATIO = 200;
const SMALL = 1 << 20;

/** [MS-CFB] 2.2: what Office wrote before 2007, and the envelope of what it encrypts. */
const OLE2 = Buffer.from("d0cf11e0a1b11ae1", "hex");
const ENCRYPTED = Buffer.from("EncryptedPackage", "utf16le");

const { damaged, locked, oldFormat, tooLarge } = officeErrors;

/** The parts of an archive by name; names are compared without case, as the parts of a package are. */
export class Zip {
  readonly #bytes: Buffer;
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  /** Bytes that were really inflated, of parts that are read twice or turn out to be damaged too. */
  #total = 0;
  /** What its parts have used up as trees. */
  readonly xml: XmlBudget = { elements: 0 };

  constructor(bytes: Buffer, file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#bytes = bytes;
    this.#file = file;
    this.#entries = entries;
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /**
   * A part's bytes, or undefined where there is none. What is inflated is counted, whatever the directory claims.
   * @throws ImportError when the part is damaged, encrypted, or too large
   */
  async read(name: string): Promise<Uint8Array | undefined> {
    const entry = this.#entries.get(name.toLowerCase());
    if (!entry) return undefined;
    if (entry.isEncrypted()) throw locked();
    const start = await this.#file.readLocalFileHeaderPromise(entry, { minimal: true }).catch(() => {
      throw damaged();
    });
    const packed = this.#bytes.subarray(start.fileDataStart, start.fileDataStart + entry.compressedSize);
    const limit = Math.min(MAX_PART, MAX_TOTAL - this.#total, Math.max(SMALL, packed.length * MAX_RATIO));
    if (limit <= 0) throw tooLarge();
    // A part that fails may have been inflated as far as it could.
    this.#total += limit;
    const part = inflated(packed, entry.compressionMethod, limit);
    this.#total += part.length - limit;
    if (part.length !== entry.uncompressedSize || crc32(part) !== entry.crc32) throw damaged();
    return part;
  }
}

function inflated(packed: Buffer, method: number, limit: number): Buffer {
  if (method === 0 && packed.length <= limit) return packed;
  if (method === 0) throw tooLarge();
  if (method !== 8) throw damaged();
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge() : damaged();
  }
}

/**
 * Opens an archive and reads its directory.
 * @throws ImportError when the bytes are no archive (an old .doc or .xls, an encrypted file), or one that cannot be trusted
 */
export async function openZip(bytes: Uint8Array): Promise<Zip> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, OLE2.length).equals(OLE2)) throw buffer.includes(ENCRYPTED) ? locked() : oldFormat();
  const entries = new Map<string, Entry>();
  let file: ZipFile;
  try {
    file = await fromBufferPromise(buffer);
    if (file.entryCount > MAX_ENTRIES) throw tooLarge();
    for await (const entry of file.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      // Two parts of one name: programs differ in which of them they show.
      if (entries.has(name)) throw damaged();
      if (entries.size >= MAX_ENTRIES) throw tooLarge();
      entries.set(name, entry);
    }
  } catch (error) {
    throw error instanceof ImportError ? error : damaged();
  }
  return new Zip(buffer, file, entries);
}
