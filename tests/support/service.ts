import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterAll } from "vitest";
import { startS3 } from "../../local/s3.ts";
import { createSite } from "../../local/site.ts";
import { S3Store } from "../../src/store/s3.ts";

/** What a test talks to: the bundle that CDK ships, on an embedded S3 of its own. */
export interface Service {
  readonly app: Hono;
  readonly site: Hono;
  readonly store: S3Store;
  readonly handler: (event: unknown, context: unknown) => Promise<LambdaAnswer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

export interface LambdaAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const BUCKET = "nianbao-test";

/**
 * Starts a service with an empty store; it ends with the test file.
 * @param onCreated told of every object that is written, as the embedded store's notifications are
 */
export async function startService(onCreated?: (key: string) => void): Promise<Service> {
  const directory = await mkdtemp(join(tmpdir(), "nianbao-"));
  const s3 = await startS3({ port: 0, directory, bucket: BUCKET, ...(onCreated ? { onCreated } : {}) });
  afterAll(async () => {
    await s3.close();
    await rm(directory, { recursive: true, force: true });
  });
  Object.assign(process.env, {
    BUCKET,
    PUBLIC_URL: "https://example.org",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "S3RVER",
    AWS_SECRET_ACCESS_KEY: "S3RVER",
    S3_ENDPOINT: s3.endpoint,
    S3_FORCE_PATH_STYLE: "true",
  });
  const { app, handler } = (await import(new URL("../../dist/lambda/api/index.mjs", import.meta.url).href)) as Pick<
    Service,
    "app" | "handler"
  >;
  const store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
  return {
    app,
    handler,
    store,
    site: createSite(store),
    post: async (path, body, headers = {}) =>
      app.request(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
  };
}

/** An example as its file has it: a fresh copy that a test may break. */
export async function example(name: "liaocheng-2020" | "hangzhou-2025"): Promise<MutableReport> {
  return JSON.parse(await readFile(new URL(`../../examples/${name}.json`, import.meta.url), "utf8")) as MutableReport;
}

/** A report that a test may break in any way. */
export interface MutableReport {
  // biome-ignore lint/suspicious/noExplicitAny: tests break reports in ways that no type allows
  [key: string]: any;
}
