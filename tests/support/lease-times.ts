import type { LeaseTimes } from "../../src/store/lease.ts";

/** Milliseconds, for a test that waits for them. */
export const HOLDER_TIMES: LeaseTimes = { term: 600, patience: 600, request: 800, poll: 20 };
