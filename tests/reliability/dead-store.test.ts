import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useCredentials } from "../../local/credentials.ts";
import { type EmbeddedS3, startS3 } from "../../local/s3.ts";
import { S3Store } from "../../src/store/s3.ts";
import { StoreUnavailableError } from "../../src/store/store.ts";
import { AUDIENCE, startIssuer, type TestIssuer } from "../support/issuer.ts";
import { freePorts, launch, ready, type Started } from "../support/launcher.ts";
import { example } from "../support/service.ts";

const BUCKET = "nianbao-test";
const PLACE = "11371500MB28560185/2020";

describe("a plain server whose store goes away", () => {
  let directory: string;
  let issuer: TestIssuer;
  let s3: EmbeddedS3;
  let server: Started;
  let url: string;
  let s3Port: number;
  let headers: Record<string, string>;
  const startStore = () => startS3({ port: s3Port, directory: join(directory, "store"), bucket: BUCKET });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "nianbao-dead-"));
    issuer = await startIssuer();
    const ports = await freePorts();
    s3Port = ports[1];
    s3 = await startStore();
    url = `http://127.0.0.1:${ports[0]}`;
    server = launch("dist/server/index.mjs", {
      OIDC_ISSUER: issuer.url,
      OIDC_AUDIENCE: AUDIENCE,
      BUCKET,
      PORT: String(ports[0]),
      HOST: "127.0.0.1",
      PUBLIC_URL: url,
      SERVE_PUBLIC: "true",
      DATA_DIR: join(directory, "data"),
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
      S3_ENDPOINT: s3.endpoint,
      S3_FORCE_PATH_STYLE: "true",
    });
    await ready(server, url);
    const token = await issuer.token({ nianbao_organs: ["11371500MB28560185"] });
    headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  });
  afterAll(async () => {
    server.process.kill("SIGKILL");
    await s3.close();
    await rm(directory, { recursive: true, force: true });
  });

  const file = async (): Promise<Response> =>
    fetch(`${url}/reports`, { method: "POST", headers, body: JSON.stringify(await example("liaocheng-2020")) });
  const health = async () =>
    (await (await fetch(`${url}/healthz`)).json()) as { status: string; indexer: Record<string, number> };

  it("answers 503 with Retry-After, says how far the indexer is behind, and goes on when the store is back", async () => {
    await s3.close();
    for (const answer of [
      await file(),
      await fetch(`${url}/reports/${PLACE}`),
      await fetch(`${url}/${PLACE}/report.pdf`),
    ]) {
      expect(answer.status, await answer.clone().text()).toBe(503);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      expect(await answer.json()).toMatchObject({ title: "存储暂时没有回应", titleEn: "Service Unavailable" });
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);

    s3 = await startStore();
    expect((await file()).status).toBe(201);
    // Gone again before the indexer has done with it: it tries until the store is back.
    await s3.close();
    await expect.poll(async () => (await health()).indexer["failing"], { timeout: 60_000, interval: 200 }).toBe(1);
    expect(await health()).toMatchObject({ status: "degraded", indexer: { waiting: 1 } });
    await expect.poll(async () => (await health()).indexer["behindSeconds"], { timeout: 60_000 }).toBeGreaterThan(0);
    s3 = await startStore();
    await expect.poll(async () => (await health()).status, { timeout: 90_000, interval: 500 }).toBe("ok");
    const index = await fetch(`${url}/11371500MB28560185/index.json`);
    expect(await index.json()).toMatchObject({ years: [{ year: 2020 }] });
  }, 240_000);
});

describe("a store that takes requests and does not answer", () => {
  let silent: Server;
  beforeAll(async () => {
    useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
    silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    silent.close();
    silent.closeAllConnections();
  });

  it("is given up after its time, for every operation", async () => {
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const store = new S3Store({ bucket: "b", region: "us-east-1", endpoint, forcePathStyle: true, patience: 50 });
    const text = { contentType: "text/plain" };
    const listed = async (): Promise<void> => {
      for await (const { key } of store.list("records/")) throw new Error(`there is no ${key}`);
    };
    for (const [name, call] of Object.entries({
      get: () => store.get("records/a"),
      create: () => store.create("records/a", "x", text),
      put: () => store.put("published/a", "x", text),
      replace: () => store.replace("published/a", "x", text, '"e"'),
      delete: () => store.delete("artefacts/a"),
      list: listed,
    }))
      await expect(call(), name).rejects.toThrow(StoreUnavailableError);
  });

  it("is away when it says so, and not when it refuses", async () => {
    for (const [status, away] of [
      [500, true],
      [503, true],
      [429, true],
      [403, false],
      [400, false],
    ] as const) {
      const says = createServer((_, response) => response.writeHead(status).end());
      await new Promise<void>((resolve) => says.listen(0, "127.0.0.1", resolve));
      const endpoint = `http://127.0.0.1:${(says.address() as AddressInfo).port}`;
      const store = new S3Store({ bucket: "b", region: "us-east-1", endpoint, forcePathStyle: true });
      const error = await store.get("records/a").catch((thrown: unknown) => thrown);
      expect(error, String(status)).toBeInstanceOf(Error);
      expect(error instanceof StoreUnavailableError, String(status)).toBe(away);
      says.close();
      says.closeAllConnections();
    }
  });
});
