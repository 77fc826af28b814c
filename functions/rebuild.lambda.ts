import { jobNamed, partNamed } from "../src/store/parts.ts";
import { datasetFromEnvironment, pagesFromEnvironment } from "./pages.ts";
import { beginRebuild, endRebuild, type RebuildShop, rebuildDivisions, rebuildProvinces } from "./rebuild-steps.ts";
import { stepOf } from "./step.ts";
import { storeFromEnvironment } from "./store.ts";
import { required } from "./variables.ts";

const shop: RebuildShop = {
  // Without the key of the log: what was published is logged by the indexer.
  context: { store: storeFromEnvironment(), pages: pagesFromEnvironment(), dataset: datasetFromEnvironment() },
  jobs: storeFromEnvironment({ bucket: required("JOBS_BUCKET") }),
};

/** A rebuild, step by step, as the state machine calls for them. @throws TypeError for what is no step */
export const handler = (event: unknown): Promise<unknown> =>
  stepOf(event, {
    begin: ({ job }) => beginRebuild(shop, jobNamed(job), Date.now()),
    division: ({ job, part }) => rebuildDivisions(shop, jobNamed(job), partNamed(part)),
    province: ({ job, part }) => rebuildProvinces(shop, jobNamed(job), partNamed(part)),
    end: ({ job }) => endRebuild(shop, jobNamed(job)),
  });
