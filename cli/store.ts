import { storeFromEnvironment } from "../functions/store.ts";
import { useRunning } from "../local/environment.ts";
import type { Bucket } from "../src/store/store.ts";
import { Complaint } from "./exit.ts";
import { say } from "./language.ts";

/**
 * Does something with the store that the environment names, or with that of the service that runs on this machine.
 * @throws {Complaint} when it is not named, or does not answer
 */
export async function withStore<T>(work: (store: Bucket) => Promise<T>): Promise<T> {
  useRunning();
  try {
    const store = storeFromEnvironment();
    // Whoever waits for the lease need not wait until its term is over.
    return await work(store).finally(() => store.close?.());
  } catch (error) {
    const { cause, message } = error as Error;
    const { code } = (cause ?? error) as NodeJS.ErrnoException;
    const at = process.env["S3_ENDPOINT"] ?? process.env["BUCKET"];
    if (code === "ECONNREFUSED")
      throw new Complaint(
        say(
          `${at} 没有回应：请先在另一个终端运行 npm start 或 nianbao serve --local`,
          `${at} does not answer; run npm start or nianbao serve --local first`,
        ),
      );
    if (error instanceof TypeError || error instanceof RangeError) throw error;
    throw new Complaint(say(`没能做完：${message}`, `could not finish: ${message}`));
  }
}
