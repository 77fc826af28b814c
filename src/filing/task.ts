import type { Place } from "../basics/place.ts";

/** A version of a place. */
export interface VersionPlace extends Place {
  readonly version: number;
}

/** What is filed: the first version of a report, which names its place; a later one; that one leaves the public. */
export type Task =
  | { readonly kind: "original" }
  | { readonly kind: "correction" | "withdrawal"; readonly place: Place }
  | { readonly kind: "redaction"; readonly place: VersionPlace };
