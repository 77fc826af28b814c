import { createHash, createHmac } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Credentials, useCredentials } from "../../local/credentials.ts";
import { type EmbeddedS3, startS3 } from "../../local/s3.ts";
import { S3Store } from "../../src/store/s3.ts";
import { rawRequest } from "../support/raw-request.ts";

const BUCKET = "nianbao";
const RECORD = "records/11330100002489015P/2025/000001.json";
const PAGE = "published/11330100002489015P/2025/index.html";

let directory: string;
let s3: EmbeddedS3;
let store: S3Store;
let port: number;
beforeAll(async () => {
  directory = join(await mkdtemp(join(tmpdir(), "nianbao-forged-")), "data");
  s3 = await startS3({ port: 0, directory, bucket: BUCKET });
  useCredentials(s3.credentials);
  port = Number(new URL(s3.endpoint).port);
  store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
  await store.put(RECORD, "a record", { contentType: "application/json" });
  await store.put(PAGE, "a page", { contentType: "text/html" });
});
afterAll(async () => {
  await s3.close();
  await rm(join(directory, ".."), { recursive: true, force: true });
});

interface Forgery {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly credentials?: Credentials;
  readonly at?: number;
  /** Headers that are sent, and whether they are signed. */
  readonly more?: Readonly<Record<string, string>>;
  readonly unsigned?: Readonly<Record<string, string>>;
  readonly hash?: string;
  readonly query?: string;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A request signed by hand (AWS Signature Version 4), in whose every part something may be wrong. */
function signed(forgery: Forgery = {}) {
  const { method = "DELETE", path = `/${BUCKET}/${RECORD}`, body, credentials = s3.credentials, query = "" } = forgery;
  const date = new Date(forgery.at ?? Date.now()).toISOString().replace(/[-:]|\.\d+/g, "");
  const headers: Record<string, string> = {
    host: `127.0.0.1:${port}`,
    "x-amz-content-sha256": forgery.hash ?? sha256(body ?? ""),
    "x-amz-date": date,
    ...forgery.more,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const canonical = [method, path, query, lines, names.join(";"), headers["x-amz-content-sha256"]].join("\n");
  const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const key = scope
    .split("/")
    .reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return {
    method,
    path: query === "" ? path : `${path}?${query}`,
    headers: { ...headers, ...forgery.unsigned, authorization },
    ...(body === undefined ? {} : { body }),
  };
}

const untouched = async (): Promise<void> => {
  expect(new TextDecoder().decode((await store.get(RECORD))?.body)).toBe("a record");
  expect(new TextDecoder().decode((await store.get(PAGE))?.body)).toBe("a page");
};

describe("the credentials of the embedded store", () => {
  it("are made at the first start, of this folder alone, for its owner alone, and stay", async () => {
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, "s3-credentials.json"))).mode & 0o777).toBe(0o600);
    const again = await startS3({ port: 0, directory, bucket: BUCKET });
    expect(again.credentials).toEqual(s3.credentials);
    await again.close();
    const other = await mkdtemp(join(tmpdir(), "nianbao-forged-other-"));
    const elsewhere = await startS3({ port: 0, directory: other, bucket: BUCKET });
    expect(elsewhere.credentials.secretAccessKey).not.toBe(s3.credentials.secretAccessKey);
    await elsewhere.close();
    await rm(other, { recursive: true });
    expect(await readFile(join(directory, "s3-credentials.json"), "utf8")).toContain(s3.credentials.accessKeyId);
  });
});

