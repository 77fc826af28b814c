import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useCredentials } from "../../local/credentials.ts";
import { type EmbeddedS3, startS3 } from "../../local/s3.ts";
import { S3Store } from "../../src/store/s3.ts";
import { leaveCommitted, PARTS, writeParts } from "../support/s3rver-folder.ts";

const BUCKET = "nianbao-test";
const KEY = "published/a/report.txt";
const text = { contentType: "text/plain", metadata: { version: "1" } };

let directory: string;
let s3: EmbeddedS3;
let store: S3Store;

async function start(): Promise<void> {
  s3 = await startS3({ port: 0, directory, bucket: BUCKET });
  useCredentials(s3.credentials);
  store = new S3Store({ bucket: BUCKET, region: "us-east-1", endpoint: s3.endpoint, forcePathStyle: true });
}
const content = async (key = KEY): Promise<string | undefined> => {
  const object = await store.get(key);
  return object && `${new TextDecoder().decode(object.body)} ${object.headers.metadata?.["version"]}`;
};
const aside = (): Promise<string[]> => readdir(join(directory, ".aside"));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-whole-"));
});
afterEach(async () => {
  await s3.close();
  await rm(directory, { recursive: true, force: true });
});

describe("the embedded store, killed while an object is written over", () => {
  it("has the old content whole, and nothing of the other", async () => {
    await start();
    await store.put(KEY, "first", text);
    await s3.close();
    await writeFile(join(directory, ".aside", "left"), '{"etag":"\\"x\\"","modified":1,"head');
    await start();
    expect(await content()).toBe("first 1");
    expect(await aside()).toEqual([]);
  });

  it("keeps content, entity tag and metadata in step over many writes and removals at once", async () => {
    await start();
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        i % 3 === 0
          ? store.delete(`${KEY}${i % 2}`)
          : store.put(`${KEY}${i % 2}`, `content ${i}`, { ...text, metadata: { version: String(i) } }),
      ),
    );
    for (const key of [`${KEY}0`, `${KEY}1`]) {
      const found = await content(key);
      if (found !== undefined) expect(found).toMatch(/^content (\d+) \1$/);
    }
    await store.put(`${KEY}0`, "last", text);
    expect(await content(`${KEY}0`)).toBe("last 1");
    const files = await readdir(join(directory, `${BUCKET}.objects`, "published/a"));
    expect(files.filter((name) => name.startsWith("report.txt0"))).toEqual(["report.txt0._object"]);
    expect(await aside()).toEqual([]);
  });

  it.each(["records/a.json", "published/a.json"])("of many who create %s at once lets one", async (key) => {
    await start();
    const created = await Promise.all(Array.from({ length: 40 }, (_, i) => store.create(key, `by ${i}`, text)));
    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await content(key)).toBe(`by ${created.indexOf(true)} 1`);
    const { etag } = (await store.get(key))!;
    const replaced = await Promise.all(
      Array.from({ length: 40 }, (_, i) => store.replace(key, `over ${i}`, text, etag)),
    );
    expect(replaced.filter(Boolean)).toHaveLength(1);
    expect(await content(key)).toBe(`over ${replaced.indexOf(true)} 1`);
  });
});

describe("a data folder of a version before", () => {
  const old = (key: string): string => join(directory, BUCKET, key);
  const RECORD = "records/11330100002489015P/2025/000001.json";

  it("is taken over at the start: every object with its content, entity tag and metadata", async () => {
    await writeParts(old(KEY), { content: "first", version: "1" });
    await writeParts(old(RECORD), { content: "a record", version: "2" });
    // As a folder and as an object of one name.
    await writeParts(old("records/a"), { content: "a", version: "3" });
    await writeParts(old("records/a/b"), { content: "b", version: "4" });
    await start();
    expect(await content()).toBe("first 1");
    expect((await store.get(KEY))?.etag).toBe('"8b04d5e3775d298e78455efc5ca404d5"');
    expect(await content(RECORD)).toBe("a record 2");
    expect(await store.create(RECORD, "another", text)).toBe(false);
    const listed: string[] = [];
    for await (const { key } of store.list("records/")) listed.push(key);
    expect(listed).toEqual([RECORD, "records/a", "records/a/b"]);
    expect(existsSync(join(directory, BUCKET))).toBe(false);
  });

  it.each([3, 2, 1, 0])(
    "has what was decided before it was killed, with %i of its parts not moved yet",
    async (left) => {
      await writeParts(old(KEY), { content: "first", version: "1" });
      await writeParts(old(KEY), { content: "second", version: "2", parts: PARTS.slice(0, 3 - left) });
      await leaveCommitted(directory, {
        ...{ bucket: BUCKET, key: KEY, content: "second", version: "2" },
        parts: PARTS.slice(3 - left),
      });
      await start();
      expect(await content()).toBe("second 2");
      expect((await store.get(KEY))?.etag).toBe('"a9f0e61a137d86aa9db53465e0801612"');
      expect(await aside()).toEqual([]);
    },
  );

  it("has the old content where another was not decided", async () => {
    await writeParts(old(KEY), { content: "first", version: "1" });
    await writeParts(join(directory, ".aside", "1-1", "it"), { content: "second", version: "2", parts: ["object"] });
    await start();
    expect(await content()).toBe("first 1");
    expect(await aside()).toEqual([]);
  });

  it("goes on where an earlier start was killed over it", async () => {
    await writeParts(old(KEY), { content: "first", version: "1" });
    await start();
    await s3.close();
    // What of an object goes last, and one that it had not come to.
    await writeParts(old(KEY), { content: "first", version: "1", parts: ["metadata.json"] });
    await writeParts(old(RECORD), { content: "a record", version: "2" });
    await mkdir(old("published/empty"), { recursive: true });
    await start();
    expect(await content()).toBe("first 1");
    expect(await content(RECORD)).toBe("a record 2");
    expect(existsSync(join(directory, BUCKET))).toBe(false);
    expect(await readFile(join(directory, `${BUCKET}.objects`, `${RECORD}._object`), "utf8")).toContain("a record");
  });
});
