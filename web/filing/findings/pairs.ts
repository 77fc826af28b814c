import type { Finding, FindingCell } from "../../../src/basics/finding.ts";
import type { FormModel } from "../contract.ts";

/** This year's report, and last year's where it is known. */
export type TwoYears = Pick<FormModel, "report" | "previous">;

/** A place of this year's report with the one of last year's that it is held against. */
export type CellPair = readonly [now: FindingCell, then: FindingCell];

const isText = ({ pointer }: FindingCell): boolean => pointer.endsWith("/text");

/** What a finding holds against last year's report: texts one after the other in pairs, figures by their place. */
export function pairsOf({ cells }: Finding): {
  readonly texts: readonly CellPair[];
  readonly figures: readonly CellPair[];
} {
  const texts = cells.flatMap((now, i): CellPair[] => {
    const then = cells[i + 1];
    return !now.of && isText(now) && then?.of && isText(then) ? [[now, then]] : [];
  });
  const figures = cells.flatMap((now): CellPair[] => {
    const then = cells.find(({ of, pointer }) => of && pointer === now.pointer);
    return !now.of && !isText(now) && then ? [[now, then]] : [];
  });
  // One figure beside one other is in the message already.
  return { texts, figures: figures.length > 1 ? figures : [] };
}
