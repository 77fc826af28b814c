import { fileURLToPath } from "node:url";
import { listJob } from "../src/batch/parts/list.ts";
import { planJob, summarizeJob } from "../src/batch/parts/whole.ts";
import { checkPart, readPart, type Workshop } from "../src/batch/parts/work.ts";
import { jobNamed, partNamed } from "../src/store/parts.ts";
import { stepOf } from "./step.ts";
import { storeFromEnvironment } from "./store.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

const workshop: Workshop = {
  store: storeFromEnvironment(),
  program: `nianbao ${NIANBAO_VERSION}`,
  fonts: process.env["FONTS"] ?? fileURLToPath(new URL("./fonts", import.meta.url)),
  worker: new URL("./batch-process.mjs", import.meta.url),
};

/** A batch over a bucket, step by step, as the state machine calls for them. @throws TypeError for what is no step */
export const handler = (event: unknown): Promise<unknown> =>
  stepOf(event, {
    list: ({ job }) => listJob(workshop.store, jobNamed(job)),
    read: ({ job, part }) => readPart(workshop, jobNamed(job), partNamed(part)),
    plan: ({ job }) => planJob(workshop, jobNamed(job)),
    check: ({ job, part }) => checkPart(workshop, jobNamed(job), partNamed(part)),
    summarize: ({ job }) => summarizeJob(workshop, jobNamed(job)),
  });
