import { FACES, type FaceName } from "../../basics/faces.ts";

/** The identifiers of a document: each stands once in it (GB/T 33190—2016, 7.2.2). */
export class Ids {
  /** What colours are meant in. */
  readonly colorSpace = 1;
  /** After those of the fonts, which are there whether they are used or not. */
  #last = 1 + FACES.length;

  readonly font = (face: FaceName): number => 2 + FACES.indexOf(face);

  readonly next = (): number => {
    this.#last += 1;
    return this.#last;
  };

  /** The largest of all: `MaxUnitID`. */
  get largest(): number {
    return this.#last;
  }
}
