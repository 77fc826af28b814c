import type { Caller } from "../src/authenticate/caller.ts";
import type { Decision } from "./decision.ts";
import type { Query } from "./query.ts";
import type { Route } from "./route.ts";

/** What a request learns on its way. */
export interface Env {
  Variables: {
    requestId: string;
    /** The route that the request is of, and what its query says: set before a handler of the table is called. */
    route: Route;
    query: Query;
    caller?: Caller;
    decision?: Partial<Decision>;
  };
}
