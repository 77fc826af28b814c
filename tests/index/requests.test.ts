/** What a publication costs the indexer, counted at the store's door: real requests of real reports, with all pages and the log. */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pagesFromEnvironment } from "../../functions/pages.ts";
import { Indexing } from "../../src/index/indexer.ts";
import { reindex } from "../../src/index/reindex.ts";
import { divisionOf } from "../../src/index/shapes.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { distinctReport } from "../support/distinct.ts";
import { type Service, startService } from "../support/service.ts";

let service: Service;
let indexing: Indexing;
/** `PUT published/…`, as they come in. */
const requests: string[] = [];
subscribe("http.server.request.start", (message) => {
  const { method, url = "" } = (message as { readonly request: IncomingMessage }).request;
  const { pathname, searchParams } = new URL(url, "http://s3");
  const key = decodeURIComponent(pathname).replace(/^\/[^/]+\/?/, "");
  requests.push(searchParams.has("list-type") ? `LIST ${searchParams.get("prefix")}` : `${method} ${key}`);
});
const of = (method: string): string[] =>
  requests.flatMap((request) => (request.startsWith(`${method} `) ? [request.slice(method.length + 1)] : [])).sort();
const counts = () => ({ reads: of("GET").length, writes: of("PUT").length, lists: of("LIST").length });

const { year } = distinctReport(1);
const division = divisionOf(distinctReport(1).organ.uscc);
/** Organs of one division, by the number of their report. */
const neighbours = Array.from({ length: 2000 }, (_, i) => i + 1).filter(
  (n) => divisionOf(distinctReport(n).organ.uscc) === division,
);
const placeOf = (n: number) => ({ uscc: distinctReport(n).organ.uscc, year });

async function publish(n: number): Promise<void> {
  const answer = await service.post("/reports", distinctReport(n));
  expect(answer.status).toBe(201);
}

beforeAll(async () => {
  service = await startService();
  const log = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(1))] };
  indexing = new Indexing({ store: service.store, pages: pagesFromEnvironment(), log: async () => log });
  for (const n of neighbours.slice(0, 3)) await publish(n);
  await indexing.place(neighbours.slice(0, 3).map(placeOf));
  await indexing.settle();
});
beforeEach(() => {
  requests.length = 0;
});

describe("a lone publication", () => {
  const lone = neighbours[3]!;
  const { uscc } = placeOf(lone);

  it("is in its organ's index and pages by six writes, none of them of what the API wrote", async () => {
    await publish(lone);
    requests.length = 0;
    expect(await indexing.place([placeOf(lone)])).toEqual([]);
    expect(of("PUT")).toEqual(
      ["compare.csv", "compare.en.html", "compare.html", "index.en.html", "index.html", "index.json"].map(
        (name) => `published/${uscc}/${name}`,
      ),
    );
    // Its records until there is none, its report, the organ's index; what the API wrote is seen by one listing.
    expect(of("GET")).toHaveLength(4);
    expect(of("LIST")).toEqual([`published/${uscc}/${year}/`]);
  });

  it("is in the lists, on their pages and in the log when it is settled, each written once", async () => {
    await indexing.settle();
    const written = of("PUT");
    expect(new Set(written).size).toBe(written.length);
    const log = written.filter((key) => key.startsWith("published/log/") || key.endsWith("record.tlog-proof"));
    // What was decided, a tile of entries and one of hashes, the checkpoint; of the record where it is, its proof, and
    // what leads there from each of its five files.
    expect(log).toHaveLength(4 + 2 + 5);
    expect(written.filter((key) => key.startsWith(`published/${uscc}/`) && !log.includes(key))).toEqual([]);
    expect(counts()).toMatchObject({ writes: 11 + 29, lists: 0 });
    expect(of("GET").length).toBeLessThanOrEqual(45);
  });

  it("is written nowhere when it is told of again, or built anew", async () => {
    await indexing.place([placeOf(lone)]);
    await indexing.settle();
    expect(of("PUT")).toEqual([]);
    const done = await reindex({ store: service.store, pages: pagesFromEnvironment() });
    expect(done).toMatchObject({ written: 0, removed: [], failed: [] });
  });
});

describe("many publications that come together", () => {
  const many = neighbours.slice(4, 16);

  it("cost each their own, and together once what they share", async () => {
    for (const n of many) await publish(n);
    requests.length = 0;
    for (let at = 0; at < many.length; at += 4) await indexing.place(many.slice(at, at + 4).map(placeOf));
    expect(counts()).toEqual({ reads: 4 * many.length, writes: 6 * many.length, lists: many.length });
    requests.length = 0;
    await indexing.settle();
    // As for one, and of each record seven of the log.
    expect(counts()).toMatchObject({ writes: 4 + 29 + 7 * many.length, lists: 0 });
    // Of each the organ once more, and whether the log has it.
    expect(of("GET").length).toBeLessThanOrEqual(45 + 3 * many.length);
    const done = await reindex({ store: service.store, pages: pagesFromEnvironment() });
    expect(done).toMatchObject({ written: 0, removed: [], failed: [] });
  });
});
