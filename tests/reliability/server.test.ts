import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Credentials, useCredentials } from "../../local/credentials.ts";
import { startS3 } from "../../local/s3.ts";
import { S3Store } from "../../src/store/s3.ts";
import { AUDIENCE, startIssuer, type TestIssuer } from "../support/issuer.ts";
import { freePorts, launch, ready, type Started } from "../support/launcher.ts";
import { SimulatedBucket } from "../support/simulated-bucket.ts";

const BUCKET = "nianbao-test";
const SERVER = "dist/server/index.mjs";
let issuer: TestIssuer;
const SOMEBODY: Credentials = { accessKeyId: "somebody", secretAccessKey: "somebody" };
const environment = (endpoint: string, port: number, credentials = SOMEBODY): Record<string, string> => ({
  OIDC_ISSUER: issuer.url,
  OIDC_AUDIENCE: AUDIENCE,
  BUCKET,
  PORT: String(port),
  HOST: "127.0.0.1",
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  SERVE_PUBLIC: "true",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  S3_ENDPOINT: endpoint,
  S3_FORCE_PATH_STYLE: "true",
});

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-server-"));
  issuer = await startIssuer();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe("the plain server", () => {
  it("refuses a store that ignores conditions, and says so in Chinese and English", async () => {
    const s3 = await new SimulatedBucket({ dialect: "s3", conditions: "ignored" }).listen();
    const server = launch(SERVER, environment(s3.endpoint, 0));
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain("可能被覆盖");
    expect(server.output()).toContain("If-None-Match");
    expect(server.output()).toContain("not started");
    await s3.close();
  });

  it("says what is missing in its environment, and when the store does not answer", async () => {
    const { BUCKET: _, ...without } = environment("http://127.0.0.1:1", 0);
    const nameless = launch(SERVER, { ...without, BUCKET: "" });
    expect(await nameless.ended).toBe(1);
    expect(nameless.output()).toContain("缺少环境变量 BUCKET");
    const deaf = launch(SERVER, environment("http://127.0.0.1:1", 0));
    expect(await deaf.ended).toBe(1);
    expect(deaf.output()).toContain("存储没有应答");
  });

  describe("on a store that keeps its promises", () => {
    let s3: Awaited<ReturnType<typeof startS3>>;
    let server: Started;
    let url: string;

    beforeAll(async () => {
      s3 = await startS3({ port: 0, directory: join(directory, "fronted"), bucket: BUCKET });
      const [port] = await freePorts();
      url = `http://127.0.0.1:${port}`;
      server = launch(SERVER, environment(s3.endpoint, port, s3.credentials));
      await ready(server, url);
    });
    afterAll(async () => {
      server.process.kill("SIGKILL");
      await s3.close();
    });

    it("publishes, gives readers the files, and indexes what was published", async () => {
      const body = await readFile(new URL("../../examples/liaocheng-2020.json", import.meta.url));
      const token = await issuer.token({ nianbao_organs: ["11371500MB28560185"] });
      const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/reports`, { method: "POST", headers, body });
      expect(response.status, await response.clone().text()).toBe(201);
      const pdf = await fetch(`${url}/11371500MB28560185/2020/report.pdf`);
      expect(pdf.headers.get("content-type")).toBe("application/pdf");
      expect(new TextDecoder().decode(await pdf.arrayBuffer()).slice(0, 5)).toBe("%PDF-");
      for (;;) {
        const index = await fetch(`${url}/11371500MB28560185/index.json`);
        const answer = await index.json();
        if (index.ok) {
          expect(answer).toMatchObject({ uscc: "11371500MB28560185", years: [{ year: 2020 }] });
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });

    it("reads files one after another, while everybody else is answered, and logs nothing of what is in them", async () => {
      const body = await readFile(new URL("../fixtures/cases/liaocheng-2020.tables.html", import.meta.url));
      const headers = { "content-type": "text/html", authorization: `Bearer ${await issuer.token({})}` };
      let unfinished = 5;
      const imports = Array.from({ length: unfinished }, async () => {
        const answer = await fetch(`${url}/imports`, { method: "POST", headers, body });
        unfinished -= 1;
        return [answer.status, ((await answer.json()) as { report: { year: number } }).report.year];
      });
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect(unfinished).toBeGreaterThan(0);
      expect(await Promise.all(imports)).toEqual(imports.map(() => [200, 2020]));
      await expect.poll(() => server.output()).toContain('"action":"import","status":200');
      expect(server.output()).not.toContain("聊城市市场监督管理局");
    });

    it("ends when it is told to, and leaves no probe behind", async () => {
      server.process.kill("SIGTERM");
      expect(await server.ended).toBe(0);
      const store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
      useCredentials(s3.credentials);
      const left: string[] = [];
      for await (const { key } of store.list("probe/")) left.push(key);
      expect(left).toEqual([]);
    });
  });
});
