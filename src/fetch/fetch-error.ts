import { ExplainedError } from "../basics/explained-error.ts";

/** Why an address was not fetched, for people. */
export class FetchError extends ExplainedError {}
