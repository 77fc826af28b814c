import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { pagesFromEnvironment } from "../../functions/pages.ts";
import { type IndexHandler, IndexQueue } from "../../server/queue.ts";
import { compactDataset } from "../../src/index/dataset/compact.ts";
import { reindex } from "../../src/index/reindex.ts";
import type { Entry } from "../../src/index/shapes.ts";
import { loadBundle } from "../support/bundle.ts";
import { example, type Service, startService, withoutCounts } from "../support/service.ts";

const LIAOCHENG = "11371500MB28560185";
const HANGZHOU = "11330100002489015P";

let directory: string;
let queue: IndexQueue;
let service: Service;
let handler: IndexHandler;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "nianbao-queue-"));
  queue = new IndexQueue({ folder: join(directory, ".indexing") });
  service = await startService((key) => queue.push(key));
  ({ handler } = await loadBundle<{ readonly handler: IndexHandler }>("indexer"));
  await queue.start(handler);
  for (const name of ["liaocheng-2020", "hangzhou-2025"] as const)
    expect((await service.post("/reports", await example(name))).status).toBe(201);
  const report = withoutCounts(await example("liaocheng-2020"));
  report["remedies"].review.upheld += 1;
  report["remedies"].review.total += 1;
  const corrected = await service.post(`/reports/${LIAOCHENG}/2020/corrections`, {
    supersedes: 1,
    reason: "漏报一件。",
    report,
  });
  expect(corrected.status).toBe(201);
  await queue.idle();
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(service.site.request(path, { headers }));

describe("what the indexer bundle derives of published reports", () => {
  it("lists the corrected figures of the division's year, every total among them", async () => {
    const { entries } = (await (await get("/divisions/371500/2020.json")).json()) as { readonly entries: Entry[] };
    const report = await example("liaocheng-2020");
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ uscc: LIAOCHENG, status: "current", version: 2, signed: report["signed"] });
    const { figures } = entries[0]!;
    expect(figures["/requests/received/total"]).toBe(report["requests"].received.total);
    expect(figures["/remedies/review/upheld"]).toBe(report["remedies"].review.upheld + 1);
    // And by applicant, where it is not 0.
    const { naturalPerson } = report["requests"].received;
    expect(naturalPerson).toBeGreaterThan(0);
    expect(figures["/requests/received/naturalPerson"]).toBe(naturalPerson);
    const byApplicant = Object.entries(figures).filter(([pointer]) => /naturalPerson|commercial/.test(pointer));
    expect(byApplicant.filter(([, figure]) => figure === 0)).toEqual([]);
    expect(Object.values(figures).every((v) => Number.isSafeInteger(v) || /^\d+(\.\d+)?$/.test(String(v)))).toBe(true);
  });

  it("has a feed of every publication, well-formed, the newest first", async () => {
    const response = await get("/feed.atom");
    expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const feed = await response.text();
    const ids = [...feed.matchAll(/<entry>[\s\S]*?<id>(.*?)<\/id>/g)].map(([, id]) => id);
    expect([...ids].sort()).toEqual([
      `urn:nianbao:${HANGZHOU}:2025:1`,
      `urn:nianbao:${LIAOCHENG}:2020:1`,
      `urn:nianbao:${LIAOCHENG}:2020:2`,
    ]);
    expect(feed).toContain("更正：聊城市市场监督管理局2020年政府信息公开工作年度报告");
    for (const [, href] of feed.matchAll(/<entry>[\s\S]*?<link href="(.*?)"/g)) {
      expect(href).toMatch(/^https:\/\/example\.org\//);
      expect((await get(new URL(href!).pathname)).status).toBe(200);
    }
    const division = await (await get("/divisions/371500/feed.atom")).text();
    expect(division).toContain("山东省聊城市");
  });

  it("leads a search engine from robots.txt to every report", async () => {
    const locations = (xml: string) => [...xml.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, loc]) => new URL(loc!).pathname);
    const robots = await (await get("/robots.txt")).text();
    const reports: string[] = [];
    for (const [, url] of robots.matchAll(/^Sitemap: (.*)$/gm))
      for (const map of locations(await (await get(new URL(url!).pathname)).text()))
        reports.push(...locations(await (await get(map)).text()));
    expect(reports).toEqual(
      expect.arrayContaining([`/${LIAOCHENG}/2020/report.html`, `/${HANGZHOU}/2025/report.html`]),
    );
    for (const path of reports.filter((p) => /\/20\d\d\//.test(p))) expect((await get(path)).status).toBe(200);
  });

  it("is what a rebuild derives", async () => {
    const done = await reindex({ store: service.store, pages: pagesFromEnvironment() });
    expect(done).toMatchObject({ organs: 2, places: 2, divisions: 2, written: 0, removed: [], failed: [] });
  });
});

