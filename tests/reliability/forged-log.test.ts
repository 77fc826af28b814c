/** Forged in every way that somebody can who may write to the bucket, and found by each of those who look at it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signerOf } from "../../src/log/ed25519.ts";
import { readVkey, vkeyOf } from "../../src/log/note.ts";
import { records } from "../../src/publish/publish.ts";
import { recordKey } from "../../src/publish/record.ts";
import { CHECKPOINT_KEY, leafKey, proofKey, SEEN_KEY, WITNESSES_KEY } from "../../src/sequence/keys.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import { A, B, ForgedSite, YEAR } from "../support/forged-site.ts";
import { MemoryStore } from "../support/memory-store.ts";

let site: ForgedSite;
beforeEach(async () => {
  site = await ForgedSite.start();
});
afterEach(() => site?.close());

const place = { uscc: A, year: YEAR };
const pdf = (uscc: string, version: number): string => `${uscc}/${YEAR}/v${version}/report.pdf`;
const ofLog = (key: string): boolean => key.startsWith("published/log/");
const isProof = (key: string): boolean => key.endsWith(".tlog-proof");

/** Another log by the same key: the same reports, one of them with another PDF. */
async function otherLog(): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [key, { body, headers }] of site.store.objects)
    if (key.startsWith("records/")) await store.put(key, body, headers);
  const all = [...(await records(store, A, YEAR)), ...(await records(store, B, YEAR))];
  await appendRecords(
    store,
    site.log,
    all.map((record) => (record.uscc === B ? site.withOtherPdf(record) : record)),
  );
  return store;
}

/** Puts the files of another log in the place of those of this one. */
async function exchangeLog(store: MemoryStore, which: (key: string) => boolean): Promise<void> {
  site.remove(which);
  for (const [key, { body, headers }] of store.objects) if (which(key)) await site.store.put(key, body, headers);
}

describe("where nothing is forged", () => {
  it("nobody finds anything", async () => {
    expect(await site.fsck()).toEqual([]);
    expect(await site.verify({ file: "pdf three" })).toMatchObject({ code: 0 });
    expect((await site.verify({ path: pdf(A, 1) })).text).toContain("此后还有记录，最后一条是第3版");
    expect(await site.witness()).toMatchObject({ code: 0 });
  });

  it("a proof that was kept with a file verifies without the site, for that file and by the log's key alone", async () => {
    const proof = await site.keep("kept.tlog-proof", site.store.objects.get(proofKey(place, 3))!.body);
    const { key } = site;
    site.store = new MemoryStore();
    expect(await site.verify({ file: "pdf three" }, "--proof", proof)).toMatchObject({ code: 0 });
    expect((await site.verify({ file: "pdf two" }, "--proof", proof)).text).toContain("证明的不是这个文件");
    // The log's own among several, as while one is being replaced; and another's alone.
    const other = vkeyOf({ ...readVkey(key)!, publicKey: new Uint8Array(32).fill(1) });
    expect((await site.verify({ file: "pdf three" }, "--proof", proof, "--key", other)).code).toBe(0);
    site.told = other;
    expect((await site.verify({ file: "pdf three" }, "--proof", proof)).text).toContain("不是这个日志签的");
    const torn = await site.keep("torn.tlog-proof", "c2sp.org/tlog-proof@v1\nindex 1\n\n");
    expect((await site.verify({ file: "pdf three" }, "--proof", torn)).text).toContain("证明文件不成立");
  });
});

describe("a changed record, with the public files to match", () => {
  beforeEach(() => site.forge(A, 3, (record) => site.withOtherPdf(record)));

  it("is found by fsck, and never mended over", async () => {
    expect(await site.fsck({ mend: true })).toEqual(["record-rewritten"]);
  });
  it("is found by a reader, of the forged file and of the true one", async () => {
    expect(await site.verify({ path: pdf(A, 3) })).toMatchObject({
      code: 1,
      text: expect.stringContaining("没有这个内容的文件"),
    });
    expect(await site.verify({ file: "pdf three" })).toMatchObject({
      code: 1,
      text: expect.stringContaining("第3版与日志所记不同"),
    });
  });
  it("is found by a witness, who goes on to cosign the log, which is as it was", async () => {
    const { code, text } = await site.witness();
    expect([code, text]).toEqual([1, expect.stringContaining(`网站与日志不符：${A}/${YEAR} 第3版`)]);
    expect(text).toContain("example.org/log\n4\n");
  });
});

