import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";

/** Where a line lies in the journal, in bytes. */
export interface At {
  readonly offset: number;
  readonly length: number;
}

/** What a journal's first line is, and what is thrown where a file begins with another. */
export interface JournalKind {
  readonly head: string;
  readonly foreign: (path: string) => Error;
}

const CHUNK = 1 << 20;
const NEWLINE = 10;

/**
 * What a run did, one JSON line after another: only ever added to, so that a run that is killed has said all that it
 * finished. The last line for a thing is the one that counts.
 */
export class Journal<Line> {
  readonly #descriptor: number;
  readonly #kind: JournalKind;
  /** Where the next line goes. */
  #end = 0;

  private constructor(path: string, kind: JournalKind) {
    this.#descriptor = openSync(path, "a+");
    this.#kind = kind;
  }

  /**
   * Opens a journal, a new one if there is none, and goes through what it has. A last line that was cut short is cut off.
   * @param each gets every line and where it lies
   * @throws what the kind throws, when the file is none of it
   */
  static open<Line>(path: string, kind: JournalKind, each: (line: Line, at: At) => void): Journal<Line> {
    const journal = new Journal<Line>(path, kind);
    journal.#replay(path, each);
    if (journal.#end === 0) journal.#write(kind.head);
    return journal;
  }

  /** Adds a line; it is in the file when this returns. */
  append(line: Line): At {
    return this.#write(JSON.stringify(line));
  }

  /** The line that lies there. */
  read({ offset, length }: At): Line {
    const bytes = Buffer.alloc(length);
    readSync(this.#descriptor, bytes, 0, length, offset);
    return JSON.parse(bytes.toString()) as Line;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #write(text: string): At {
    const bytes = Buffer.from(`${text}\n`);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done);
    const at = { offset: this.#end, length: bytes.length - 1 };
    this.#end += bytes.length;
    return at;
  }

  #replay(path: string, each: (line: Line, at: At) => void): void {
    const { size } = fstatSync(this.#descriptor);
    let rest: Buffer = Buffer.alloc(0);
    for (let read = 0; read < size; ) {
      const chunk = Buffer.alloc(Math.min(CHUNK, size - read));
      read += readSync(this.#descriptor, chunk, 0, chunk.length, read);
      rest = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, start)) {
        const at = { offset: this.#end, length: end - start };
        const text = rest.toString("utf8", start, end);
        if (at.offset > 0) each(JSON.parse(text) as Line, at);
        else if (text !== this.#kind.head) throw this.#kind.foreign(path);
        this.#end += at.length + 1;
        start = end + 1;
      }
      rest = rest.subarray(start);
    }
    // A first line that was cut short is a prefix of the head; anything else is somebody else's file.
    if (this.#end === 0 && !this.#kind.head.startsWith(rest.toString())) throw this.#kind.foreign(path);
    if (this.#end < size) ftruncateSync(this.#descriptor, this.#end);
  }
}
