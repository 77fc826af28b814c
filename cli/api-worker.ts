/** The thread in which the app runs, when the command runs the service. */
import type { Job, Reply } from "../server/thread.ts";

// Whatever is used of later versions is used by what is loaded then.
if (Number.parseInt(process.versions.node, 10) < 22) await import("./node20.ts");
/** The plain server's app, or that of the local service, whose store notifies of its writes itself. */
const { answer: byApp } = await import("../server/api.worker.ts");

export const answer = (job: Job): Promise<Reply> => byApp(job);
