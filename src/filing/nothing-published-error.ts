import type { Place } from "../basics/place.ts";

/** There is no version at a place that something of is to be corrected, withdrawn or redacted. */
export class NothingPublishedError extends Error {
  readonly place: Place;
  /** The version that there is none of; absent where there is no version at all. */
  readonly version?: number;

  constructor(place: Place, version?: number) {
    super(`nothing is published at ${place.uscc}/${place.year}${version === undefined ? "" : `/v${version}`}`);
    this.name = "NothingPublishedError";
    this.place = place;
    if (version !== undefined) this.version = version;
  }
}
