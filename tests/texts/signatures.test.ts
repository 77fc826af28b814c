/** The search in the texts: signatures that miss nothing, files that come out the same whatever way they come about. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compactDataset } from "../../src/index/dataset/compact.ts";
import { type IndexContext, indexPlaces } from "../../src/index/indexer.ts";
import { machinePages } from "../../src/index/pages.ts";
import { reindex } from "../../src/index/reindex.ts";
import { fold, pairsOf } from "../../src/texts/fold.ts";
import {
  decode,
  encode,
  hasBit,
  mergeSigned,
  rowOf,
  type Signed,
  signatureOf,
  textsPath,
} from "../../src/texts/signatures.ts";
import { foundIn, pairsFor, wordsOf } from "../../web/portal/text-query.ts";
import { MemoryStore } from "../support/memory-store.ts";
import { commitRecord } from "../support/records.ts";
import { codeOf } from "../support/roster.ts";

const reportOf = (...texts: readonly string[]) => ({
  organ: { name: "某市水利局" },
  overview: { body: texts.map((text) => ({ type: "paragraph", text })) },
});
const CHARACTERS = [..."政府信息公开工作年度报告水利局依申请收到办结件，。、（）３a"];
const prose = fc.string({ unit: fc.constantFrom(...CHARACTERS), minLength: 2, maxLength: 80 });

describe("a signature", () => {
  it("has every pair of every piece of every text: nothing that stands in a report is missed", () => {
    fc.assert(
      fc.property(fc.array(prose, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(), (texts, a, b) => {
        const signature = signatureOf(reportOf(...texts));
        const text = texts[a % texts.length]!;
        const word = fold(text.slice(b % text.length));
        for (const pair of pairsOf(word)) expect(hasBit(signature, rowOf(pair))).toBe(true);
        if ([...word].length >= 2) expect(foundIn(reportOf(...texts), wordsOf(word))).toBeDefined();
      }),
    );
  });

  it("of a report that does not stand has nothing", () => {
    expect(signatureOf(undefined).every((byte) => byte === 0)).toBe(true);
  });
});

describe("what is found", () => {
  it.each([
    ["信息公开", "政府信息公开工作", ["政府", "信息公开", "工作"]],
    ["ＡＢ１２", "编号ab12。", ["编号", "ab12", "。"]],
    ["公开信息", "已经公开，信息另行发布", ["已经", "公开，信息", "另行发布"]],
    ["办结５件", "当年办结5件", ["当年", "办结5件", ""]],
  ])("%s in %s, as it stands there", (query, text, pieces) => {
    const [found] = foundIn(reportOf("无关的一段。", text), wordsOf(query))!;
    expect(found!.section).toBe("overview");
    expect(found!.pieces).toEqual(pieces.map((piece, i) => [piece, i === 1]));
  });

  it("is every word or nothing, and a single character is no word", () => {
    expect(foundIn(reportOf("水利工程", "信息公开"), wordsOf("水利 公开"))).toHaveLength(2);
    expect(foundIn(reportOf("水利工程"), wordsOf("水利 公开"))).toBeUndefined();
    expect(wordsOf("水 利 公开")).toEqual(["公开"]);
    expect(pairsFor(["信息公开平台"])).toEqual(["信息", "公开", "平台", "息公", "开平"]);
  });
});

const signed = fc.record({
  uscc: fc.constantFrom(...Array.from({ length: 12 }, (_, i) => codeOf("371500", i))),
  records: fc.integer({ min: 1, max: 9 }),
  text: prose,
});
const asSigned = ({ uscc, records, text }: { uscc: string; records: number; text: string }): Signed => ({
  uscc,
  records,
  signature: signatureOf(reportOf(text)),
});

describe("a file of signatures", () => {
  it("is read as it was written, and is the same whatever order its reports came in", () => {
    const list = fc.uniqueArray(signed, { selector: ({ uscc, records }) => `${uscc}${records}`, maxLength: 30 });
    fc.assert(
      fc.property(list, fc.array(fc.nat(), { maxLength: 30 }), (some, order) => {
        const all = some.map(asSigned);
        const bytes = encode(mergeSigned([], all));
        expect(decode(bytes)).toEqual(mergeSigned([], all));
        const shuffled = all.map((each, i) => [order[i] ?? 0, each] as const).sort(([a], [b]) => a - b);
        let one: Signed[] = [];
        for (const [, each] of shuffled) one = decode(encode(mergeSigned(one, [each])));
        expect(Buffer.compare(encode(one), bytes)).toBe(0);
      }),
    );
  });
});

describe("what is published", () => {
  const pages = machinePages("https://example.org");
  const contextOf = (store: MemoryStore): IndexContext => ({ store, pages, dataset: {} });
  const [A, B, C] = [codeOf("371500", 1), codeOf("371502", 1), codeOf("370100", 1)];
  const YEAR = 2024;

  async function file(store: MemoryStore, uscc: string, version: number, text: string | undefined): Promise<void> {
    const report = {
      edition: "2021",
      year: YEAR,
      signed: "2025-01-20",
      ...reportOf(text ?? ""),
      organ: { uscc, name: "某局" },
    };
    await commitRecord(store, JSON.stringify(text === undefined ? { withdrawn: true, uscc, year: YEAR } : report), {
      ...{ uscc, year: YEAR, version, edition: "2021", organ: "某局" },
      kind: text === undefined ? "withdrawal" : version === 1 ? "original" : "correction",
      submission: String(version).padStart(64, "0"),
      publishedAt: `2025-01-${10 + version}T09:00:00+08:00`,
      reason: version === 1 ? undefined : "核对后更正。",
    });
    await indexPlaces([{ uscc, year: YEAR }], contextOf(store));
    await compactDataset({ store });
  }
  const has = (store: MemoryStore, uscc: string, word: string): boolean => {
    const object = store.objects.get(`published/${textsPath(uscc.slice(2, 6), YEAR)}`);
    const own = decode(object!.body).find((each) => each.uscc === uscc)!;
    return [...pairsOf(fold(word))].every((pair) => hasBit(own.signature, rowOf(pair)));
  };
  const textsOf = (store: MemoryStore) =>
    Object.fromEntries(
      [...store.objects]
        .filter(([key]) => key.startsWith("published/texts/"))
        .map(([key, { body }]) => [key, Buffer.from(body).toString("base64")])
        .sort(),
    );

  it("is found by what its current version says, and leaves when it is withdrawn", async () => {
    const store = new MemoryStore();
    await file(store, A, 1, "收到河道管理的申请");
    expect(has(store, A, "河道管理")).toBe(true);
    await file(store, A, 2, "收到水库移民的申请");
    expect([has(store, A, "河道管理"), has(store, A, "水库移民")]).toEqual([false, true]);
    await file(store, A, 3, undefined);
    expect(has(store, A, "水库移民")).toBe(false);
    // An indexer that comes late with what it was told before puts nothing back.
    await indexPlaces([{ uscc: A, year: YEAR }], contextOf(store));
    await compactDataset({ store });
    expect(has(store, A, "水库移民")).toBe(false);
  });

  it("is byte for byte what a rebuild makes of the records, and strays are removed", async () => {
    const store = new MemoryStore();
    await file(store, A, 1, "收到河道管理的申请");
    await file(store, B, 1, "收到水库移民的申请");
    await file(store, C, 1, "收到规划的申请");
    await file(store, A, 2, "收到防汛的申请");
    await file(store, B, 2, undefined);
    const again = new MemoryStore();
    for (const [key, object] of store.objects) if (!key.startsWith("published/")) again.objects.set(key, object);
    await again.put("published/texts/3799/2024.bin", "stray", { contentType: "x" });
    await again.put("published/texts/3715/2019.bin", "stray", { contentType: "x" });
    await reindex(contextOf(again));
    expect(Object.keys(textsOf(store))).toHaveLength(2);
    expect(textsOf(again)).toEqual(textsOf(store));
  });

  it("costs one read and one write of its prefecture's file, however many reports there are, and none while it is indexed", async () => {
    const costs: string[] = [];
    const store = new MemoryStore({
      before: (operation, key) => {
        if (key.startsWith("published/texts/") && operation !== "list") costs.push(`${operation} ${key}`);
      },
    });
    for (const uscc of [B, C]) await file(store, uscc, 1, "收到规划的申请");
    costs.length = 0;
    await file(store, A, 1, "收到防汛的申请");
    expect(costs).toEqual(["get published/texts/3715/2024.bin", "replace published/texts/3715/2024.bin"]);
  });
});
