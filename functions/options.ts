import type { FilingConfiguration } from "../src/filing/configuration.ts";
import type { FilingContext } from "../src/filing/context.ts";
import type { Log } from "./decision.ts";

/** What the app needs besides the context of a submission. */
export interface AppOptions extends FilingContext {
  /** Where the published prefix is read, without a slash at the end. */
  readonly publicUrl: string;
  /** Whether what is published will be in a log of publications: receipts say so. */
  readonly keepsLog?: boolean;
  /** The settings of the filing pages: `GET /filing/config.json`. */
  readonly filing: FilingConfiguration;
  /** Origins besides the issuer's that signing in takes the filing pages to: where its endpoints are, if elsewhere. */
  readonly signInOrigins?: readonly string[];
  readonly log: Log;
  /** The id of a request, a UUID, from what came with it besides the HTTP request; random where there is none. */
  readonly requestId?: (environment: unknown) => string | undefined;
}
