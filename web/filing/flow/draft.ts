import type { Receipt } from "../../../src/publish/record.ts";
import type { DraftReport, LastYearFile, Task } from "../contract.ts";
import type { Attempt } from "./attempt.ts";

/** The copy of a draft that the service keeps. */
export interface Remote {
  readonly etag?: string;
  /** SHA-256 (hex) of what both said then. */
  readonly synced?: string;
  /** A copy that stays on this device: the service has another in its place. */
  readonly apart?: true;
}

/** What is kept of a report in the making, besides the report itself: enough to go on where one was. */
export interface DraftContent {
  readonly report: DraftReport;
  readonly task: Task;
  /** Of all but a first version. */
  readonly reason: string;
  /** Last year's report, where a file was given of it. */
  readonly lastYear?: LastYearFile | undefined;
  /** Of a report that was drawn up from others: what it stands on, by its name in `DraftStore`. */
  readonly drawnFrom?: string | undefined;
  /** The submission that no answer came to. */
  readonly attempt?: Attempt | undefined;
  /** What it became. */
  readonly receipt?: Receipt | undefined;
  /** The service's copy that it was last the same as. */
  readonly remote?: Remote | undefined;
  /** The account that made it; none where nobody had signed in. */
  readonly owner?: string | undefined;
}

/** A draft as this browser keeps it. */
export interface Draft extends DraftContent {
  readonly id: string;
  /** Counts the saves, from 1: who saves names the one that he began with. */
  readonly revision: number;
  /** ms since 1970. */
  readonly changedAt: number;
}

/** The latest change of a tab that may not have been saved: what a crash leaves. */
export interface Mirror extends Draft {
  /** The tab, see `Tabs`. */
  readonly tab: string;
}

/** A draft with a change, on the revision that it began with. */
export const changed = (draft: Draft, content: Partial<DraftContent>, now: number): Draft => ({
  ...draft,
  ...content,
  changedAt: now,
});

/** What becomes of a save: written as the next revision, or, where another tab saved in between, as a draft of its own. */
export function saved(stored: Draft | undefined, mine: Draft, newId: () => string): Draft {
  if (!stored || stored.revision === mine.revision) return { ...mine, revision: mine.revision + 1 };
  return { ...mine, id: newId(), revision: 1 };
}

const contentOf = (content: DraftContent): string => {
  const { report, task, reason, attempt, receipt, lastYear, remote, owner, drawnFrom } = content;
  return JSON.stringify([report, task, reason, attempt, receipt, lastYear, remote, owner, drawnFrom]);
};

/** Whether an account, or nobody, is shown a draft: its own, and those that were made before anybody signed in. */
export const isShownTo = ({ owner }: DraftContent, account: string | undefined): boolean =>
  owner === undefined || owner === account;

/** Whether two drafts say the same, whenever they were saved. */
export const same = (a: DraftContent, b: DraftContent): boolean => contentOf(a) === contentOf(b);

/** What a crashed tab's mirror adds to what is stored: nothing, the next revision, or a draft of its own. */
export function recovered(
  stored: Draft | undefined,
  { tab: _, ...mirror }: Mirror,
  newId: () => string,
): Draft | undefined {
  if (stored && same(stored, mirror)) return undefined;
  return saved(stored, mirror, newId);
}

/** Whose report of which year a draft is, as far as it says. */
export function placeOf(report: DraftReport): {
  readonly organ?: string;
  readonly uscc?: string;
  readonly year?: number;
} {
  const { organ, year } = report as {
    readonly organ?: { readonly name?: unknown; readonly uscc?: unknown };
    readonly year?: unknown;
  };
  return {
    ...(typeof organ?.name === "string" && organ.name !== "" ? { organ: organ.name } : {}),
    ...(typeof organ?.uscc === "string" && organ.uscc !== "" ? { uscc: organ.uscc } : {}),
    ...(typeof year === "number" ? { year } : {}),
  };
}
