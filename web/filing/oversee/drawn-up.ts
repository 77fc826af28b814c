import { drawnFrom } from "../../../src/rollup/compact.ts";
import type { Rollup } from "../../../src/rollup/rollup.ts";
import type { DraftReport } from "../contract.ts";
import type { Flow } from "../flow/flow.ts";

/** Begins a draft with a report that was drawn up, and keeps what it stands on. */
export async function beginDrawnUp(flow: Flow, { draft, sources }: Rollup): Promise<void> {
  const kept = await flow.drafts.keepSources(drawnFrom(sources));
  await flow.begin({ report: draft as DraftReport, task: { kind: "file" }, reason: "", drawnFrom: kept });
}

/** Puts a report that was drawn up again in the place of a draft's, as one step that can be undone. */
export async function takeDrawnAgain(flow: Flow, id: string, { draft, sources }: Rollup): Promise<void> {
  const kept = await flow.drafts.keepSources(drawnFrom(sources));
  await flow.reopen(id);
  flow.form.load(draft as DraftReport);
  flow.drafts.change({ drawnFrom: kept });
  await flow.drafts.flush();
}
