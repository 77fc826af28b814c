import type { IndexContext } from "./indexer.ts";
import { reindexDivision } from "./rebuild/division.ts";
import { reindexLate } from "./rebuild/late.ts";
import { listDivisions } from "./rebuild/plan.ts";
import { reindexProvince } from "./rebuild/province.ts";
import { NOTHING_REBUILT, type Rebuilt, together } from "./rebuild/rebuilt.ts";
import { reindexConstant, reindexRoot } from "./rebuild/root.ts";
import { Rosters } from "./rosters.ts";
import { provinceOf } from "./shapes.ts";

export interface ReindexOptions {
  /** Writes the files of every version again too, whatever lies there. */
  readonly all?: boolean;
  /** Called with each division when it is done. */
  readonly onDivision?: (division: string, organs: number) => void;
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
  const start = Date.now();
  let done: Rebuilt = NOTHING_REBUILT;
  const did = (more: Rebuilt): void => {
    done = together(done, more);
  };
  did(await reindexConstant(context));
  const { divisions, provinces, rosters } = await listDivisions(context.store);
  for (const [, some] of Map.groupBy(divisions, ({ division }) => provinceOf(division))) {
    const read = new Rosters(context.store);
    for (const shard of some) {
      const division = await reindexDivision(context, shard, { all, rosters: read });
      if (division.divisions > 0) onDivision?.(shard.division, division.organs);
      did(division);
    }
  }
  for (const province of provinces) did(await reindexProvince(context, province));
  did(await reindexRoot(context, rosters));
  did(await reindexLate(context, start));
  return done;
}
