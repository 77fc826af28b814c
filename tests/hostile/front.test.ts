import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startLocal } from "../../local/compose.ts";
import { issuerUrl, openSigner } from "../../local/issuer.ts";
import { createFront } from "../../server/front.ts";
import { addressOfFromEnvironment, LIMITS, Limiter, type Limits } from "../../server/limits.ts";
import { listen } from "../../server/listen.ts";
import type { Pool } from "../../server/pool.ts";
import { IndexQueue } from "../../server/queue.ts";
import type { AuthenticationError } from "../../src/authenticate/authenticate.ts";
import type { StoreFault } from "../../src/store/probe.ts";
import { rawRequest } from "../support/raw-request.ts";
import { example } from "../support/service.ts";

describe("the service of one machine", () => {
  let directory: string;
  let local: Awaited<ReturnType<typeof startLocal>>;
  let port: number;
  let authorization: string;
  beforeAll(async () => {
    process.env["LOG_FORMAT"] ??= "none";
    directory = await mkdtemp(join(tmpdir(), "nianbao-front-"));
    local = await startLocal({ port: 0, s3Port: 0, directory });
    port = Number(new URL(local.url).port);
    const signer = await openSigner(directory, issuerUrl(port));
    authorization = `Bearer ${await signer.accessToken("clerk")}`;
  });
  afterAll(async () => {
    await local.close();
    await rm(directory, { recursive: true });
  });
  const post = async (path: string, body: unknown): Promise<Response> =>
    fetch(`${local.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify(body),
    });
  const health = async () => (await (await fetch(`${local.url}/healthz`)).json()) as Record<string, unknown>;

  it("publishes nothing while its journal cannot be written, says so, and goes on when it can", async () => {
    const journal = join(directory, ".indexing");
    expect(await health()).toMatchObject({ status: "ok", journal: "ok", indexer: { waiting: 0 } });
    await rename(journal, `${journal}.away`);
    await writeFile(journal, "in the way of the folder");
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const report = await example("liaocheng-2020");
    const refused = await post("/reports", report);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      title: expect.stringMatching(/服务/),
      titleEn: "Service Unavailable",
    });
    expect(await health()).toMatchObject({ status: "degraded", journal: expect.stringMatching(/^E[A-Z]+$/) });
    // What needs no journal goes on.
    expect((await post("/reports?dryRun=true", report)).status).toBe(200);
    expect((await fetch(`${local.url}/`)).status).toBe(200);
    await rm(journal);
    await rename(`${journal}.away`, journal);
    expect((await post("/reports", report)).status).toBe(201);
    await local.indexed();
    expect(await health()).toMatchObject({ status: "ok", journal: "ok", indexer: { waiting: 0, failing: 0 } });
  });

  it.each(["evil.example", "evil.example:80", "localhost.evil.example", "169.254.169.254"])(
    "does not go by the name %s: neither the API nor the issuer nor what is published",
    async (host) => {
      for (const path of ["/healthz", "/issuer/authorize", "/issuer/jwks", "/", "/filing/"])
        expect((await rawRequest(port, { path, headers: { host } })).status, path).toBe(421);
      const answer = await rawRequest(port, {
        method: "POST",
        path: "/reports",
        headers: { host, authorization, "content-type": "application/json" },
        body: "{}",
      });
      expect(answer.status).toBe(421);
      expect(JSON.parse(answer.body)).toMatchObject({ status: 421, titleEn: "Misdirected Request" });
    },
  );

  it.each([100, 300, 600, 1100, 2000, 4000, 7900, 8100, 15_000, 30_000, 100_000])(
    "answers a target of %i characters without a fault",
    async (length) => {
      for (const path of [
        "a".repeat(length),
        "a/".repeat(length / 2),
        `?${"a=b&".repeat(length / 4)}`,
        "%E5%B9%B4".repeat(length / 9),
      ]) {
        const { status } = await rawRequest(port, { path: `/${path}`, headers: { host: `localhost:${port}` } });
        expect(status, path.slice(0, 20)).toBeLessThan(500);
        if (length > 8000) expect([400, 414, 431]).toContain(status);
      }
    },
  );

  it("has a policy and no frames on every page, public ones too", async () => {
    await local.indexed();
    for (const path of [
      "/",
      "/filing/",
      "/issuer/device",
      "/11371500MB28560185/",
      "/11371500MB28560185/2020/index.html",
      "/11371500MB28560185/2020/report.html",
      "/404.html",
    ]) {
      const { headers, status } = await fetch(`${local.url}${path}`);
      expect(status, path).toBe(200);
      expect(headers.get("content-type"), path).toMatch(/^text\/html/);
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy"), path).not.toContain("unsafe");
      expect(headers.get("x-frame-options"), path).toMatch(/DENY|SAMEORIGIN/);
    }
  });

  it.each([
    ["gzip", "gzip"],
    ["gzip;q=0.1", "gzip"],
    ["*", "gzip"],
    ["gzip;q=0", undefined],
    ["gzip; q=0.000, br", undefined],
    ["*;q=0", undefined],
    ["gzip;q=0, *", undefined],
    ["x-gzipped", undefined],
    ["identity", undefined],
  ] as const)("sends the filing pages to whom takes %s as %s", async (accepted, sent) => {
    const headers = { host: `localhost:${port}`, "accept-encoding": accepted };
    const answer = await rawRequest(port, { path: "/filing/coverage.json", headers });
    expect(answer.status).toBe(200);
    expect(answer.headers["content-encoding"]).toBe(sent);
  });
});

describe("limits by caller and by address", () => {
  let server: Server;
  let release = (): void => {};
  afterEach(() => {
    release();
    server.close();
    server.closeAllConnections();
    delete process.env["TRUSTED_PROXIES"];
  });

  /** A front with limits of its own before an app whose answers wait until they are let go. */
  async function start(limits: Partial<Limits>, waiting = false, storeFaults: readonly StoreFault[] = []) {
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const app = new Hono();
    app.all("*", async (c) => {
      if (waiting) await gate;
      return c.text("here");
    });
    const pool = {
      answer: async () => {
        if (waiting) await gate;
        return new Response("done");
      },
    } as unknown as Pool;
    const front = createFront({
      app,
      limiter: new Limiter({ ...LIMITS, ...limits }),
      addressOf: addressOfFromEnvironment(),
      pool,
      queue: new IndexQueue({ folder: await mkdtemp(join(tmpdir(), "nianbao-limits-")) }),
      authenticate: async (authorization) => {
        if (!authorization) throw new Error("nobody") as AuthenticationError;
        return { filer: { issuer: "test", subject: authorization }, organs: [], divisions: [], actions: [] };
      },
      storeFaults: () => storeFaults,
      onFault: (error) => {
        throw error;
      },
    });
    await new Promise<void>((resolve) => {
      server = listen(front, { port: 0, hostname: "127.0.0.1" }, resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      url,
      get: (headers: Record<string, string> = {}, path = "") => fetch(`${url}${path}`, { headers }),
      post: (who: string, body = "{}", headers: Record<string, string> = {}) =>
        fetch(`${url}/reports?dryRun=true`, { method: "POST", headers: { authorization: who, ...headers }, body }),
    };
  }
  const expectLimited = async (answer: Response): Promise<void> => {
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({ title: "请求太多", titleEn: "Too Many Requests" });
  };

  it("let nobody publish while the store does not keep what is published, and everybody check", async () => {
    const { url, get, post } = await start({}, false, [{ zh: "不支持条件写入", en: "no conditions" }]);
    const refused = await fetch(`${url}/reports`, { method: "POST", headers: { authorization: "one" }, body: "{}" });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining("暂停公布") });
    expect((await post("one")).status).toBe(200);
    expect((await get()).status).toBe(200);
  });

  it("stop who asks too often, and nobody else", async () => {
    const { post } = await start({ rate: { caller: 3, address: 100 } });
    for (let i = 0; i < 3; i += 1) expect((await post("one")).status).toBe(200);
    await expectLimited(await post("one"));
    expect((await post("another")).status).toBe(200);
  });

  it("stop an address that asks too often, whoever it says that it is", async () => {
    const { get, post } = await start({ rate: { caller: 100, address: 3 } });
    for (const who of ["one", "another"]) expect((await post(who)).status).toBe(200);
    expect((await get({ "x-forwarded-for": "192.0.2.1" })).status).toBe(200);
    await expectLimited(await get({ "x-forwarded-for": "192.0.2.2" }));
    await expectLimited(await post("a third"));
  });

  it("take the address from a proxy that is trusted, and believe nobody before it", async () => {
    process.env["TRUSTED_PROXIES"] = "loopback";
    const { get } = await start({ rate: { caller: 100, address: 1 } });
    expect((await get({ "x-forwarded-for": "192.0.2.1" })).status).toBe(200);
    await expectLimited(await get({ "x-forwarded-for": "192.0.2.1" }));
    await expectLimited(await get({ "x-forwarded-for": "192.0.2.9, 192.0.2.1" }));
    expect((await get({ "x-forwarded-for": "192.0.2.2" })).status).toBe(200);
  });

  it("set a proof in a thread and count it as its caller's, though it is only read; a draft is read as all else", async () => {
    const { get } = await start({ rate: { caller: 1, address: 100 } });
    const proof = () => get({ authorization: "one" }, "/drafts/11371500MB28560185/2020/proof?format=docx");
    const first = await proof();
    expect([first.status, await first.text()]).toEqual([200, "done"]);
    await expectLimited(await proof());
    const draft = await get({ authorization: "one" }, "/drafts/11371500MB28560185/2020");
    expect([draft.status, await draft.text()]).toEqual([200, "here"]);
  });

  it("let one caller have so many requests under way, until they are answered", async () => {
    const { post } = await start({ atOnce: { caller: 2, address: 100 } }, true);
    const under = [post("one"), post("one")];
    await expect.poll(async () => (await post("one")).status).toBe(429);
    const other = post("another");
    release();
    expect((await Promise.all([...under, other])).map(({ status }) => status)).toEqual([200, 200, 200]);
    await expect.poll(async () => (await post("one")).status).toBe(200);
  });

  it("count bodies before they are read, those of unknown length as the longest", async () => {
    const mib = 1024 * 1024;
    const { post } = await start({ bytes: { caller: mib, address: 4 * mib, all: 4 * mib } }, true);
    const first = post("one", "x".repeat(mib - 10));
    await expect.poll(async () => (await post("one", "x".repeat(20))).status).toBe(429);
    const small = post("one", "x");
    const others = ["two", "three", "four"].map((who) => post(who, "x".repeat(mib - 10)));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expectLimited(await post("five", "x".repeat(100)));
    release();
    expect((await Promise.all([first, small, ...others])).map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 200,
    ]);
  });

  it("say that the whole service is full as 503, not as anybody's fault", async () => {
    const { post } = await start({ bytes: { caller: 1000, address: 10_000, all: 100 } }, true);
    const first = post("one", "x".repeat(90));
    await expect.poll(async () => (await post("two", "x".repeat(20))).status).toBe(503);
    release();
    expect((await first).status).toBe(200);
  });
});

describe("two Host headers", () => {
  it("are refused, whichever is right", async () => {
    const server = await new Promise<Server>((resolve) => {
      const made: Server = listen(
        () => new Response("here"),
        { port: 0, hostname: "127.0.0.1" },
        () => resolve(made),
      );
    });
    const { port } = server.address() as AddressInfo;
    const { connect } = await import("node:net");
    for (const hosts of [
      ["localhost", "evil.example"],
      ["evil.example", "localhost"],
      ["localhost", "localhost"],
    ]) {
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(port, "127.0.0.1", () =>
          socket.write(`GET / HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join("")}\r\n`),
        );
        let text = "";
        socket.on("data", (chunk) => {
          text += chunk.toString();
        });
        socket.on("close", () => resolve(text));
      });
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain("application/problem+json");
    }
    server.close();
  });
});
