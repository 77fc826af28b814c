/** A report that another page of the service drew up, on its way into a draft here: in this tab alone. */
import type { DraftContent } from "./draft.ts";

const KEY = "nianbao.drawnUp";

export const keepDrawnUp = (content: DraftContent): void => sessionStorage.setItem(KEY, JSON.stringify(content));

/** Begins a draft with what was drawn up, once. @returns whether there was something */
export async function beginDrawnUp(flow: { begin(content: DraftContent): Promise<void> }): Promise<boolean> {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (text !== null) await flow.begin(JSON.parse(text) as DraftContent);
  return text !== null;
}
