import { describe, expect, it } from "vitest";
import { startService } from "../support/service.ts";

describe("the embedded store's listing", () => {
  it("gives every key under a prefix once, in binary order, over several answers", async () => {
    const { store } = await startService();
    const numbered = Array.from({ length: 1100 }, (_, i) => `records/${String(i % 37).padStart(2, "0")}/${i}.json`);
    // As folders and as objects of one name; what sorts before and after the slash.
    const keys = [...numbered, "records/a", "records/a/b", "records/a-b", "records/a/b/c", "records/a0", "recordsX/a"];
    for (let i = 0; i < keys.length; i += 50)
      await Promise.all(keys.slice(i, i + 50).map((key) => store.put(key, key, { contentType: "text/plain" })));
    const listed = async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const { key, size } of store.list(prefix)) {
        expect(size).toBe(key.length);
        found.push(key);
      }
      return found;
    };
    const sorted = (prefix: string) => keys.filter((key) => key.startsWith(prefix)).sort();
    for (const prefix of ["records/", "records", "records/a", "records/a/", "records/0", "records/07/", "none/"])
      expect(await listed(prefix), prefix).toEqual(sorted(prefix));
  });
});

describe("an object of the embedded store, by HTTP", () => {
  const LONG = 3_000_000;
  const bytes = Buffer.alloc(LONG, "0123456789");

  it.each([
    ["short", 10],
    ["long", LONG],
  ])("is given whole, in parts, or not again to who has it (%s)", async (name, size) => {
    const { store, endpoint } = await startService();
    const key = `published/${name}.txt`;
    await store.put(key, bytes.subarray(0, size), { contentType: "text/plain", cacheControl: "no-cache" });
    const ask = async (headers: Record<string, string> = {}, method = "GET") => {
      const answer = await fetch(`${endpoint}/nianbao-test/${key}`, { method, headers });
      return { status: answer.status, headers: answer.headers, body: await answer.text() };
    };
    const whole = await ask();
    expect(whole.status).toBe(200);
    expect(whole.body).toBe(bytes.toString("utf8", 0, size));
    const etag = whole.headers.get("etag")!;
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "text/plain",
      "cache-control": "no-cache",
      "content-length": String(size),
      "accept-ranges": "bytes",
      "last-modified": expect.stringMatching(/GMT$/),
    });
    expect(await ask({}, "HEAD")).toMatchObject({ status: 200, body: "" });
    expect((await ask({}, "HEAD")).headers.get("content-length")).toBe(String(size));
    expect(await ask({ "if-none-match": etag })).toMatchObject({ status: 304, body: "" });
    expect((await ask({ "if-none-match": '"other"' })).status).toBe(200);
    expect((await ask({ "if-match": '"other"' })).status).toBe(412);
    for (const [range, part, from] of [
      ["bytes=2-4", "234", 2],
      [`bytes=${size - 3}-`, "789", size - 3],
      ["bytes=-2", "89", size - 2],
      [`bytes=${size - 1}-${size + 50}`, "9", size - 1],
    ] as const) {
      const answer = await ask({ range });
      expect(answer, range).toMatchObject({ status: 206, body: part });
      expect(answer.headers.get("content-range")).toBe(`bytes ${from}-${from + part.length - 1}/${size}`);
    }
    for (const range of [`bytes=${size}-`, "bytes=-0"]) expect((await ask({ range })).status, range).toBe(416);
    for (const range of ["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-"])
      expect((await ask({ range })).status, range).toBe(200);
  });
});
