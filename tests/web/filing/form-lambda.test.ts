import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { startService } from "../../support/service.ts";

const service = await startService();
const event = (path: string) => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: path,
  rawQueryString: "",
  headers: { "accept-encoding": "gzip, br" },
  requestContext: {
    http: { method: "GET", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1" },
    domainName: "example.org",
  },
  isBase64Encoded: false,
});

test("the function serves the filing pages, compressed, under its own policy", async () => {
  const page = await service.handler(event("/filing/"), {});
  expect(page.statusCode).toBe(200);
  expect(page.headers["content-security-policy"]).toContain(
    `connect-src 'self' https://example.org ${service.issuer.url}`,
  );
  const html = gunzipSync(Buffer.from(page.body, "base64")).toString();
  // The script, and what it imports at once.
  const scripts = [...html.matchAll(/(?:src|rel="modulepreload" href)="([^"]+)"/g)].map(([, path]) => path!);
  let size = 0;
  for (const path of scripts) {
    const script = await service.handler(event(path), {});
    expect([path, script.headers["content-type"], script.headers["content-encoding"]]).toEqual([
      path,
      "text/javascript; charset=utf-8",
      "gzip",
    ]);
    size += gunzipSync(Buffer.from(script.body, "base64")).length;
  }
  expect(size).toBeGreaterThan(300_000);
  const moved = await service.handler(event("/filing"), {});
  expect([moved.statusCode, moved.headers["location"]]).toEqual([308, "/filing/"]);
  expect((await service.handler(event("/filing/nothing.js"), {})).statusCode).toBe(404);
  expect((await service.handler(event("/filing/../index.mjs"), {})).statusCode).toBe(404);
  const config = await service.handler(event("/filing/config.json"), {});
  expect(JSON.parse(config.body)).toMatchObject({ issuer: service.issuer.url, publicUrl: "https://example.org" });
});
