import type { HostileToken } from "./hostile-tokens.ts";
import type { TestIssuer } from "./issuer.ts";

/** Tokens that the issuer itself signed with its own key, all of them for everything; and none is an access token for us. */

type Part = Readonly<Record<string, unknown>>;

const EVERYWHERE = Array.from({ length: 90 }, (_, i) => String(i + 10));
const now = (): number => Math.floor(Date.now() / 1000);
const encode = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Claims of a sound access token. */
const sound = (issuer: TestIssuer): Part => ({
  iss: issuer.url,
  sub: "tester",
  aud: "nianbao-test",
  iat: now(),
  exp: now() + 3600,
  nianbao_divisions: EVERYWHERE,
});

/** Header and claims as they stand, signed by the issuer: what a library for making tokens would refuse to make. */
async function signed(issuer: TestIssuer, header: unknown, claims: unknown): Promise<string> {
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", issuer.keys[0]!.privateKey, Buffer.from(input));
  return `Bearer ${input}.${Buffer.from(signature).toString("base64url")}`;
}

const HEADER = { alg: "RS256", kid: "first", typ: "at+jwt" };
const INVALID = "令牌无效";

const made = (what: string, make: (issuer: TestIssuer) => Promise<string>, says = INVALID): HostileToken => ({
  what,
  status: 401,
  says,
  authorization: make,
});
const headed = (what: string, header: Part): HostileToken =>
  made(what, (issuer) => signed(issuer, { ...HEADER, ...header }, sound(issuer)));
const claiming = (
  what: string,
  claims: (issuer: TestIssuer) => Part,
  header: Part = {},
  says = INVALID,
): HostileToken =>
  made(what, (issuer) => signed(issuer, { ...HEADER, ...header }, { ...sound(issuer), ...claims(issuer) }), says);
/** As JSON, where a value has no other way to be written. */
const written = (what: string, name: string, value: string): HostileToken =>
  made(what, (issuer) => {
    const { [name]: _, ...rest } = sound(issuer);
    return signed(issuer, HEADER, `${JSON.stringify(rest).slice(0, -1)},"${name}":${value}}`);
  });

/** Of another type (RFC 8725, 3.11). */
const TYPES: readonly HostileToken[] = [
  headed("an ID token without token_use", { typ: "JWT" }),
  headed("an ID token without token_use and typ", { typ: undefined }),
  claiming("an ID token with a nonce", () => ({ nonce: "n", at_hash: "h", auth_time: now() }), { typ: "JWT" }),
  claiming("an ID token that says so", () => ({ token_use: "id" }), { typ: "JWT" }),
  claiming("an ID token under the type of an access token", () => ({ token_use: "id" })),
  headed("a logout token", { typ: "logout+jwt" }),
  claiming(
    "a logout token with its event",
    () => ({ events: { "http://schemas.openid.net/event/backchannel-logout": {} } }),
    {
      typ: "logout+jwt",
    },
  ),
  claiming("a logout token under the type of an access token", () => ({
    events: { "http://schemas.openid.net/event/backchannel-logout": {} },
  })),
  headed("a logout token as a media type", { typ: "application/logout+jwt" }),
  headed("a security event token", { typ: "secevent+jwt" }),
  headed("a proof of possession (DPoP)", { typ: "dpop+jwt" }),
  headed("a request object", { typ: "oauth-authz-req+jwt" }),
  headed("an introspection response", { typ: "token-introspection+jwt" }),
  headed("an entity statement", { typ: "entity-statement+jwt" }),
  headed("a verifiable credential", { typ: "vc+sd-jwt" }),
  headed("a client attestation", { typ: "oauth-client-attestation+jwt" }),
  headed("a type that ends alike", { typ: "x-at+jwt" }),
  headed("a type that begins alike", { typ: "at+jwt2" }),
  headed("a type under another tree", { typ: "text/at+jwt" }),
  headed("a type twice under its tree", { typ: "application/application/at+jwt" }),
  headed("a type with a space", { typ: " at+jwt" }),
  headed("an empty type", { typ: "", x: 1 }),
  headed("a type that is a list", { typ: ["at+jwt"] }),
  headed("a type that is null", { typ: null }),
  headed("JOSE", { typ: "JOSE" }),
  claiming("token_use in capitals", () => ({ token_use: "ACCESS" })),
  claiming("token_use as a list", () => ({ token_use: ["access"] })),
  claiming("token_use null", () => ({ token_use: null })),
  claiming("token_use refresh", () => ({ token_use: "refresh" })),
];

