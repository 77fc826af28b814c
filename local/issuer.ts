/**
 * An OpenID issuer for this machine alone, so that the service runs here as it runs elsewhere: real signatures, real
 * keys by JWKS, the authorization code flow with PKCE for the pages and the device flow for the command. Whoever opens its page chooses who to be; there is no password.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import { DeviceGrants } from "./device.ts";
import { choicePage, codePage, decidedPage, decisionPage, STYLE, strangePage } from "./issuer-pages.ts";
import { secretFile } from "./secret-file.ts";
import { USERS, type User } from "./users.ts";

/** The client that the filing pages and the command sign in as: public, without a secret. */
export const CLIENT_ID = "nianbao-web";
/** Whom the access tokens are for. */
export const AUDIENCE = "nianbao";
const ALGORITHM = "RS256";
/** Seconds. */
const TOKEN_LIFE = 3600;
const CODE_LIFE = 60;
/** Bytes: a form with a few codes. */
const MAX_BODY = 16 * 1024;
/** RFC 8628, 3.4. */
const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

export interface IssuerOptions {
  /** Who may be chosen. */
  readonly users?: Readonly<Record<string, User>>;
  /** How long the tokens that are made now hold, seconds. */
  readonly life?: () => number;
}

/** The URL of the issuer of the service at a port of this machine. */
export const issuerUrl = (port: number): string => `http://localhost:${port}/issuer`;

/** The key pair of a data folder, made on first use. */
async function privateKey(directory: string): Promise<JWK> {
  const make = async (): Promise<string> => {
    const pair = await generateKeyPair(ALGORITHM, { extractable: true });
    const key = await exportJWK(pair.privateKey);
    return JSON.stringify({ ...key, kid: await calculateJwkThumbprint(key), alg: ALGORITHM, use: "sig" });
  };
  return JSON.parse(await secretFile(join(directory, "issuer-key.json"), make)) as JWK;
}

/** Signs for an issuer with its folder's key. */
export async function openSigner(
  directory: string,
  issuer: string,
  { users = USERS, life = () => TOKEN_LIFE }: IssuerOptions = {},
) {
  const jwk = await privateKey(directory);
  const key = await importJWK(jwk, ALGORITHM);
  const { kty, n, e, kid, alg, use } = jwk;
  const sign = (typ: string, user: string, claims: Record<string, unknown>): Promise<string> =>
    new SignJWT({ ...users[user]!.claims, ...claims })
      .setProtectedHeader({ alg: ALGORITHM, kid: kid!, typ })
      .setIssuer(issuer)
      .setSubject(user)
      .setIssuedAt()
      .setExpirationTime(`${life()}s`)
      .setJti(randomBytes(16).toString("base64url"))
      .sign(key);
  return {
    keys: { keys: [{ kty, n, e, kid, alg, use }] },
    /** RFC 9068. */
    accessToken: (user: string): Promise<string> =>
      sign("at+jwt", user, { aud: AUDIENCE, client_id: CLIENT_ID, token_use: "access", scope: "openid" }),
    idToken: (user: string, nonce: string | undefined): Promise<string> =>
      sign("JWT", user, { aud: CLIENT_ID, token_use: "id", name: users[user]!.name, ...(nonce ? { nonce } : {}) }),
  };
}

interface Grant {
  readonly user: string;
  /** Where the code was sent. */
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** An issuer at work. */
interface Issuer {
  readonly url: string;
  /** The filing page and the desk, where codes are sent to. */
  readonly redirectUris: readonly string[];
  readonly users: Readonly<Record<string, User>>;
  readonly life: () => number;
  readonly signer: Awaited<ReturnType<typeof openSigner>>;
  readonly grants: Map<string, Grant>;
  readonly devices: DeviceGrants;
  /** Users by their refresh tokens, each good for one use (RFC 9700, 4.14.2). */
  readonly refreshing: Map<string, string>;
}

/** RFC 8414. */
const metadataOf = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  device_authorization_endpoint: `${url}/device_authorization`,
  revocation_endpoint: `${url}/revoke`,
  jwks_uri: `${url}/jwks`,
  response_types_supported: ["code"],
  response_modes_supported: ["query"],
  grant_types_supported: ["authorization_code", "refresh_token", DEVICE_CODE],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: [ALGORITHM],
  token_endpoint_auth_methods_supported: ["none"],
  revocation_endpoint_auth_methods_supported: ["none"],
  code_challenge_methods_supported: ["S256"],
  scopes_supported: ["openid", "offline_access"],
  authorization_response_iss_parameter_supported: true,
});

/** The authorization endpoint (RFC 6749, 3.1), with PKCE (RFC 7636). */
function authorization(app: Hono, { url, redirectUris, users, grants }: Issuer): void {
  app.on(["GET", "POST"], "/authorize", async (c) => {
    const asked: Record<string, string | undefined> = c.req.query();
    // Nothing is sent to an address that is not the client's own.
    const redirectUri = redirectUris.find((own) => own === asked["redirect_uri"]);
    if (asked["client_id"] !== CLIENT_ID || redirectUri === undefined) return c.html(strangePage(redirectUris), 400);
    /** Back to the page, with a code or with what was wrong (RFC 6749, 4.1.2; RFC 9207). */
    const back = (parameters: Record<string, string>, state: string | undefined): string => {
      const to = new URL(redirectUri);
      for (const [name, value] of Object.entries({ ...parameters, ...(state ? { state } : {}), iss: url }))
        to.searchParams.set(name, value);
      return to.href;
    };
    const { state, nonce, code_challenge: challenge = "" } = asked;
    if (asked["response_type"] !== "code") return c.redirect(back({ error: "unsupported_response_type" }, state), 303);
    if (asked["code_challenge_method"] !== "S256" || !/^[\w-]{43}$/.test(challenge))
      return c.redirect(back({ error: "invalid_request" }, state), 303);
    if (c.req.method === "GET") return c.html(choicePage(users));
    const { user } = await c.req.parseBody();
    if (typeof user !== "string" || !Object.hasOwn(users, user))
      return c.redirect(back({ error: "access_denied" }, state), 303);
    const code = randomBytes(32).toString("base64url");
    for (const [old, { until }] of grants) if (until < Date.now()) grants.delete(old);
    grants.set(code, { user, redirectUri, challenge, nonce, until: Date.now() + CODE_LIFE * 1000 });
    return c.redirect(back({ code }, state), 303);
  });
}