describe("the public site", () => {
  it("gives a report's file with its type, name, tag and life", async () => {
    const latest = await get(`/${LIAOCHENG}/2020/report.pdf`);
    expect(latest.headers.get("content-type")).toBe("application/pdf");
    expect(latest.headers.get("content-disposition")).toContain(
      `filename*=UTF-8''${encodeURIComponent("聊城市市场监督管理局2020年政府信息公开工作年度报告.pdf")}`,
    );
    expect(latest.headers.get("cache-control")).toBe("public, max-age=60");
    expect(latest.headers.get("access-control-allow-origin")).toBe("*");
    const version = await get(`/${LIAOCHENG}/2020/v2/report.pdf`);
    expect(version.headers.get("cache-control")).toContain("immutable");
    expect(version.headers.get("etag")).toBe(latest.headers.get("etag"));
  });

  it("answers who has it with 304 and HEAD without a body", async () => {
    const path = `/${LIAOCHENG}/index.json`;
    const etag = (await get(path)).headers.get("etag")!;
    const again = await get(path, { "if-none-match": `"other", W/${etag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect((await get(path, { "if-none-match": '"other"' })).status).toBe(200);
    const head = await service.site.request(path, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get("content-length"))).toBeGreaterThan(100);
    expect(await head.text()).toBe("");
  });

  it("gives nothing that lies elsewhere", async () => {
    const record = `records/${LIAOCHENG}/2020/000001.json`;
    for (const path of [
      `/../${record}`,
      `/%2e%2e/${record}`,
      `/..%2f${record}`,
      `/divisions/..%2f..%2f${record}`,
      `/divisions/%2e%2e%2f%2e%2e/${record}`,
      `/${record}`,
      `/.indexing.json`,
      `/divisions//index.json`,
    ])
      expect((await get(path)).status, path).toBe(404);
  });

  it("leads from a report's page to its versions by addresses that a bare bucket has", async () => {
    const page = await (await get(`/${LIAOCHENG}/2020/index.html`)).text();
    const links = [...page.matchAll(/href="(.*?)"/g)].map(([, href]) => href!);
    expect(links).toContain("v1/report.pdf");
    for (const link of links) {
      const url = new URL(link, `https://example.org/${LIAOCHENG}/2020/index.html`);
      expect(url.pathname).not.toMatch(/\/$/);
      expect((await get(url.pathname)).status, link).toBe(200);
    }
  });
});

describe("the reading pages", () => {
  it("lead from the first one to every other and every file, in both languages, by links that resolve", async () => {
    // The dataset follows a little later, as the server takes it up.
    await compactDataset({ store: service.store });
    const seen = new Set(["/index.html"]);
    for (const path of seen) {
      const response = await get(path);
      expect(response.status, path).toBe(200);
      if (!path.endsWith(".html")) continue;
      for (const [, href] of (await response.text()).matchAll(/ (?:href|src|action)="([^"#]+)/g)) {
        const url = new URL(href!, `https://example.org${path}`);
        if (url.origin === "https://example.org") seen.add(url.pathname);
      }
    }
    for (const path of [
      "/index.en.html",
      "/compare.html",
      "/data.html",
      "/recent.html",
      "/provinces/37.html",
      "/divisions/371500/2020.html",
      `/${LIAOCHENG}/compare.en.html`,
      `/${LIAOCHENG}/2020/v1/report.pdf`,
      "/schemas/report-2021.schema.json",
    ])
      expect([...seen]).toContain(path);
  });
});

describe("messages of the queue", () => {
  const message = (messageId: string, body: unknown) => ({
    messageId,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const created = (key: string) => ({ Records: [{ eventName: "ObjectCreated:Put", s3: { object: { key } } }] });

  it("takes S3's own and keys as S3 encodes them; gives back the bad ones alone", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const answer = await handler({
      Records: [
        message("test", { Service: "Amazon S3", Event: "s3:TestEvent", Bucket: "nianbao" }),
        message("good", created(`records%2F${LIAOCHENG}/2020/000001.json`)),
        message("no JSON", "{"),
        message("null", "null"),
        message("no notification", {}),
        message("another object", created("published/index.html")),
        message("half a code", created("records/%E0%A4%A/2020/000001.json")),
        message("no record", created(`records/${LIAOCHENG}/1999/000001.json`)),
      ],
    });
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
      "no JSON",
      "null",
      "no notification",
      "another object",
      "half a code",
      "no record",
    ]);
    expect(log).toHaveBeenCalledTimes(6);
    log.mockRestore();
  });
});

