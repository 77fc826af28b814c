import { randomBytes, randomInt } from "node:crypto";

/** Seconds. */
const CODE_LIFE = 600;
const INTERVAL = 1;
/** Milliseconds by which a poll may come early. */
const EARLY = 200;
/** RFC 8628, 6.1: no vowels, so that no words come of it. */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

interface DeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  /** Epoch milliseconds. */
  readonly until: number;
  /** When it was last asked for, epoch milliseconds. */
  polled: number;
  /** Who it was granted to; false when it was refused. */
  user?: string | false;
}

/** RFC 8628, 3.5, and RFC 6749, 5.2. */
export type PollError = "authorization_pending" | "slow_down" | "access_denied" | "expired_token" | "invalid_grant";

/** A user's code as people may type it: small letters, spaces, with or without the dash. */
const normalized = (code: string): string => code.toUpperCase().replace(/[^A-Z]/g, "");

/** The device authorizations of an issuer (RFC 8628), in memory. */
export class DeviceGrants {
  readonly #grants = new Map<string, DeviceGrant>();

  /** 3.2: a new pair of codes. */
  begin(verificationUri: string): Readonly<Record<string, unknown>> {
    for (const [code, { until }] of this.#grants) if (until < Date.now()) this.#grants.delete(code);
    const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
    const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    const deviceCode = randomBytes(32).toString("base64url");
    this.#grants.set(deviceCode, { deviceCode, userCode, until: Date.now() + CODE_LIFE * 1000, polled: 0 });
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: verificationUri,
      verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
      expires_in: CODE_LIFE,
      interval: INTERVAL,
    };
  }

  /** The user's code as it was given out, if it waits for a decision. */
  waiting(typed: string): string | undefined {
    return this.#of(typed)?.userCode;
  }

  /** Decides for a code that waits: for a user, or (false) against. Whether there was one. */
  decide(typed: string, user: string | false): boolean {
    const grant = this.#of(typed);
    if (grant) grant.user = user;
    return grant !== undefined;
  }

  /** 3.4: the user that a device's code was granted to, once; or why not. */
  redeem(deviceCode: string): { readonly user: string } | { readonly error: PollError } {
    const grant = this.#grants.get(deviceCode);
    if (!grant) return { error: "invalid_grant" };
    if (grant.until < Date.now()) {
      this.#grants.delete(deviceCode);
      return { error: "expired_token" };
    }
    const early = Date.now() - grant.polled < INTERVAL * 1000 - EARLY;
    grant.polled = Date.now();
    if (early) return { error: "slow_down" };
    if (grant.user === undefined) return { error: "authorization_pending" };
    this.#grants.delete(deviceCode);
    return grant.user === false ? { error: "access_denied" } : { user: grant.user };
  }

  #of(typed: string): DeviceGrant | undefined {
    const code = normalized(typed);
    return [...this.#grants.values()].find(
      (g) => normalized(g.userCode) === code && g.user === undefined && g.until >= Date.now(),
    );
  }
}