describe("requests that are not the service's", () => {
  it("takes what is signed, so that what follows is refused for what is wrong with it", async () => {
    const body = "written by hand";
    const path = `/${BUCKET}/probe/by-hand`;
    expect((await rawRequest(port, signed({ method: "PUT", path, body }))).status).toBe(200);
    expect(new TextDecoder().decode((await store.get("probe/by-hand"))?.body)).toBe(body);
    expect((await rawRequest(port, signed({ path }))).status).toBe(204);
    expect(await store.get("probe/by-hand")).toBeUndefined();
  });

  const nobody = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
  const hour = 3600_000;
  it.each<readonly [string, () => Forgery]>([
    ["signed with the credentials that s3rver has built in", () => ({ credentials: nobody })],
    ["signed with another secret", () => ({ credentials: { ...s3.credentials, secretAccessKey: "guessed" } })],
    ["signed an hour ago", () => ({ at: Date.now() - hour })],
    ["signed for an hour from now", () => ({ at: Date.now() + hour })],
    ["with a header of S3's that is not signed", () => ({ unsigned: { "x-amz-meta-version": "9" } })],
    ["without a hash of its body", () => ({ hash: "UNSIGNED-PAYLOAD" })],
    ["in chunks", () => ({ hash: "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" })],
  ])("refuses one %s", async (_, forgery) => {
    expect((await rawRequest(port, signed(forgery()))).status).toBe(403);
    await untouched();
  });

  it("refuses one whose signature, header, method or path was changed", async () => {
    const good = signed();
    const authorization = good.headers["authorization"].replace(/.$/, (c) => (c === "0" ? "1" : "0"));
    const other = signed({ path: `/${BUCKET}/probe/none` });
    for (const changed of [
      { ...good, headers: { ...good.headers, authorization } },
      { ...good, headers: { ...good.headers, authorization: "AWS4-HMAC-SHA256 x" } },
      { ...good, headers: { ...good.headers, authorization: `AWS ${s3.credentials.accessKeyId}:x` } },
      { ...good, method: "PUT", body: "x" },
      { ...other, path: good.path },
    ])
      expect((await rawRequest(port, changed)).status).toBe(403);
    await untouched();
  });

  it("keeps nothing of a body that is not the one that was signed", async () => {
    const path = `/${BUCKET}/${RECORD}`;
    const answer = await rawRequest(port, signed({ method: "PUT", path, hash: sha256("signed"), body: "sent" }));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    await untouched();
  });

  it("gives what is published to anybody on this machine, and nothing else, and lets nobody write", async () => {
    const headers = { host: `127.0.0.1:${port}` };
    expect(await rawRequest(port, { path: `/${BUCKET}/${PAGE}`, headers })).toMatchObject({
      status: 200,
      body: "a page",
    });
    for (const [method, key] of [
      ["GET", RECORD],
      ["GET", ""],
      ["GET", "?list-type=2&prefix=records/"],
      ["HEAD", RECORD],
      ["PUT", PAGE],
      ["DELETE", PAGE],
      ["POST", PAGE],
      ["POST", "?delete"],
      ["OPTIONS", PAGE],
    ] as const)
      expect(
        (await rawRequest(port, { method, path: `/${BUCKET}/${key}`, headers })).status,
        `${method} ${key}`,
      ).toBeGreaterThanOrEqual(400);
    await untouched();
  });

  it.each([
    `published/..%2f${RECORD}`,
    `published/..%2F${RECORD.replaceAll("/", "%2F")}`,
    `published/%2e%2e/${RECORD}`,
    `published/../${RECORD}`,
    `published/.%2e/${RECORD}`,
    `published/..%5c${RECORD}`,
    `published//../${RECORD}`,
    `published/a/..%252f../${RECORD}`,
    "published/../../s3-credentials.json",
    "published/..%2f..%2fs3-credentials.json",
    "published/%00",
    "published/%ff",
    `published/${"a".repeat(3000)}`,
    `${PAGE}._S3rver_metadata.json`,
    `${PAGE}?acl`,
    `${PAGE}?x-amz-copy-source=/${BUCKET}/${RECORD}`,
  ])("finds nothing at /%s, signed or not", async (path) => {
    const headers = { host: `127.0.0.1:${port}` };
    const answers = [
      await rawRequest(port, { path: `/${BUCKET}/${path}`, headers }),
      await rawRequest(port, signed({ method: "GET", path: `/${BUCKET}/${path}` })),
    ];
    for (const { status, body } of answers) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).not.toContain("a record");
      expect(body).not.toContain(s3.credentials.secretAccessKey);
    }
  });

  it.each([
    ["a page of another origin", { origin: "https://evil.example" }],
    ["a page of this machine", { origin: "http://localhost:8080" }],
    ["a form of any page", { "sec-fetch-site": "cross-site" }],
    ["a link on a page", { referer: "https://evil.example/" }],
  ])("refuses %s, even signed", async (_, headers) => {
    expect((await rawRequest(port, signed({ unsigned: headers }))).status).toBe(403);
    const reading = { path: `/${BUCKET}/${PAGE}`, headers: { host: `127.0.0.1:${port}`, ...headers } };
    expect((await rawRequest(port, reading)).status).toBe(403);
    await untouched();
  });

  it.each(["evil.example", "evil.example:80", "127.0.0.1", "localhost.evil.example:4568"])(
    "does not go by the name %s",
    async (host) => {
      expect((await rawRequest(port, { path: `/${BUCKET}/${PAGE}`, headers: { host } })).status).toBe(421);
      expect((await rawRequest(port, signed({ more: { host } }))).status).toBe(421);
    },
  );
});
