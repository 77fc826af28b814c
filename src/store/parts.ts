/** Work that is divided into parts, each done by whoever has it in hand: what they are, and what came of them, lies in a store. */
import pMap from "p-map";
import { JSON_HEADERS, readJson } from "./json.ts";
import type { Store } from "./store.ts";

/** Objects under way at once. */
const PARALLEL = 32;

/** A part, as the list of a step's parts names it. */
export interface Part {
  readonly part: string;
}

/** What a job is called: it is part of keys and the name of an execution. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/** @throws TypeError for what is no name of a job */
export function jobNamed(name: unknown): string {
  if (typeof name !== "string" || !NAME.test(name))
    throw new TypeError(`no name of a job: ${JSON.stringify(name)?.slice(0, 80)}`);
  return name;
}

/** @throws TypeError for what is no part of a list of parts */
export function partNamed(part: unknown): string {
  if (typeof part !== "string" || !/^\d{5,8}$/.test(part))
    throw new TypeError(`no part of a job: ${JSON.stringify(part)?.slice(0, 80)}`);
  return part;
}

/** The parts of a job's steps, under a prefix of its own: `{step}.json` lists those of a step. */
export class Parts {
  readonly #store: Store;
  readonly #prefix: string;

  /** @param prefix ends with a slash */
  constructor(store: Store, prefix: string) {
    this.#store = store;
    this.#prefix = prefix;
  }

  /**
   * Writes what each part of a step is about, and the list of them, which has one at least.
   * @returns how many there are
   */
  async write(step: string, parts: readonly (readonly unknown[])[]): Promise<number> {
    const all = (parts.length > 0 ? parts : [[]]).map(
      (about, i) => ({ part: String(i).padStart(5, "0"), about }) as const,
    );
    await pMap(all, ({ part, about }) => this.#store.put(this.#part(step, part), JSON.stringify(about), JSON_HEADERS), {
      concurrency: PARALLEL,
    });
    // Last, so that a list names what is there.
    const list = all.map(({ part }): Part => ({ part }));
    await this.#store.put(`${this.#prefix}${step}.json`, JSON.stringify(list), JSON_HEADERS);
    return all.length;
  }

  /** What a part is about. @throws where nobody wrote it */
  async read<T>(step: string, part: string): Promise<readonly T[]> {
    const about = await readJson<readonly T[]>(this.#store, this.#part(step, part));
    if (!about) throw new Error(`there is no part ${part} of ${this.#prefix}${step}`);
    return about;
  }

  /** Keeps what came of a part; done again, it is that. */
  async done(step: string, part: string, outcome: unknown): Promise<void> {
    await this.#store.put(`${this.#prefix}done/${step}/${part}.json`, JSON.stringify(outcome), JSON_HEADERS);
  }

  /** What came of the parts of a step, as far as they were done. */
  async outcomes<T>(step: string): Promise<readonly T[]> {
    const keys: string[] = [];
    for await (const { key } of this.#store.list(`${this.#prefix}done/${step}/`)) keys.push(key);
    const read = await pMap(keys, (key) => readJson<T>(this.#store, key), { concurrency: PARALLEL });
    return read.filter((outcome) => outcome !== undefined);
  }

  #part(step: string, part: string): string {
    return `${this.#prefix}${step}/${part}.json`;
  }
}

/** So many at a time. */
export const inChunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
