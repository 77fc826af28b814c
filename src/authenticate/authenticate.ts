import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from "jose";
import { ExplainedError } from "../basics/explained-error.ts";
import { type Caller, type ClaimNames, callerOf } from "./caller.ts";
import { CLOCK_TOLERANCE, type TokenRules, wrongToken } from "./token.ts";

/** Signatures that may be trusted: by a key pair, never by a shared secret, never none (RFC 8725, 3.1 and 3.2). */
export const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Whose tokens are taken, and which. */
export interface AuthenticationOptions extends TokenRules {
  readonly algorithms: readonly Algorithm[];
  /** Where the keys are; without it the issuer's discovery document says. */
  readonly jwksUri?: string | undefined;
  readonly claims: ClaimNames;
}

/** No token, or none that can be trusted. The message says what to do, `reason` what was wrong. */
export class AuthenticationError extends ExplainedError {
  /** `missing`, `expired`, or what was found; never part of the token. */
  readonly reason: string;

  constructor(reason: string, message: string, messageEn: string) {
    super(message, messageEn);
    this.reason = reason;
  }
}

/** The issuer's keys cannot be had, so that no token can be told from a forged one. */
export class IssuerUnavailableError extends Error {
  constructor(cause: unknown) {
    super("the issuer's keys cannot be fetched", { cause });
    this.name = "IssuerUnavailableError";
  }
}

/** Tells from an `Authorization` header who calls. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

/** Longer than any real token; the whole header of an HTTP API may have 10,240 bytes. */
const MAX_TOKEN = 8192;
/** RFC 6750, 2.1. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;
const TIMEOUT = 5000;

const invalid = (reason: string): AuthenticationError =>
  new AuthenticationError(reason, "令牌无效，请重新登录", "The token is not valid; please sign in again");

/** The issuer's keys as RFC 7517 sets, found by its discovery document (OpenID Connect Discovery 1.0, 4). */
function issuerKeys({ issuer, jwksUri }: AuthenticationOptions): JWTVerifyGetKey {
  const open = (uri: string): JWTVerifyGetKey => createRemoteJWKSet(new URL(uri), { timeoutDuration: TIMEOUT });
  async function discover(): Promise<JWTVerifyGetKey> {
    const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
      headers: { accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok) throw new Error(`discovery: ${response.status}`);
    const document = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
    if (document.issuer !== issuer) throw new Error("discovery: the document is of another issuer");
    return open(String(document.jwks_uri));
  }
  let keys: Promise<JWTVerifyGetKey> | undefined = jwksUri === undefined ? undefined : Promise.resolve(open(jwksUri));
  return async (header, token) => {
    keys ??= discover().catch((error: unknown) => {
      keys = undefined;
      throw new IssuerUnavailableError(error);
    });
    const keyOf = await keys;
    try {
      return await keyOf(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new IssuerUnavailableError(error);
    }
  };
}

/**
 * The authentication by bearer tokens of one issuer (RFC 6750, RFC 7519; RFC 8725 for what to be wary of). Keys are
 * kept for ten minutes; one that is not known is asked for at once, though not more than once in thirty seconds.
 *
 * The function throws AuthenticationError, or IssuerUnavailableError.
 */
export function createAuthenticator(options: AuthenticationOptions): Authenticate {
  const keyOf = issuerKeys(options);
  return async (authorization) => {
    if (authorization === undefined)
      throw new AuthenticationError(
        "missing",
        "请先登录：需要 Authorization: Bearer 令牌",
        "Please sign in: an Authorization: Bearer token is needed",
      );
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw invalid("not a bearer token");
    if (token.length > MAX_TOKEN) throw invalid("too long");
    const { payload, protectedHeader } = await jwtVerify(token, keyOf, {
      algorithms: [...options.algorithms],
      issuer: options.issuer,
      clockTolerance: CLOCK_TOLERANCE,
      requiredClaims: ["exp", "iat", "sub"],
    }).catch((error: unknown) => {
      if (error instanceof errors.JWTExpired)
        throw new AuthenticationError("expired", "登录已过期，请重新登录", "The token expired; please sign in again");
      if (error instanceof errors.JWTClaimValidationFailed) throw invalid(`claim ${error.claim}: ${error.reason}`);
      if (error instanceof errors.JOSEError) throw invalid(error.code);
      throw error;
    });
    const reason = wrongToken(protectedHeader, payload, options, Math.floor(Date.now() / 1000));
    const { iss, sub } = payload;
    if (reason !== undefined || iss === undefined || sub === undefined) throw invalid(reason ?? "no subject");
    return callerOf({ ...payload, iss, sub }, options.claims);
  };
}
