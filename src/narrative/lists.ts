import type { Clause, Placed } from "./clauses.ts";
import { type FigureRef, figureRefs, type Reading } from "./figure-refs.ts";
import type { Stated } from "./numbers.ts";

/** What each number of `A、B分别为5件、3件` is of; nothing unless each of them is of one figure. */
export function sharesOf(
  { meanings, list = [] }: Clause,
  reading: Omit<Reading, "denied" | "etc">,
): (readonly [FigureRef, Placed<Stated>])[] {
  for (const key of ["row", "column"] as const) {
    const items = [...new Set(meanings.flatMap((m) => m[key] ?? []))];
    if (items.length !== list.length) continue;
    const shares = items.flatMap((item, i) => {
      const own = meanings.filter((m) => m[key] === undefined || m[key] === item);
      const refs = figureRefs(own, list[i], { ...reading, denied: false, etc: false });
      return refs.length === 1 ? [[refs[0]!, list[i]!] as const] : [];
    });
    if (shares.length === list.length) return shares;
  }
  return [];
}
