import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { useCredentials } from "../../local/credentials.ts";
import { type Clock, Lease, LeaseLostError, type LeaseTimes, sweepLease } from "../../src/store/lease.ts";
import { LeasedBucket, LeasedStore } from "../../src/store/leased.ts";
import { S3Store } from "../../src/store/s3.ts";
import { HOLDER_TIMES } from "../support/lease-times.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { SimulatedBucket, type SimulatedRequest } from "../support/simulated-bucket.ts";

const TEXT = { contentType: "text/plain" };
const KEY = "published/list";
const TIMES: LeaseTimes = { term: 1000, patience: 400, request: 500, poll: 10 };
const text = (store: MemoryStore): string => new TextDecoder().decode(store.objects.get(KEY)?.body);
const leases = (store: MemoryStore): string[] => [...store.objects.keys()].filter((key) => key.startsWith("lease/"));

/** A clock that goes on by what is slept. */
class Sleeping implements Clock {
  #now = 0;
  now(): number {
    return this.#now;
  }
  async sleep(ms: number): Promise<void> {
    this.#now += ms;
  }
}

/** A store that stops before what it is told to stop before, until it is let go on. */
function stopping() {
  const gates = new Map<string, { reached: () => void; readonly open: Promise<void> }>();
  const memory = new MemoryStore({
    before: async (operation, key) => {
      const gate = gates.get(`${operation} ${key}`);
      if (!gate) return;
      gates.delete(`${operation} ${key}`);
      gate.reached();
      await gate.open;
    },
  });
  const stopAt = (what: string) => {
    const [reached, open] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    gates.set(what, { reached: reached.resolve, open: open.promise });
    return { reached: reached.promise, goOn: open.resolve };
  };
  return { memory, stopAt };
}

describe("a lease", () => {
  it("is had at once where nobody has it, and again where it was given back", async () => {
    const store = new MemoryStore();
    const clock = new Sleeping();
    for (const body of ["1", "2", "3"]) {
      const leased = new LeasedStore(store, { times: TIMES, clock });
      await leased.create(KEY, "0", TEXT);
      expect(await leased.replace(KEY, body, TEXT, (await leased.get(KEY))!.etag)).toBe(true);
      await leased.close();
    }
    expect(text(store)).toBe("3");
    expect(clock.now()).toBeLessThan(TIMES.term);
    // Taken and given back, three times.
    expect(leases(store)).toHaveLength(6);
  });

  it("does not put an earlier version in the place of a later one that has the content of the one that was read", async () => {
    const of = (version: number) => ({ ...TEXT, metadata: { version: String(version) } });
    const store = new MemoryStore();
    const leased = new LeasedStore(store, { times: TIMES, clock: new Sleeping() });
    await store.create(KEY, "a report", of(1));
    const { etag } = (await leased.get(KEY))!;
    // Others publish a withdrawal, and the same report again.
    await store.put(KEY, "a report", of(3));
    expect((await leased.get(KEY))!.etag).toBe(etag);
    expect(await leased.replace(KEY, "withdrawn", of(2), etag)).toBe(false);
    expect(text(store)).toBe("a report");
    expect(await leased.replace(KEY, "corrected", of(4), etag)).toBe(true);
    await leased.close();
  });

  it("is renewed by its holder while there is something to write, and others have their turn", async () => {
    const store = new MemoryStore();
    const clock = new Sleeping();
    const lease = new Lease({ store, times: TIMES, clock });
    const renewed = await lease.renew(await lease.acquire());
    expect(renewed.number).toBe(2);
    expect(await lease.isHeld(renewed)).toBe(true);
    await expect(lease.renew({ number: 1, begun: 0 })).rejects.toThrow(LeaseLostError);
  });

  it("of a holder that is silent is taken over when its term is over and the time of a request after that", async () => {
    const store = new MemoryStore();
    await store.create(KEY, "0", TEXT);
    await new Lease({ store, times: TIMES, clock: new Sleeping() }).acquire();
    const clock = new Sleeping();
    let takeovers = 0;
    const leased = new LeasedStore(store, { times: TIMES, clock, onTakeover: () => void (takeovers += 1) });
    expect(await leased.replace(KEY, "1", TEXT, (await store.get(KEY))!.etag)).toBe(true);
    expect(clock.now()).toBeGreaterThan(TIMES.term + TIMES.request);
    expect(takeovers).toBe(1);
  });

  it("goes by the times that its holder wrote down, whatever another's are", async () => {
    const store = new MemoryStore();
    await store.create(KEY, "0", TEXT);
    const long = { ...TIMES, term: 50_000 };
    await new Lease({ store, times: long, clock: new Sleeping() }).acquire();
    const clock = new Sleeping();
    await new LeasedStore(store, { times: TIMES, clock }).replace(KEY, "1", TEXT, (await store.get(KEY))!.etag);
    expect(clock.now()).toBeGreaterThan(long.term);
  });

  it("leaves numbers behind, of which all but the latest hundred are swept after a day", async () => {
    const store = new MemoryStore();
    const clock = new Sleeping();
    const lease = new Lease({ store, times: TIMES, clock });
    for (let i = 0; i < 120; i += 1) await lease.release(await lease.acquire());
    expect(await sweepLease(store, -1)).toBe(0);
    expect(await sweepLease(store, 1)).toBe(140);
    expect(leases(store)).toHaveLength(100);
    // Who comes new, and who slept over it, find the latest.
    await clock.sleep(2 * 3600_000);
    expect((await lease.acquire()).number).toBe(241);
    expect((await new Lease({ store, times: { ...TIMES, term: 0 }, clock }).acquire()).number).toBe(242);
  });
});

