import { setFlagsFromString } from "node:v8";

/**
 * How much a heap may grow before it is collected, in percent of what lives in it. V8 lets that of a large process grow to
 * four times as much, and that of a thread with a limit by a third alone: it then collects with every report, which takes
 * as much as setting it.
 */
const GROWTH = 100;

/**
 * Bounds how far the heaps of this process and of the threads that it starts grow. What is new is collected by the thread
 * itself: there are other threads to make use of the cores, and helpers take more in all than they save.
 */
export function boundHeaps(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  setFlagsFromString("--no-parallel-scavenge");
}
