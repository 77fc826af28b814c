/** A report that another page of the service drew up, on its way into a draft here: in this tab alone. */
import type { Sources } from "../../../src/rollup/rollup.ts";
import type { DraftReport } from "../contract.ts";

/** A report, with what it was drawn up from. */
export interface DrawnUp {
  readonly report: DraftReport;
  readonly sources: Sources;
}

const KEY = "nianbao.drawnUp";

export const keepDrawnUp = (drawnUp: DrawnUp): void => sessionStorage.setItem(KEY, JSON.stringify(drawnUp));

/** What was drawn up, once. */
export function takeDrawnUp(): DrawnUp | undefined {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text === null ? undefined : (JSON.parse(text) as DrawnUp);
}
