import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { importJWK, type JWK, SignJWT } from "jose";
import { AUDIENCE, CLIENT_ID, issuerUrl } from "../../local/issuer.ts";

/** Every province that a code may begin with. */
const EVERYWHERE = Array.from({ length: 90 }, (_, i) => String(i + 10));

/**
 * What a request to the service of `npm start` is sent with by one who may file for every organ, which no demonstration
 * user may: a token signed with the key of its data folder.
 */
export async function credentials(directory: string, port: number): Promise<{ readonly authorization: string }> {
  const jwk = JSON.parse(await readFile(join(directory, "issuer-key.json"), "utf8")) as JWK;
  const token = await new SignJWT({
    nianbao_divisions: EVERYWHERE,
    client_id: CLIENT_ID,
    token_use: "access",
  })
    .setProtectedHeader({ alg: "RS256", kid: jwk.kid!, typ: "at+jwt" })
    .setIssuer(issuerUrl(port))
    .setSubject("load")
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(await importJWK(jwk, "RS256"));
  return { authorization: `Bearer ${token}` };
}
