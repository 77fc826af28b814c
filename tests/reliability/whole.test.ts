import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useCredentials } from "../../local/credentials.ts";
import { type EmbeddedS3, startS3 } from "../../local/s3.ts";
import { S3Store } from "../../src/store/s3.ts";

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
const content = async (): Promise<string | undefined> => {
  const object = await store.get(KEY);
  return object && `${new TextDecoder().decode(object.body)} ${object.headers.metadata?.["version"]}`;
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-whole-"));
  await start();
  await store.put(KEY, "first", text);
});
afterEach(async () => {
  await s3.close();
  await rm(directory, { recursive: true, force: true });
});

describe("the embedded store, killed while an object is written over", () => {
  /** A write as it lies aside. */
  async function leave(folder: string, files: readonly string[]): Promise<string> {
    const path = join(directory, ".aside", folder);
    await mkdir(path, { recursive: true });
    const contents: Record<string, string> = {
      "it._S3rver_object": "second",
      "it._S3rver_object.md5": "a9f0e61a137d86aa9db53465e0801612",
      "it._S3rver_metadata.json": JSON.stringify({ "content-type": "text/plain", "x-amz-meta-version": "2" }),
      "target.json": JSON.stringify({ bucket: BUCKET, key: KEY }),
    };
    for (const name of files) await writeFile(join(path, name), contents[name]!);
    return path;
  }
  const ALL = ["it._S3rver_object", "it._S3rver_object.md5", "it._S3rver_metadata.json", "target.json"];

  it("has the old content whole when the write was not decided", async () => {
    await leave("1-1", ALL.slice(0, 2));
    await s3.close();
    await start();
    expect(await content()).toBe("first 1");
    expect(await readdir(join(directory, ".aside"))).toEqual([]);
  });

  it("has the new content whole when it was, wherever the moving had come to", async () => {
    await leave("1-1.committed", ALL);
    await s3.close();
    await start();
    expect(await content()).toBe("second 2");
    await store.put(KEY, "first", text);
    const path = await leave("1-2.committed", ALL);
    const target = join(directory, BUCKET, `${KEY}._S3rver_`);
    await rename(join(path, "it._S3rver_metadata.json"), `${target}metadata.json`);
    await rename(join(path, "it._S3rver_object.md5"), `${target}object.md5`);
    await s3.close();
    await start();
    expect(await content()).toBe("second 2");
    expect((await store.get(KEY))?.etag).toBe('"a9f0e61a137d86aa9db53465e0801612"');
    expect(await readdir(join(directory, ".aside"))).toEqual([]);
  });

  it("keeps content, entity tag and metadata in step over many writes and removals at once", async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        i % 3 === 0 ? store.delete(`${KEY}${i % 2}`) : store.put(`${KEY}${i % 2}`, `content ${i}`, text),
      ),
    );
    await store.put(`${KEY}0`, "last", text);
    expect(new TextDecoder().decode((await store.get(`${KEY}0`))?.body)).toBe("last");
    const files = await readdir(join(directory, BUCKET, "published/a"));
    expect(files.filter((name) => name.startsWith("report.txt0")).sort()).toEqual(
      ["metadata.json", "object", "object.md5"].map((kind) => `report.txt0._S3rver_${kind}`),
    );
    expect(await readFile(join(directory, BUCKET, `${KEY}0._S3rver_object`), "utf8")).toBe("last");
  });
});
