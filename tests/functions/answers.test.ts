import { fileURLToPath } from "node:url";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../../functions/app.ts";
import { optionsFromEnvironment } from "../../functions/configuration.ts";
import type { Decision, Log } from "../../functions/decision.ts";
import type { Env } from "../../functions/env.ts";
import { jsonLog, textLog } from "../../functions/log.ts";
import { createAuthenticator } from "../../src/authenticate/authenticate.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { usccCheckCharacter } from "../../src/rules/check-character.ts";
import { AUDIENCE } from "../support/issuer.ts";
import { example, type MutableReport, type Service, startService } from "../support/service.ts";

const USCC = "11371500MB28560185";
/** A red square of 120 pixels, as a PNG. */
const SEAL =
  "iVBORw0KGgoAAAANSUhEUgAAAHgAAAB4CAYAAAA5ZDbSAAAAzElEQVR42u3RQREAAAyDMPwrm6z56OWBAdLVabdMACzAAizAAizAAgxYgAVYgAVYgAUYsAALsAALsAALsAADFmABFmABFmABBizAAizAAizAAgxYgAVYgAVYgAVYgAELsAALsAALsAADFmABFmABFmABBmwCYAEWYAEWYAEWYMACLMACLMACLMCABViABViABViABRiwAAuwAAuwAAswYAEWYAEWYAEWYMACLMACLMACLMACDFiABViABViABRiwAAuwAAuwAAswYBOWewP36RrxktX9AAAAAElFTkSuQmCC";
const PLACE = `/reports/${USCC}/2020`;

let service: Service;
let report: MutableReport;
beforeAll(async () => {
  service = await startService();
  report = await example("liaocheng-2020");
});

/** An app on the service's store whose log the test reads. */
function appWith(log: Log, now = () => new Date()): Hono<Env> {
  const claims = { organs: "nianbao_organs", divisions: "nianbao_divisions", actions: "nianbao_actions" };
  const { url: issuer } = service.issuer;
  const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
  return createApp({
    store: service.store,
    fonts,
    now,
    program: "test",
    publicUrl: "https://example.org",
    filing: { issuer, clientId: "web", scope: "openid", tokenUse: "access", publicUrl: "https://example.org" },
    authenticate: createAuthenticator({
      issuer,
      audience: [AUDIENCE],
      tokenUse: "access",
      algorithms: ["RS256"],
      claims,
    }),
    log,
  });
}

