import { existsSync, readFileSync } from "node:fs";
import type { FaceName } from "../basics/faces.ts";
import type { ByteCode } from "./byte-code.ts";
import { FaceFile, type FaceHeader, type Glyph, type OpenedFace } from "./face-file.ts";

/** What is known of a face while it is being prepared. */
export interface Announcement {
  /** The code points that it will have, in order, as runs: the first and the last of each. */
  readonly codePoints: readonly (readonly [first: number, last: number])[];
}

/** Where a face is announced: beside where it will be. A folder of faces that are all prepared has no such file. */
export const laterOf = (path: string): string => `${path}.later`;

/** What is announced of the face at a path; undefined for one that is there. */
export function announcementOf(path: string): Announcement | undefined {
  try {
    return JSON.parse(readFileSync(laterOf(path), "utf8")) as Announcement;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** How often is looked whether the face is there, and how long at most, ms. */
const [PAUSE, PATIENCE] = [50, 180_000];

/** Blocks the thread until a file is there. @throws when nobody makes it any more */
function waitFor(path: string): void {
  const still = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; !existsSync(path); waited += PAUSE) {
    // Prepared faces are put in place before the announcement is taken away.
    const given = waited >= PATIENCE || (!existsSync(laterOf(path)) && !existsSync(path));
    if (given) throw new Error(`${path} 没有预备好，请运行 npm run build · was not prepared; run npm run build`);
    Atomics.wait(still, 0, 0, PAUSE);
  }
}

/**
 * A face that is still being prepared by another process: which characters it has is known, and whoever is the first to
 * set one of them waits for the rest. Only the launcher on one machine begins with such a face (`npm start`), whose
 * requests that set pages have threads of their own.
 */
export class LateFace implements OpenedFace {
  readonly name: FaceName;
  readonly #path: string;
  readonly #codePoints: ReadonlySet<number>;
  #prepared: FaceFile | undefined;

  constructor(name: FaceName, path: string, { codePoints }: Announcement) {
    this.name = name;
    this.#path = path;
    this.#codePoints = new Set(
      codePoints.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)),
    );
  }

  #face(): FaceFile {
    if (!this.#prepared) {
      waitFor(this.#path);
      this.#prepared = new FaceFile(this.name, this.#path);
    }
    return this.#prepared;
  }

  *codePoints(): Generator<number> {
    yield* this.#codePoints;
  }

  has(codePoint: number): boolean {
    return this.#codePoints.has(codePoint);
  }

  get header(): FaceHeader {
    return this.#face().header;
  }

  get code(): ByteCode {
    return this.#face().code;
  }

  advance(codePoint: number): number {
    return this.#codePoints.has(codePoint) ? this.#face().advance(codePoint) : 1000;
  }

  glyph(codePoint: number): Glyph {
    return this.#face().glyph(codePoint);
  }
}
