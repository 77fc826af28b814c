import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { describeTally, type Problem, type Tally } from "../src/fsck/problems.ts";
import { fsckRound } from "../src/fsck/round.ts";
import { indexLaggingPlaces, indexLaggingRosters } from "../src/index/lagging.ts";
import { jobNamed, partNamed } from "../src/store/parts.ts";
import { beginCheck, type CheckShop, checkShards, endCheck, expectInOrder } from "./fsck-steps.ts";
import { datasetFromEnvironment, pagesFromEnvironment } from "./pages.ts";
import { logKeysFromEnvironment, witnessesFromEnvironment } from "./sequencing.ts";
import { isStep, stepOf } from "./step.ts";
import { storeFromEnvironment } from "./store.ts";
import { required } from "./variables.ts";

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

/** How is looked, whoever asks. */
async function looking() {
  const keys = await logKeysFromEnvironment();
  // The public keys alone: what checks the log may not write it.
  const options = { log: keys, bucket: store, mend: true, sweep: true, concurrency: 16, now: () => new Date() };
  return { options, witnesses: witnessesFromEnvironment(keys) };
}

function tell(counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, count);
  metrics.publishStoredMetrics();
}

const countsOf = ({ versions, problems, mended, orphans }: Tally, rounds: number) => ({
  ...{ FsckVersions: versions, FsckProblems: problems, FsckMended: mended, FsckOrphans: orphans },
  FsckRounds: rounds,
});

const logProblem = ({ kind, key, mended }: Problem): void =>
  logger[mended ? "warn" : "error"]("problem", { kind, key, mended });

/**
 * By a schedule: indexes rosters and reports whose event was lost, then looks at what it has time for, mends and sweeps,
 * and goes on there the next time.
 */
async function nightly(context: Context): Promise<void> {
  const failed = [...(await makingGood("rosters", indexRosters)), ...(await makingGood("reports", indexLagging))];
  let logged = 0;
  const { options, witnesses } = await looking();
  const { run, cursor } = await fsckRound(store, {
    ...options,
    witnesses,
    until: () => context.getRemainingTimeInMillis() < RESERVE,
    onProblem: (problem) => {
      logged += 1;
      if (logged <= LOGGED) logProblem(problem);
    },
  });
  tell(countsOf(run, cursor.finished === undefined ? 0 : 1));
  logger.info("fsck", { run, cursor });
  // An error of the function is what the alarm looks at.
  if (run.problems > 0) throw new Error(Object.values(describeTally(run)).join("\n"));
  if (failed[0]) throw failed[0];
}

const shop = async (): Promise<CheckShop> => ({
  ...{ store, ...(await looking()) },
  jobs: storeFromEnvironment({ bucket: required("JOBS_BUCKET") }),
});

async function end(job: string): Promise<Tally> {
  const outcome = await endCheck(await shop(), job);
  outcome.problems.forEach(logProblem);
  tell(countsOf(outcome.tally, 1));
  return expectInOrder(outcome);
}

/**
 * By a schedule: makes good what the indexer was not told of, then looks at what it has time for. By the state machine: a
 * step of a whole round.
 */
export async function handler(event: unknown, context: Context): Promise<unknown> {
  if (!isStep(event)) return nightly(context);
  return stepOf(event, {
    begin: async ({ job, atOnce }) => beginCheck(await shop(), jobNamed(job), Number(atOnce) || 1),
    shards: async ({ job, part }) => checkShards(await shop(), jobNamed(job), partNamed(part)),
    end: ({ job }) => end(jobNamed(job)),
  });
}
