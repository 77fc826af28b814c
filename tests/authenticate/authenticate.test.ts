import { createHmac } from "node:crypto";
import { SignJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createAuthenticator, IssuerUnavailableError } from "../../src/authenticate/authenticate.ts";
import { authorizeOver, callerOf, ORGAN_ACTIONS, permits } from "../../src/authenticate/caller.ts";
import { AUDIENCE, type IssuerKey, issuerKey, startIssuer } from "../support/issuer.ts";
import { example, type MutableReport, type Service, startService } from "../support/service.ts";

const LIAOCHENG = "11371500MB28560185";
const HANGZHOU = "11330100002489015P";
const NAMES = { organs: "nianbao_organs", divisions: "nianbao_divisions", actions: "nianbao_actions" };
const now = (): number => Math.floor(Date.now() / 1000);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

let service: Service;
let report: MutableReport;
let forger: IssuerKey;
beforeAll(async () => {
  service = await startService();
  report = await example("liaocheng-2020");
  forger = await issuerKey("first");
});
afterEach(() => void vi.useRealTimers());

/** What is answered to a dry run, for which any valid token will do. */
const dryRun = (authorization: string): Promise<Response> =>
  service.post("/reports?dryRun=true", report, { authorization });
const stored = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of service.store.list("")) keys.push(key);
  return keys;
};

describe("a token that cannot be trusted: 401", () => {
  const claims = () => ({ iss: service.issuer.url, sub: "x", aud: AUDIENCE, exp: now() + 600 });
  const { token } = { token: (c = {}, h = {}) => service.issuer.token(c, undefined, h) };
  it.each<[string, () => Promise<string> | string]>([
    ["no token", () => ""],
    ["another scheme", () => "Basic Y2xlcms6Y2xlcms="],
    ["an empty token", () => "Bearer "],
    ["a word", () => "Bearer clerk"],
    ["a token in two parts", async () => `Bearer ${(await token()).split(".").slice(0, 2).join(".")}`],
    ["a token of five parts", () => "Bearer a.b.c.d.e"],
    ["two Authorization headers", async () => `Bearer ${await token()}, Bearer ${await token()}`],
    ["a token of 100 kB", async () => `Bearer ${await token({ pad: "x".repeat(100_000) })}`],
    ["one signed by somebody else", async () => `Bearer ${await service.issuer.token({}, forger)}`],
    [
      "one whose claims were changed",
      async () => {
        const [head, , signature] = (await token()).split(".");
        return `Bearer ${head}.${encode({ ...claims(), nianbao_organs: [LIAOCHENG] })}.${signature}`;
      },
    ],
    ["one without a signature", async () => `Bearer ${(await token()).replace(/\.[^.]*$/, ".")}`],
    ["alg none", () => `Bearer ${encode({ alg: "none" })}.${encode(claims())}.`],
    ["alg NONE", () => `Bearer ${encode({ alg: "NONE", kid: "first" })}.${encode(claims())}.`],
    [
      "HS256 with the public key as its secret",
      () => {
        const { publicJwk } = service.issuer.keys[0]!;
        const text = `${encode({ alg: "HS256", kid: "first" })}.${encode(claims())}`;
        return `Bearer ${text}.${createHmac("sha256", JSON.stringify(publicJwk)).update(text).digest("base64url")}`;
      },
    ],
    [
      "HS256 with the public modulus as its secret",
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", kid: "first" })
          .sign(Buffer.from(service.issuer.keys[0]!.publicJwk.n!, "base64url"))
          .then((t) => `Bearer ${t}`),
    ],
    [
      "a key of its own in its header",
      async () => `Bearer ${await service.issuer.token({}, forger, { jwk: forger.publicJwk })}`,
    ],
    [
      "a key set of its own in its header",
      async () => `Bearer ${await service.issuer.token({}, forger, { jku: "https://example.org/jwks" })}`,
    ],
    [
      "an extension that must be understood",
      async () => {
        const text = `${encode({ alg: "RS256", kid: "first", crit: ["x"], x: 1 })}.${encode(claims())}`;
        const key = service.issuer.keys[0]!.privateKey;
        const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", key, Buffer.from(text));
        return `Bearer ${text}.${Buffer.from(signature).toString("base64url")}`;
      },
    ],
    [
      "a key that the issuer does not have",
      async () => `Bearer ${await service.issuer.token({}, { ...forger, kid: "?" })}`,
    ],
    ["one that expired", async () => `Bearer ${await token({ exp: now() - 61 })}`],
    ["one that never expires", async () => `Bearer ${await token({ exp: undefined })}`],
    ["one that is not valid yet", async () => `Bearer ${await token({ nbf: now() + 90 })}`],
    ["another issuer", async () => `Bearer ${await token({ iss: "https://example.org" })}`],
    ["no issuer", async () => `Bearer ${await token({ iss: undefined })}`],
    ["another audience", async () => `Bearer ${await token({ aud: "another" })}`],
    ["no audience", async () => `Bearer ${await token({ aud: undefined })}`],
    ["another client", async () => `Bearer ${await token({ aud: undefined, client_id: "another" })}`],
    ["an id token", async () => `Bearer ${await token({ token_use: "id" })}`],
    ["no subject", async () => `Bearer ${await token({ sub: undefined })}`],
    ["a subject with a line break", async () => `Bearer ${await token({ sub: "clerk\nlevel: ERROR" })}`],
    ["a subject that is no string", async () => `Bearer ${await token({ sub: 7 })}`],
  ])("%s", async (_, make) => {
    const authorization = await make();
    for (const response of [await dryRun(authorization), await service.post("/reports", report, { authorization })]) {
      const body = await response.json();
      expect(response.status, JSON.stringify(body)).toBe(401);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      expect(response.headers.get("www-authenticate")).toMatch(
        authorization === "" ? /^Bearer realm="nianbao"$/ : /^Bearer realm="nianbao", error="invalid_token", /,
      );
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(body.title).toBe("需要登录");
    }
    expect(await stored()).toEqual([]);
  });

  it("says that a token expired, so that one signs in again", async () => {
    const response = await dryRun(`Bearer ${await token({ exp: now() - 3600 })}`);
    expect((await response.json()).detail).toContain("过期");
  });

  it.each([
    ["POST", "/reports"],
    ["POST", "/reports?dryRun=true"],
    ["POST", "/reports/preview"],
    ["POST", "/reports/preview?draft=true"],
    ["POST", `/reports/${LIAOCHENG}/2020/corrections`],
    ["POST", `/reports/${LIAOCHENG}/2020/withdrawal`],
    ["PUT", `/organs/${LIAOCHENG}/seal`],
  ])("%s %s needs one, before the body is looked at", async (method, path) => {
    const response = await service.app.request(path, { method, body: "{", headers: { "content-type": "text/plain" } });
    expect(response.status).toBe(401);
  });

  it("reading needs none", async () => {
    for (const path of ["/healthz", "/openapi.json", "/schemas/report-2021.schema.json", "/filing/config.json"])
      expect((await service.app.request(path)).status).toBe(200);
    expect((await service.app.request(`/reports/${LIAOCHENG}/2020`)).status).toBe(404);
  });
});

