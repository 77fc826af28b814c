import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Hono } from "hono";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AUDIENCE, CLIENT_ID, createIssuer, issuerUrl } from "../../local/issuer.ts";

const PORT = 8123;
const ISSUER = issuerUrl(PORT);
const CALLBACK = `http://localhost:${PORT}/filing/`;
const DESK = `http://localhost:${PORT}/desk/`;
const VERIFIER = "v".repeat(43);
const run = promisify(execFile);

let directory: string;
let issuer: Hono;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-issuer-"));
  issuer = await createIssuer(directory, PORT);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const keys = async () => createLocalJWKSet((await (await issuer.request("/issuer/jwks")).json()) as JSONWebKeySet);
const query = (more: Record<string, string> = {}): string =>
  new URLSearchParams({
    response_type: "code",
    client_id: CLIENT_ID,
    redirect_uri: CALLBACK,
    scope: "openid",
    state: "state",
    nonce: "nonce",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
    ...more,
  }).toString();
const form = (path: string, fields: Record<string, string>): Promise<Response> =>
  Promise.resolve(issuer.request(path, { method: "POST", body: new URLSearchParams(fields) }));
/** Where choosing a user leads. */
async function chosen(user: string, more: Record<string, string> = {}): Promise<URL> {
  const response = await form(`/issuer/authorize?${query(more)}`, { user });
  expect(response.status).toBe(303);
  return new URL(response.headers.get("location")!);
}
const redeem = (code: string, more: Record<string, string> = {}): Promise<Response> =>
  form("/issuer/token", {
    grant_type: "authorization_code",
    client_id: CLIENT_ID,
    redirect_uri: CALLBACK,
    code,
    code_verifier: VERIFIER,
    ...more,
  });

describe("signing in on this machine", () => {
  it("lets one choose a user and gives a code, then tokens that the keys verify", async () => {
    const page = await issuer.request(`/issuer/authorize?${query()}`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain('value="clerk"');
    expect(html).toContain('value="superior"');
    const url = await chosen("clerk");
    expect(`${url.origin}${url.pathname}`).toBe(CALLBACK);
    expect(url.searchParams.get("state")).toBe("state");
    expect(url.searchParams.get("iss")).toBe(ISSUER);
    const response = await redeem(url.searchParams.get("code")!);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const { access_token, id_token, token_type } = await response.json();
    expect(token_type).toBe("Bearer");
    const access = await jwtVerify(access_token, await keys(), { issuer: ISSUER, audience: AUDIENCE });
    expect(access.payload).toMatchObject({ sub: "clerk", token_use: "access", client_id: CLIENT_ID });
    const id = await jwtVerify(id_token, await keys(), { issuer: ISSUER, audience: CLIENT_ID });
    expect(id.payload).toMatchObject({ sub: "clerk", nonce: "nonce" });
  });

  it("takes a code once, with the right proof, for the address that it was given to", async () => {
    const code = async () => (await chosen("clerk")).searchParams.get("code")!;
    const used = await code();
    expect((await redeem(used)).status).toBe(200);
    const answers = [
      await redeem(used),
      await redeem(await code(), { code_verifier: "w".repeat(43) }),
      await redeem(await code(), { redirect_uri: `${CALLBACK}x` }),
      await redeem("nothing"),
    ];
    for (const answer of answers)
      expect([answer.status, await answer.json()]).toEqual([400, { error: "invalid_grant" }]);
    expect((await redeem(await code(), { client_id: "another" })).status).toBe(401);
    expect((await redeem(await code(), { grant_type: "password" })).status).toBe(400);
  });

  it("sends whoever signs in at the desk back there, and takes that code for no other page", async () => {
    const code = async (): Promise<string> => {
      const url = await chosen("superior", { redirect_uri: DESK });
      expect(`${url.origin}${url.pathname}`).toBe(DESK);
      return url.searchParams.get("code")!;
    };
    expect((await redeem(await code(), { redirect_uri: DESK })).status).toBe(200);
    expect((await redeem(await code(), { redirect_uri: CALLBACK })).status).toBe(400);
  });

  it.each([
    ["another address", { redirect_uri: "https://example.org/" }],
    ["an address that only begins alike", { redirect_uri: `${CALLBACK}../x` }],
    ["another client", { client_id: "another" }],
  ])("sends nobody to %s", async (_, more) => {
    const response = await issuer.request(`/issuer/authorize?${query(more)}`);
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).not.toContain("example.org");
  });

  it.each([
    ["no proof", { code_challenge: "" }, "invalid_request"],
    ["a plain proof", { code_challenge_method: "plain" }, "invalid_request"],
    ["the implicit flow", { response_type: "token" }, "unsupported_response_type"],
  ])("does not let one in with %s", async (_, more, error) => {
    const response = await issuer.request(`/issuer/authorize?${query(more)}`);
    expect(new URL(response.headers.get("location")!).searchParams.get("error")).toBe(error);
  });

  it("knows its users only", async () => {
    expect((await chosen("root")).searchParams.get("error")).toBe("access_denied");
  });
});

describe("its key", () => {
  it("is its owner's alone, and stays the same after a restart", async () => {
    expect((await stat(join(directory, "issuer-key.json"))).mode & 0o777).toBe(0o600);
    const again = await createIssuer(directory, PORT);
    const before = await (await issuer.request("/issuer/jwks")).text();
    expect(await (await again.request("/issuer/jwks")).text()).toBe(before);
    expect(Object.keys(JSON.parse(before).keys[0]).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
  });

  it("is made once, whoever asks first", async () => {
    const fresh = join(directory, "fresh");
    const made = await Promise.all(Array.from({ length: 4 }, () => createIssuer(fresh, PORT)));
    const sets = await Promise.all(made.map(async (app) => (await app.request("/issuer/jwks")).text()));
    expect(new Set(sets).size).toBe(1);
  });
});

describe("npm run --silent token", () => {
  const command = (...users: string[]) =>
    run(process.execPath, [fileURLToPath(new URL("../../scripts/token.ts", import.meta.url)), ...users], {
      env: { ...process.env, DATA_DIR: directory, PORT: String(PORT) },
    });

  it("prints a token of a user, and nothing else", async () => {
    const { stdout } = await command("superior");
    const { payload } = await jwtVerify(stdout.trim(), await keys(), { issuer: ISSUER, audience: AUDIENCE });
    expect(payload).toMatchObject({ sub: "superior", nianbao_actions: ["withdraw", "oversee"] });
  });

  it.each([[[]], [["nobody"]], [["__proto__"]], [["clerk", "superior"]]])(
    "names the users when asked for %j",
    async (users) => {
      const failed = await command(...users).catch((error: { code: number; stdout: string; stderr: string }) => error);
      expect(failed).toMatchObject({ code: 2, stdout: "" });
      expect(failed.stderr).toContain("clerk");
    },
  );
});
