import { ExplainedError } from "../basics/explained-error.ts";

/** Why a file cannot be imported at all, for people: no known format, encrypted, a bomb, too large. */
export class ImportError extends ExplainedError {}
