import { createHmac } from "node:crypto";
import { CompactEncrypt, exportSPKI, generateKeyPair, importJWK, SignJWT } from "jose";
import { SIGNED_INPUTS } from "./hostile-token-kinds.ts";
import { issuerKey, type TestIssuer } from "./issuer.ts";

/** An `Authorization` header that must get nobody in, and what is said to it. */
export interface HostileToken {
  readonly what: string;
  /** 401, or 403 where the caller is known and may not. */
  readonly status: 401 | 403;
  readonly says: string;
  /** `undefined` sends no header. */
  readonly authorization: (issuer: TestIssuer) => Promise<string | undefined>;
}

const EVERYWHERE = Array.from({ length: 90 }, (_, i) => String(i + 10));
const encode = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");
const now = (): number => Math.floor(Date.now() / 1000);
/** Claims that would let a caller do everything. */
const all = (issuer: TestIssuer) => ({
  iss: issuer.url,
  sub: "forger",
  aud: "nianbao-test",
  iat: now(),
  exp: now() + 3600,
  nianbao_divisions: EVERYWHERE,
});
const bearer = (token: string): string => `Bearer ${token}`;
const valid = (issuer: TestIssuer, claims: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  issuer.token({ nianbao_divisions: EVERYWHERE, ...claims });

const INVALID = "令牌无效";
const NO_RIGHT = "您的账号不能为";

/** A valid token with other claims. */
const claiming = (what: string, claims: (issuer: TestIssuer) => Readonly<Record<string, unknown>>, says = INVALID) => ({
  what,
  status: 401 as const,
  says,
  authorization: async (issuer: TestIssuer) => bearer(await valid(issuer, claims(issuer))),
});
/** A header as it stands. */
const written = (what: string, authorization: string | undefined, says = INVALID): HostileToken => ({
  what,
  status: 401,
  says,
  authorization: async () => authorization,
});
/** A valid token, changed as a text. */
const bent = (what: string, change: (token: string) => string): HostileToken => ({
  what,
  status: 401,
  says: INVALID,
  authorization: async (issuer) => bearer(change(await valid(issuer))),
});
/** A header and claims signed by none, or by somebody's means. */
const forged = (what: string, make: (issuer: TestIssuer) => Promise<string>): HostileToken => ({
  what,
  status: 401,
  says: INVALID,
  authorization: async (issuer) => bearer(await make(issuer)),
});
/** A token that is sound, and whose rights do not reach. */
const powerless = (what: string, claims: Readonly<Record<string, unknown>>, says = NO_RIGHT): HostileToken => ({
  what,
  status: 403,
  says,
  authorization: async (issuer) => bearer(await issuer.token(claims)),
});

const unsigned = (header: unknown, issuer: TestIssuer, signature = ""): string =>
  `${encode(header)}.${encode(all(issuer))}.${signature}`;
/** Signed with the public key as if it were a shared secret (RFC 8725, 2.1). */
async function confused(issuer: TestIssuer, secret: (pem: string) => string | Buffer, alg = "HS256"): Promise<string> {
  const key = issuer.keys[0]!;
  const pem = await exportSPKI((await importJWK(key.publicJwk, "RS256", { extractable: true })) as CryptoKey);
  const input = `${encode({ alg, typ: "at+jwt", kid: key.kid })}.${encode(all(issuer))}`;
  const hash = { HS256: "sha256", HS384: "sha384", HS512: "sha512" }[alg]!;
  return `${input}.${createHmac(hash, secret(pem)).update(input).digest("base64url")}`;
}
/** Signed well by a key that is not the issuer's, under a header of the forger's choosing. */
async function foreign(
  issuer: TestIssuer,
  header: (jwk: object) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<string> {
  const key = await issuerKey("first");
  return new SignJWT(all(issuer))
    .setProtectedHeader({ alg: "RS256", kid: "first", typ: "at+jwt", ...header(key.publicJwk) })
    .sign(key.privateKey);
}

/** No token: 401. */
const HEADERS: readonly HostileToken[] = [
  written("no header", undefined, "请先登录"),
  written("an empty token", "Bearer "),
  written("the scheme alone", "Bearer"),
  written("Basic", `Basic ${Buffer.from("admin:admin").toString("base64")}`),
  written("Digest", 'Digest username="admin", realm="x", nonce="", uri="/reports", response=""'),
  written("Negotiate", "Negotiate TlRMTVNTUAABAAAA"),
  written("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=x/20260126/us-east-1/s3/aws4_request, Signature=0"),
  written("no token of three parts", "Bearer admin"),
  written("null", "Bearer null"),
  written("two dots", "Bearer .."),
  written("four dots", "Bearer ...."),
  written("an object for a token", 'Bearer {"alg":"none"}'),
  written("two tokens", "Bearer a.b.c, Bearer d.e.f"),
  written("a token of 9000 characters", `Bearer ${"a".repeat(9000)}`),
  written("ten thousand dots", `Bearer ${".".repeat(8000)}`),
  written("SQL for a token", "Bearer ' OR '1'='1"),
  written("a header that is no JSON", `Bearer ${encode("not json")}.${encode({})}.x`),
  written("a header that is null", `Bearer ${encode(null)}.${encode({})}.x`),
  written("a header with NULs", `Bearer ${encode("\0\0")}.${encode({})}.x`),
  written("a header with the prototype", `Bearer ${encode('{"__proto__":{"alg":"none"}}')}.${encode({})}.`),
];

/** Signed wrongly or by somebody else: 401. */
const FORGED: readonly HostileToken[] = [
  forged("alg none, no signature", async (i) => unsigned({ alg: "none", typ: "JWT" }, i)),
  forged("alg None", async (i) => unsigned({ alg: "None" }, i)),
  forged("alg NONE with a signature", async (i) => unsigned({ alg: "NONE" }, i, "AAAA")),
  forged("alg nonE", async (i) => unsigned({ alg: "nonE" }, i)),
  forged("no alg", async (i) => unsigned({ typ: "JWT", kid: "first" }, i, "AAAA")),
  forged("alg as a list", async (i) => unsigned({ alg: ["none", "RS256"] }, i, "AAAA")),
  forged("alg null", async (i) => unsigned({ alg: null }, i)),
  forged("alg as an empty text", async (i) => unsigned({ alg: "" }, i)),
  forged("alg RS256 without a signature", async (i) => unsigned({ alg: "RS256", kid: "first" }, i)),
  forged("alg RS256 with zeros", async (i) =>
    unsigned({ alg: "RS256", kid: "first" }, i, Buffer.alloc(256).toString("base64url")),
  ),
  forged("HS256 with the public key as PEM", (i) => confused(i, (pem) => pem)),
  forged("HS256 with the public key as PEM, without its last line break", (i) => confused(i, (pem) => pem.trim())),
  forged("HS256 with the public key as DER", (i) =>
    confused(i, (pem) => Buffer.from(pem.replace(/-----.*?-----|\s/g, ""), "base64")),
  ),
  forged("HS256 with the modulus", (i) => confused(i, () => Buffer.from(i.keys[0]!.publicJwk.n!, "base64url"))),
  forged("HS512 with the public key", (i) => confused(i, (pem) => pem, "HS512")),
  forged("HS256 with an empty secret", (i) => confused(i, () => "")),
  forged("HS256 with a well-known secret", (i) => confused(i, () => "secret")),
  forged("a foreign key under the issuer's key id", (i) => foreign(i)),
  forged("a foreign key in the header (jwk)", (i) => foreign(i, (jwk) => ({ jwk }))),
  forged("a foreign key by address (jku)", (i) => foreign(i, () => ({ jku: "https://example.org/jwks" }))),
  forged("a certificate by address (x5u)", (i) => foreign(i, () => ({ x5u: "https://example.org/cert.pem" }))),
  forged("a certificate in the header (x5c)", (i) => foreign(i, () => ({ x5c: ["MIIB"] }))),
  forged("a key id that is a path", (i) => foreign(i, () => ({ kid: "../../../dev/null" }))),
  forged("a key id that is SQL", (i) => foreign(i, () => ({ kid: "x' UNION SELECT 'secret" }))),
  forged("a key id of the prototype", (i) => foreign(i, () => ({ kid: "__proto__" }))),
  forged("a key id of 4000 characters", (i) => foreign(i, () => ({ kid: "k".repeat(4000) }))),
  forged("a critical header that nobody knows", (i) =>
    i
      .token({ nianbao_divisions: EVERYWHERE }, i.keys[0], { crit: ["exp"], exp: 1 })
      .catch(() => unsigned({ alg: "RS256", kid: "first", crit: ["x"], x: 1 }, i, "AAAA")),
  ),
  forged("ES256 by a key of the forger's", async (i) => {
    const { privateKey } = await generateKeyPair("ES256");
    return new SignJWT(all(i)).setProtectedHeader({ alg: "ES256", kid: "first" }).sign(privateKey);
  }),
  forged("PS256 by the issuer's own key, which is for RS256", async (i) => {
    const { privateKey } = await generateKeyPair("PS256");
    return new SignJWT(all(i)).setProtectedHeader({ alg: "PS256", kid: "first" }).sign(privateKey);
  }),
  forged("EdDSA", async (i) => {
    const { privateKey } = await generateKeyPair("EdDSA");
    return new SignJWT(all(i)).setProtectedHeader({ alg: "EdDSA", kid: "first" }).sign(privateKey);
  }),
  forged("an encrypted token", async (i) => {
    const { publicKey } = await generateKeyPair("RSA-OAEP-256");
    return new CompactEncrypt(Buffer.from(JSON.stringify(all(i))))
      .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM" })
      .encrypt(publicKey);
  }),
  forged("a compressed token that grows (zip)", async (i) =>
    unsigned({ alg: "RS256", kid: "first", zip: "DEF" }, i, "AAAA"),
  ),
];

/** A valid token, bent: 401. */
const BENT: readonly HostileToken[] = [
  bent("a signature cut short", (t) => t.slice(0, -20)),
  bent("no signature", (t) => t.slice(0, t.lastIndexOf("."))),
  bent("an empty signature", (t) => t.slice(0, t.lastIndexOf(".") + 1)),
  bent("one bit of the signature", (t) => {
    const at = t.lastIndexOf(".") + 10;
    return `${t.slice(0, at)}${t[at] === "A" ? "B" : "A"}${t.slice(at + 1)}`;
  }),
  bent("claims of somebody else", (t) => {
    const [header, claims, signature] = t.split(".");
    const changed = { ...JSON.parse(Buffer.from(claims!, "base64url").toString()), sub: "admin" };
    return `${header}.${encode(changed)}.${signature}`;
  }),
  bent(
    "a header of somebody else",
    (t) => `${encode({ alg: "RS256", kid: "first", x: 1 })}.${t.split(".").slice(1).join(".")}`,
  ),
  bent("a fourth part", (t) => `${t}.AAAA`),
  bent("the header twice", (t) => `${t.split(".")[0]}.${t}`),
  bent("a token in quotes", (t) => `"${t}"`),
  bent("a token in percent signs", (t) => t.replaceAll(".", "%2E")),
  bent("padding within", (t) => t.replaceAll(".", "==.")),
];

/** Signed by the issuer, and not for this: 401. */
const CLAIMS: readonly HostileToken[] = [
  claiming("expired a day ago", () => ({ exp: now() - 86_400 }), "登录已过期"),
  claiming("expired longer ago than clocks differ", () => ({ exp: now() - 120 }), "登录已过期"),
  claiming("expired in 1970", () => ({ exp: 0 }), "登录已过期"),
  claiming("no expiry", () => ({ exp: undefined })),
  claiming("an expiry as a text", () => ({ exp: "2099-01-01" })),
  claiming("an expiry that is null", () => ({ exp: null })),
  claiming("not valid yet", () => ({ nbf: now() + 3600 })),
  claiming("another issuer", () => ({ iss: "https://example.org" })),
  claiming("an issuer with a slash more", (i) => ({ iss: `${i.url}/` })),
  claiming("a list of issuers", (i) => ({ iss: [i.url, "https://example.org"] })),
  claiming("no issuer", () => ({ iss: undefined })),
  claiming("another audience", () => ({ aud: "another" })),
  claiming("an audience that begins alike", () => ({ aud: "nianbao-test-2" })),
  claiming("no audience", () => ({ aud: undefined })),
  claiming("an empty list of audiences", () => ({ aud: [] })),
  claiming("an audience that is an object", () => ({ aud: { toString: "nianbao-test" } })),
  claiming("an ID token in place of an access token", () => ({ token_use: "id" })),
  claiming("no subject", () => ({ sub: undefined })),
  claiming("an empty subject", () => ({ sub: "" })),
  claiming("a subject with a line break", () => ({ sub: "clerk\n{}" })),
  claiming("a subject with an escape sequence", () => ({ sub: "clerk\u001b[2J" })),
  claiming("a subject of 300 characters", () => ({ sub: "c".repeat(300) })),
  claiming("a subject that is a number", () => ({ sub: 7 })),
];

/** Known, and without the right for 11330100002489015P: 403. */
const RIGHTS: readonly HostileToken[] = [
  powerless("no rights at all", {}),
  powerless("another organ", { nianbao_organs: ["11371500MB28560185"] }),
  powerless("another province", { nianbao_divisions: ["37"] }),
  powerless("a division that is not its own", { nianbao_divisions: ["330000"] }),
  powerless("the organ's code in small letters", { nianbao_organs: ["11330100002489015p"] }),
  powerless("the beginning of the organ's code", { nianbao_organs: ["1133010000248901"] }),
  powerless("an asterisk for organs", { nianbao_organs: ["*"] }),
  powerless("an asterisk for divisions", { nianbao_divisions: ["*"] }),
  powerless("an empty division", { nianbao_divisions: [""] }),
  powerless("a pattern for a division", { nianbao_divisions: ["3[0-9]"] }),
  powerless("true for organs", { nianbao_organs: true }),
  powerless("an object for organs", { nianbao_organs: { "11330100002489015P": true } }),
  powerless("a list in a list", { nianbao_organs: [["11330100002489015P"]] }),
  powerless("organs with commas between", { nianbao_organs: "11371500MB28560185,11330100002489015P" }),
  powerless("a claim of another name", { organs: ["11330100002489015P"], admin: true, role: "admin" }),
  powerless("a scope of everything", { scope: "nianbao:* admin" }),
  powerless(
    "only the right to withdraw",
    { nianbao_divisions: ["33"], nianbao_actions: ["withdraw"] },
    "没有“公布报告”的权限",
  ),
  powerless("an empty list of rights", { nianbao_divisions: ["33"], nianbao_actions: [] }, "没有“公布报告”的权限"),
  powerless("null for rights", { nianbao_divisions: ["33"], nianbao_actions: null }, "没有“公布报告”的权限"),
  powerless("an asterisk for rights", { nianbao_divisions: ["33"], nianbao_actions: ["*"] }, "没有“公布报告”的权限"),
  powerless("a right in capitals", { nianbao_divisions: ["33"], nianbao_actions: ["FILE"] }, "没有“公布报告”的权限"),
];

const named =
  (kind: string) =>
  (token: HostileToken): HostileToken => ({ ...token, what: `${kind}: ${token.what}` });

/** Everything that is sent in place of a token. */
export const TOKEN_INPUTS: readonly HostileToken[] = [
  ...HEADERS.map(named("authorization")),
  ...FORGED.map(named("forged")),
  ...BENT.map(named("bent")),
  ...CLAIMS.map(named("claims")),
  ...RIGHTS.map(named("rights")),
  ...SIGNED_INPUTS,
];