describe("a holder of the lease that stood still", () => {
  /** One that stops before something, and another that takes over and writes meanwhile. */
  async function overtaken(stop: string) {
    const { memory, stopAt } = stopping();
    await memory.create(KEY, "0", TEXT);
    const clock = new Sleeping();
    let derived = 0;
    const still = new LeasedStore(memory, { times: TIMES, clock, onTakeover: () => void (derived += 1) });
    const { reached, goOn } = stopAt(stop);
    const writing = still.replace(KEY, "still", TEXT, (await memory.get(KEY))!.etag);
    await reached;
    const other = new LeasedStore(memory, { times: TIMES, clock });
    expect(await other.replace(KEY, "other", TEXT, (await memory.get(KEY))!.etag)).toBe(true);
    await other.close();
    goOn();
    return { memory, writing, derived: () => derived };
  }

  it("before it looked whether it has the lease writes nothing over", async () => {
    const { memory, writing } = await overtaken("get lease/000000000002.json");
    expect(await writing).toBe(false);
    expect(text(memory)).toBe("other");
  });

  it("between its look and its write is told by the look after, and what lags is derived again", async () => {
    const { writing, derived } = await overtaken(`put ${KEY}`);
    await expect(writing).rejects.toThrow(LeaseLostError);
    expect(derived()).toBe(1);
  });
});

describe("a process that is killed while it holds the lease", () => {
  it("is fenced: what it had sent arrives before anybody else writes, or not at all", async () => {
    useCredentials({ accessKeyId: "test", secretAccessKey: "test" });
    const bucket = new SimulatedBucket({ dialect: "oss" });
    const killed = Promise.withResolvers<void>();
    const answer = bucket.answer.bind(bucket);
    let arrived = 0;
    bucket.answer = async (request: SimulatedRequest) => {
      if (request.method === "PUT" && Buffer.from(request.body).toString() === "killed") {
        holder.kill("SIGKILL");
        killed.resolve();
        // On its way for nearly as long as such a write may be.
        await new Promise((resolve) => setTimeout(resolve, HOLDER_TIMES.patience));
        arrived = performance.now();
      }
      return answer(request);
    };
    const { endpoint, close } = await bucket.listen();
    const s3 = new S3Store({ bucket: "b", region: "us-east-1", endpoint, forcePathStyle: true, dialect: "oss" });
    let takeovers = 0;
    const store = new LeasedBucket(s3, { times: HOLDER_TIMES, onTakeover: () => void (takeovers += 1) });
    await store.create(KEY, "0", TEXT);
    const script = fileURLToPath(new URL("../support/lease-holder.ts", import.meta.url));
    const holder = spawn(process.execPath, [script, endpoint], { stdio: "inherit" });
    await killed.promise;
    await once(holder, "exit");
    // As it was read before the write of the one that was killed came.
    expect(await store.replace(KEY, "mine", TEXT, (await store.get(KEY))!.etag)).toBe(false);
    expect(arrived).toBeGreaterThan(0);
    expect(takeovers).toBe(1);
    expect(await store.replace(KEY, "mine", TEXT, (await store.get(KEY))!.etag)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, HOLDER_TIMES.request));
    expect(text(bucket.memory)).toBe("mine");
    await store.close();
    await close();
  }, 60_000);
});
