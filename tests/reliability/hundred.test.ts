import { beforeAll, describe, expect, it } from "vitest";
import type { Published } from "../../src/publish/publish.ts";
import { publish } from "../../src/publish/publish.ts";
import { recordKey } from "../../src/publish/record.ts";
import type { Store } from "../../src/store/store.ts";
import { distinctReport } from "../support/distinct.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { type Service, startService } from "../support/service.ts";

describe("a hundred at once", () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });

  it("make one version; ten of the same report and the ninety others are told of it", async () => {
    const { uscc, year } = { uscc: distinctReport(1).organ.uscc, year: 2020 };
    const bodies = Array.from({ length: 100 }, (_, i) => distinctReport(1, i % 10 === 0 ? 0 : i));
    const answers = await Promise.all(bodies.map((body) => service.post("/reports", body)));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status !== 201 && status !== 200 && status !== 409)).toEqual([]);

    const receipts = await Promise.all(
      answers.map(async (answer) => {
        const body = await answer.json();
        return (body.receipt ?? body) as { record: string; submission: string };
      }),
    );
    expect(new Set(receipts.map(({ record }) => record)).size).toBe(1);
    // Who sent what was published is told so; nobody else is.
    const winner = statuses.indexOf(201);
    const same = bodies.map((body) => JSON.stringify(body) === JSON.stringify(bodies[winner]));
    expect(statuses.map((status) => status !== 409)).toEqual(same);
    expect(await service.store.get(recordKey(uscc, year, 1))).toBeDefined();
    expect(await service.store.get(recordKey(uscc, year, 2))).toBeUndefined();
  });
});

describe("a record whose answer is lost", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const publication = (text: string) => ({
    kind: "original" as const,
    uscc: "11371500MB28560185",
    year: 2020,
    edition: "2019",
    organ: "示例机关",
    submission: text,
    explanations: {},
    filedBy: { issuer: "test", subject: "clerk" },
    findings: [],
    publishedAt: "2021-01-20T09:00:00+08:00",
    program: "test",
    files: {
      "report.pdf": bytes(text),
      "report.html": bytes("h"),
      "report.json": bytes("{}"),
      "report.csv": bytes("c"),
    },
  });
  /** A store whose `create` of a record goes wrong. */
  const withCreate = (inner: MemoryStore, create: (write: () => Promise<boolean>) => Promise<boolean>): Store => ({
    get: (key) => inner.get(key),
    put: (key, body, headers) => inner.put(key, body, headers),
    replace: (key, body, headers, etag) => inner.replace(key, body, headers, etag),
    delete: (key) => inner.delete(key),
    list: (prefix) => inner.list(prefix),
    create: (key, body, headers) => {
      const write = () => inner.create(key, body, headers);
      return key.startsWith("records/") ? create(write) : write();
    },
  });
  const outcome = ({ outcome, record }: Published) => [outcome, record.submission];

  it("is read back, and counts as made", async () => {
    const lost = withCreate(new MemoryStore(), async (write) => {
      await write();
      throw new Error("connection reset");
    });
    expect(outcome(await publish(lost, publication("a"), []))).toEqual(["created", "a"]);
  });

  it("is the filer's own when the client under it tried again", async () => {
    const retried = withCreate(new MemoryStore(), async (write) => {
      await write();
      return write();
    });
    expect(outcome(await publish(retried, publication("a"), []))).toEqual(["unchanged", "a"]);
  });

  it("is another's when another has taken its place", async () => {
    const inner = new MemoryStore();
    await publish(inner, publication("b"), []);
    const lost = withCreate(inner, async (write) => {
      await write();
      throw new Error("connection reset");
    });
    expect(outcome(await publish(lost, publication("a"), []))).toEqual(["conflict", "b"]);
  });

  it("was not made when nothing lies there, and the failure is told", async () => {
    const failing = withCreate(new MemoryStore(), () => Promise.reject(new Error("connection refused")));
    await expect(publish(failing, publication("a"), [])).rejects.toThrow("connection refused");
  });

  it("writes an artefact again that an earlier attempt left torn", async () => {
    const store = new MemoryStore();
    const { record } = await publish(store, publication("a"), []);
    const pdf = record.artefacts.find(({ name }) => name === "report.pdf")!;
    const key = `artefacts/${record.uscc}/${record.year}/${pdf.sha256}`;
    const again = new MemoryStore();
    await again.put(key, "", { contentType: "application/pdf" });
    await publish(again, publication("a"), []);
    expect(new TextDecoder().decode((await again.get(key))?.body)).toBe("a");
  });
});
