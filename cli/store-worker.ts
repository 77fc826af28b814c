/** A thread of `nianbao reindex` or `nianbao fsck`. */
import type { ShardAnswer, ShardTask } from "../src/fsck/tasks.ts";
import type { RebuildAnswer, RebuildTask } from "../src/index/rebuild/tasks.ts";
import type { CheckSettings, Job, RebuildSettings } from "./store-pool.ts";

// Whatever is used of later versions is used by what is loaded then.
if (Number.parseInt(process.versions.node, 10) < 22) await import("./node20.ts");

async function rebuilding(all: boolean): Promise<(task: RebuildTask) => Promise<RebuildAnswer>> {
  const [
    { storeFromEnvironment },
    { datasetFromEnvironment, pagesFromEnvironment },
    { logIdentityFromEnvironment },
    { rebuilder },
  ] = await Promise.all([
    import("../functions/store.ts"),
    import("../functions/pages.ts"),
    import("../functions/sequencing.ts"),
    import("../src/index/rebuild/tasks.ts"),
  ]);
  const store = storeFromEnvironment();
  const pages = pagesFromEnvironment();
  const dataset = datasetFromEnvironment();
  return rebuilder({ store, pages, dataset, ...logIdentityFromEnvironment() }, all);
}

async function checking({ now, ...settings }: CheckSettings): Promise<(task: ShardTask) => Promise<ShardAnswer>> {
  const [
    { storeFromEnvironment },
    { logIdentityFromEnvironment, logKeysFromEnvironment },
    { openLook },
    { shardChecker },
  ] = await Promise.all([
    import("../functions/store.ts"),
    import("../functions/sequencing.ts"),
    import("../src/fsck/fsck.ts"),
    import("../src/fsck/tasks.ts"),
  ]);
  const store = storeFromEnvironment();
  const look = openLook(store, {
    ...settings,
    bucket: store,
    log: await logKeysFromEnvironment(),
    signs: settings.mend ? await logIdentityFromEnvironment().log?.() : undefined,
    now: () => new Date(now),
  });
  return shardChecker(store, look);
}

let rebuilder: ReturnType<typeof rebuilding> | undefined;
let checker: ReturnType<typeof checking> | undefined;

/** Settings are those of the first task: a pool has the same for all. */
export async function rebuild({ settings, task }: Job<RebuildSettings, RebuildTask>): Promise<RebuildAnswer> {
  rebuilder ??= rebuilding(settings.all);
  return (await rebuilder)(task);
}

export async function check({ settings, task }: Job<CheckSettings, ShardTask>): Promise<ShardAnswer> {
  checker ??= checking(settings);
  return (await checker)(task);
}
