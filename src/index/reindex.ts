import { eachOf } from "../resumable/each.ts";
import { type Ledger, passingLedger } from "../resumable/ledger.ts";
import type { IndexContext } from "./indexer.ts";
import { reindexLate } from "./rebuild/late.ts";
import { listDivisions, type RebuildPlan } from "./rebuild/plan.ts";
import { NOTHING_REBUILT, type Rebuilt, together } from "./rebuild/rebuilt.ts";
import { reindexConstant, reindexRoot } from "./rebuild/root.ts";
import {
  overDivision,
  type RebuildAnswer,
  type RebuildTask,
  type RebuiltDivision,
  rebuilder,
} from "./rebuild/tasks.ts";

export interface ReindexOptions {
  /** Writes the files of every version again too, whatever lies there. */
  readonly all?: boolean;
  /** Called with each division when it is done. */
  readonly onDivision?: (division: string, organs: number) => void;
}

/** How a rebuild is done by many, and gone on with. */
export interface RebuildOptions extends Pick<ReindexOptions, "onDivision"> {
  /** Does a task, here or in another process. */
  readonly work: (task: RebuildTask) => Promise<RebuildAnswer>;
  /** How many tasks at a time. */
  readonly atOnce: number;
  /** The divisions that are done. */
  readonly ledger: Ledger<RebuiltDivision>;
  /** Ends it when the tasks in hand are done. */
  readonly signal: AbortSignal;
}

/**
 * Builds everything that is derived anew from the records alone, whatever is there, and removes what no record leads
 * to: division by division, then the provinces of their lists, then the root. Each phase is a function of what lies below
 * it and can be run apart, in any order of divisions and of provinces and by any number at once. Readers, filers and the
 * indexer may go on: what was published meanwhile is indexed once more at the end. What is as it should be is not written.
 */
export async function reindex(
  context: IndexContext,
  { all = false, onDivision }: ReindexOptions = {},
): Promise<Rebuilt> {
  const done = await rebuild(context, {
    work: rebuilder(context, all),
    atOnce: 1,
    ledger: passingLedger(),
    signal: new AbortController().signal,
    ...(onDivision ? { onDivision } : {}),
  });
  return done!;
}

/**
 * The same by many, on all cores, and from where an earlier run was killed: a division that it had done is not done
 * again where neither its records, drafts and roster nor anything that was made of them has changed since. Provinces and
 * root are made again in every run: they take a small part of the time.
 * @returns what was done, by earlier runs too; undefined when it was stopped before all was done
 */
export async function rebuild(context: IndexContext, options: RebuildOptions): Promise<Rebuilt | undefined> {
  const { work, atOnce, ledger, signal } = options;
  const start = Date.now();
  const constant = await reindexConstant(context);
  const plan = await listDivisions(context.store);
  const divisions = await rebuildDivisions(plan, options);
  if (signal.aborted) return undefined;
  const provinces: Rebuilt[] = [];
  await eachOf(plan.provinces, atOnce, signal, async (province) => {
    provinces.push((await work({ phase: "province", province })).rebuilt ?? NOTHING_REBUILT);
  });
  if (signal.aborted) return undefined;
  const root = await reindexRoot(context, plan.rosters);
  const late = await reindexLate(context, start);
  ledger.finish();
  return [constant, ...divisions, ...provinces, root, late].reduce(together);
}

/** What came of each division, in the order of the codes. */
async function rebuildDivisions(
  { divisions, rosters }: RebuildPlan,
  { work, atOnce, ledger, signal, onDivision }: RebuildOptions,
): Promise<readonly Rebuilt[]> {
  const standing = new Map(rosters.map((roster) => [roster.division, roster]));
  const done = new Array<Rebuilt>(divisions.length).fill(NOTHING_REBUILT);
  await eachOf(divisions.entries(), atOnce, signal, async ([i, shard]) => {
    const { division } = shard;
    const known = ledger.get(division);
    const roster = overDivision(division, standing);
    const { rebuilt, fingerprint } = await work({
      ...{ phase: "division", shard, roster },
      ...(ledger.keeps ? { known: known?.fingerprint ?? null } : {}),
    });
    if (rebuilt && fingerprint) ledger.keep(division, { rebuilt, fingerprint });
    const result = rebuilt ?? known?.rebuilt ?? NOTHING_REBUILT;
    done[i] = result;
    if (result.divisions > 0) onDivision?.(division, result.organs);
  });
  return done;
}
