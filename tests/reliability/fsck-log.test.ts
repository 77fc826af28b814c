import { beforeEach, describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { type FsckOptions, fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { claimOf } from "../../src/log/verify.ts";
import { derivePublic } from "../../src/publish/public.ts";
import { records } from "../../src/publish/publish.ts";
import { artefactKey, type PublicationRecord, recordKey } from "../../src/publish/record.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { CHECKPOINT_KEY, leafKey, logKey, proofKey } from "../../src/sequence/keys.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import { distinctReport } from "../support/distinct.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { publishWords } from "../support/small-version.ts";

const YEAR = 2020;
const json = { contentType: "application/json; charset=utf-8" };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const [A, B] = [1, 2].map((n) => distinctReport(n).organ.uscc) as [string, string];
const log: LogIdentity = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(3))] };

let store: MemoryStore;

const file = (uscc: string, words: string): Promise<void> => publishWords(store, { uscc, year: YEAR }, words);

async function look({ held = true, ...options }: FsckOptions & { readonly held?: boolean } = {}) {
  const problems: Problem[] = [];
  const onProblem = (problem: Problem): number => problems.push(problem);
  const tally = await fsck(store, {
    now: () => new Date("2021-02-01"),
    settle: 0,
    onProblem,
    ...(held ? { log: keysOf(log), signs: log } : {}),
    ...options,
  });
  return { tally, found: problems.map(({ kind, key, mended }) => `${kind} ${key}${mended ? " mended" : ""}`).sort() };
}

/** Writes records as somebody does who may write to the bucket: each with the hash of the one before, as it must be. */
async function forge(
  uscc: string,
  from: number,
  change: (record: PublicationRecord) => PublicationRecord,
): Promise<void> {
  const forged: PublicationRecord[] = [];
  for (const record of await records(store, uscc, YEAR)) {
    const last = forged.at(-1);
    const next = { ...record, previous: last ? sha256(canonicalJson(last)) : null };
    forged.push(record.version >= from ? change(next) : next);
  }
  for (const record of forged) await store.put(recordKey(uscc, YEAR, record.version), canonicalJson(record), json);
}

/** A record whose PDF says something else, which lies in the store under its hash. */
function withOtherPdf(record: PublicationRecord): PublicationRecord {
  const body = bytes("pdf that was never published");
  const hash = sha256(body);
  void store.put(artefactKey(record.uscc, YEAR, hash), body, { contentType: "application/pdf" });
  const artefacts = record.artefacts.map((a) =>
    a.name === "report.pdf" ? { ...a, sha256: hash, size: body.length } : a,
  );
  return { ...record, artefacts };
}

const publishedPdf = async (uscc: string): Promise<string> =>
  new TextDecoder().decode((await store.get(`published/${uscc}/${YEAR}/report.pdf`))?.body);

beforeEach(async () => {
  store = new MemoryStore();
  for (const [uscc, words] of [
    [A, "one"],
    [A, "two"],
    [A, "three"],
    [B, "four"],
  ] as const)
    await file(uscc, words);
  await appendRecords(store, log, [...(await records(store, A, YEAR)), ...(await records(store, B, YEAR))]);
});

