/** Where the checks only repeat what the importer has reported; for whoever shows both. */

import type { Finding } from "../basics/finding.ts";

/** Whether a JSON Pointer is another or below it. */
export const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`);

/** Findings of the checks without those that only repeat that something is missing which the importer has reported. */
export function withoutRepeats(findings: readonly Finding[], reported: readonly Finding[]): readonly Finding[] {
  const known = reported
    .filter(({ id, level }) => id.startsWith("I-") && level !== "information")
    .flatMap(({ cells }) => cells.map(({ pointer }) => pointer));
  return findings.filter(
    ({ id, cells: [cell] }) =>
      id !== "S-REQUIRED" || !cell || !known.some((at) => isWithin(at, cell.pointer) || isWithin(cell.pointer, at)),
  );
}
