/** What a fetch depends on besides the sites: names, the clock, and which addresses may be spoken to. */
import { lookup } from "node:dns/promises";
import { setTimeout } from "node:timers/promises";
import { isPublic } from "./addresses.ts";

export interface Address {
  readonly address: string;
  readonly family: number;
}

export interface FetchPolicy {
  /** Every address of a host. @throws Error when it has none */
  readonly resolve: (host: string) => Promise<readonly Address[]>;
  readonly isAllowed: (address: string) => boolean;
  /** Milliseconds, from any point on. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Who asks, for servers and their robots.txt. */
  readonly agent: string;
}

/** The Internet as it is, and no address that is not of it. */
export const publicInternet = (agent: string): FetchPolicy => ({
  resolve: (host) => lookup(host, { all: true }),
  isAllowed: isPublic,
  now: () => performance.now(),
  pause: (milliseconds) => setTimeout(milliseconds),
  agent,
});
