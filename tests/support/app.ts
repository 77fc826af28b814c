import { fileURLToPath } from "node:url";
import type { Hono } from "hono";
import { createApp } from "../../functions/app.ts";
import type { Decision } from "../../functions/decision.ts";
import type { Env } from "../../functions/env.ts";
import { AuthenticationError } from "../../src/authenticate/authenticate.ts";
import { callerOf } from "../../src/authenticate/caller.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import type { Review } from "../../src/office/policy.ts";
import type { Store } from "../../src/store/store.ts";

const NAMES = { organs: "organs", divisions: "divisions", actions: "actions" };

/** The API on a store, in this process. Its tokens are the claims themselves, as JSON. */
export function appOn(store: Store, now = "2025-04-01T00:00:00Z", review: Review = "none") {
  const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
  const decisions: Decision[] = [];
  const app: Hono<Env> = createApp({
    store,
    fonts,
    now: () => new Date(now),
    program: "test",
    review,
    publicUrl: "https://example.org",
    filing: {
      issuer: "https://issuer.example",
      clientId: "web",
      scope: "openid",
      tokenUse: "access",
      publicUrl: "https://example.org",
    },
    log: {
      decision: (decision) => void decisions.push(decision),
      fault: (error) => {
        throw error;
      },
    },
    authenticate: async (authorization) => {
      if (authorization === undefined) throw new AuthenticationError("missing", "请先登录", "Please sign in");
      return callerOf({ iss: "https://issuer.example", sub: "clerk", ...JSON.parse(authorization) }, NAMES);
    },
  });
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    claims?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> =>
    app.request(path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(claims ? { authorization: JSON.stringify(claims) } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { ask, decisions };
}
