import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";
import { afterAll } from "vitest";

/** A key of the issuer, with what of it is public. */
export interface IssuerKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** An OpenID issuer that a test has in its hands: real keys, a real discovery document and JWKS over HTTP. */
export interface TestIssuer {
  readonly url: string;
  /** What it publishes now; tests add and take away. */
  readonly keys: IssuerKey[];
  /** How often the JWKS was asked for. */
  readonly fetches: () => number;
  /** While false, the issuer answers 503. */
  up: boolean;
  /**
   * A signed access token (RFC 9068) with the claims given over those of a valid one: iss, sub, aud, iat, exp.
   * A claim of undefined is left out.
   */
  token(
    claims?: Readonly<Record<string, unknown>>,
    key?: IssuerKey,
    header?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
}

export const AUDIENCE = "nianbao-test";

/** A key pair for an issuer, or for a forger. */
export async function issuerKey(kid: string): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" } };
}

/** Starts an issuer; it ends with the test file. */
export async function startIssuer(): Promise<TestIssuer> {
  const keys = [await issuerKey("first")];
  let fetches = 0;
  const server = createServer((request, response) => {
    const answer = (body: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    if (!issuer.up) response.writeHead(503).end();
    else if (request.url === "/.well-known/openid-configuration") answer({ issuer: url, jwks_uri: `${url}/jwks` });
    else if (request.url === "/jwks") {
      fetches += 1;
      answer({ keys: issuer.keys.map((key) => key.publicJwk) });
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const issuer: TestIssuer = {
    url,
    keys,
    fetches: () => fetches,
    up: true,
    token: (claims = {}, key = keys[0]!, header = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: url, sub: "tester", aud: AUDIENCE, iat: now, exp: now + 3600, ...claims };
      return new SignJWT(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))
        .setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "at+jwt", ...header })
        .sign(key.privateKey);
    },
  };
  return issuer;
}
