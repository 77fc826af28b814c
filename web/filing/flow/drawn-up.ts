/** A report that another page of the service drew up, on its way into a draft here: in this tab alone. */
import type { DraftContent } from "./draft.ts";

const KEY = "nianbao.drawnUp";

export const keepDrawnUp = (content: DraftContent): void => sessionStorage.setItem(KEY, JSON.stringify(content));

/** What was drawn up, once. */
export function takeDrawnUp(): DraftContent | undefined {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text === null ? undefined : (JSON.parse(text) as DraftContent);
}
