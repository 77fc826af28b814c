import { setFlagsFromString } from "node:v8";

/**
 * How much a heap may grow before it is collected, in percent of what lives in it. V8 lets that of a large process grow to
 * four times as much, and that of a thread with a limit by a third alone: it then collects with every report, which takes
 * as much as setting it.
 */
const GROWTH = 100;

/** Bounds how far the heaps of this process and of the threads that it starts grow. */
export const boundHeaps = (): void => setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
