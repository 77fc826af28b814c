import { beforeAll, describe, expect, it } from "vitest";
import { createSite } from "../../server/site.ts";
import type { Asked, Opening } from "../../src/store/open.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { type Service, startService } from "../support/service.ts";

const PATH = "/11371500MB28560185/2020/report.pdf";
/** Longer than what the store hands over at once, and not the same anywhere. */
const bytes = Buffer.from(Array.from({ length: 60_000 }, (_, i) => String(i)).join(","));

let service: Service;
const get = async (headers: Record<string, string> = {}, path = PATH, method = "GET") => {
  const answer = await service.site.request(path, { method, headers });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
};

beforeAll(async () => {
  service = await startService();
  await service.store.put(`published${PATH}`, bytes, { contentType: "application/pdf", cacheControl: "max-age=60" });
});

describe("a published file on the plain server", () => {
  it("is given whole, and its length, type and tag alone to who asks with HEAD", async () => {
    const whole = await get();
    expect(whole.status).toBe(200);
    expect(whole.body.equals(bytes)).toBe(true);
    const head = await get({}, PATH, "HEAD");
    expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers));
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-length": String(bytes.length),
      "content-type": "application/pdf",
      "cache-control": "max-age=60",
      "accept-ranges": "bytes",
    });
  });

  it("is not given again to who has it", async () => {
    const etag = (await get()).headers.get("etag")!;
    const again = await get({ "if-none-match": `"other", W/${etag}`, range: "bytes=0-1" });
    expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
    expect(again.headers.get("etag")).toBe(etag);
    expect(again.headers.get("cache-control")).toBe("max-age=60");
    expect((await get({ "if-none-match": etag }, PATH, "HEAD")).status).toBe(304);
    expect((await get({ "if-none-match": '"other"' })).body.equals(bytes)).toBe(true);
  });

  it.each([
    ["bytes=0-99", 0, 100],
    ["bytes=1000-300000", 1000, 300_001],
    [`bytes=${bytes.length - 5}-`, bytes.length - 5, bytes.length],
    ["bytes=-7", bytes.length - 7, bytes.length],
  ])("is given in the part %s", async (range, from, to) => {
    const part = await get({ range });
    expect(part.status).toBe(206);
    expect(part.body.equals(bytes.subarray(from, to))).toBe(true);
    expect(part.headers.get("content-range")).toBe(`bytes ${from}-${to - 1}/${bytes.length}`);
    expect(part.headers.get("content-length")).toBe(String(to - from));
  });

  it("says how long it is to who asks beyond its end", async () => {
    const beyond = await get({ range: `bytes=${bytes.length}-` });
    expect(beyond).toMatchObject({ status: 416, body: Buffer.alloc(0) });
    expect(beyond.headers.get("content-range")).toBe(`bytes */${bytes.length}`);
  });

  it.each(["bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=5-2"])(
    "is given whole where it is asked for %s",
    async (range) => {
      const whole = await get({ range });
      expect(whole.status).toBe(200);
      expect(whole.body.equals(bytes)).toBe(true);
    },
  );

  it("goes on from a part that a reader has only while it is the same", async () => {
    const etag = (await get()).headers.get("etag")!;
    const range = "bytes=10-19";
    expect((await get({ range, "if-range": etag })).status).toBe(206);
    for (const since of ['"other"', `W/${etag}`, "Wed, 21 Oct 2015 07:28:00 GMT"])
      expect((await get({ range, "if-range": since })).status, since).toBe(200);
  });

  it("is not there with HEAD, a tag or a part where it is not there", async () => {
    for (const headers of [{}, { "if-none-match": '"x"' }, { range: "bytes=0-1" }] as Record<string, string>[])
      for (const method of ["GET", "HEAD"])
        expect((await get(headers, "/11371500MB28560185/2020/none.pdf", method)).status).toBe(404);
  });

  it("is read from the store as the reader takes it, and no further when the reader leaves", async () => {
    let pieces = 0;
    let left = false;
    class Endless extends MemoryStore {
      override async open(_: string, asked?: Asked): Promise<Opening> {
        expect(asked).toBeUndefined();
        const body = new ReadableStream<Uint8Array>({
          pull: (controller) => {
            pieces += 1;
            controller.enqueue(new Uint8Array(1000));
          },
          cancel: () => {
            left = true;
          },
        });
        return { etag: '"e"', headers: { contentType: "application/pdf" }, size: 1_000_000_000, body };
      }
    }
    const answer = await createSite(new Endless()).request(PATH);
    const reader = answer.body!.getReader();
    for (let i = 0; i < 3; i += 1) expect((await reader.read()).value).toHaveLength(1000);
    await reader.cancel();
    expect(pieces).toBeLessThan(8);
    expect(left).toBe(true);
  });
});