/** With a header that changes what a token means. */
const HEADS: readonly HostileToken[] = [
  headed("a token in the token (cty)", { cty: "JWT" }),
  headed("a header that must be understood", { crit: ["x"], x: 1 }),
  headed("an empty list of what must be understood", { crit: [] }),
  headed("crit that is a text", { crit: "exp" }),
  headed("crit that names what it need not", { crit: ["alg"] }),
  headed("crit that names what is not there", { crit: ["exp"] }),
  headed("claims that are not encoded (b64)", { b64: false, crit: ["b64"] }),
  headed("b64 that nobody must understand", { b64: false }),
  headed("a compressed token", { zip: "DEF" }),
  headed("an encrypted token's header", { enc: "A256GCM" }),
  headed("a key id that is a number", { kid: 1 }),
  headed("a key id that is a list", { kid: ["first"] }),
  headed("a key id that is an object", { kid: { toString: "first" } }),
  headed("a key id that is null", { kid: null }),
  headed("a key id with a path before it", { kid: "../first" }),
  headed("a key id in capitals", { kid: "FIRST" }),
  headed("an algorithm of the same key that is not allowed", { alg: "RS512" }),
  headed("an algorithm in small letters", { alg: "rs256" }),
  headed("RSA with another padding", { alg: "PS256" }),
  headed("an algorithm with a NUL", { alg: "RS256\0" }),
  made("a header that is a list", (issuer) => signed(issuer, "[]", sound(issuer))),
  made("a header that is a number", (issuer) => signed(issuer, "1", sound(issuer))),
  made("a token signed within a token", async (issuer) => {
    const inner = (await signed(issuer, HEADER, sound(issuer))).slice("Bearer ".length);
    return signed(issuer, HEADER, JSON.stringify(inner));
  }),
];

/** With times that no clock shows. */
const TIMES: readonly HostileToken[] = [
  written("exp 1e308", "exp", "1e308"),
  written("exp 1e400, which is infinite", "exp", "1e400"),
  written("exp beyond exact integers", "exp", "9007199254740993"),
  written("exp in milliseconds", "exp", String(Date.now() + 3_600_000)),
  written("exp in the year 10000", "exp", "253402300800"),
  written("exp that is no integer", "exp", `${now() + 3600}.5`),
  written("exp true", "exp", "true"),
  written("exp as a list", "exp", `[${now() + 3600}]`),
  written("exp as an object", "exp", "{}"),
  claiming("exp as a number in a text", () => ({ exp: String(now() + 3600) })),
  claiming("exp in ten years", () => ({ exp: now() + 315_360_000 })),
  claiming("exp in two days", () => ({ exp: now() + 172_800 })),
  claiming("a life of more than a day that began long ago", () => ({ iat: now() - 90_000, exp: now() + 3600 })),
  claiming("iat in the future", () => ({ iat: now() + 3000 })),
  claiming("iat further ahead than clocks differ", () => ({ iat: now() + 120 })),
  claiming("iat after exp", () => ({ iat: now() + 40, exp: now() - 30 })),
  claiming("no iat", () => ({ iat: undefined })),
  written("iat null", "iat", "null"),
  written("iat as a text", "iat", `"${now()}"`),
  written("iat negative", "iat", "-1"),
  written("iat zero with an exp of today", "iat", "0"),
  written("iat -1e308", "iat", "-1e308"),
  written("iat that is no integer", "iat", `${now() - 1}.25`),
  written("nbf as a text", "nbf", `"${now()}"`),
  written("nbf null", "nbf", "null"),
  written("nbf -1", "nbf", "-1"),
  written("nbf 1e308", "nbf", "1e308"),
  claiming("nbf after clocks could differ", () => ({ nbf: now() + 90 })),
];