describe("a chain that was hashed anew", () => {
  beforeEach(() => site.forge(A, 1, (record) => ({ ...record, publishedAt: "2021-01-19T09:00:00+08:00" })));

  it("is found by fsck", async () => {
    expect(await site.fsck({ mend: true })).toEqual(["record-rewritten"]);
  });
  it("is found by a reader, although every file is the one that was published", async () => {
    expect((await site.verify({ path: pdf(A, 3) })).text).toContain("第2版与日志所记不同");
  });
  it("is found by a witness", async () => {
    expect((await site.witness()).text).toContain("第2版：网站所列与日志所记不同");
  });
});

describe("the last version dropped", () => {
  beforeEach(async () => {
    await site.store.delete(recordKey(A, YEAR, 3));
    site.remove((key) => key.startsWith(`published/${A}/${YEAR}/v3/`) && !isProof(key));
    await site.derive(A);
  });

  it("is found by fsck", async () => {
    expect(await site.fsck({ mend: true })).toContain("record-lost");
  });
  it("is found by a reader of the version before, and of the one that was dropped", async () => {
    for (const file of ["pdf two", "pdf three"])
      expect((await site.verify({ file })).text).toContain("日志记下的第3版，网站没有列出");
  });
  it("is found by a witness", async () => {
    expect(await site.witness()).toMatchObject({
      code: 1,
      text: expect.stringContaining("第3版：日志记下的，网站没有列出"),
    });
  });
  it("is found by all but the reader of the version before when its proof and what leads to it went too", async () => {
    await site.store.delete(proofKey(place, 3));
    await site.store.delete(leafKey(place, 3));
    expect(await site.fsck()).toContain("record-lost");
    expect(await site.verify({ file: "pdf three" })).toMatchObject({ code: 1 });
    expect(await site.witness()).toMatchObject({ code: 1 });
  });
});

describe("the log rewritten by whoever has its key", () => {
  const which = (key: string): boolean => ofLog(key) || isProof(key);
  let before: string;
  beforeEach(async () => {
    before = await site.keep("before.txt", site.checkpoint());
    await site.forge(B, 1, (record) => site.withOtherPdf(record));
    await exchangeLog(await otherLog(), which);
  });

  it("is found by fsck, which has seen the one before", async () => {
    expect(await site.fsck({ mend: true })).toContain("log-rewritten");
  });
  it("is found by a reader who kept a checkpoint, or the file", async () => {
    expect((await site.verify({ path: pdf(B, 1) }, "--since", before)).text).toContain("没有从以前的检查点接着写");
    expect(await site.verify({ file: "pdf four" })).toMatchObject({ code: 1 });
  });
  it("is found by a witness, who keeps what it was shown and cosigns nothing", async () => {
    const { code, text } = await site.witness();
    expect([code, text]).toEqual([1, expect.stringContaining("不予见证")]);
    expect(text).not.toContain("— paper.example.cn");
  });
  it("is signed no further by the sequencer", async () => {
    await site.file(B, "five");
    await expect(site.append()).rejects.toThrow("which fsck has seen");
  });
});

