/** The plain server on a store that is not AWS's nor ours: Ceph's gateway, as Debian packs it. `npm run test:stores`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useCredentials } from "../../local/credentials.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import { laggingPlaces } from "../../src/index/lagging.ts";
import { recordKey } from "../../src/publish/record.ts";
import { probeStore } from "../../src/store/probe.ts";
import { S3Store } from "../../src/store/s3.ts";
import { type Ceph, startCeph } from "../support/ceph.ts";
import { distinctReport } from "../support/distinct.ts";
import { seeded } from "../support/faulty-store.ts";
import { AUDIENCE, startIssuer, type TestIssuer } from "../support/issuer.ts";
import { freePorts, launch, ready, type Started } from "../support/launcher.ts";
import { SMALL, smallVersion } from "../support/small-version.ts";

const SERVER = "dist/server/index.mjs";
const [ORGANS, KILLS, CLIENTS] = [12, 6, 4];
let directory: string;
let issuer: TestIssuer;
let ceph: Ceph;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-ceph-"));
  issuer = await startIssuer();
  ceph = await startCeph(join(directory, "ceph"));
  useCredentials(ceph.credentials);
  console.log(ceph.version);
}, 180_000);
afterAll(async () => {
  await ceph?.close();
  await rm(directory, { recursive: true, force: true });
});

const storeOf = (bucket: string) =>
  new S3Store({ bucket, region: "us-east-1", endpoint: ceph.endpoint, forcePathStyle: true });
const serverOn = (bucket: string, port: number): Started =>
  launch(SERVER, {
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    BUCKET: bucket,
    PORT: String(port),
    HOST: "127.0.0.1",
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    SERVE_PUBLIC: "true",
    DATA_DIR: join(directory, `${bucket}-${port}`),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: ceph.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ceph.credentials.secretAccessKey,
    S3_ENDPOINT: ceph.endpoint,
    S3_FORCE_PATH_STYLE: "true",
  });
const look = async (store: S3Store, settings = {}) => {
  const problems: string[] = [];
  const onProblem = ({ kind, key, mended }: { kind: string; key: string; mended: boolean }): void => {
    if (!mended) problems.push(`${kind} ${key}`);
  };
  const tally = await fsck(store, { bucket: store, settle: 0, onProblem, ...settings });
  return { problems, tally };
};
const reportOf = (organ: number, variant: number) => distinctReport(organ, variant);
const placeOf = (organ: number): string => {
  const { organ: named, year } = reportOf(organ, 0);
  return `${named.uscc}/${year}`;
};
const post = async (url: string, path: string, body: unknown): Promise<Response> => {
  const token = await issuer.token({
    nianbao_organs: [path.split("/")[2] ?? (body as { organ: { uscc: string } }).organ.uscc],
  });
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
};
const correction = (organ: number, supersedes: number, variant: number) => ({
  supersedes,
  reason: `第${variant}次核对后更正文字。`,
  report: reportOf(organ, variant),
});

describe("Ceph's gateway with a bucket that keeps no versions", () => {
  const bucket = "plain";
  let store: S3Store;
  beforeAll(async () => {
    await ceph.createBucket(bucket);
    store = storeOf(bucket);
  });

  it("keeps its promises, with entity tags sent bare", async () => {
    expect(await probeStore(store)).toEqual([]);
    expect(await store.versioning()).toBe("never");
  });

  it(`has everything that was answered for by two servers of which one is killed ${KILLS} times`, async () => {
    const random = seeded(Number(process.env["KILL_SEED"] ?? 20261129));
    const ports = await freePorts();
    const urls = ports.map((port) => `http://127.0.0.1:${port}`) as [string, string];
    const servers = ports.map((port) => serverOn(bucket, port)) as [Started, Started];
    await Promise.all(servers.map((server, i) => ready(server, urls[i]!)));
    const latest = new Map<number, number>();
    const told = new Map<string, string>();
    let [answered, killed, stop] = [0, 0, false];
    const client = async (c: number): Promise<void> => {
      for (let n = 0; !stop; n += 1) {
        const organ = 1 + Math.floor(random() * ORGANS);
        const version = latest.get(organ) ?? 0;
        const url = urls[(n + c) % 2]!;
        const [path, body] =
          version === 0
            ? ["/reports", reportOf(organ, 0)]
            : [`/reports/${placeOf(organ)}/corrections`, correction(organ, version, c * 1000 + n)];
        const answer = await post(url, path as string, body).catch(() => undefined);
        if (!answer) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          continue;
        }
        const receipt = (await answer.json()) as { readonly version: number; readonly record: string };
        if (![200, 201, 409, 503].includes(answer.status))
          throw new Error(`${answer.status} ${JSON.stringify(receipt)}`);
        if (!answer.ok) {
          latest.set(
            organ,
            Math.max(latest.get(organ) ?? 0, version === 0 ? 1 : version + (answer.status === 409 ? 1 : 0)),
          );
          continue;
        }
        answered += 1;
        latest.set(organ, Math.max(latest.get(organ) ?? 0, receipt.version));
        const key = `${placeOf(organ)} v${receipt.version}`;
        expect(told.get(key) ?? receipt.record, `${key}: two were told of different records`).toBe(receipt.record);
        told.set(key, receipt.record);
      }
    };
    const clients = Promise.all(Array.from({ length: CLIENTS }, (_, c) => client(c)));
    for (; killed < KILLS; killed += 1) {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 1500 + random() * 1500)), clients]);
      const i = killed % 2;
      servers[i]!.process.kill("SIGKILL");
      await servers[i]!.ended;
      servers[i] = serverOn(bucket, ports[i]!);
      await ready(servers[i]!, urls[i]!);
    }
    stop = true;
    await clients;
    await expect.poll(async () => (await laggingPlaces(store)).length, { timeout: 60_000, interval: 500 }).toBe(0);
    // A server that was killed between a record and what follows from it left the latter to whoever comes.
    await look(store, { mend: true });
    const { problems, tally } = await look(store);
    expect(problems).toEqual([]);
    expect(tally.versions).toBeGreaterThanOrEqual(told.size);
    for (const server of servers) server.process.kill("SIGTERM");
    for (const server of servers) expect(await server.ended).toBe(0);
    console.log(`${KILLS} kills, ${answered} answers, ${told.size} versions told of, ${tally.versions} versions`);
  }, 400_000);
});

describe("Ceph's gateway with a bucket that keeps versions", () => {
  it("is refused, and the operator told why", async () => {
    await ceph.createBucket("versions");
    await ceph.keepVersions("versions");
    const server = serverOn("versions", 0);
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain("成功的不止一个");
    expect(server.output()).toContain("从未开启版本管理");
    expect(server.output()).toContain("not started");
  }, 60_000);

  it("of which it came to keep versions while it was in use, is found by fsck", async () => {
    await ceph.createBucket("later");
    const store = storeOf("later");
    const first = await smallVersion(store, 1, []);
    await ceph.keepVersions("later");
    const six = Array.from({ length: 6 }, (_, i) => smallVersion(store, i + 2, [first.record]));
    const outcomes = (await Promise.all(six)).map(({ outcome }) => outcome);
    console.log(`six simultaneous corrections: ${outcomes.join(", ")}`);
    const { problems } = await look(store);
    expect(problems.join()).toContain(`record-versions ${recordKey(SMALL.uscc, SMALL.year, 2)}`);
    expect(await probeStore(store)).not.toEqual([]);
  }, 120_000);
});
