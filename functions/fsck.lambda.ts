import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { describeTally, type Problem } from "../src/fsck/problems.ts";
import { fsckRound } from "../src/fsck/round.ts";
import { indexLaggingPlaces, indexLaggingRosters } from "../src/index/lagging.ts";
import { datasetFromEnvironment, pagesFromEnvironment } from "./pages.ts";
import { logKeysFromEnvironment, witnessesFromEnvironment } from "./sequencing.ts";
import { storeFromEnvironment } from "./store.ts";

const store = storeFromEnvironment();
const indexing = { store, pages: pagesFromEnvironment(), dataset: datasetFromEnvironment() };
const logger = new Logger();
// Where it reports, and as what, is in its environment, as for every function.
const metrics = new Metrics();

/** What a run keeps of its time to write down where it stopped, ms. */
const RESERVE = 60_000;
/** Problems that are logged one by one; all are counted. */
const LOGGED = 200;

/** Does what the indexer was not told of. What goes wrong there keeps nothing from being verified. */
async function makingGood(what: string, work: () => Promise<void>): Promise<Error[]> {
  try {
    await work();
    return [];
  } catch (error) {
    logger.error(what, error as Error);
    return [error as Error];
  }
}

async function indexRosters(): Promise<void> {
  const divisions = await indexLaggingRosters(indexing);
  if (divisions.length > 0) logger.warn("rosters without an event", { divisions });
  metrics.addMetric("RostersIndexed", MetricUnit.Count, divisions.length);
}

async function indexLagging(): Promise<void> {
  const { places, failed } = await indexLaggingPlaces(indexing);
  const indexed = places.length - failed.length;
  if (places.length > 0) logger.warn("reports without an event", { indexed, places: places.slice(0, LOGGED) });
  metrics.addMetric("PlacesIndexed", MetricUnit.Count, indexed);
  if (failed[0]) throw failed[0].error;
}

/**
 * By a schedule: indexes rosters and reports whose event was lost, then looks at what it has time for, mends and sweeps,
 * and goes on there the next time.
 */
export async function handler(_: unknown, context: Context): Promise<void> {
  const failed = [...(await makingGood("rosters", indexRosters)), ...(await makingGood("reports", indexLagging))];
  let logged = 0;
  const onProblem = ({ kind, key, mended }: Problem): void => {
    logged += 1;
    if (logged <= LOGGED) logger[mended ? "warn" : "error"]("problem", { kind, key, mended });
  };
  const keys = await logKeysFromEnvironment();
  const { run, cursor } = await fsckRound(store, {
    // The public keys alone: what checks the log may not write it.
    log: keys,
    witnesses: witnessesFromEnvironment(keys),
    bucket: store,
    mend: true,
    sweep: true,
    concurrency: 16,
    now: () => new Date(),
    until: () => context.getRemainingTimeInMillis() < RESERVE,
    onProblem,
  });
  for (const [name, count] of [
    ["FsckVersions", run.versions],
    ["FsckProblems", run.problems],
    ["FsckMended", run.mended],
    ["FsckOrphans", run.orphans],
    ["FsckRounds", cursor.finished === undefined ? 0 : 1],
  ] as const)
    metrics.addMetric(name, MetricUnit.Count, count);
  metrics.publishStoredMetrics();
  logger.info("fsck", { run, cursor });
  // An error of the function is what the alarm looks at.
  if (run.problems > 0) throw new Error(Object.values(describeTally(run)).join("\n"));
  if (failed[0]) throw failed[0];
}