describe("a checkpoint that another key signed", () => {
  beforeEach(async () => {
    const other = { ...site.log, signers: [await signerOf(new Uint8Array(32).fill(8))] };
    const store = new MemoryStore();
    await appendRecords(store, other, [
      ...(await records(site.store, A, YEAR)),
      ...(await records(site.store, B, YEAR)),
    ]);
    const forged = store.objects.get(CHECKPOINT_KEY)!;
    await site.store.put(CHECKPOINT_KEY, forged.body, forged.headers);
  });

  it("is found by fsck", async () => {
    expect(await site.fsck({ mend: true })).toEqual(["log-damaged"]);
  });
  it("is found by a reader who knows the key", async () => {
    expect((await site.verify({ file: "pdf three" })).text).toContain("not signed by the log's key");
  });
  it("is found by a witness", async () => {
    expect(await site.witness()).toMatchObject({
      code: 1,
      text: expect.stringContaining("not signed by the log's key"),
    });
  });
});

describe("a split view: another log for one reader, by the same key", () => {
  it("is found by fsck, by the proof that the reader was shown", async () => {
    const shown = (await otherLog()).objects.get(proofKey({ uscc: B, year: YEAR }, 1))!;
    await site.store.put(proofKey({ uscc: B, year: YEAR }, 1), shown.body, shown.headers);
    expect(await site.fsck({ mend: true })).toEqual(["log-rewritten"]);
    expect(site.store.objects.get(proofKey({ uscc: B, year: YEAR }, 1))!.body).toEqual(shown.body);
  });
  it("is found by the reader who compares checkpoints with somebody, and by the proof that he kept", async () => {
    const split = await otherLog();
    const theirs = await site.keep("theirs.txt", split.objects.get(CHECKPOINT_KEY)!.body);
    expect((await site.verify({ file: "pdf three" }, "--since", theirs)).text).toContain("没有从以前的检查点接着写");
    const shown = split.objects.get(proofKey({ uscc: B, year: YEAR }, 1))!;
    await site.store.put(proofKey({ uscc: B, year: YEAR }, 1), shown.body, shown.headers);
    expect((await site.verify({ path: pdf(B, 1) })).text).toContain("is of another log than the signed one");
  });
  it("is found by a witness to whom it is shown", async () => {
    await exchangeLog(await otherLog(), ofLog);
    expect(await site.witness()).toMatchObject({ code: 1, text: expect.stringContaining("it was rewritten") });
  });
});

describe("the whole log removed", () => {
  beforeEach(() => site.remove(ofLog));

  it("is found by fsck, and not begun anew by the sequencer", async () => {
    expect(await site.fsck({ mend: true })).toContain("log-lost");
    await site.file(B, "five");
    await expect(site.append()).rejects.toThrow("the checkpoint is gone");
  });
  it("is found by fsck by the proofs that are left, where what it has seen was removed too", async () => {
    await site.store.delete(SEEN_KEY);
    expect(await site.fsck()).toContain("log-lost");
  });
  it("is found by fsck by its witnesses alone, where every trace was removed", async () => {
    site.remove((key) => isProof(key) || key === SEEN_KEY);
    expect(await site.fsck()).toEqual([]);
    expect(await site.fsck({ witnesses: [site.listed] })).toContain("log-rewritten");
  });
  it("is found by a reader and by a witness", async () => {
    expect(await site.verify({ file: "pdf three" })).toMatchObject({
      code: 1,
      text: expect.stringContaining("the checkpoint is missing"),
    });
    expect(await site.witness()).toMatchObject({ code: 1 });
  });
});

describe("what witnesses cosigned", () => {
  it("is put on the site by fsck, once each of them and the log signed", async () => {
    const witness = site.listed;
    expect(await site.fsck({ mend: true, witnesses: [witness] })).toEqual([]);
    const shown = (): unknown => JSON.parse(new TextDecoder().decode(site.store.objects.get(WITNESSES_KEY)!.body));
    const { checkpoint } = (shown() as { checkpoint: string }[])[0]!;
    expect(checkpoint).toBe(await witness.read());
    // One that answers no more, or something else, does not take away what it said before.
    for (const said of [undefined, checkpoint.replace("\n4\n", "\n5\n"), "nothing"]) {
      await site.fsck({ mend: true, witnesses: [{ ...witness, read: async () => said }] });
      expect(shown()).toEqual([{ key: expect.stringContaining("paper.example.cn+"), checkpoint }]);
    }
  });
});
