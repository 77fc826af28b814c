import { drawnFrom } from "../../../src/rollup/compact.ts";
import type { Rollup } from "../../../src/rollup/rollup.ts";
import type { DraftReport } from "../contract.ts";
import type { DrawnUp } from "../flow/drawn-up.ts";
import type { Flow } from "../flow/flow.ts";

/** What a draft is made of: the report, and what it was drawn up from as far as that is asked for again. */
export const drawnUpOf = ({ draft, sources }: Rollup): DrawnUp => ({
  report: draft as DraftReport,
  sources: drawnFrom(sources),
});

/** Puts a report that was drawn up again in the place of a draft's, as one step that can be undone. */
export async function takeDrawnAgain(flow: Flow, id: string, { draft, sources }: Rollup): Promise<void> {
  const kept = await flow.drafts.keepSources(drawnFrom(sources));
  await flow.reopen(id);
  flow.form.load(draft as DraftReport);
  flow.drafts.change({ drawnFrom: kept });
  await flow.drafts.flush();
}
