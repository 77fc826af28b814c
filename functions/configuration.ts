import { fileURLToPath } from "node:url";
import { createAuthenticator } from "../src/authenticate/authenticate.ts";
import { openFonts } from "../src/fonts/fonts.ts";
import { REVIEWS } from "../src/office/policy.ts";
import { authenticationFromEnvironment } from "./authentication.ts";
import { logFromEnvironment } from "./log.ts";
import type { AppOptions } from "./options.ts";
import { keepsLog } from "./sequencing.ts";
import { type OpenedStore, storeFromEnvironment } from "./store.ts";
import { oneOf, required, trusted, words } from "./variables.ts";

/** Set by the build from package.json. */
declare const NIANBAO_VERSION: string;

/**
 * The app's options from the environment.
 *
 * - Store: `BUCKET`, `AWS_REGION`, and for stores other than AWS `S3_ENDPOINT` with `S3_FORCE_PATH_STYLE=true`, and
 *   `STORE_DIALECT` (`s3`, `oss`, `cos`, `obs`).
 *   `OBJECT_LOCK_DAYS` locks records and artefacts for so long.
 * - Readers: `PUBLIC_URL`, where the published prefix is read.
 * - Fonts: `FONTS`, a folder of an organ's own faces.
 * - Callers: `OIDC_ISSUER` and `OIDC_AUDIENCE` (values with spaces between; `aud`, or `client_id` of access tokens that
 *   have no `aud`) are required: there is no service without authentication. `OIDC_TOKEN_USE` is `access` (default) or
 *   `id`; access tokens are marked by `typ: at+jwt` (RFC 9068) or Cognito's `token_use`, unless `OIDC_ACCESS_TOKEN_TYPE` is
 *   `JWT`, for issuers that mark none. `OIDC_ALGORITHMS` names signatures with spaces between (default `RS256`); `OIDC_JWKS_URI` is where the keys are
 *   (default: as the issuer's discovery document says). `OIDC_CLAIM_ORGANS`, `OIDC_CLAIM_DIVISIONS`, `OIDC_CLAIM_ACTIONS`
 *   name the claims (default `nianbao_organs`, …; with Cognito's own attributes `custom:organs`, …).
 * - Filing pages: `OIDC_CLIENT_ID` (default: the first audience), `OIDC_SCOPE` (default `openid`).
 *   `OIDC_ORIGINS` names, with spaces between, the origins of the issuer's endpoints that are not the issuer's own (with
 *   Cognito the user pool's domain): the pages' policy lets them talk to no others.
 * - Review: `OFFICE_POLICY` is what is asked for before publication where no policy is set: `none` (default), `organ` or
 *   `superior`.
 * - Log of publications: `TLOG=true`, or a key of it (`sequencing.ts`), has receipts say that a version will be in it.
 * - Log: `LOG_FORMAT` is `json` (default), `text` for a terminal, or `none`.
 * @throws when one is missing or will not do, or a face cannot be opened
 */
export function optionsFromEnvironment(): AppOptions & { readonly store: OpenedStore } {
  const publicUrl = required("PUBLIC_URL").replace(/\/$/, "");
  const authentication = authenticationFromEnvironment();
  const { issuer, audience, tokenUse } = authentication;
  const store = storeFromEnvironment();
  const fonts = openFonts(process.env["FONTS"] ?? fileURLToPath(new URL("./fonts", import.meta.url)));
  return {
    store,
    fonts,
    now: () => new Date(),
    program: `nianbao ${NIANBAO_VERSION}`,
    review: oneOf("OFFICE_POLICY", REVIEWS),
    publicUrl,
    keepsLog: keepsLog(),
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
