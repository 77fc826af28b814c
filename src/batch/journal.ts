import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import type { Finding } from "../basics/finding.ts";
import { JournalError } from "./problems.ts";

/** The name of the journal in the folder of results; a folder that has one is what a run wrote. */
export const JOURNAL = "batch.jsonl";

/** Which folder a file is of: the one under check, or last year's. */
export type Side = "files" | "previous";
/** A file: its side and its path there, which is also where its results lie, e.g. `files/市直/某局.html`. */
export type FileId = `${Side}/${string}`;

/** What is common to what was done to a file. */
interface Step {
  readonly id: FileId;
  /** SHA-256 (hex) of all that the outcome follows from; the same key is not worked out twice. */
  readonly key: string;
  readonly findings: readonly Finding[];
}

/** A file was read: a report made of it (`imported.json` in its folder), or none. */
export interface ReadLine extends Step {
  readonly step: "read";
  /** `failed`: the program did, not the file; tried again by the next run. */
  readonly outcome: "read" | "unreadable" | "failed";
  readonly format?: string;
  /** SHA-256 (hex) of the report in its canonical form. */
  readonly report?: string;
  readonly uscc?: string;
  readonly organ?: string;
  readonly year?: number;
}

/** A file of a folder of results. */
export interface Output {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** The report of a file was checked, and rendered if it is sound. */
export interface CheckLine extends Step {
  readonly step: "check";
  /** `unexplained`: without errors, and warnings without an explanation; `same`: of another file's content. */
  readonly outcome: "sound" | "unexplained" | "errors" | "same" | "failed";
  /** Whether last year's report was there to compare with. */
  readonly compared: boolean;
  readonly outputs: readonly Output[];
}

/** The report of a file was sent to a server. */
export interface SubmitLine extends Step {
  readonly step: "submit";
  /**
   * `held`: not sent, for its import assumed something; `refused`: with findings, or because another report is published
   * there; `failed`: no answer that says either, so that the next run tries again.
   */
  readonly outcome: "published" | "held" | "refused" | "failed";
  readonly version?: number;
  /** Where the published page is. */
  readonly url?: string;
}

export type JournalLine = ReadLine | CheckLine | SubmitLine;

/** Where a line lies in the journal, in bytes. */
export interface At {
  readonly offset: number;
  readonly length: number;
}

const HEAD = JSON.stringify({ journal: "nianbao batch", format: 1 });
const CHUNK = 1 << 20;
const NEWLINE = 10;

/**
 * What a run did, one JSON line after another: only ever added to, so that a run that is killed has said all that it
 * finished. The last line for a file and a step is the one that counts.
 */
export class Journal {
  readonly #descriptor: number;
  /** Where the next line goes. */
  #end = 0;

  private constructor(path: string) {
    this.#descriptor = openSync(path, "a+");
  }

  /**
   * Opens a journal, a new one if there is none, and goes through what it has. A last line that was cut short is cut off.
   * @param each gets every line and where it lies
   * @throws JournalError when the file is no journal of this format
   */
  static open(path: string, each: (line: JournalLine, at: At) => void): Journal {
    const journal = new Journal(path);
    journal.#replay(path, each);
    if (journal.#end === 0) journal.#write(HEAD);
    return journal;
  }

  /** Adds a line; it is in the file when this returns. */
  append(line: JournalLine): At {
    return this.#write(JSON.stringify(line));
  }

  /** The line that lies there. */
  read({ offset, length }: At): JournalLine {
    const bytes = Buffer.alloc(length);
    readSync(this.#descriptor, bytes, 0, length, offset);
    return JSON.parse(bytes.toString()) as JournalLine;
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

  #replay(path: string, each: (line: JournalLine, at: At) => void): void {
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
        if (at.offset > 0) each(JSON.parse(text) as JournalLine, at);
        else if (text !== HEAD) throw new JournalError(path);
        this.#end += at.length + 1;
        start = end + 1;
      }
      rest = rest.subarray(start);
    }
    // A first line that was cut short is a prefix of the head; anything else is somebody else's file.
    if (this.#end === 0 && !HEAD.startsWith(rest.toString())) throw new JournalError(path);
    if (this.#end < size) ftruncateSync(this.#descriptor, this.#end);
  }
}
