import { ExplainedError } from "../basics/explained-error.ts";

/** Why a file does not give the data that it carries, for people. */
export class ExtractError extends ExplainedError {}

/** It carries none: it is not of this system. */
export class NoDataError extends ExtractError {}
