import { randomBytes } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** How a file is written; a test puts a full disk in its place. @throws as `writeFile` does */
export type Write = (file: string, text: string) => Promise<void>;

/**
 * The keys that a process has not finished, in a file of a folder that is its owner's alone (mode 0700), under a name that
 * nobody can guess. A process that was killed leaves its file, and the next takes it over. A write that fails is a state,
 * not an end: it is tried again, and reported as `fault` until one succeeds.
 */
export class Journal {
  readonly #folder: string;
  readonly #file: string;
  readonly #write: Write;
  #fault: string | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, write: Write = (file, text) => writeFile(file, text, { mode: 0o600 })) {
    this.#folder = folder;
    this.#file = join(folder, `${randomBytes(16).toString("hex")}.json`);
    this.#write = write;
  }

  /** Why the last write failed, as the system names it (`ENOSPC`); undefined when it did not. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** Takes over what processes before have left, their files removed when this one's has it all. */
  async open(): Promise<readonly string[]> {
    const files = await readdir(this.#folder).catch(() => []);
    const left = files.filter((name) => /^[0-9a-f]{32}\.json$/.test(name)).map((name) => join(this.#folder, name));
    const keys = (await Promise.all(left.map(keysIn))).flat();
    if (await this.note(keys)) for (const file of left) await rm(file, { force: true });
    return keys;
  }

  /** Notes what is not finished, whole or not at all; whether that succeeded. */
  note(keys: readonly string[]): Promise<boolean> {
    const noted = this.#last.then(() => this.#note(keys));
    this.#last = noted;
    return noted;
  }

  async #note(keys: readonly string[]): Promise<boolean> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await chmod(this.#folder, 0o700);
      await this.#write(`${this.#file}.new`, JSON.stringify(keys));
      await rename(`${this.#file}.new`, this.#file);
      this.#fault = undefined;
    } catch (error) {
      this.#fault = (error as NodeJS.ErrnoException).code ?? "unknown";
    }
    return this.#fault === undefined;
  }
}

/** The keys in a file; none of one that was cut short, whose keys are found in the store (`laggingPlaces`). */
async function keysIn(file: string): Promise<string[]> {
  try {
    const keys: unknown = JSON.parse(await readFile(file, "utf8"));
    return Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : [];
  } catch {
    return [];
  }
}