describe("a token that can be trusted", () => {
  it.each<[string, Record<string, unknown>]>([
    ["one that expired within a minute", { exp: now() - 30 }],
    ["one that is valid within a minute", { nbf: now() + 30 }],
    ["one for several audiences", { aud: ["another", AUDIENCE] }],
    [
      "an access token of Cognito's: a client, no audience",
      { aud: undefined, client_id: AUDIENCE, token_use: "access" },
    ],
    ["one that grants nothing", { nianbao_organs: [] }],
  ])("%s may check and preview", async (_, claims) => {
    const authorization = `Bearer ${await service.issuer.token(claims)}`;
    expect((await dryRun(authorization)).status).toBe(200);
    expect((await service.post("/reports/preview", report, { authorization })).status).toBe(200);
  });
});

describe("the issuer's keys", () => {
  const later = (seconds: number): void => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  };

  it("are fetched once for many requests, and not for every unknown key", async () => {
    await dryRun(service.authorization);
    const before = service.issuer.fetches();
    const unknown = await service.issuer.token({}, { ...forger, kid: "unknown" });
    for (let i = 0; i < 5; i += 1) {
      expect((await dryRun(service.authorization)).status).toBe(200);
      expect((await dryRun(`Bearer ${unknown}`)).status).toBe(401);
    }
    expect(service.issuer.fetches()).toBe(before);
  });

  it("may change: a new one is fetched, and one that was taken away no longer counts", async () => {
    const second = await issuerKey("second");
    const old = service.issuer.keys[0]!;
    service.issuer.keys.push(second);
    later(31);
    const authorization = `Bearer ${await service.issuer.token({}, second)}`;
    expect((await dryRun(authorization)).status).toBe(200);
    expect((await dryRun(service.authorization)).status).toBe(200);
    service.issuer.keys.splice(0, 1);
    later(11 * 60);
    expect((await dryRun(`Bearer ${await service.issuer.token({}, second)}`)).status).toBe(200);
    expect((await dryRun(`Bearer ${await service.issuer.token({}, old)}`)).status).toBe(401);
    service.issuer.keys.unshift(old);
  });

  it("that cannot be had are no reason to say that a token is bad: 503, and soon again", async () => {
    service.issuer.up = false;
    later(3600);
    const authorization = `Bearer ${await service.issuer.token()}`;
    const response = await dryRun(authorization);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await response.json()).title).toBe("登录服务暂时没有回应");
    service.issuer.up = true;
    expect((await dryRun(authorization)).status).toBe(200);
  });

  it("are looked for again when the issuer did not answer at first", async () => {
    const issuer = await startIssuer();
    issuer.up = false;
    const authenticate = createAuthenticator({
      issuer: issuer.url,
      audience: [AUDIENCE],
      tokenUse: "access",
      algorithms: ["RS256"],
      claims: NAMES,
    });
    const authorization = `Bearer ${await issuer.token()}`;
    await expect(authenticate(authorization)).rejects.toBeInstanceOf(IssuerUnavailableError);
    issuer.up = true;
    expect((await authenticate(authorization)).filer).toEqual({ issuer: issuer.url, subject: "tester" });
  });

  it("may sign only as configured", async () => {
    const issuer = await startIssuer();
    const options = { issuer: issuer.url, audience: [AUDIENCE], tokenUse: "id", claims: NAMES } as const;
    const authorization = `Bearer ${await issuer.token({ token_use: "id" }, undefined, { typ: "JWT" })}`;
    const pss = createAuthenticator({ ...options, algorithms: ["PS256", "ES256"] });
    await expect(pss(authorization)).rejects.toMatchObject({ reason: "ERR_JOSE_ALG_NOT_ALLOWED" });
    const rsa = createAuthenticator({ ...options, algorithms: ["RS256"], jwksUri: `${issuer.url}/jwks` });
    expect((await rsa(authorization)).filer.subject).toBe("tester");
    const access = `Bearer ${await issuer.token({ aud: undefined, client_id: AUDIENCE })}`;
    await expect(rsa(access)).rejects.toMatchObject({ reason: "for another use" });
  });
});

