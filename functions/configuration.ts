import { fileURLToPath } from "node:url";
import { Logger } from "@aws-lambda-powertools/logger";
import {
  ALGORITHMS,
  type Algorithm,
  type AuthenticationOptions,
  createAuthenticator,
} from "../src/authenticate/authenticate.ts";
import { openFonts } from "../src/render/pdf/fonts.ts";
import type { Log } from "./audit.ts";
import { jsonLog, textLog } from "./log.ts";
import type { AppOptions } from "./options.ts";
import { required, storeFromEnvironment } from "./store.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

const wrong = (name: string, zh: string, en: string): Error =>
  new Error(`环境变量 ${name} ${zh} · the environment variable ${name} ${en}`);

/** One of a few values, or the first. */
function oneOf<T extends string>(name: string, values: readonly T[]): T {
  const value = process.env[name] || values[0];
  const known = values.find((v) => v === value);
  if (known === undefined) throw wrong(name, `应为${values.join("、")}之一`, `must be one of ${values.join(", ")}`);
  return known;
}

const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** An address that keys may come from: over TLS, or from this machine. */
function trusted(name: string, url: string): string {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "" };
  if (protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname)))
    return url;
  throw wrong(name, "应为 https 网址", "must be an https URL");
}

function authenticationFromEnvironment(): AuthenticationOptions {
  const algorithms = words(process.env["OIDC_ALGORITHMS"] || "RS256");
  const foreign = algorithms.find((name) => !(ALGORITHMS as readonly string[]).includes(name));
  if (foreign !== undefined)
    throw wrong("OIDC_ALGORITHMS", `不能有 ${foreign}；可用的有 ${ALGORITHMS.join("、")}`, `may not name ${foreign}`);
  const audience = words(required("OIDC_AUDIENCE"));
  if (audience.length === 0) throw wrong("OIDC_AUDIENCE", "是空的", "is empty");
  const jwksUri = process.env["OIDC_JWKS_URI"];
  return {
    issuer: trusted("OIDC_ISSUER", required("OIDC_ISSUER")),
    audience,
    tokenUse: oneOf("OIDC_TOKEN_USE", ["access", "id"]),
    algorithms: algorithms as Algorithm[],
    jwksUri: jwksUri ? trusted("OIDC_JWKS_URI", jwksUri) : undefined,
    claims: {
      organs: process.env["OIDC_CLAIM_ORGANS"] || "nianbao_organs",
      divisions: process.env["OIDC_CLAIM_DIVISIONS"] || "nianbao_divisions",
      actions: process.env["OIDC_CLAIM_ACTIONS"] || "nianbao_actions",
    },
  };
}

function logFromEnvironment(): Log {
  switch (oneOf("LOG_FORMAT", ["json", "text", "none"])) {
    case "json":
      return jsonLog(new Logger({ serviceName: process.env["POWERTOOLS_SERVICE_NAME"] ?? "nianbao" }));
    case "text":
      return textLog((line) => console.log(line));
    case "none":
      return { decision: () => {}, fault: () => {} };
  }
}

/**
 * The app's options from the environment.
 *
 * - Store: `BUCKET`, `AWS_REGION`, and for stores other than AWS `S3_ENDPOINT` with `S3_FORCE_PATH_STYLE=true`.
 *   `OBJECT_LOCK_DAYS` locks records and artefacts for so long.
 * - Readers: `PUBLIC_URL`, where the published prefix is read.
 * - Fonts: `FONTS`, a folder of an organ's own faces.
 * - Callers: `OIDC_ISSUER` and `OIDC_AUDIENCE` (values with spaces between; `aud`, or `client_id` of access tokens that
 *   have no `aud`) are required: there is no service without authentication. `OIDC_TOKEN_USE` is `access` (default) or
 *   `id`; `OIDC_ALGORITHMS` names signatures with spaces between (default `RS256`); `OIDC_JWKS_URI` is where the keys are
 *   (default: as the issuer's discovery document says). `OIDC_CLAIM_ORGANS`, `OIDC_CLAIM_DIVISIONS`, `OIDC_CLAIM_ACTIONS`
 *   name the claims (default `nianbao_organs`, …; with Cognito's own attributes `custom:organs`, …).
 * - Filing pages: `OIDC_CLIENT_ID` (default: the first audience), `OIDC_SCOPE` (default `openid`).
 *   `OIDC_ORIGINS` names, with spaces between, the origins of the issuer's endpoints that are not the issuer's own (with
 *   Cognito the user pool's domain): the pages' policy lets them talk to no others.
 * - Log: `LOG_FORMAT` is `json` (default), `text` for a terminal, or `none`.
 * @throws when one is missing or will not do, or a face cannot be opened
 */
export function optionsFromEnvironment(): AppOptions {
  const publicUrl = required("PUBLIC_URL").replace(/\/$/, "");
  const authentication = authenticationFromEnvironment();
  const { issuer, audience, tokenUse } = authentication;
  return {
    store: storeFromEnvironment(),
    fonts: openFonts(process.env["FONTS"] ?? fileURLToPath(new URL("./fonts", import.meta.url))),
    now: () => new Date(),
    program: `nianbao ${NIANBAO_VERSION}`,
    publicUrl,
    authenticate: createAuthenticator(authentication),
    filing: {
      issuer,
      clientId: process.env["OIDC_CLIENT_ID"] || audience[0]!,
      scope: process.env["OIDC_SCOPE"] || "openid",
      tokenUse,
      publicUrl,
    },
    signInOrigins: words(process.env["OIDC_ORIGINS"] ?? "").map((url) => trusted("OIDC_ORIGINS", url)),
    log: logFromEnvironment(),
  };
}
