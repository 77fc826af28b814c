import { afterEach, describe, expect, it } from "vitest";
import { useCredentials } from "../../local/credentials.ts";
import { DIALECTS, type DialectName, VENDORS } from "../../src/store/dialect.ts";
import { LeasedBucket } from "../../src/store/leased.ts";
import { probeStore } from "../../src/store/probe.ts";
import { S3Store } from "../../src/store/s3.ts";
import { ConditionsUnsupportedError } from "../../src/store/store.ts";
import { SimulatedBucket, type SimulatedOptions } from "../support/simulated-bucket.ts";

const TEXT = { contentType: "text/plain" };
const TIMES = { term: 20_000, patience: 10_000, request: 12_000, poll: 5 };
const VENDOR_NAMES = Object.keys(VENDORS) as (keyof typeof VENDORS)[];
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A store over HTTP, and the bucket behind it. */
async function open(options: SimulatedOptions) {
  useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
  const bucket = new SimulatedBucket(options);
  const { endpoint, close } = await bucket.listen();
  closing.push(close);
  const { dialect } = options;
  const plain = new S3Store({ bucket: "b", region: "us-east-1", endpoint, forcePathStyle: true, dialect });
  return { bucket, plain, store: dialect === "s3" ? plain : new LeasedBucket(plain, { times: TIMES }) };
}

const found = async (options: SimulatedOptions): Promise<string> => {
  const faults = await probeStore((await open(options)).store);
  return faults.map(({ zh, en }) => `${zh}\n${en}`).join("\n");
};

describe.each(DIALECTS)("a store that speaks %s", (dialect) => {
  it("keeps its promises, and nothing is left of what it was tried with", async () => {
    const { bucket, store } = await open({ dialect });
    expect(await probeStore(store)).toEqual([]);
    const left = [...bucket.memory.objects.keys()].filter((key) => !key.startsWith("lease/"));
    expect(left).toEqual([]);
  });

  it("creates an object once, of many who try", async () => {
    const { bucket, store } = await open({ dialect });
    const wrote = await Promise.all(Array.from({ length: 20 }, (_, i) => store.create("records/a", String(i), TEXT)));
    expect(wrote.filter(Boolean)).toHaveLength(1);
    expect(new TextDecoder().decode(bucket.memory.objects.get("records/a")?.body)).toBe(String(wrote.indexOf(true)));
  });

  it("replaces what is as it was read, and nothing else", async () => {
    const { store } = await open({ dialect });
    await store.create("published/a", "1", TEXT);
    const etag = (await store.get("published/a"))?.etag ?? "";
    const wrote = await Promise.all(["2", "3", "4"].map((body) => store.replace("published/a", body, TEXT, etag)));
    expect(wrote.filter(Boolean)).toHaveLength(1);
    expect(await store.replace("published/a", "5", TEXT, etag)).toBe(false);
    expect(await store.replace("published/none", "1", TEXT, etag)).toBe(false);
  });

  it("sends no checksum after a body, which stores other than AWS do not take", async () => {
    const { bucket, store } = await open({ dialect });
    await store.create("records/a", "1", TEXT);
    const [{ headers }] = bucket.requests as [(typeof bucket.requests)[number]];
    expect(Object.keys(headers).filter((name) => /checksum|trailer|content-encoding/.test(name))).toEqual([]);
  });
});

describe.each(VENDOR_NAMES)("%s", (dialect: DialectName) => {
  it("signs the header that forbids writing over", async () => {
    const { bucket, store } = await open({ dialect });
    await store.create("records/a", "1", TEXT);
    const { headers } = bucket.requests.find(({ method }) => method === "PUT")!;
    expect(headers["authorization"]).toContain(VENDORS[dialect as keyof typeof VENDORS].header);
    expect(headers["if-none-match"]).toBeUndefined();
  });

  it.each(["enabled", "suspended"] as const)(
    "is refused where versions are %s, for its header is dead there",
    async (versioning) => {
      expect(await found({ dialect, versioning })).toContain("从未开启版本管理");
    },
  );

  it("creates nothing as long as the dialect is not said", async () => {
    const { endpoint, close } = await new SimulatedBucket({ dialect }).listen();
    closing.push(close);
    const asS3 = new S3Store({ bucket: "b", region: "us-east-1", endpoint, forcePathStyle: true });
    await expect(asS3.create("records/a", "1", TEXT)).rejects.toThrow(/501|SignatureDoesNotMatch/);
  });

  it("replaces what follows from records and drafts alone", async () => {
    const { store } = await open({ dialect });
    for (const key of ["records/a", "artefacts/a", "rosters/a"])
      await expect(async () => store.replace(key, "1", TEXT, '"e"'), key).rejects.toThrow(ConditionsUnsupportedError);
  });
});

describe("a store that speaks S3, in its way", () => {
  it.each(["quoted", "bare"] as const)("is understood with entity tags %s", async (tags) => {
    const { store } = await open({ dialect: "s3", tags });
    expect(await probeStore(store)).toEqual([]);
  });

  it("remembers which form it understands", async () => {
    const { bucket, store } = await open({ dialect: "s3", tags: "bare" });
    await store.create("published/a", "0", TEXT);
    const replace = async (body: string): Promise<boolean> =>
      store.replace("published/a", body, TEXT, (await store.get("published/a"))?.etag ?? "");
    expect(await replace("1")).toBe(true);
    bucket.requests.length = 0;
    expect(await replace("2")).toBe(true);
    const written = bucket.requests.filter(({ method }) => method === "PUT").map(({ headers }) => headers["if-match"]);
    expect(written).toEqual([expect.not.stringContaining('"')]);
  });

  it("may keep versions where conditions hold all the same", async () => {
    expect(await found({ dialect: "s3", versioning: "enabled" })).toBe("");
  });

  it("is refused where its conditions are lost with versions, and told why", async () => {
    const faults = await found({
      dialect: "s3",
      versioning: "enabled",
      tags: "bare",
      conditions: "lost with versions",
    });
    expect(faults).toContain("可能被覆盖");
    expect(faults).toContain("从未开启版本管理");
    expect(await found({ dialect: "s3", tags: "bare", conditions: "lost with versions" })).toBe("");
  });

  it("is refused where it replaces what is not there", async () => {
    expect(await found({ dialect: "s3", conditions: "lost on what is absent" })).toContain("If-Match");
  });

  it("is refused where it ignores conditions", async () => {
    const faults = await found({ dialect: "s3", conditions: "ignored" });
    expect(faults).toContain("成功的不止一个");
    expect(faults).toContain("If-Match");
    expect(faults).not.toContain("版本管理");
  });

  it("is told of STORE_DIALECT where it answers 501, and not to look at its keys", async () => {
    const faults = await found({ dialect: "s3", conditions: "501", versioning: "unknown" });
    expect(faults).toContain("不支持条件写入");
    expect(faults).toContain("STORE_DIALECT");
    expect(faults).not.toContain("密钥");
  });
});