describe("fsck against the log", () => {
  it("finds nothing where every record is as it was logged", async () => {
    expect(await look({ mend: true })).toMatchObject({ found: [], tally: { problems: 0, unlogged: 0 } });
  });

  it("needs no key where only the rest is to be looked at: proofs are no strays", async () => {
    expect((await look({ held: false, mend: true })).found).toEqual([]);
  });

  it("puts back a proof that was lost or torn, with the public key alone, and tells one that is nobody's", async () => {
    const key = proofKey({ uscc: A, year: YEAR }, 2);
    const [was, stray] = [store.objects.get(key)!, proofKey({ uscc: A, year: YEAR }, 9)];
    await store.delete(key);
    expect((await look({ mend: true, signs: undefined })).found).toEqual([`proof-missing ${key} mended`]);
    expect(claimOf(new TextDecoder().decode(store.objects.get(key)!.body))!.entry.version).toBe(2);
    await store.put(key, was.body.subarray(0, 300), was.headers);
    await store.put(stray, "nothing", was.headers);
    expect((await look()).found).toEqual([`proof-damaged ${key}`, `public-stray ${stray}`]);
    expect((await look({ mend: true, signs: undefined })).found).toContain(`proof-damaged ${key} mended`);
  });

  it("tells a record that something keeps from being appended", async () => {
    await file(B, "five");
    const pointer = leafKey({ uscc: B, year: YEAR }, 2);
    await store.put(pointer, '{"index":0}', json);
    const { found } = await look({ mend: true });
    expect(found).toContain(`log-damaged ${pointer}`);
    expect(store.objects.has(proofKey({ uscc: B, year: YEAR }, 2))).toBe(false);
  });

  it("finds the last record changed, which no chain covers, and puts nothing of it before the public", async () => {
    await forge(A, 3, withOtherPdf);
    expect((await look({ held: false })).found).not.toContain(`record-rewritten ${recordKey(A, YEAR, 3)}`);
    const { found } = await look({ mend: true, sweep: true });
    expect(found).toContain(`record-rewritten ${recordKey(A, YEAR, 3)}`);
    expect(found.filter((line) => line.endsWith("mended"))).toEqual([]);
    expect(await publishedPdf(A)).toBe("pdf three");
  });

  it("finds a whole chain that was hashed anew, every record of it, even with the public files to match", async () => {
    await forge(A, 1, (record) => ({ ...withOtherPdf(record), publishedAt: "2021-01-19T09:00:00+08:00" }));
    await derivePublic(store, await records(store, A, YEAR), { all: true });
    const { found } = await look({ mend: true });
    expect(found).toEqual(
      expect.arrayContaining([1, 2, 3].map((version) => `record-rewritten ${recordKey(A, YEAR, version)}`)),
    );
    expect(found.filter((line) => line.endsWith("mended"))).toEqual([]);
  });

  it("finds the last version dropped, and does not put the one before in its place", async () => {
    await store.delete(recordKey(A, YEAR, 3));
    const { found } = await look({ mend: true, sweep: true, grace: 0 });
    expect(found).toContain(`record-lost ${recordKey(A, YEAR, 3)}`);
    expect(found.filter((line) => line.endsWith("mended"))).toEqual([]);
    expect(await publishedPdf(A)).toBe("pdf three");
  });

  it("finds an organ of which nothing is left, in whichever run comes to where it was", async () => {
    for (const key of store.objects.keys())
      if (key.includes(`/${B}/`) && !key.includes("/log/")) store.objects.delete(key);
    const lost = `record-lost ${recordKey(B, YEAR, 1)}`;
    expect((await look()).found).toEqual([lost]);
    const [first, last] = [A, B].sort() as [string, string];
    expect((await look({ after: last })).found).toEqual([]);
    expect((await look({ after: first })).found).toEqual(last === B ? [lost] : []);
  });

  it("finds a forged record although the place of its entry was removed and it was logged again", async () => {
    await forge(B, 1, withOtherPdf);
    await store.delete(leafKey({ uscc: B, year: YEAR }, 1));
    await store.delete(proofKey({ uscc: B, year: YEAR }, 1));
    await appendRecords(store, log, await records(store, B, YEAR));
    const { found } = await look({ mend: true });
    expect(found).toContain(`log-contradicts ${leafKey({ uscc: B, year: YEAR }, 1)}`);
    expect(found).toContain(`record-rewritten ${recordKey(B, YEAR, 1)}`);
    expect(await publishedPdf(B)).toBe("pdf four");
  });

  it.each([
    ["entries", logKey("tile/entries/000.p/4"), logKey("tile/entries/000.p/4")],
    ["hashes", logKey("tile/0/000.p/4"), logKey("tile/0/000.p/4")],
    ["a checkpoint", CHECKPOINT_KEY, CHECKPOINT_KEY],
  ])("finds %s changed, and then mends nothing and appends nothing", async (_, key, named) => {
    const was = store.objects.get(key)!;
    await store.put(key, was.body.with(20, was.body[20]! ^ 1).subarray(0, was.body.length - 1), was.headers);
    await store.delete(`published/${A}/${YEAR}/report.pdf`);
    await file(B, "five");
    const checkpoint = store.objects.get(CHECKPOINT_KEY)!.body;
    const { found, tally } = await look({ mend: true });
    expect(found).toContain(`log-damaged ${named}`);
    expect(found).toContain(`public-missing published/${A}/${YEAR}/report.pdf`);
    expect(tally.mended).toBe(0);
    expect(store.objects.get(CHECKPOINT_KEY)!.body).toEqual(checkpoint);
  });

  it("finds an entry exchanged for another of the same length", async () => {
    const key = logKey("tile/entries/000.p/4");
    const was = store.objects.get(key)!;
    const text = new TextDecoder().decode(was.body).replace('"year":2020', '"year":2021');
    await store.put(key, text, was.headers);
    expect((await look()).found).toContain(`log-damaged ${CHECKPOINT_KEY}`);
  });

  it("appends what the log does not have, and mends after it from then on", async () => {
    await file(B, "five");
    await store.delete(`published/${B}/${YEAR}/report.pdf`);
    const missing = `public-missing published/${B}/${YEAR}/report.pdf`;
    const unlogged = `record-unlogged ${recordKey(B, YEAR, 2)}`;
    expect(await look()).toMatchObject({ found: [missing, unlogged], tally: { unlogged: 1 } });
    expect(await look({ mend: true, signs: undefined })).toMatchObject({ found: [missing, unlogged] });
    expect(await look({ mend: true })).toMatchObject({ found: [missing], tally: { unlogged: 1 } });
    expect(await look({ mend: true })).toMatchObject({ found: [`${missing} mended`], tally: { unlogged: 0 } });
    expect(await publishedPdf(B)).toBe("pdf five");
    expect(new TextDecoder().decode(store.objects.get(CHECKPOINT_KEY)!.body).split("\n")[1]).toBe("5");
  });

  it("does not append a record that contradicts the one before it", async () => {
    await file(B, "five");
    const key = recordKey(B, YEAR, 2);
    const record = JSON.parse(new TextDecoder().decode((await store.get(key))!.body)) as PublicationRecord;
    await store.put(key, canonicalJson({ ...record, previous: "0".repeat(64) }), json);
    expect((await look({ mend: true })).found).toContain(`chain-broken ${key}`);
    expect(store.objects.has(leafKey({ uscc: B, year: YEAR }, 2))).toBe(false);
  });
});
