/** Whose reports make up a region's: each organ once, and a government's report in the place of its organs'. */
import type { Message } from "../basics/finding.ts";
import type { Organ } from "../roster/roster.ts";
import type { Branch } from "../roster/tree.ts";

/** A report that may be summed. */
export interface Reported {
  readonly state: "reported";
  /** Its figures with every total, all of them sound; its texts are left out. */
  readonly report: object;
  /** Of its canonical JSON, hex. */
  readonly sha256: string;
  /** The version that stands; absent of a file. */
  readonly version?: number;
  /** Put in by hand for an organ that has not published. */
  readonly byHand?: true;
  /** What the file is called. */
  readonly file?: string;
}

/** How an organ stands for the year; one of which nothing is known is missing. */
export type Standing =
  | Reported
  /** What it published was withdrawn. */
  | { readonly state: "withdrawn"; readonly version: number }
  /** There is something of it that cannot be summed. */
  | { readonly state: "unusable"; readonly reason: Message };

export type Standings = ReadonlyMap<string, Standing>;

/** An organ without a report to be summed, and why. */
export interface MissingOrgan {
  readonly organ: Organ;
  readonly state: "missing" | "withdrawn" | "unusable";
  readonly reason?: Message;
}

/** A government without a report, in whose place its organs are summed. */
export interface Replaced extends MissingOrgan {
  readonly expected: number;
  readonly reported: number;
}

/** Whose reports are summed, in the roster's order. */
export interface Cover {
  readonly taken: readonly { readonly organ: Organ; readonly reported: Reported }[];
  readonly missing: readonly MissingOrgan[];
  /** Outer before inner. */
  readonly replaced: readonly Replaced[];
}

function missingOrgan(organ: Organ, standing: Exclude<Standing, Reported> | undefined): MissingOrgan {
  if (!standing) return { organ, state: "missing" };
  return standing.state === "unusable"
    ? { organ, state: standing.state, reason: standing.reason }
    : { organ, state: standing.state };
}

/** Whether an organ's report sums up what stands below it. */
export const sumsUp = ({ kind }: Organ): boolean => kind === "government";

/**
 * Chooses the reports that make up a government's own: of everything below it, a lower government's report and nothing
 * below that, else what stands below it; of all others their own and those below them.
 */
export function coverOf(government: Branch, standings: Standings): Cover {
  const taken: { organ: Organ; reported: Reported }[] = [];
  const missing: MissingOrgan[] = [];
  const replaced: Replaced[] = [];
  const visit = ({ organ, below }: Branch): void => {
    const standing = standings.get(organ.uscc);
    if (standing?.state === "reported") {
      taken.push({ organ, reported: standing });
      if (sumsUp(organ)) return;
    } else if (!sumsUp(organ) || below.length === 0) missing.push(missingOrgan(organ, standing));
    else {
      const at = replaced.length;
      const [takenBefore, missingBefore] = [taken.length, missing.length];
      replaced.push({ ...missingOrgan(organ, standing), expected: 0, reported: 0 });
      below.forEach(visit);
      const reported = taken.length - takenBefore;
      replaced[at] = { ...replaced[at]!, reported, expected: reported + missing.length - missingBefore };
      return;
    }
    below.forEach(visit);
  };
  government.below.forEach(visit);
  return { taken, missing, replaced };
}