/** The device flow (RFC 8628): where the command begins, and the page on which its code is typed. */
function deviceFlow(app: Hono, { url, users, devices }: Issuer): void {
  app.post("/device_authorization", async (c) => {
    const { client_id: client } = await c.req.parseBody();
    return client === CLIENT_ID ? c.json(devices.begin(`${url}/device`)) : c.json({ error: "invalid_client" }, 401);
  });
  app.get("/device", (c) => {
    const typed = c.req.query("user_code") ?? "";
    const code = devices.waiting(typed);
    return c.html(code === undefined ? codePage(typed !== "") : decisionPage(code, users));
  });
  app.post("/device", async (c) => {
    const { user_code: code, user } = await c.req.parseBody();
    const known = typeof user === "string" && Object.hasOwn(users, user);
    if (!devices.decide(String(code), known && user)) return c.redirect(`${url}/device?user_code=-`, 303);
    return c.html(decidedPage(known ? users[user]!.name : undefined));
  });
}

/** Whom a code of the pages was given to, if they can prove that it was (RFC 7636, 4.6). */
function redeemed({ grants }: Issuer, sent: Readonly<Record<string, unknown>>): Grant | undefined {
  const code = String(sent["code"]);
  const grant = grants.get(code);
  grants.delete(code);
  const hash = createHash("sha256").update(String(sent["code_verifier"])).digest();
  const challenge = Buffer.from(grant?.challenge ?? "", "base64url");
  const proven = challenge.length === hash.length && timingSafeEqual(challenge, hash);
  const sentBack = sent["redirect_uri"] === grant?.redirectUri;
  return grant && proven && grant.until >= Date.now() && sentBack ? grant : undefined;
}

const tokens = async ({ signer, life }: Issuer, user: string, nonce?: string) => ({
  access_token: await signer.accessToken(user),
  id_token: await signer.idToken(user, nonce),
  token_type: "Bearer",
  expires_in: life(),
  scope: "openid",
});

/** For the command, which stays signed in longer than a token holds. */
async function renewable(issuer: Issuer, user: string) {
  const refreshToken = randomBytes(32).toString("base64url");
  issuer.refreshing.set(refreshToken, user);
  return { ...(await tokens(issuer, user)), refresh_token: refreshToken, scope: "openid offline_access" };
}

/** The token endpoint (RFC 6749, 3.2), and revocation (RFC 7009). */
function tokenEndpoint(app: Hono, issuer: Issuer): void {
  const { devices, refreshing } = issuer;
  app.post("/revoke", async (c) => {
    const { token } = await c.req.parseBody();
    refreshing.delete(String(token));
    return c.body(null, 200);
  });
  app.post("/token", async (c) => {
    const sent = await c.req.parseBody();
    if (sent["client_id"] !== CLIENT_ID) return c.json({ error: "invalid_client" }, 401);
    switch (sent["grant_type"]) {
      case "authorization_code": {
        const grant = redeemed(issuer, sent);
        return grant ? c.json(await tokens(issuer, grant.user, grant.nonce)) : c.json({ error: "invalid_grant" }, 400);
      }
      case DEVICE_CODE: {
        const polled = devices.redeem(String(sent["device_code"]));
        return "user" in polled ? c.json(await renewable(issuer, polled.user)) : c.json(polled, 400);
      }
      case "refresh_token": {
        const user = refreshing.get(String(sent["refresh_token"]));
        refreshing.delete(String(sent["refresh_token"]));
        return user === undefined ? c.json({ error: "invalid_grant" }, 400) : c.json(await renewable(issuer, user));
      }
      default:
        return c.json({ error: "unsupported_grant_type" }, 400);
    }
  });
}

/** The issuer's pages and endpoints, to be served under its URL's path. */
export async function createIssuer(directory: string, port: number, options: IssuerOptions = {}): Promise<Hono> {
  const { users = USERS, life = () => TOKEN_LIFE } = options;
  const url = issuerUrl(port);
  const issuer: Issuer = {
    url,
    redirectUris: ["filing", "desk"].map((page) => `http://localhost:${port}/${page}/`),
    users,
    life,
    signer: await openSigner(directory, url, options),
    grants: new Map(),
    devices: new DeviceGrants(),
    refreshing: new Map(),
  };
  const app = new Hono().basePath("/issuer") as unknown as Hono;
  app.use(
    bodyLimit({ maxSize: MAX_BODY }),
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
    async (c, next) => {
      await next();
      c.header("cache-control", "no-store");
    },
  );
  app.get("/.well-known/openid-configuration", (c) => c.json(metadataOf(url)));
  app.get("/jwks", (c) => c.json(issuer.signer.keys));
  app.get("/style.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  authorization(app, issuer);
  deviceFlow(app, issuer);
  tokenEndpoint(app, issuer);
  return app;
}
