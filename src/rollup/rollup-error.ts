import { ExplainedError } from "../basics/explained-error.ts";

/** Why no report of a region can be drawn up. */
export class RollupError extends ExplainedError {}
