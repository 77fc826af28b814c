import type { JWTHeaderParameters, JWTPayload } from "jose";

/** What is asked of a token whose signature and issuer are right. */
export interface TokenRules {
  /** The issuer of the tokens. Amazon Cognito's say in `token_use` what they are, in every one. */
  readonly issuer: string;
  /** `aud` of the tokens; for Cognito's access tokens, which have none, `client_id`. Any of these. */
  readonly audience: readonly string[];
  readonly tokenUse: "access" | "id";
  /**
   * What marks an access token: `at+jwt` (RFC 9068, 2.1), the default, or `JWT` for issuers that do not mark theirs. With
   * `JWT` it is told from an ID token by what it has and has not.
   */
  readonly accessTokenType?: "at+jwt" | "JWT";
}

/** Seconds that clocks may differ. */
export const CLOCK_TOLERANCE = 60;
/** Seconds between `iat` and `exp` at most: a day, which is long for a token that nobody can take back. */
export const MAX_LIFE = 86_400;
/** Audiences that one token may be for: each is a service that could use it here. */
const MAX_AUDIENCES = 16;

const COGNITO = /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//;
/** What only an ID token has (OpenID Connect Core 1.0, 2 and 3.3.2.11). */
const OF_ID_TOKENS = ["nonce", "at_hash", "c_hash"] as const;
/** What only an access token has (RFC 9068, 2.2). */
const OF_ACCESS_TOKENS = ["client_id", "scope", "scp"] as const;

const has = (claims: JWTPayload, names: readonly string[]): boolean =>
  names.some((name) => Object.hasOwn(claims, name));

/** The header's `typ` in small letters, without the `application/` that may be left out (RFC 7515, 4.1.9); "" without one. */
function typeOf({ typ }: JWTHeaderParameters): string | undefined {
  if (typ === undefined) return "";
  return typeof typ === "string" ? typ.toLowerCase().replace(/^application\//, "") : undefined;
}

/** What is wrong with the header besides the algorithm, which the keys decide. */
function wrongHeader(header: JWTHeaderParameters): string | undefined {
  const { kid } = header as { readonly kid?: unknown };
  if (!(kid === undefined || (typeof kid === "string" && kid.length <= 512))) return "key id";
  // A token in a token, one that is compressed or encrypted, one with rules of its own: none is a bearer token of ours.
  for (const name of ["crit", "b64", "cty", "zip", "enc"]) if (Object.hasOwn(header, name)) return `header ${name}`;
  return undefined;
}

/** Whether a claim is a time in seconds, as issuers write it (RFC 7519, 2, without fractions), before the year 10000. */
const isTime = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < 253_402_300_800;

/** What is wrong with the times; `exp` itself was compared with the clock. */
function wrongTimes({ exp, iat, nbf }: JWTPayload, now: number): string | undefined {
  if (!isTime(exp)) return "claim exp";
  if (!isTime(iat) || iat > now + CLOCK_TOLERANCE) return "claim iat";
  if (nbf !== undefined && (!isTime(nbf) || nbf > exp)) return "claim nbf";
  if (exp < iat - CLOCK_TOLERANCE || exp - iat > MAX_LIFE) return "life";
  return undefined;
}

/** Whom a token is for; undefined when that cannot be told. */
function audiencesOf(
  { aud, client_id: client, token_use: use }: JWTPayload,
  tokenUse: string,
): readonly string[] | undefined {
  if (aud === undefined)
    return tokenUse === "access" && use === "access" && typeof client === "string" ? [client] : undefined;
  const all: readonly unknown[] = [aud].flat();
  return all.length <= MAX_AUDIENCES && all.every((name) => typeof name === "string") ? all : undefined;
}

/** Whether a token was made for this service. */
function isForUs(claims: JWTPayload, { audience, tokenUse }: TokenRules): boolean {
  const all = audiencesOf(claims, tokenUse);
  if (!all?.some((name) => audience.includes(name))) return false;
  if (tokenUse === "access") return true;
  // OpenID Connect Core 1.0, 3.1.3.7, 3–5: an ID token for several is for the one that it was issued to.
  const { azp } = claims;
  return azp === undefined ? all.length === 1 : typeof azp === "string" && audience.includes(azp);
}

/** Whether a token is marked as an access token, and not as anything else. */
function isAccessToken(type: string | undefined, claims: JWTPayload, { issuer, accessTokenType }: TokenRules): boolean {
  const use = claims["token_use"];
  if (COGNITO.test(issuer)) return (type === "" || type === "jwt") && use === "access";
  if (use !== undefined && use !== "access") return false;
  if (type === "at+jwt") return true;
  if (type !== "" && type !== "jwt") return false;
  return use === "access" || (accessTokenType === "JWT" && has(claims, OF_ACCESS_TOKENS) && !has(claims, OF_ID_TOKENS));
}

/** Whether a token is an ID token, and not marked as anything else. */
function isIdToken(type: string | undefined, claims: JWTPayload, { issuer }: TokenRules): boolean {
  const use = claims["token_use"];
  if (type !== "" && type !== "jwt") return false;
  if (COGNITO.test(issuer)) return use === "id";
  return (use === undefined || use === "id") && !has(claims, OF_ACCESS_TOKENS);
}

/**
 * Why a token that the issuer signed, and that has not expired, is not one to act upon (RFC 8725, 3.8–3.12); undefined
 * when it is. The reason has nothing of the token in it.
 * @param now seconds
 */
export function wrongToken(
  header: JWTHeaderParameters,
  claims: JWTPayload,
  rules: TokenRules,
  now: number,
): string | undefined {
  const fault = wrongHeader(header) ?? wrongTimes(claims, now);
  if (fault !== undefined) return fault;
  const type = typeOf(header);
  if (!(rules.tokenUse === "id" ? isIdToken : isAccessToken)(type, claims, rules)) return "for another use";
  // Told to a party about what happened (RFC 8417), or bound to a key that a bearer need not have (RFC 7800).
  if (has(claims, ["events"])) return "for another use";
  if (has(claims, ["cnf"])) return "bound to a key";
  if (!isForUs(claims, rules)) return "for another audience";
  const { sub } = claims as { readonly sub?: unknown };
  return typeof sub === "string" && /^[\x21-\x7e]{1,255}$/.test(sub) ? undefined : "no subject";
}
