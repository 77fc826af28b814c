/** A thread of `nianbao batch`; a program of its own, for threads begin with a file. */
import { parentPort, workerData } from "node:worker_threads";
import type { Settings, Task } from "../src/batch/settings.ts";

if (Number.parseInt(process.versions.node, 10) < 22) await import("./node20.ts");
const { worker } = await import("../src/batch/work.ts");

const work = worker(workerData as Settings);
parentPort!.on("message", async (task: Task) => parentPort!.postMessage(await work(task)));
