/** The desk's files as they are built and served. */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { builtPage } from "../../../functions/web.ts";

const directory = fileURLToPath(new URL("../../../dist/web/desk", import.meta.url));
const publicUrl = "https://reports.example";
const filing = { issuer: "https://issuer.example" };
const page = builtPage({ publicUrl, filing, fonts: { coverageFile: () => ({}) as never } }, "desk", directory);
const get = (path: string): Promise<Response> =>
  Promise.resolve(page.request(`/desk/${path}`, { headers: { "accept-encoding": "gzip" } }));

test("all scripts of the desk, those that few come to among them, weigh no more than 120 KB compressed", async () => {
  const scripts = (await readdir(directory)).filter((name) => name.endsWith(".js.gz"));
  const sizes = await Promise.all(scripts.map(async (name) => (await readFile(`${directory}/${name}`)).length));
  expect(scripts.length).toBeGreaterThan(5);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(120 * 1024);
});

test("nothing of the page is inline; scripts come from the service alone, and no other page has it in a frame", async () => {
  const answer = await get("");
  const policy = answer.headers.get("content-security-policy")!;
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain(`connect-src 'self' ${publicUrl} https://issuer.example`);
  expect(policy).not.toContain("unsafe");
  const { gunzipSync } = await import("node:zlib");
  const html = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
  expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
  const script = /src="\/desk\/([^"]+)"/.exec(html)![1]!;
  const served = await get(script);
  expect([served.headers.get("cache-control"), served.headers.get("content-encoding")]).toEqual([
    "public, max-age=31536000, immutable",
    "gzip",
  ]);
  // A thread has one name for good: it is asked for anew.
  const worker = await get("alike.worker.js");
  expect([worker.status, worker.headers.get("cache-control")]).toEqual([200, "no-cache"]);
});

test("an address without its slash leads to the page, and what is no file of it to nothing", async () => {
  const bare = await page.request("/desk");
  expect([bare.status, bare.headers.get("location")]).toEqual([308, "/desk/"]);
  for (const path of ["nothing.js", "index.mjs", "990100/2025"]) expect((await get(path)).status).toBe(404);
});
