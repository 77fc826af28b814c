import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterAll } from "vitest";
import { configure } from "../../local/environment.ts";
import { startS3 } from "../../local/s3.ts";
import { createSite } from "../../server/site.ts";
import { S3Store } from "../../src/store/s3.ts";
import { loadBundle } from "./bundle.ts";
import { AUDIENCE, startIssuer, type TestIssuer } from "./issuer.ts";

/** What a test talks to: the bundle that CDK ships, on an embedded S3 and an issuer of its own. */
export interface Service {
  readonly app: Hono;
  readonly site: Hono;
  readonly store: S3Store;
  /** The embedded S3's address. */
  readonly endpoint: string;
  readonly issuer: TestIssuer;
  /** An `Authorization` header that may do everything for every organ. */
  readonly authorization: string;
  readonly handler: (event: unknown, context: unknown) => Promise<LambdaAnswer>;
  /** POSTs JSON; with `authorization` unless the headers have their own, an empty one for none at all. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** PUTs bytes, with `authorization` as `post` does. */
  put(path: string, body: Uint8Array, headers?: Record<string, string>): Promise<Response>;
}

export interface LambdaAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const BUCKET = "nianbao-test";
/** Every province that a code may begin with. */
const EVERYWHERE = Array.from({ length: 90 }, (_, i) => String(i + 10));

/**
 * Starts a service with an empty store; it ends with the test file.
 * @param onCreated told of every object that is written, as the embedded store's notifications are
 */
export async function startService(onCreated?: (key: string) => void): Promise<Service> {
  const directory = await mkdtemp(join(tmpdir(), "nianbao-"));
  const [s3, issuer] = await Promise.all([
    startS3({ port: 0, directory, bucket: BUCKET, ...(onCreated ? { onCreated } : {}) }),
    startIssuer(),
  ]);
  afterAll(async () => {
    await s3.close();
    await rm(directory, { recursive: true, force: true });
  });
  configure(BUCKET, s3, {
    PUBLIC_URL: "https://example.org",
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    // The store is in this process, which a hundred requests at once keep busy for longer than a store may be silent.
    S3_PATIENCE: "60000",
    LOG_FORMAT: process.env["LOG_FORMAT"] ?? "none",
  });
  const { app, handler } = await loadBundle<Pick<Service, "app" | "handler">>("api");
  const store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
  const authorization = `Bearer ${await issuer.token({ nianbao_divisions: EVERYWHERE })}`;
  const send = async (method: string, path: string, body: BodyInit, headers: Record<string, string>) => {
    const all = new Headers({ authorization, ...headers });
    if (all.get("authorization") === "") all.delete("authorization");
    return app.request(path, { method, headers: all, body });
  };
  return {
    app,
    handler,
    store,
    endpoint: s3.endpoint,
    issuer,
    authorization,
    site: createSite(store),
    post: (path, body, headers = {}) =>
      send("POST", path, typeof body === "string" ? body : JSON.stringify(body), {
        "content-type": "application/json",
        ...headers,
      }),
    put: (path, body, headers = {}) => send("PUT", path, new Uint8Array(body), headers),
  };
}

/** An example as its file has it: a fresh copy that a test may break. */
export async function example(name: "liaocheng-2020" | "hangzhou-2025"): Promise<MutableReport> {
  return JSON.parse(await readFile(new URL(`../../examples/${name}.json`, import.meta.url), "utf8")) as MutableReport;
}

/** A copy without the paragraphs that state figures, for a test that changes the tables and not what is said of them. */
export function withoutCounts(report: MutableReport): MutableReport {
  const copy = structuredClone(report);
  for (const key of ["overview", "problems"])
    copy[key].body = copy[key].body.filter((item: { text: string }) => !/\d[件万]|没有/.test(item.text));
  return copy;
}

/** The preamble as another year's report has it: the period it names is that year's. */
export const ofYear = (preamble: readonly { readonly text: string }[], year: number) =>
  preamble.map((item) => ({ ...item, text: item.text.replaceAll(/\d{4}(?=年1月1日)/g, String(year)) }));

/** A report that a test may break in any way. */
export interface MutableReport {
  // biome-ignore lint/suspicious/noExplicitAny: tests break reports in ways that no type allows
  [key: string]: any;
}