describe("what claims grant", () => {
  const caller = (claims: Record<string, unknown>) => callerOf({ iss: "i", sub: "s", ...claims }, NAMES);

  it.each<[string, Record<string, unknown>, boolean]>([
    ["the organ, in a list", { nianbao_organs: [HANGZHOU, LIAOCHENG] }, true],
    ["the organ, in a line", { nianbao_organs: `${HANGZHOU} ${LIAOCHENG}` }, true],
    ["the province", { nianbao_divisions: ["37"] }, true],
    ["the city", { nianbao_divisions: "3301 3715" }, true],
    ["the county level", { nianbao_divisions: ["371500"] }, true],
    ["the province's own organs alone", { nianbao_divisions: ["370000"] }, false],
    ["another city", { nianbao_divisions: ["3701"] }, false],
    ["another organ", { nianbao_organs: [HANGZHOU] }, false],
    ["part of a code", { nianbao_organs: [LIAOCHENG.slice(0, 17)] }, false],
    ["one digit", { nianbao_divisions: ["3"] }, false],
    ["an empty division", { nianbao_divisions: [""] }, false],
    ["everything, it is hoped", { nianbao_organs: "*", nianbao_divisions: "*" }, false],
    ["numbers", { nianbao_divisions: [37] }, false],
    ["a list with something else in it", { nianbao_divisions: ["37", null] }, false],
    ["an object", { nianbao_divisions: { 0: "37", length: 1 } }, false],
    ["nothing", {}, false],
    ["under another name", { "custom:organs": LIAOCHENG }, false],
    ["the organ, other actions", { nianbao_organs: [LIAOCHENG], nianbao_actions: ["correct", "seal"] }, false],
    ["the organ, no action", { nianbao_organs: [LIAOCHENG], nianbao_actions: [] }, false],
    ["the organ, an action that is none", { nianbao_organs: [LIAOCHENG], nianbao_actions: "FILE files" }, false],
    ["the organ, actions of another shape", { nianbao_organs: [LIAOCHENG], nianbao_actions: { file: true } }, false],
    ["the organ, this action", { nianbao_organs: [LIAOCHENG], nianbao_actions: "file" }, true],
  ])("%s", (_, claims, may) => {
    expect(permits(caller(claims), "file", LIAOCHENG)).toBe(may);
  });

  it("all that is done for organs where no action is named, and no overseeing", () => {
    for (const action of ORGAN_ACTIONS)
      expect(permits(caller({ nianbao_organs: [LIAOCHENG] }), action, LIAOCHENG)).toBe(true);
    expect(() => authorizeOver(caller({ nianbao_divisions: ["37"] }), "371500")).toThrow("不能管理371500的名录");
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ["the division", { nianbao_divisions: ["371500"] }, true],
    ["the city", { nianbao_divisions: ["3715"] }, true],
    ["the province", { nianbao_divisions: "37" }, true],
    ["a county in it", { nianbao_divisions: ["371502"] }, false],
    ["the province's own organs alone", { nianbao_divisions: ["370000"] }, false],
    ["an organ of it", { nianbao_organs: [LIAOCHENG] }, false],
  ])("overseeing a division to who may oversee %s", (_, claims, may) => {
    const attempt = () => authorizeOver(caller({ ...claims, nianbao_actions: ["oversee"] }), "371500");
    if (may) expect(attempt).not.toThrow();
    else expect(attempt).toThrow("不能管理371500的名录");
  });

  it("under the names that are configured", () => {
    const names = { organs: "custom:organs", divisions: "custom:divisions", actions: "custom:actions" };
    const cognito = callerOf({ iss: "i", sub: "s", "custom:organs": LIAOCHENG, "custom:actions": "file" }, names);
    expect(permits(cognito, "file", LIAOCHENG)).toBe(true);
    expect(permits(cognito, "correct", LIAOCHENG)).toBe(false);
  });
});

