import type { Finding } from "../basics/finding.ts";
import { type RelationParameter, relationFindings } from "./relation.ts";

/** Relations between a report and last year's (Y-CARRY, Y-PRIOR, T2-STOCK); stands on `{ report, previous }`. */
export function check(
  pair: { readonly report: Record<string, unknown>; readonly previous: Record<string, unknown> },
  parameters: readonly RelationParameter[],
): Finding[] {
  return parameters.flatMap((parameter) =>
    relationFindings(pair.report[parameter.section], pair.previous[parameter.section], parameter).map((finding) => ({
      ...finding,
      cells: finding.cells.map((cell) =>
        cell.of ? cell : { ...cell, pointer: `/${parameter.section}${cell.pointer}` },
      ),
    })),
  );
}
