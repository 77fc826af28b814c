import { ExplainedError } from "../basics/explained-error.ts";

/** A file of this system that gives no report: it was altered, or is a notice in a report's place. */
export class OwnFileError extends ExplainedError {}