describe("another's organ: 403, and nothing is stored", () => {
  const place = `/reports/${LIAOCHENG}/2020`;
  const requests = (authorization: string): Record<string, () => Promise<Response>> => ({
    file: () => service.post("/reports", report, { authorization }),
    correct: () => service.post(`${place}/corrections`, { supersedes: 1, reason: "漏报", report }, { authorization }),
    withdraw: () => service.post(`${place}/withdrawal`, { supersedes: 1, reason: "有误" }, { authorization }),
    seal: () =>
      service.put(`/organs/${LIAOCHENG}/seal`, Buffer.from("x"), { authorization, "content-type": "image/png" }),
  });

  it.each(ORGAN_ACTIONS)("%s", async (action) => {
    const others = ORGAN_ACTIONS.filter((a) => a !== action);
    for (const claims of [
      { nianbao_organs: [HANGZHOU] },
      { nianbao_organs: [LIAOCHENG], nianbao_actions: others },
      {},
    ]) {
      const response = await requests(`Bearer ${await service.issuer.token(claims)}`)[action]!();
      expect(response.status).toBe(403);
      expect(response.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
      expect((await response.json()).detail).toContain(LIAOCHENG);
    }
    // With the right for this action the request goes on to what it says.
    const claims = { nianbao_organs: [LIAOCHENG], nianbao_actions: [action] };
    if (action !== "file")
      expect([404, 422]).toContain((await requests(`Bearer ${await service.issuer.token(claims)}`)[action]!()).status);
    expect(await stored()).toEqual([]);
  });

  it("a report without a sound code is told of its errors", async () => {
    const authorization = `Bearer ${await service.issuer.token()}`;
    for (const uscc of [undefined, 7, "1137", { toString: LIAOCHENG }]) {
      const response = await service.post("/reports", { ...report, organ: { name: "某局", uscc } }, { authorization });
      expect(response.status).toBe(422);
    }
    expect(await stored()).toEqual([]);
  });
});

describe("who filed", () => {
  it("is in the record, and in nothing that anybody may read", async () => {
    const subject = "subject-that-nobody-may-see";
    const authorization = `Bearer ${await service.issuer.token({ sub: subject, nianbao_organs: [LIAOCHENG] })}`;
    const response = await service.post("/reports", report, { authorization });
    expect(response.status).toBe(201);
    const record = (await service.store.get(`records/${LIAOCHENG}/2020/000001.json`))!;
    expect(JSON.parse(new TextDecoder().decode(record.body)).filedBy).toEqual({ issuer: service.issuer.url, subject });
    expect(await response.text()).not.toContain(subject);
    expect(await (await service.app.request(`/reports/${LIAOCHENG}/2020`)).text()).not.toContain(subject);
    for await (const { key } of service.store.list("published/")) {
      const { body, headers } = (await service.store.get(key))!;
      expect(Buffer.from(body).includes(subject), key).toBe(false);
      expect(JSON.stringify(headers)).not.toContain(subject);
    }
  });
});
