import { Hono } from "hono";
import { cors } from "hono/cors";
import { html } from "hono/html";
import { PAGE_POLICY } from "../src/formats/html/page-policy.ts";
import type { PublicationRecord } from "../src/publish/record.ts";
import type { Store } from "../src/store/store.ts";

/** A path under the published prefix: names of our own making, none of them a way up. */
const PATH = /^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?$/;

/** Longest path, and longest name in it, that a file of ours has; of longer ones a store may make a fault. */
const [MAX_PATH, MAX_NAME] = [512, 128];
const isPath = (path: string): boolean =>
  path.length <= MAX_PATH && PATH.test(path) && path.split("/").every((name) => name.length <= MAX_NAME);

/** What a browser is told of a page besides what the page says itself; framing is forbidden in a header alone. */
const PAGE_HEADERS = {
  "content-security-policy": PAGE_POLICY,
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
};

/** Whether a reader has what `If-None-Match` names (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, etag: string): boolean =>
  (header?.split(",") ?? []).some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));

/** What the public reads: the published prefix, as the bucket or a CDN serves it in the cloud. */
export function createSite(store: Store): Hono {
  const site = new Hono();

  const published = async (path: string, ifNoneMatch: string | undefined): Promise<Response | undefined> => {
    const object = await store.get(`published${path}${path.endsWith("/") ? "index.html" : ""}`);
    if (!object) return undefined;
    const { contentType, cacheControl, contentDisposition } = object.headers;
    const headers = {
      etag: object.etag,
      "x-content-type-options": "nosniff",
      ...(cacheControl ? { "cache-control": cacheControl } : {}),
      ...(/^text\/html/i.test(contentType) ? PAGE_HEADERS : {}),
    };
    if (matches(ifNoneMatch, object.etag)) return new Response(null, { status: 304, headers });
    return new Response(new Uint8Array(object.body), {
      headers: {
        ...headers,
        "content-type": contentType,
        "content-length": String(object.body.length),
        ...(contentDisposition ? { "content-disposition": contentDisposition } : {}),
      },
    });
  };

  // As the bucket's own rules have it.
  const open = cors({ origin: "*", allowMethods: ["GET", "HEAD"], exposeHeaders: ["ETag"] });
  site.get("*", async (c, next) => {
    const answer = isPath(c.req.path) ? await published(c.req.path, c.req.header("if-none-match")) : undefined;
    if (!answer) return next();
    await open(c, async () => {
      c.res = answer;
    });
  });

  // Until there is a first page.
  site.get("/", async (c) => {
    // Versions are listed oldest first: the latest of each (organ, year) stays.
    const latest = new Map<string, PublicationRecord>();
    for await (const { key } of store.list("records/")) {
      const object = await store.get(key);
      if (!object) continue;
      const record = JSON.parse(new TextDecoder().decode(object.body)) as PublicationRecord;
      latest.set(`${record.uscc}/${record.year}`, record);
    }
    const rows = [...latest.values()]
      .sort((a, b) => b.publishedAt.localeCompare(a.publishedAt))
      .map(
        (
          r,
        ) => html`<tr><th scope="row">${r.organ}</th><td>${r.year}</td><td>${r.publishedAt.slice(0, 16).replace("T", " ")}</td>
<td><a href="/${r.uscc}/${r.year}/report.pdf">PDF</a> · <a href="/${r.uscc}/${r.year}/report.json">JSON</a> · <a href="/${r.uscc}/${r.year}/index.html">各版本</a></td></tr>`,
      );
    return c.html(
      html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>年报：已公布的政府信息公开工作年度报告</title>
<link rel="stylesheet" href="/site.css">
</head>
<body>
<main>
<h1>政府信息公开工作年度报告</h1>
${
  rows.length === 0
    ? html`<p>还没有公布的报告。按终端里的 curl 命令提交一份，再刷新本页。</p>`
    : html`<table><caption>已公布${rows.length}份</caption>
<thead><tr><th scope="col">行政机关</th><th scope="col">年度</th><th scope="col">公布时间</th><th scope="col">下载</th></tr></thead>
<tbody>${rows}</tbody></table>`
}
<p><a href="/openapi.json">接口说明（OpenAPI）</a> · <a href="/schemas/report-2021.schema.json">2021年版模式</a> · <a href="/schemas/report-2019.schema.json">2019年版模式</a></p>
</main>
</body>
</html>`,
      200,
      { "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'" },
    );
  });

  site.get("/site.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }));

  return site;
}

const STYLE = `:root { color-scheme: light dark; --accent: #a4161a; }
@media (prefers-color-scheme: dark) { :root { --accent: #ff8a80; } }
body { margin: 0; font: 1rem/1.7 "Noto Serif CJK SC", "Songti SC", SimSun, serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.6rem; border-bottom: 2px solid var(--accent); padding-bottom: .5rem; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; padding: .5rem 0; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentcolor 25%, transparent); padding: .4rem .6rem; text-align: left; font-weight: normal; }
thead th { font-weight: bold; }
a { color: var(--accent); }
`;
