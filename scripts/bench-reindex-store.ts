/** The store of `bench-reindex.ts`, in a process of its own: fills itself with reports, then answers on the loopback. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../src/basics/canonical-json.ts";
import { sha256 } from "../src/basics/hash.ts";
import { contentTypeOf, fileName, PUBLISHED } from "../src/formats/registry.ts";
import { derivePublic } from "../src/publish/public.ts";
import { artefactKey, type PublicationRecord, recordKey } from "../src/publish/record.ts";
import { JSON_HEADERS } from "../src/store/json.ts";
import { distinctReport } from "../tests/support/distinct.ts";
import { SortedStore, serveLoopback } from "../tests/support/loopback-s3.ts";

/** What the bench asks: to forget all that is derived, or for a hash of it. */
export type Asked = "forget" | "hash";
export interface Told {
  readonly endpoint?: string;
  readonly objects?: number;
  /** Of all that a rebuild writes, keys, contents and headers. */
  readonly hash?: string;
  /** Seconds that the store has computed so far. */
  readonly cpu?: number;
}

const [count, latency] = [Number(process.argv[2]), Number(process.argv[3])];
/** Long enough ago that no rebuild takes it for what was published while it went on. */
const PUBLISHED_AT = Date.now() - 24 * 3600_000;
const store = new SortedStore(() => PUBLISHED_AT);
/** What lies there before a rebuild: records, artefacts, and the files of each place. */
const KEPT = /^(records|artefacts|published\/\w{18}\/\d{4})\//;

/** A publication as its record has it; files that a rebuild does not read are a line each. */
async function publish(number: number): Promise<void> {
  const report = distinctReport(number);
  const { uscc, name: organ } = report.organ;
  const { year } = report;
  const artefacts: PublicationRecord["artefacts"][number][] = [];
  for (const format of PUBLISHED) {
    const name = fileName(format);
    const body = format.name === "json" ? canonicalJson(report) : `${name} of ${number}\n`;
    const file = { name, sha256: sha256(body), size: Buffer.byteLength(body), contentType: contentTypeOf(format) };
    await store.create(artefactKey(uscc, year, file.sha256), body, { contentType: file.contentType });
    artefacts.push(file);
  }
  const day = String(1 + (number % 28)).padStart(2, "0");
  const record: PublicationRecord = {
    ...{ format: 1, uscc, year, version: 1, kind: "original", edition: "2019", organ, artefacts },
    ...{ submission: sha256(String(number)), previous: null, explanations: {}, findings: [], program: "bench" },
    ...{ filedBy: { issuer: "bench", subject: "bench" }, publishedAt: `2021-01-${day}T09:00:00+08:00` },
  };
  await store.create(recordKey(uscc, year, 1), canonicalJson(record), JSON_HEADERS);
  await derivePublic(store, [record]);
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function forget(): Promise<Told> {
  for (const key of [...store.objects.keys()]) if (!KEPT.test(key)) await store.delete(key);
  return { objects: store.objects.size, cpu: cpu() };
}

function hash(): Told {
  const computed = cpu();
  const all = createHash("sha256");
  for (const key of [...store.objects.keys()].sort()) {
    const { body, headers } = store.objects.get(key)!;
    all
      .update(`${key} ${canonicalJson(headers)} `)
      .update(body)
      .update("\n");
  }
  return { objects: store.objects.size, hash: all.digest("hex"), cpu: computed };
}

for (let number = 0; number < count; number += 1) await publish(number);
const { endpoint } = await serveLoopback(store, latency);
process.on("message", async (asked: Asked) => process.send?.(asked === "forget" ? await forget() : hash()));
process.on("disconnect", () => process.exit());
process.send?.({ endpoint, objects: store.objects.size } satisfies Told);
