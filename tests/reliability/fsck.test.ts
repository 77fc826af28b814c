import { beforeEach, describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { type FsckOptions, fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { CURSOR_KEY, fsckRound } from "../../src/fsck/round.ts";
import { publish } from "../../src/publish/publish.ts";
import { artefactKey, type PublicationRecord, recordKey } from "../../src/publish/record.ts";
import { distinctReport } from "../support/distinct.ts";
import { MemoryStore } from "../support/memory-store.ts";

const HOUR = 3600_000;
const YEAR = 2020;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = { contentType: "text/plain" };

let now: number;
let store: MemoryStore;

/** Publishes the next version of an organ's report, with small files in place of pages. */
async function file(uscc: string, before: readonly PublicationRecord[], files: string): Promise<PublicationRecord> {
  const { record } = await publish(
    store,
    {
      kind: before.length === 0 ? "original" : "correction",
      uscc,
      year: YEAR,
      edition: "2019",
      organ: "示例机关",
      submission: (files.length + before.length).toString(16).padStart(64, "0"),
      ...(before.length === 0 ? {} : { reason: "核对后更正。" }),
      explanations: {},
      filedBy: { issuer: "test", subject: "clerk" },
      findings: [],
      publishedAt: "2021-01-20T09:00:00+08:00",
      program: "test",
      files: {
        "report.pdf": bytes(`pdf ${files}`),
        "report.html": bytes(`html ${files}`),
        "report.json": bytes(`{"r":"${files}"}`),
        "report.csv": bytes(`csv ${files}`),
      },
    },
    before,
  );
  return record;
}

async function look(options: FsckOptions = {}) {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem): number => problems.push(problem);
  const tally = await fsck(store, { now: () => new Date(now), onProblem, ...options });
  return { tally, found: problems.map(({ kind, key }) => `${kind} ${key}`) };
}

describe("fsck", () => {
  const [A, B, C] = [1, 2, 3].map((n) => distinctReport(n).organ.uscc) as [string, string, string];
  let first: PublicationRecord;
  let pdf: string;

  beforeEach(async () => {
    now = Date.parse("2021-01-20T00:00:00Z");
    store = new MemoryStore({ modified: () => now });
    first = await file(A, [], "one");
    await file(A, [first], "two");
    await file(B, [], "three");
    pdf = artefactKey(A, YEAR, first.artefacts[0]!.sha256);
    now += HOUR;
  });

  it("finds nothing where all is well, and counts what it read", async () => {
    const { tally, found } = await look();
    expect(found).toEqual([]);
    expect(tally).toMatchObject({ organs: 2, versions: 3, artefacts: 12, publicFiles: 3 * 5 + 2 * 7, problems: 0 });
  });

  it("finds a record that was changed by a character, and one that was changed in a way that reads well", async () => {
    const key = recordKey(A, YEAR, 1);
    const changed = canonicalJson({ ...first, publishedAt: "2021-01-19T09:00:00+08:00" });
    await store.put(key, changed, text);
    expect((await look()).found).toContain(`chain-broken ${recordKey(A, YEAR, 2)}`);
    await store.put(key, `${changed} `, text);
    expect((await look()).found).toContain(`record-damaged ${key}`);
  });

  it("finds a record that is gone, and touches nothing of what is left of its report", async () => {
    await store.delete(recordKey(A, YEAR, 1));
    await store.delete(recordKey(B, YEAR, 1));
    now += 100 * HOUR;
    const before = store.objects.size;
    const { found, tally } = await look({ mend: true, sweep: true });
    expect(found).toContain(`record-gap ${recordKey(A, YEAR, 1)}`);
    expect(found).toContain(`public-stray published/${B}/${YEAR}/v1/report.pdf`);
    expect([tally.swept, store.objects.size]).toEqual([0, before]);
  });

  it("finds an artefact that is damaged or missing, and has it back from what is published", async () => {
    await store.put(pdf, "pdf on", text);
    expect((await look()).found).toEqual([`artefact-damaged ${pdf}`]);
    await store.delete(pdf);
    expect((await look()).found).toEqual([`artefact-missing ${pdf}`]);
    expect((await look({ mend: true })).tally).toMatchObject({ problems: 0, mended: 1 });
    expect((await look()).found).toEqual([]);
    expect(new TextDecoder().decode((await store.get(pdf))?.body)).toBe("pdf one");
  });

  it("finds public files that are missing, changed or of another version, and derives them again", async () => {
    const [alias, page, sums] = ["report.pdf", "index.html", "v1/SHA256SUMS"].map((n) => `published/${A}/${YEAR}/${n}`);
    await store.put(alias!, "pdf one", (await store.get(alias!))!.headers);
    await store.delete(page!);
    await store.put(sums!, "", text);
    const wrong = [`public-differs ${sums}`, `public-differs ${alias}`, `public-missing ${page}`];
    expect((await look()).found.sort()).toEqual(wrong.sort());
    expect((await look({ mend: true })).tally).toMatchObject({ problems: 0, mended: 3 });
    expect((await look()).found).toEqual([]);
    expect(new TextDecoder().decode((await store.get(alias!))?.body)).toBe("pdf two");
  });

  it("does not judge what is being put in place just now", async () => {
    await file(C, [], "four");
    await store.delete(`published/${C}/${YEAR}/versions.json`);
    expect(await look({ mend: true })).toMatchObject({ found: [], tally: { pending: 1, mended: 0 } });
    now += HOUR;
    expect((await look()).found).toEqual([`public-missing published/${C}/${YEAR}/versions.json`]);
  });

  it("sets orphans aside after the grace period, and removes them after another", async () => {
    const orphan = artefactKey(B, YEAR, "0".repeat(64));
    await store.put(orphan, "of an attempt that failed", text);
    expect((await look({ sweep: true })).tally).toMatchObject({ orphans: 0, swept: 0 });
    now += 25 * HOUR;
    expect((await look()).tally).toMatchObject({ orphans: 1, swept: 0 });
    expect((await look({ sweep: true })).tally).toMatchObject({ orphans: 1, swept: 1, removed: 0 });
    expect(await store.get(orphan)).toBeUndefined();
    expect(await store.get(orphan.replace("artefacts", "swept"))).toBeDefined();
    now += 25 * HOUR;
    expect((await look({ sweep: true })).tally).toMatchObject({ orphans: 0, removed: 1 });
    expect([...store.objects.keys()].filter((key) => key.startsWith("swept/"))).toEqual([]);
  });

  it("puts back what was set aside when a record turns out to need it", async () => {
    const { body, headers } = (await store.get(pdf))!;
    await store.put(pdf.replace("artefacts", "swept"), body, headers);
    await store.delete(pdf);
    await store.delete(`published/${A}/${YEAR}/v1/report.pdf`);
    expect((await look({ mend: true })).tally).toMatchObject({ problems: 0, mended: 2 });
    expect((await look()).found).toEqual([]);
  });

  it("names what does not belong there", async () => {
    await store.put("artefacts/sha256/abc", "", text);
    expect((await look()).found).toEqual(["unknown artefacts/sha256/abc"]);
  });

  it("goes on the next time where its time ran out, and then begins anew", async () => {
    await file(C, [], "four");
    now += HOUR;
    const options = { now: () => new Date(now), concurrency: 1 };
    const runs: string[] = [];
    for (let run = 0; run < 4; run += 1) {
      const { run: each, cursor } = await fsckRound(store, { ...options, until: () => run < 2 });
      runs.push(`${each.organs} ${cursor.round.organs} ${cursor.finished === undefined ? "going on" : "finished"}`);
    }
    expect(runs).toEqual(["1 1 going on", "1 2 going on", "1 3 finished", "3 3 finished"]);
    expect(await store.get(CURSOR_KEY)).toBeDefined();
  });
});
