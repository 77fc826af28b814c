import { eachOf } from "../resumable/each.ts";
import { type Ledger, passingLedger } from "../resumable/ledger.ts";
import type { IndexContext } from "./indexer.ts";
import { reindexLate } from "./rebuild/late.ts";
import { type DivisionShard, listDivisions, type RebuildPlan } from "./rebuild/plan.ts";
import { NOTHING_REBUILT, type Rebuilt, together } from "./rebuild/rebuilt.ts";
import { reindexConstant, reindexRoot } from "./rebuild/root.ts";
import {
  overDivision,
  type ProvinceTask,
  type RebuildAnswer,
  type RebuildTask,
  type RebuiltDivision,
  rebuilder,
  tasksOfProvince,
} from "./rebuild/tasks.ts";
import { type IndexedRoster, provinceOf } from "./shapes.ts";

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
 * to: division by division, then the provinces of their lists and notes, then the root. Each phase is a function of what
 * lies below it and can be run apart, in any order of divisions and of what is a province's and by any number at once.
 * Readers, filers and the indexer may go on: what was published meanwhile is indexed once more at the end. What is as it
 * should be is not written.
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
  const { atOnce, ledger, signal } = options;
  const start = Date.now();
  const [constant, plan] = await Promise.all([reindexConstant(context), listDivisions(context.store)]);
  const steps = new Steps(plan, options);
  await eachOf(steps.inOrder(), atOnce, signal, (step) => step());
  if (signal.aborted) return undefined;
  const root = await reindexRoot(context, plan.rosters);
  const late = await reindexLate(context, start);
  ledger.finish();
  return [constant, ...steps.done, root, late].reduce(together);
}

type Step = () => Promise<void>;

/** The divisions of a plan and what follows from them for their provinces, as they are begun. */
class Steps {
  readonly #plan: RebuildPlan;
  readonly #options: RebuildOptions;
  readonly #standing: ReadonlyMap<string, IndexedRoster>;
  /** What came of each, in the order in which they were begun. */
  readonly #done: Rebuilt[] = [];

  constructor(plan: RebuildPlan, options: RebuildOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#standing = new Map(plan.rosters.map((roster) => [roster.division, roster]));
  }

  get done(): readonly Rebuilt[] {
    return this.#done;
  }

  /**
   * Divisions by code, and what is a province's behind the divisions of the next province, when its own are done as a rule,
   * so that nobody waits for the last of them but at the very end.
   */
  *inOrder(): Generator<Step> {
    const { divisions, provinces } = this.#plan;
    const byProvince = Map.groupBy(divisions, ({ division }) => provinceOf(division));
    let before: readonly Step[] = [];
    for (const province of provinces) {
      const own: Promise<void>[] = [];
      for (const shard of byProvince.get(province) ?? []) yield this.#noted(own, () => this.#division(shard));
      yield* before;
      before = tasksOfProvince(province).map((task) => () => this.#ofProvince(task, own));
    }
    yield* before;
  }

  /** A step that others wait for, however it ends. */
  #noted(among: Promise<void>[], step: Step): Step {
    return () => {
      const work = step();
      among.push(work);
      return work;
    };
  }

  async #ofProvince(task: ProvinceTask, divisions: readonly Promise<void>[]): Promise<void> {
    const at = this.#done.push(NOTHING_REBUILT) - 1;
    await Promise.all(divisions);
    this.#done[at] = (await this.#options.work(task)).rebuilt ?? NOTHING_REBUILT;
  }

  async #division(shard: DivisionShard): Promise<void> {
    const { work, ledger, onDivision } = this.#options;
    const { division } = shard;
    const at = this.#done.push(NOTHING_REBUILT) - 1;
    const known = ledger.get(division);
    const roster = overDivision(division, this.#standing);
    const { rebuilt, fingerprint } = await work({
      ...{ phase: "division", shard, roster },
      ...(ledger.keeps ? { known: known?.fingerprint ?? null } : {}),
    });
    if (rebuilt && fingerprint) ledger.keep(division, { rebuilt, fingerprint });
    const result = rebuilt ?? known?.rebuilt ?? NOTHING_REBUILT;
    this.#done[at] = result;
    if (result.divisions > 0) onDivision?.(division, result.organs);
  }
}
