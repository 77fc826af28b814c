import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { build } from "esbuild";
import { Hono } from "hono";
import { startS3 } from "../../../local/s3.ts";
import { createSite } from "../../../local/site.ts";
import { S3Store } from "../../../src/store/s3.ts";
import { createIssuer, type TestIssuer } from "./issuer.ts";

/** The real service, its public site, an issuer, and a page with the parts of the filing pages, on one origin. */
export interface FilingServer {
  readonly url: string;
  readonly issuer: TestIssuer;
  readonly store: S3Store;
  /** The page's script, minified. */
  readonly script: Uint8Array;
  /** Answers 401 to every submission, whoever signed in. */
  refuseTokens: boolean;
  close(): Promise<void>;
}

const at = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>年报填报</title>
<link rel="stylesheet" href="/filing/page.css">
<link rel="stylesheet" href="/filing/flow.css">
<link rel="icon" href="data:,">
<script type="module" src="/filing/harness.js"></script>
</head>
<body></body>
</html>`;
const STYLE = `:root{color-scheme:light dark;--accent:#a4161a;--line:#767676}
@media (prefers-color-scheme:dark){:root{--accent:#ff8a80;--line:#8c8c8c}}
body{margin:0;background:Canvas;color:CanvasText;font:1.0625rem/1.7 "Noto Sans CJK SC","Microsoft YaHei",sans-serif}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;padding:.5rem 1rem;border-bottom:2px solid var(--accent)}
h1{font-size:1.2rem;margin:0}
main{max-width:75rem;margin:0 auto;padding:1rem}
.beside{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.fields input{width:100%;box-sizing:border-box;font:inherit}
@media(max-width:50rem){.beside{grid-template-columns:1fr}}`;

/** @param built whether to serve the pages as they are built, in the place of the page with the parts around the form */
export async function startFiling({ built = false } = {}): Promise<FilingServer> {
  const directory = await mkdtemp(join(tmpdir(), "nianbao-"));
  const s3 = await startS3({ port: 0, directory, bucket: "nianbao-test" });
  let root: Hono = new Hono();
  const server = createServer(getRequestListener((request) => root.fetch(request)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // localhost is a secure context: PKCE and the hashing of what is sent need WebCrypto.
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    BUCKET: "nianbao-test",
    PUBLIC_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "S3RVER",
    AWS_SECRET_ACCESS_KEY: "S3RVER",
    S3_ENDPOINT: s3.endpoint,
    S3_FORCE_PATH_STYLE: "true",
    OIDC_ISSUER: `${url}/issuer`,
    OIDC_AUDIENCE: "nianbao-web",
    LOG_FORMAT: "none",
  });
  const { app } = (await import(new URL("../../../dist/lambda/api/index.mjs", import.meta.url).href)) as { app: Hono };
  const store = new S3Store({
    bucket: "nianbao-test",
    region: "us-east-1",
    endpoint: s3.endpoint,
    forcePathStyle: true,
  });
  const issuer = await createIssuer(`${url}/issuer`, { nianbao_divisions: "3301" });
  const bundle = await build({
    entryPoints: [at("tests/support/filing/harness.tsx")],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    mainFields: ["module", "main"],
    jsx: "automatic",
    jsxImportSource: "preact",
  });
  const script = bundle.outputFiles[0]!.contents;
  const filing: FilingServer = {
    url,
    issuer,
    store,
    script,
    refuseTokens: false,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await s3.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  root = new Hono();
  root.route("/issuer", issuer.app);
  root.get("/filing/", (c) =>
    built
      ? app.fetch(c.req.raw)
      : c.html(PAGE, 200, {
          "content-security-policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        }),
  );
  root.get("/filing/config.json", (c) =>
    c.json({ issuer: `${url}/issuer`, clientId: "nianbao-web", scope: "openid", tokenUse: "access", publicUrl: url }),
  );
  root.get("/filing/harness.js", (c) =>
    c.body(new Uint8Array(script), 200, { "content-type": "text/javascript; charset=utf-8" }),
  );
  root.get("/filing/page.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));
  root.get("/filing/flow.css", async (c) =>
    c.body(await readFile(at("web/filing/flow/flow.css"), "utf8"), 200, { "content-type": "text/css; charset=utf-8" }),
  );
  root.route("/", createSite(store));
  root.all("*", async (c) => {
    if (c.req.method === "POST" && (filing.refuseTokens || !c.req.header("authorization")))
      return c.json({ type: "about:blank", status: 401, title: "需要登录", titleEn: "Sign in" }, 401, {
        "content-type": "application/problem+json",
      });
    return app.fetch(c.req.raw);
  });
  return filing;
}
