import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useCredentials } from "../../local/credentials.ts";
import { StoreWatch } from "../../server/store-watch.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import { type PublicationRecord, recordKey } from "../../src/publish/record.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import type { StoreFault } from "../../src/store/probe.ts";
import { S3Store } from "../../src/store/s3.ts";
import { SimulatedBucket } from "../support/simulated-bucket.ts";
import { SMALL, smallVersion } from "../support/small-version.ts";

const { uscc, year } = SMALL;
let bucket: SimulatedBucket;
let store: S3Store;
let close: () => Promise<void>;

/** As Ceph's gateway is: tags bare, and no condition holds once versions are kept. */
beforeEach(async () => {
  useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
  bucket = new SimulatedBucket({ dialect: "s3", tags: "bare", conditions: "lost with versions" });
  const listening = await bucket.listen();
  close = listening.close;
  store = new S3Store({ bucket: "b", region: "us-east-1", endpoint: listening.endpoint, forcePathStyle: true });
});
afterEach(() => close());

const version = (n: number, before: readonly PublicationRecord[]) => smallVersion(store, n, before);

const found = async (): Promise<string[]> => {
  const problems: string[] = [];
  await fsck(store, { bucket: store, settle: 0, onProblem: ({ kind, key }) => void problems.push(`${kind} ${key}`) });
  return problems;
};

describe("a bucket that comes to keep versions while it is in use, and loses its conditions with that", () => {
  it("is found by the next try, and its faults are told once", async () => {
    const told: (readonly StoreFault[])[] = [];
    const onFault = (error: Error): void => {
      throw error;
    };
    const watch = new StoreWatch({ store, interval: 20, onChange: (faults) => void told.push(faults), onFault });
    expect(await watch.look()).toEqual([]);
    bucket.versioning = "enabled";
    watch.start();
    await expect.poll(() => told.length, { timeout: 10_000 }).toBe(1);
    expect(watch.faults.map(({ zh }) => zh).join()).toContain("从未开启版本管理");
    bucket.versioning = "suspended";
    await watch.look();
    expect(watch.faults.length).toBeGreaterThan(0);
    watch.stop();
    expect(told).toHaveLength(1);
  });

  it("has records that were written more than once, which fsck reports", async () => {
    const first = await version(1, []);
    expect(await found()).toEqual([]);
    bucket.versioning = "enabled";
    expect(await found()).toEqual([]);
    // Six who correct the same version at the same time.
    await Promise.all(Array.from({ length: 6 }, (_, i) => version(i + 2, [first.record])));
    expect(bucket.written.get(recordKey(uscc, year, 2))).toBe(6);
    expect(await found()).toContain(`record-versions ${recordKey(uscc, year, 2)}`);
  });

  it("does not have whoever was written over told that theirs is published", async () => {
    const first = await version(1, []);
    bucket.versioning = "enabled";
    const key = recordKey(uscc, year, 2);
    const answer = bucket.answer.bind(bucket);
    let covered = false;
    bucket.answer = async (request) => {
      const answered = await answer(request);
      // Another's write comes between ours and our look.
      if (request.method === "PUT" && request.key === key && !covered) {
        covered = true;
        const other = { ...JSON.parse(new TextDecoder().decode(request.body)), submission: "f".repeat(64) };
        await bucket.memory.put(key, JSON.stringify(other), { contentType: "application/json" });
      }
      return answered;
    };
    const { outcome, record } = await version(2, [first.record]);
    expect(outcome).toBe("conflict");
    expect(record.submission).toBe("f".repeat(64));
  });

  it("does not have a roster told as saved that was written over", async () => {
    bucket.versioning = "enabled";
    const by = { savedAt: "2021-01-20T09:00:00+08:00", savedBy: { issuer: "test", subject: "one" }, program: "test" };
    const answer = bucket.answer.bind(bucket);
    bucket.answer = async (request) => {
      const answered = await answer(request);
      if (request.method === "PUT" && request.key.startsWith("rosters/")) {
        const other = {
          ...JSON.parse(new TextDecoder().decode(request.body)),
          savedBy: { issuer: "test", subject: "two" },
        };
        await bucket.memory.put(request.key, JSON.stringify(other), { contentType: "application/json" });
      }
      return answered;
    };
    const { outcome, standing } = await saveRoster(store, { division: "371500", organs: [] }, by);
    expect(outcome).toBe("conflict");
    expect(standing?.savedBy.subject).toBe("two");
  });
});
