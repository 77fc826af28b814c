import type { LeaseTimes } from "../../src/store/lease.ts";

/** Milliseconds, for a test that waits for them. */
export const HOLDER_TIMES: LeaseTimes = { term: 4000, patience: 2000, request: 3000, poll: 20 };
