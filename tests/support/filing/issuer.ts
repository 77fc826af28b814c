import { createHash } from "node:crypto";
import { Hono } from "hono";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** An OpenID Connect issuer that asks nothing: every sign-in is clerk-1's. Authorization code with PKCE, refresh tokens. */
export interface TestIssuer {
  readonly app: Hono;
  /** s that the tokens made from now on hold. */
  expiresIn: number;
  /** Whether it gives refresh tokens. */
  refreshes: boolean;
  /** How many times somebody was sent here to sign in. */
  visits: number;
  /** An access token of clerk-1's. */
  token(): Promise<string>;
}

export async function createIssuer(url: string, claims: Readonly<Record<string, unknown>>): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "test", alg: "RS256", use: "sig" };
  const app = new Hono();
  const codes = new Map<string, { readonly challenge: string; readonly nonce?: string }>();
  const access = (client: string): Promise<string> =>
    sign(client, { client_id: client, token_use: "access", scope: "openid" });
  const issuer: TestIssuer = { app, expiresIn: 3600, refreshes: false, visits: 0, token: () => access("nianbao-web") };

  const sign = (audience: string, more: Readonly<Record<string, unknown>>): Promise<string> =>
    new SignJWT({ name: "聊城市市场监督管理局 王经办", ...claims, ...more })
      .setProtectedHeader({ alg: "RS256", kid: "test", typ: more["nonce"] ? "JWT" : "at+jwt" })
      .setIssuer(url)
      .setSubject("clerk-1")
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1000) + issuer.expiresIn)
      .sign(privateKey);

  app.get("/.well-known/openid-configuration", (c) =>
    c.json({
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      jwks_uri: `${url}/jwks`,
      end_session_endpoint: `${url}/logout`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
    }),
  );
  app.get("/jwks", (c) => c.json({ keys: [jwk] }));
  app.get("/authorize", (c) => {
    issuer.visits += 1;
    const { redirect_uri = "", state = "", code_challenge = "", nonce } = c.req.query();
    const code = crypto.randomUUID();
    codes.set(code, { challenge: code_challenge, ...(nonce ? { nonce } : {}) });
    const back = new URL(redirect_uri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", state);
    return c.redirect(back.href);
  });
  app.get("/logout", (c) => c.redirect(c.req.query("post_logout_redirect_uri") ?? "/"));
  app.post("/token", async (c) => {
    const form = await c.req.parseBody();
    const code = codes.get(String(form["code"]));
    const verifier = createHash("sha256").update(String(form["code_verifier"])).digest("base64url");
    if (form["grant_type"] === "authorization_code" && code?.challenge !== verifier)
      return c.json({ error: "invalid_grant" }, 400);
    codes.delete(String(form["code"]));
    const client = String(form["client_id"]);
    return c.json({
      token_type: "Bearer",
      expires_in: issuer.expiresIn,
      access_token: await access(client),
      id_token: await sign(client, { token_use: "id", ...(code?.nonce ? { nonce: code.nonce } : {}) }),
      ...(issuer.refreshes ? { refresh_token: crypto.randomUUID() } : {}),
    });
  });
  return issuer;
}
