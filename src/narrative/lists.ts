import type { Clause, Placed } from "./clauses.ts";
import type { Stated } from "./numbers.ts";
import { type Place, placesOf, type Reading } from "./places.ts";

/** What each number of `A、B分别为5件、3件` is of; nothing unless each of them is of one place. */
export function sharesOf(
  { meanings, list = [] }: Clause,
  reading: Omit<Reading, "denied" | "etc">,
): (readonly [Place, Placed<Stated>])[] {
  for (const key of ["row", "column"] as const) {
    const items = [...new Set(meanings.flatMap((m) => m[key] ?? []))];
    if (items.length !== list.length) continue;
    const shares = items.flatMap((item, i) => {
      const own = meanings.filter((m) => m[key] === undefined || m[key] === item);
      const places = placesOf(own, list[i], { ...reading, denied: false, etc: false });
      return places.length === 1 ? [[places[0]!, list[i]!] as const] : [];
    });
    if (shares.length === list.length) return shares;
  }
  return [];
}