/** For somebody else. */
const PARTIES: readonly HostileToken[] = [
  claiming("no audience but a client", () => ({ aud: undefined, client_id: "nianbao-test" })),
  claiming("another audience and our client", () => ({
    aud: "another",
    client_id: "nianbao-test",
    token_use: "access",
  })),
  claiming("an audience null", () => ({ aud: null })),
  claiming("an audience that is a number", () => ({ aud: 7 })),
  claiming("audiences in a list in a list", () => ({ aud: [["nianbao-test"]] })),
  claiming("audiences with something else among them", () => ({ aud: ["nianbao-test", 7] })),
  claiming("audiences with null among them", () => ({ aud: ["nianbao-test", null] })),
  claiming("audiences in a text", () => ({ aud: "another nianbao-test" })),
  claiming("audiences with commas between", () => ({ aud: "nianbao-test,another" })),
  claiming("an audience in capitals", () => ({ aud: "NIANBAO-TEST" })),
  claiming("an audience with a space", () => ({ aud: "nianbao-test " })),
  claiming("an audience with a slash", () => ({ aud: "nianbao-test/" })),
  claiming("an asterisk for the audience", () => ({ aud: "*" })),
  claiming("a hundred audiences", () => ({ aud: ["nianbao-test", ...Array.from({ length: 99 }, (_, i) => `a${i}`)] })),
  claiming("an issuer in capitals", (i) => ({ iss: i.url.toUpperCase() })),
  claiming("an issuer by another name of the machine", (i) => ({ iss: i.url.replace("127.0.0.1", "localhost") })),
  claiming("an issuer that is a list", (i) => ({ iss: [i.url] })),
  claiming("an issuer with a query", (i) => ({ iss: `${i.url}?` })),
  claiming("bound to a key (mTLS)", () => ({ cnf: { "x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2" } })),
  claiming("bound to a key (DPoP)", () => ({ cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } })),
  claiming("a subject of spaces", () => ({ sub: " " })),
  claiming("a subject that is a list", () => ({ sub: ["tester"] })),
  claiming("a subject that is null", () => ({ sub: null })),
  claiming("a subject of ideographs", () => ({ sub: "填报人" })),
  claiming("a subject with a C1 control", () => ({ sub: "tester\u009b" })),
  made("claims that are a list", (issuer) => signed(issuer, HEADER, "[]")),
  made("claims that are null", (issuer) => signed(issuer, HEADER, "null")),
  made("claims that are no JSON", (issuer) => signed(issuer, HEADER, "{")),
  made("claims that are empty", (issuer) => signed(issuer, HEADER, "{}")),
  made("claims of the prototype", (issuer) => {
    const { aud, ...rest } = sound(issuer);
    return signed(issuer, HEADER, `${JSON.stringify(rest).slice(0, -1)},"__proto__":{"aud":"${String(aud)}"}}`);
  }),
  made("a token longer than 8 KiB", (issuer) => signed(issuer, HEADER, { ...sound(issuer), pad: "x".repeat(9000) })),
];

const named =
  (kind: string) =>
  (token: HostileToken): HostileToken => ({ ...token, what: `${kind}: ${token.what}` });

/** Signed by the issuer, and no access token of its for this service: 401. */
export const SIGNED_INPUTS: readonly HostileToken[] = [
  ...TYPES.map(named("type")),
  ...HEADS.map(named("header")),
  ...TIMES.map(named("times")),
  ...PARTIES.map(named("parties")),
];
