import type { Rollup, Sources } from "../../../src/rollup/rollup.ts";
import type { Draft } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { drawnUpOf, takeDrawnAgain } from "./drawn-up.ts";

/** What a roll-up needs of the page that it is on. */
export interface RollupHost extends Pick<Flow, "api" | "say" | "language" | "startReading"> {
  /** Begins a draft with what was drawn up. */
  begin(rollup: Rollup): Promise<void>;
  /** The drafts that this page keeps; absent of one that keeps none. */
  readonly drafts?: {
    readonly list: readonly Draft[];
    /** What a draft was drawn up from. */
    sourcesOf(draft: Draft): Promise<Sources | undefined>;
    /** Puts what was drawn up again in the place of a draft's report. */
    take(id: string, rollup: Rollup): Promise<void>;
  };
}

/** The filing page, which has the drafts. */
export const filingHost = (flow: Flow): RollupHost => ({
  api: flow.api,
  say: flow.say,
  language: flow.language,
  startReading: () => flow.startReading(),
  begin: (rollup) => flow.beginDrawnUp(drawnUpOf(rollup)),
  drafts: {
    get list() {
      return flow.drafts.list.value;
    },
    sourcesOf: (draft) => flow.drafts.sourcesOf(draft),
    take: (id, rollup) => takeDrawnAgain(flow, id, rollup),
  },
});
