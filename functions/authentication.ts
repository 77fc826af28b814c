import { ALGORITHMS, type Algorithm, type AuthenticationOptions } from "../src/authenticate/authenticate.ts";
import { oneOf, required, trusted, words, wrong } from "./variables.ts";

/**
 * Whom the environment says to believe (`OIDC_*`, see `optionsFromEnvironment`).
 * @throws when something is missing or will not do
 */
export function authenticationFromEnvironment(): AuthenticationOptions {
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
    accessTokenType: oneOf("OIDC_ACCESS_TOKEN_TYPE", ["at+jwt", "JWT"]),
    algorithms: algorithms as Algorithm[],
    jwksUri: jwksUri ? trusted("OIDC_JWKS_URI", jwksUri) : undefined,
    claims: {
      organs: process.env["OIDC_CLAIM_ORGANS"] || "nianbao_organs",
      divisions: process.env["OIDC_CLAIM_DIVISIONS"] || "nianbao_divisions",
      actions: process.env["OIDC_CLAIM_ACTIONS"] || "nianbao_actions",
    },
  };
}
