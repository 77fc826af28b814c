import { beforeAll, describe, expect, it } from "vitest";
import { type AuthenticationOptions, createAuthenticator } from "../../src/authenticate/authenticate.ts";
import { AUDIENCE, startIssuer, type TestIssuer } from "../support/issuer.ts";

type Part = Readonly<Record<string, unknown>>;

const COGNITO = "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEf";
const NAMES = { organs: "nianbao_organs", divisions: "nianbao_divisions", actions: "nianbao_actions" };
const now = (): number => Math.floor(Date.now() / 1000);

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer();
});

/** Whether a service with these settings takes a token of the issuer with these claims and this header. */
async function taken(settings: Partial<AuthenticationOptions>, claims: Part, header: Part): Promise<string> {
  const authenticate = createAuthenticator({
    issuer: issuer.url,
    audience: [AUDIENCE],
    tokenUse: "access",
    algorithms: ["RS256"],
    jwksUri: `${issuer.url}/jwks`,
    claims: NAMES,
    ...settings,
  });
  const token = await issuer.token(
    { ...(settings.issuer ? { iss: settings.issuer } : {}), ...claims },
    undefined,
    header,
  );
  return authenticate(`Bearer ${token}`).then(
    () => "taken",
    (error: { readonly reason: string }) => error.reason,
  );
}

const USE = "for another use";
const PLAIN = { typ: "JWT" };
const NONE = { typ: undefined };
const MARKED = { typ: "at+jwt" };

describe.each<[string, Partial<AuthenticationOptions>, readonly (readonly [string, string, Part, Part])[]]>([
  [
    "an issuer as RFC 9068 has it, whose access tokens are taken",
    {},
    [
      ["an access token", "taken", {}, MARKED],
      ["an access token, its type written in full", "taken", {}, { typ: "Application/AT+JWT" }],
      ["an access token of the local issuer", "taken", { token_use: "access", client_id: "web" }, MARKED],
      ["an access token for several services", "taken", { aud: ["another", AUDIENCE] }, MARKED],
      ["one that is marked by token_use alone", "taken", { token_use: "access" }, PLAIN],
      ["one for a day", "taken", { exp: now() + 86_000 }, MARKED],
      ["one whose clock is half a minute ahead", "taken", { iat: now() + 30, nbf: now() + 30 }, MARKED],
      ["an ID token that says so", USE, { token_use: "id" }, PLAIN],
      ["an ID token that does not say so", USE, {}, PLAIN],
      ["an ID token without a type", USE, { nonce: "n" }, NONE],
      ["one with a scope and no mark", USE, { scope: "openid", client_id: "web" }, PLAIN],
      ["a logout token", USE, {}, { typ: "logout+jwt" }],
      ["one without an audience", "for another audience", { aud: undefined, client_id: AUDIENCE }, MARKED],
    ],
  ],
  [
    "an issuer that does not mark its access tokens (OIDC_ACCESS_TOKEN_TYPE=JWT)",
    { accessTokenType: "JWT" },
    [
      ["an access token", "taken", { scope: "openid reports", azp: "web" }, PLAIN],
      ["an access token without a type", "taken", { client_id: "web" }, NONE],
      ["an access token that is marked all the same", "taken", {}, MARKED],
      ["an ID token", USE, {}, PLAIN],
      ["an ID token with a nonce", USE, { nonce: "n", scope: "openid" }, PLAIN],
      ["an ID token with the hash of an access token", USE, { at_hash: "h", client_id: "web" }, PLAIN],
      ["an ID token that says so", USE, { token_use: "id", scope: "openid" }, PLAIN],
      ["a logout token", USE, { scope: "openid" }, { typ: "logout+jwt" }],
      ["an event", USE, { scope: "openid", events: {} }, PLAIN],
    ],
  ],
  [
    "an issuer whose ID tokens are taken (OIDC_TOKEN_USE=id)",
    { tokenUse: "id" },
    [
      ["an ID token", "taken", { nonce: "n" }, PLAIN],
      ["an ID token without a type", "taken", {}, NONE],
      ["one that was issued to us and is for others too", "taken", { aud: [AUDIENCE, "b"], azp: AUDIENCE }, PLAIN],
      ["one for others too that was issued to nobody", "for another audience", { aud: [AUDIENCE, "b"] }, PLAIN],
      ["one that was issued to another client", "for another audience", { azp: "another" }, PLAIN],
      ["one for another client", "for another audience", { aud: "another" }, PLAIN],
      ["an access token", USE, {}, MARKED],
      ["an access token that is not marked", USE, { scope: "openid" }, PLAIN],
      ["an access token without an audience", USE, { aud: undefined, client_id: AUDIENCE }, PLAIN],
      ["a logout token", USE, {}, { typ: "logout+jwt" }],
      ["a logout token under the type of an ID token", USE, { events: {} }, PLAIN],
    ],
  ],
  [
    "Cognito, whose ID tokens are taken (decision 10)",
    { issuer: COGNITO, tokenUse: "id" },
    [
      ["an ID token", "taken", { token_use: "id" }, NONE],
      ["an ID token that does not say so", USE, {}, NONE],
      ["an access token", USE, { token_use: "access", aud: undefined, client_id: AUDIENCE }, NONE],
      ["an access token for an audience", USE, { token_use: "access" }, NONE],
      ["an ID token for another client", "for another audience", { token_use: "id", aud: "another" }, NONE],
    ],
  ],
  [
    "Cognito, whose access tokens are taken",
    { issuer: COGNITO },
    [
      [
        "an access token, which has a client for its audience",
        "taken",
        { token_use: "access", aud: undefined, client_id: AUDIENCE },
        NONE,
      ],
      [
        "an access token of another client",
        "for another audience",
        { token_use: "access", aud: undefined, client_id: "b" },
        NONE,
      ],
      ["an access token that does not say so", USE, {}, MARKED],
      ["an ID token", USE, { token_use: "id" }, NONE],
    ],
  ],
])("of %s", (_, settings, kinds) => {
  it.each(kinds)("%s is %s", async (_what, outcome, claims, header) => {
    expect(await taken(settings, claims, header)).toBe(outcome);
  });
});
