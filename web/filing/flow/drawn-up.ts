/** A report that another page of the service drew up, on its way into a draft here: in this tab alone. */
import type { DraftReport } from "../contract.ts";

const KEY = "nianbao.drawnUp";

export const keepDrawnUp = (report: DraftReport): void => sessionStorage.setItem(KEY, JSON.stringify(report));

/** What was drawn up, once. */
export function takeDrawnUp(): DraftReport | undefined {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text === null ? undefined : (JSON.parse(text) as DraftReport);
}
