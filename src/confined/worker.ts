import { Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { encode, type Message, messages } from "./message.ts";

/** What a file of ours could weigh, and more than that. */
const MOST = { head: 2 ** 20, body: 2 ** 28 } as const;

/**
 * What a thread beside the work does, however busy that is: ends the process when it has more in memory than it may, or
 * when whoever started it is gone. The kernel's limit is stricter where there is one.
 */
const WATCH = `
const { workerData: { most, parent } } = require("node:worker_threads");
setInterval(() => {
  if (process.memoryUsage.rss() > most || process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 25);`;

/** Whether an error says that memory was refused. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError &&
  /allocation failed|allocate|Invalid (typed )?array (buffer )?length/i.test(error.message);

/** Where an error was thrown, without what it says: that may have a text of the file in it. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "no error was thrown";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join("\n");
}

/** The program of a `ConfinedProcess`: answers one message after another until there are no more. */
export async function work(handle: (message: Message) => Promise<Message>): Promise<void> {
  const memory = Number(process.argv[2]);
  const workerData = { most: memory * 2 ** 20, parent: process.ppid };
  new Worker(WATCH, {
    eval: true,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  }).unref();
  const input = new Socket({ fd: 0 });
  const output = new Socket({ fd: 3 });
  for await (const message of messages(input, MOST))
    for (const bytes of encode(await handle(message))) output.write(bytes);
  process.exit(0);
}
