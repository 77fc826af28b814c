/** The process in which a part of a batch has the files of others read. */
import { worker } from "../src/batch/work.ts";
import { work } from "../src/confined/worker.ts";

await work(worker());
