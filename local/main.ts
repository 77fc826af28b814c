/** Everything on one machine: an embedded S3, an issuer, the bundle that runs on Lambda, and the public site in front. */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Hono } from "hono";
import { laggingPlaces } from "../src/index/lagging.ts";
import { recordKey } from "../src/publish/record.ts";
import { S3Store } from "../src/store/s3.ts";
import { AUDIENCE, CLIENT_ID, createIssuer, issuerUrl } from "./issuer.ts";
import { listen } from "./listen.ts";
import { type IndexHandler, IndexQueue } from "./queue.ts";
import { startS3 } from "./s3.ts";
import { createSite } from "./site.ts";

const BUCKET = "nianbao";
const port = Number(process.env["PORT"] ?? 8080);
const s3Port = Number(process.env["S3_PORT"] ?? 4568);
const directory = resolve(process.env["DATA_DIR"] ?? ".data");

/** Ends with a sentence instead of a stack where the reason is the user's to mend. */
function fail(error: unknown, what: string, variable: string, wanted: number): never {
  if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") {
    console.error(`${what}端口${wanted}已被占用：请停止占用它的程序，或用 ${variable}=其他端口 npm start 换一个。`);
    console.error(`Port ${wanted} is in use; stop what uses it, or set ${variable}.`);
    process.exit(1);
  }
  throw error;
}

await mkdir(directory, { recursive: true });
const queue = new IndexQueue({
  journal: join(directory, ".indexing.json"),
  onGivenUp: (key) =>
    console.error(`没能编入索引，下次启动再试 · not indexed, to be tried again at the next start: ${key}`),
});
const s3 = await startS3({
  port: s3Port,
  directory,
  bucket: BUCKET,
  onCreated: (key) => queue.push(key),
}).catch((e: unknown) => fail(e, "存储", "S3_PORT", s3Port));
const url = `http://localhost:${port}`;
Object.assign(process.env, {
  BUCKET,
  PUBLIC_URL: url,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "S3RVER",
  AWS_SECRET_ACCESS_KEY: "S3RVER",
  S3_ENDPOINT: s3.endpoint,
  S3_FORCE_PATH_STYLE: "true",
  OIDC_ISSUER: issuerUrl(port),
  OIDC_AUDIENCE: AUDIENCE,
  OIDC_CLIENT_ID: CLIENT_ID,
  LOG_FORMAT: process.env["LOG_FORMAT"] ?? "text",
});

const { app } = (await import(new URL("../dist/lambda/api/index.mjs", import.meta.url).href)) as { readonly app: Hono };
const store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
// The indexer runs on the writes of the embedded store as in the cloud on the bucket's notifications; what a process that
// was killed had not begun to index is found here.
const indexer = (await import(new URL("../dist/lambda/indexer/index.mjs", import.meta.url).href)) as {
  readonly handler: IndexHandler;
};
for (const { uscc, year } of await laggingPlaces(store)) queue.push(recordKey(uscc, year, 1));
await queue.start(indexer.handler);
const root = new Hono();
root.route("/", await createIssuer(directory, port));
root.route("/", createSite(store));
root.all("*", (c) => app.fetch(c.req.raw));

/** What the token command needs to know where this differs from what it assumes. */
const settings = ["PORT", "DATA_DIR"]
  .flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [`${name}='${value.replaceAll("'", "'\\''")}' `];
  })
  .join("");
const server = listen(root.fetch, { port, hostname: "127.0.0.1" }, () => {
  console.log(`
年报已启动 · nianbao is running

  已公布的报告      ${url}/
  网页填报          ${url}/filing/
  接口说明          ${url}/openapi.json
  存储（S3）        ${s3.endpoint}/${BUCKET}，数据在 ${directory}

提交一份示例报告，粘贴即可 · publish an example:

  curl -sS -H "Authorization: Bearer $(${settings}npm run --silent token -- clerk)" -H 'Content-Type: application/json' --data-binary @examples/liaocheng-2020.json ${url}/reports

然后打开 · then open  ${url}/11371500MB28560185/2020/report.pdf

按 Ctrl-C 停止。
`);
});
server.on("error", (error) => fail(error, "服务", "PORT", port));

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    server.close(
      () =>
        void queue
          .stop()
          .then(() => s3.close())
          .then(() => process.exit(0)),
    );
    server.closeIdleConnections();
  });
}