describe("the queue of npm start", () => {
  const keysOf = (event: Parameters<IndexHandler>[0]) => event.Records.map(({ messageId }) => messageId);
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(directory, "queue-")), ".indexing");
  });
  /** What the journal's files say is unfinished. */
  const noted = async (): Promise<unknown> => {
    const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    return (
      await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8"))))
    ).flat();
  };

  it("hands out records alone, many at a time, and again what failed", async () => {
    const batches: string[][] = [];
    const other = new IndexQueue({ folder });
    for (const key of ["published/a", "records/a", "records/b"]) other.push(key);
    await other.start(async (event) => {
      batches.push(keysOf(event));
      return { batchItemFailures: batches.length < 3 ? [{ itemIdentifier: "records/b" }] : [] };
    });
    await other.idle();
    expect(batches).toEqual([["records/a", "records/b"], ["records/b"], ["records/b"]]);
    expect(await noted()).toEqual([]);
  });

  it("takes up what a killed process was at, and what still fails when it ends, at the next start", async () => {
    const killed = new IndexQueue({ folder });
    const begun = new Promise<void>((resolve) => {
      killed.push("records/a");
      void killed.start(() => {
        resolve();
        return new Promise(() => {});
      });
    });
    await begun;

    const failing = new IndexQueue({ folder });
    await failing.start(() => Promise.reject(new Error("down")));
    await failing.stop();
    expect(failing.health()).toMatchObject({ waiting: 1, failing: 1 });

    const batches: string[][] = [];
    const next = new IndexQueue({ folder });
    await next.start(async (event) => {
      batches.push(keysOf(event));
      return { batchItemFailures: [] };
    });
    await next.idle();
    expect(batches).toEqual([["records/a"]]);
  });

  it("tries again without end, and tells once of what fails again and again, and how far it is behind", async () => {
    const told: string[] = [];
    let tries = 0;
    const away = new IndexQueue({ folder, onFailing: (key) => told.push(key) });
    away.push("records/a");
    await away.start(async () => {
      tries += 1;
      if (tries <= 6) throw new Error("the store is away");
      return { batchItemFailures: [] };
    });
    await vi.waitFor(() => expect(told).toEqual(["records/a"]), 20_000);
    expect(away.health()).toMatchObject({ waiting: 1, failing: 1, behind: expect.any(Number) });
    await away.idle();
    expect([tries, told]).toEqual([7, ["records/a"]]);
    expect(away.health()).toEqual({ waiting: 0, failing: 0, behind: 0 });
  });

  it("keeps what is well from waiting for what is not", async () => {
    const done: string[] = [];
    const mixed = new IndexQueue({ folder });
    mixed.push("records/bad");
    await mixed.start(async (event) => {
      const keys = keysOf(event);
      done.push(...keys.filter((key) => key !== "records/bad"));
      return {
        batchItemFailures: keys.filter((key) => key === "records/bad").map((itemIdentifier) => ({ itemIdentifier })),
      };
    });
    await vi.waitFor(() => expect(mixed.health().failing).toBe(1));
    mixed.push("records/good");
    await vi.waitFor(() => expect(done).toEqual(["records/good"]));
    await mixed.stop();
  });

  it("goes on when the disk is full, says so, and indexes when there is room", async () => {
    let full = true;
    const write = async (file: string, text: string): Promise<void> => {
      if (full) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      await writeFile(file, text);
    };
    const done: string[] = [];
    const queue = new IndexQueue({ folder, write });
    queue.push("records/a");
    await queue.start(async (event) => {
      done.push(...keysOf(event));
      return { batchItemFailures: [] };
    });
    expect(await queue.writable()).toBe(false);
    expect(queue.health()).toMatchObject({ waiting: 1, journalFault: "ENOSPC" });
    expect(done).toEqual([]);
    full = false;
    expect(await queue.writable()).toBe(true);
    await queue.idle();
    expect(done).toEqual(["records/a"]);
    expect(queue.health()).not.toHaveProperty("journalFault");
  });

  it("keeps its journal in a folder of its owner's alone, under names that nobody can guess", async () => {
    const one = new IndexQueue({ folder });
    await one.start(async () => ({ batchItemFailures: [] }));
    one.push("records/a");
    await one.idle();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) {
      expect(name).toMatch(/^[0-9a-f]{32}\.json$/);
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });
});