describe("what an answer says besides its body", () => {
  it("everything has a request id of its own, which a problem repeats; the caller's own is not taken over", async () => {
    const ask = () => service.post("/reports", "{", { "x-request-id": "mine" });
    const [one, two] = [await ask(), await ask()];
    const id = one.headers.get("x-request-id")!;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(id).not.toBe(two.headers.get("x-request-id"));
    expect((await one.json()).instance).toBe(`urn:uuid:${id}`);
  });

  it("nobody keeps what was answered to somebody in particular", async () => {
    const answers = [
      await service.post("/reports?dryRun=true", report),
      await service.post("/reports/preview", report),
      await service.post("/reports", report, { authorization: "" }),
      await service.post("/reports", report),
      await service.post("/reports", "{"),
    ];
    expect(answers.map((r) => r.status)).toEqual([200, 200, 401, 201, 400]);
    for (const response of answers) {
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    }
  });

  it("any page may read what is public, and asks again only for what changed", async () => {
    for (const path of [
      PLACE,
      "/openapi.json",
      "/schemas/report-2021.schema.json",
      "/schemas/correction.schema.json",
    ]) {
      const response = await service.app.request(path);
      expect(response.status).toBe(200);
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      const tag = response.headers.get("etag")!;
      expect((await service.app.request(path, { headers: { "if-none-match": tag } })).status).toBe(304);
      const head = await service.app.request(path, { method: "HEAD" });
      expect([head.status, await head.text(), head.headers.get("etag")]).toEqual([200, "", tag]);
    }
  });

  it("OPTIONS names the methods, and lets no other page write", async () => {
    for (const [path, allow] of [
      ["/reports", "POST, OPTIONS"],
      [PLACE, "GET, HEAD, OPTIONS"],
      [`/organs/${USCC}/seal`, "PUT, OPTIONS"],
    ] as const) {
      const response = await service.app.request(path, {
        method: "OPTIONS",
        headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
      });
      expect([response.status, response.headers.get("allow")]).toEqual([204, allow]);
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  it("the filing pages are told whom to sign in with", async () => {
    const response = await service.app.request("/filing/config.json");
    expect(await response.json()).toEqual({
      issuer: service.issuer.url,
      clientId: AUDIENCE,
      scope: "openid",
      tokenUse: "access",
      publicUrl: "https://example.org",
    });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("what was sent comes back short and visible", async () => {
    const nasty = "\u202ecba\u0007\u001b[2J\u2028\u200b\ud800<script>";
    const long = "长".repeat(100_000);
    for (const body of [
      { ...report, [nasty]: 1, [long]: 1 },
      { edition: `${nasty}${long}` },
      { ...report, signed: nasty },
      { ...report, explanations: { [`${nasty}${long}`]: 1 } },
    ]) {
      const response = await service.post("/reports", body);
      expect(response.status).toBe(422);
      const text = await response.text();
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e\ud800]/u);
      expect(text.length).toBeLessThan(10_000);
      for (const { message, messageEn } of JSON.parse(text).findings)
        expect(`${message}${messageEn}`).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
  });

  it("a seal is printed on a preview for those who act for its organ", async () => {
    const seal = await service.store.get(`seals/${USCC}.png`);
    expect(seal).toBeUndefined();
    const png = Buffer.from(SEAL, "base64");
    await service.store.put(`seals/${USCC}.png`, png, { contentType: "image/png" });
    const sizes = await Promise.all(
      [{}, { nianbao_organs: [USCC] }].flatMap((claims) =>
        ["/reports/preview", "/reports/preview?draft=true"].map(async (path) => {
          const authorization = `Bearer ${await service.issuer.token(claims)}`;
          const pdf = Buffer.from(await (await service.post(path, report, { authorization })).arrayBuffer());
          return pdf.includes("/Subtype /Image");
        }),
      ),
    );
    expect(sizes).toEqual([false, false, true, true]);
    await service.store.delete(`seals/${USCC}.png`);
  });
});

describe("the audit log", () => {
  it("has one line a decision: who, what, for whom, with which findings; no text, no name, no token", async () => {
    const decisions: Decision[] = [];
    const app = appWith({ decision: (d) => void decisions.push(d), fault: () => expect.unreachable() });
    const token = await service.issuer.token({ sub: "clerk-7", nianbao_organs: [USCC] });
    const post = (path: string, body: unknown, authorization = `Bearer ${token}`) =>
      app.request(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
        body: JSON.stringify(body),
      });
    const other = structuredClone(report);
    other["other"].body.push({ type: "paragraph", text: "绝不能出现在日志里。" });
    const broken = structuredClone(report);
    broken["requests"].received.total = 1;
    const nowhere = { ...report, organ: { name: "某局", uscc: "\n伪造的一行" } };
    await post("/reports", report, "");
    await post("/reports", report, `Bearer ${await service.issuer.token({ sub: "stranger" })}`);
    await post("/reports?dryRun=true", report);
    await post("/reports/preview?draft=true", report);
    await post("/reports", broken);
    await post("/reports", nowhere);
    await post("/reports", report);
    await post("/reports", other);
    await post(`${PLACE}/corrections`, { supersedes: 1, reason: "补充一句。", report: other });
    await post(`${PLACE}/withdrawal`, { supersedes: 2, reason: "报送主体有误。" });
    await app.request(`/organs/${USCC}/seal`, { method: "PUT", headers: { authorization: `Bearer ${token}` } });
    expect(decisions.map(({ action, outcome, status }) => `${action} ${outcome} ${status}`)).toEqual([
      "file denied 401",
      "file denied 403",
      "check checked 200",
      "preview previewed 200",
      "file rejected 422",
      "file rejected 422",
      "file unchanged 200",
      "file conflict 409",
      "correct corrected 201",
      "withdraw withdrawn 201",
      "seal rejected 415",
    ]);
    expect(decisions[0]).not.toHaveProperty("caller");
    expect(decisions[1]).toMatchObject({ uscc: USCC, reason: "no right", caller: { subject: "stranger" } });
    expect(decisions[4]!.findings).toContain("T3-ROW-TOTAL");
    expect(decisions[8]).toMatchObject({
      uscc: USCC,
      year: 2020,
      version: 2,
      caller: { issuer: service.issuer.url, subject: "clerk-7" },
    });
    const text = JSON.stringify(decisions);
    for (const secret of ["绝不能", "聊城", "伪造", "补充一句", token]) expect(text).not.toContain(secret);
    for (const { requestId, duration } of decisions) {
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
      expect(duration).toBeGreaterThanOrEqual(0);
    }
  });

  describe("as JSON", () => {
    const lines: string[] = [];
    beforeAll(() => {
      vi.stubEnv("POWERTOOLS_DEV", "true");
      vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
      for (const level of ["log", "info", "error"] as const)
        vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
    });
    afterAll(() => {
      vi.restoreAllMocks();
      vi.unstubAllEnvs();
    });

    it("is one object a line, whatever it holds, and counts by outcome", () => {
      const log = jsonLog(new Logger({ serviceName: "nianbao" }), new Metrics({ namespace: "Nianbao" }));
      const requestId = "8f5b1c5e-2f0a-4a53-9a55-0f6a3c1f7a10";
      const caller = { issuer: "https://issuer.example", subject: 'x"}\n{"level":"INFO","message":"decision"' };
      log.decision({ outcome: "denied", action: "file", status: 403, requestId, caller, duration: 12 });
      log.fault(new Error("broken\n{}"), { requestId, method: "POST", path: "/reports\n" });
      const [decision, metrics, fault] = lines.map((line) => JSON.parse(line));
      expect(decision).toMatchObject({ level: "INFO", message: "decision", outcome: "denied", requestId, caller });
      expect(metrics).toMatchObject({ denied: 1, duration: 12 });
      expect(metrics._aws.CloudWatchMetrics[0].Namespace).toBe("Nianbao");
      expect(fault).toMatchObject({ level: "ERROR", message: "fault", requestId, error: { message: "broken\n{}" } });
      expect(lines).toHaveLength(3);
    });
  });

  it("as text keeps to its line", () => {
    const lines: string[] = [];
    const caller = { issuer: "i", subject: "a\nb" };
    textLog((line) => lines.push(line)).decision({
      outcome: "published",
      action: "file",
      status: 201,
      requestId: "id",
      caller,
      uscc: USCC,
      year: 2020,
      version: 1,
      duration: 5,
    });
    expect(lines).toEqual([`201  file:published  ${USCC}/2020/v1  "a\\nb"  5 ms`]);
  });

  it("a fault of ours is told to the log and not to the caller", async () => {
    const faults: string[] = [];
    const log: Log = { decision: () => {}, fault: (error) => void faults.push(error.message) };
    vi.spyOn(service.store, "get").mockRejectedValueOnce(new Error("the store is on fire"));
    const response = await appWith(log).request(PLACE);
    vi.restoreAllMocks();
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("fire");
    expect(faults).toEqual(["the store is on fire"]);
  });
});

describe("the configuration", () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ["no issuer", { OIDC_ISSUER: undefined }, "OIDC_ISSUER"],
    ["no audience", { OIDC_AUDIENCE: undefined }, "OIDC_AUDIENCE"],
    ["an empty audience", { OIDC_AUDIENCE: " " }, "OIDC_AUDIENCE"],
    ["an issuer without TLS", { OIDC_ISSUER: "http://issuer.example" }, "OIDC_ISSUER"],
    ["keys without TLS", { OIDC_JWKS_URI: "http://issuer.example/jwks" }, "OIDC_JWKS_URI"],
    ["no signature", { OIDC_ALGORITHMS: "RS256 none" }, "OIDC_ALGORITHMS"],
    ["a shared secret", { OIDC_ALGORITHMS: "HS256" }, "OIDC_ALGORITHMS"],
    ["another use", { OIDC_TOKEN_USE: "refresh" }, "OIDC_TOKEN_USE"],
    ["no bucket", { BUCKET: undefined }, "BUCKET"],
  ])("refuses to start with %s", (_, environment, name) => {
    for (const [key, value] of Object.entries(environment)) vi.stubEnv(key, value);
    expect(() => optionsFromEnvironment()).toThrow(name);
    vi.unstubAllEnvs();
  });
});

describe("a clock that was turned back", () => {
  it("publishes nothing: 503, a line in the log, and goes on once it is right", async () => {
    const faults: string[] = [];
    let back = 0;
    const log: Log = { decision: () => {}, fault: (error) => void faults.push(error.message) };
    const app = appWith(log, () => new Date(Date.now() - back));
    const code = "11330100002489015";
    const place = { uscc: `${code}${usccCheckCharacter(code)}`, year: 2020 };
    const early = { ...report, organ: { ...report["organ"], uscc: place.uscc } };
    const headers = { authorization: service.authorization, "content-type": "application/json" };
    const post = (path: string, body: unknown) =>
      app.request(path, { method: "POST", headers, body: JSON.stringify(body) });
    expect((await post("/reports", early)).status).toBe(201);
    back = 3600_000;
    const withdrawal = { supersedes: 1, reason: "填报有误。" };
    const path = `/reports/${place.uscc}/2020/withdrawal`;
    const refused = await post(path, withdrawal);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
    expect((await refused.json()).title).toBe("服务的时钟不对");
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      /^the clock says .* and records\/.*000001\.json was published at .*: set the clock right$/,
    );
    back = 0;
    expect((await post(path, withdrawal)).status).toBe(201);
  });
});
