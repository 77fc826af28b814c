/** The calls that the code makes to the store, recorded while each part does all that it does, faults included. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createApp } from "../../functions/app.ts";
import type { Importer } from "../../functions/importer.ts";
import { createImportsApp } from "../../functions/imports-app.ts";
import type { AppOptions } from "../../functions/options.ts";
import { ACTIONS } from "../../src/authenticate/caller.ts";
import { publicInternet } from "../../src/fetch/policy.ts";
import { openFonts } from "../../src/fonts/fonts.ts";
import { fsckRound } from "../../src/fsck/round.ts";
import { compactDataset } from "../../src/index/dataset/compact.ts";
import { indexPlaces } from "../../src/index/indexer.ts";
import { indexLaggingPlaces, indexLaggingRosters } from "../../src/index/lagging.ts";
import { machinePages } from "../../src/index/pages.ts";
import { signerOf } from "../../src/log/ed25519.ts";
import { deliver } from "../../src/office/deliver.ts";
import { reminderKey } from "../../src/office/reminders.ts";
import { WEBHOOKS_KEY } from "../../src/office/webhooks.ts";
import { records } from "../../src/publish/publish.ts";
import { type PublicationRecord, recordKey, sealKey, sweptKey } from "../../src/publish/record.ts";
import { saveRoster } from "../../src/roster/stored.ts";
import { keysOf, type LogIdentity } from "../../src/sequence/identity.ts";
import { appendRecords } from "../../src/sequence/sequencer.ts";
import { MemoryStore, type Operation } from "../support/memory-store.ts";
import { commit } from "../support/records.ts";
import { png } from "../support/seal.ts";
import { example } from "../support/service.ts";

/** Prefixes of the bucket by S3's action. */
export type Calls = Readonly<Record<string, ReadonlySet<string>>>;

const ACTION_OF: Readonly<Record<Operation, string | undefined>> = {
  get: "s3:GetObject",
  create: "s3:PutObject",
  put: "s3:PutObject",
  replace: "s3:PutObject",
  delete: "s3:DeleteObject",
  // Every part may list the bucket: without that right what is absent cannot be told from what is forbidden.
  list: undefined,
};

/** What the policy of a call names that is of no object. */
export const BUCKET = "the bucket";

/** A store that records, from when it is told to. */
export class Recorded extends MemoryStore {
  readonly calls: Record<string, Set<string>>;

  constructor() {
    const calls: Record<string, Set<string>> = {};
    super({
      before: (operation, key) => {
        const action = ACTION_OF[operation];
        if (action === undefined) return;
        calls[action] ??= new Set();
        // Of what is published the dataset's files alone may be removed.
        const part = operation === "delete" ? /^published\/[^/]+/.exec(key)?.[0] : undefined;
        calls[action].add(part ?? key.slice(0, key.indexOf("/")));
      },
    });
    this.calls = calls;
  }

  /** Asks of the bucket as a whole, which versions it keeps among them. */
  readonly bucket = {
    versioning: async () => {
      (this.calls["s3:GetBucketVersioning"] ??= new Set()).add(BUCKET);
      return "enabled" as const;
    },
    versions: (prefix: string) => {
      (this.calls["s3:ListBucketVersions"] ??= new Set()).add(BUCKET);
      return this.#once(prefix);
    },
  };

  async *#once(prefix: string) {
    for await (const { key } of this.list(prefix)) yield { key, deleted: false };
  }

  /** Forgets what was called so far: it was the work of another part. */
  forget(): void {
    for (const action of Object.keys(this.calls)) delete this.calls[action];
  }
}

export const LOG: LogIdentity = { origin: "example.org/log", signers: [await signerOf(new Uint8Array(32).fill(4))] };
export const USCC = "11371500MB28560185";
export const YEAR = 2020;
const fonts = openFonts(fileURLToPath(new URL("../../dist/fonts", import.meta.url)));
const filing = { issuer: "https://issuer.example", clientId: "x", scope: "openid", tokenUse: "access" } as const;
const optionsOf = (store: MemoryStore): AppOptions => ({
  store,
  fonts,
  now: () => new Date("2021-02-01T00:00:00Z"),
  program: "test",
  publicUrl: "https://example.org",
  filing: { ...filing, publicUrl: "https://example.org" },
  log: { decision: () => {}, fault: () => {} },
  // The token is the subject: who agrees is not who handed it over.
  authenticate: async (authorization) => ({
    filer: { issuer: "https://issuer.example", subject: authorization?.split(" ")[1] ?? "nobody" },
    organs: [USCC],
    divisions: ["37"],
    actions: [...ACTIONS],
  }),
});

/** The API on a store, and a way to ask it. */
function apiOn(store: MemoryStore) {
  const app = createApp(optionsOf(store));
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> => {
    const bytes = body instanceof Uint8Array;
    const answer = await app.request(path, {
      method,
      headers: { authorization: "Bearer x", ...headers, "content-type": bytes ? "image/png" : "application/json" },
      ...(body === undefined ? {} : { body: bytes ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
}

/** Moves the files of the versions to swept/, as a sweep does that met their record half-written. */
export function sweepTooEarly(store: MemoryStore): void {
  for (let version = 1; ; version += 1) {
    const record = store.objects.get(recordKey(USCC, YEAR, version));
    if (!record) return;
    const { artefacts } = JSON.parse(new TextDecoder().decode(record.body)) as PublicationRecord;
    for (const { sha256 } of artefacts) {
      const key = `artefacts/${USCC}/${YEAR}/${sha256}`;
      const object = store.objects.get(key);
      if (!object) continue;
      store.objects.set(sweptKey(USCC, YEAR, sha256), object);
      store.objects.delete(key);
    }
  }
}

/** A crash between a record and what the public reads. The log is written after, and never derived again. */
export function losePublic(store: MemoryStore): void {
  for (const key of [...store.objects.keys()])
    if (key.startsWith("published/") && !key.startsWith("published/log/")) store.objects.delete(key);
}

/** Drafts, hands over, agrees, clears, looks and reminds, as the first look of the office above asks for. */
async function reviewed(ask: ReturnType<typeof apiOn>, report: unknown): Promise<void> {
  const place = `/drafts/${USCC}/${YEAR}`;
  await ask("PUT", `/policies/${USCC}`, { review: "superior", version: 0 });
  await ask("PUT", place, { submission: { report: {} }, base: null }, { "if-none-match": "*" });
  const { draft } = await (await ask("GET", place)).json();
  await ask("DELETE", place, undefined, { "if-match": draft.etag });
  await ask("PUT", place, { submission: { report }, base: null }, { "if-none-match": "*" });
  const { event } = await (await ask("POST", `${place}/events`, { kind: "submit", after: 0 })).json();
  const { content } = event;
  for (const [kind, after, by] of [
    ["agree", 1, "y"],
    ["clear", 2, "z"],
  ] as const)
    await ask("POST", `${place}/events`, { kind, after, content }, { authorization: `Bearer ${by}` });
  await ask("GET", `${place}/contents/${content}`);
  await ask("GET", `${place}/proof?content=${content}`);
  await ask("GET", `/desk/371500/${YEAR}`);
  await ask("POST", `/reminders/371500/${YEAR}`, { organs: [USCC], text: "请公布。" });
  await ask("GET", `/reminders/371500/${YEAR}`);
}

async function filed(store: MemoryStore): Promise<ReturnType<typeof apiOn>> {
  const ask = apiOn(store);
  await ask("POST", "/reports", await example("liaocheng-2020"));
  return ask;
}

export async function callsOfApi(): Promise<Calls> {
  const store = new Recorded();
  const ask = apiOn(store);
  const report = await example("liaocheng-2020");
  await ask("PUT", `/organs/${USCC}/seal`, png(200));
  if (!store.objects.has(sealKey(USCC))) throw new Error("no seal was kept");
  await ask("PUT", "/rosters/371500", {
    division: "371500",
    organs: [{ uscc: USCC, name: "聊城市市场监督管理局", kind: "department" }],
  });
  await ask("GET", "/rosters/371500");
  await ask("POST", "/reports?dryRun=true", report);
  await ask("POST", "/reports/preview", report);
  // As the indexer leaves it.
  const delivery = Buffer.from('{"webhook":"robot","outcome":"delivered","tries":1}');
  const headers = { contentType: "application/json" };
  store.objects.set(`deliveries/371500/${YEAR}/v1/robot.json`, { body: delivery, etag: '"1"', headers, modified: 0 });
  await reviewed(ask, report);
  await ask("POST", "/reports", report);
  await ask("GET", `/checks/371500/${YEAR}`);
  sweepTooEarly(store);
  losePublic(store);
  await ask("POST", "/reports", report);
  await ask("GET", `/reports/${USCC}/${YEAR}`);
  const place = `/reports/${USCC}/${YEAR}`;
  const corrected = { ...report, signed: "2021-01-28" };
  await ask("PUT", `/policies/${USCC}`, { review: "none", version: 1 });
  await ask("POST", `${place}/corrections`, { supersedes: 1, reason: "落款日期有误。", report: corrected });
  await ask("POST", `${place}/versions/1/redaction`, { reason: "含有个人信息。" });
  await ask("POST", `${place}/withdrawal`, { supersedes: 2, reason: "重复公布。" });
  return store.calls;
}

/** @param logs whether it signs the log of publications, which `fsck` has seen before */
export async function callsOfIndexer(logs: boolean): Promise<Calls> {
  const store = new Recorded();
  await filed(store);
  const reminder = { division: "371500", year: YEAR, version: 1 };
  const kept = { ...reminder, format: 1, text: "请尽快公布。", organs: [], at: "2021-02-01T00:00:00+08:00" };
  await store.create(reminderKey(reminder, 1), JSON.stringify(kept), { contentType: "application/json" });
  const webhooks = [{ id: "robot", kind: "wecom", url: "https://robot.invalid/send" }];
  await store.put(WEBHOOKS_KEY, JSON.stringify({ webhooks }), { contentType: "application/json" });
  store.forget();
  const resolve = (): Promise<never> => Promise.reject(new Error("no such host"));
  const policy = { ...publicInternet("test"), resolve };
  await deliver(reminder, { store, policy, now: () => new Date("2021-03-01T00:00:00Z") });
  const context = {
    ...{ store, pages: machinePages("https://example.org"), dataset: {} },
    ...(logs ? { log: async () => LOG } : {}),
  };
  const index = async (): Promise<void> => {
    const failures = await indexPlaces([{ uscc: USCC, year: YEAR }], context);
    if (failures.length > 0) throw failures[0]!.error;
  };
  await index();
  sweepTooEarly(store);
  losePublic(store);
  await index();
  await compactDataset({ store, most: 1 });
  // A shard with room for one organ is cut when there is another.
  const beside = new MemoryStore();
  const other = { uscc: "11370100MB28560001", year: YEAR, version: 1, kind: "original", organ: "某局" } as const;
  await commit(beside, { ...other, received: 1, day: 1 });
  for (const [key, object] of beside.objects) store.objects.set(key, object);
  await indexPlaces([other], context);
  await compactDataset({ store, most: 1 });
  return store.calls;
}

/** A bucket that records, for what is not published. */
export const recorded = (): Recorded => new Recorded();

/** A report that went through review and was published, a file of no record, a roster. */
export async function publishedAndStray(): Promise<Recorded> {
  const store = new Recorded();
  const report = await example("liaocheng-2020");
  const ask = apiOn(store);
  await reviewed(ask, report);
  await ask("POST", "/reports", report);
  const stray = `artefacts/${USCC}/${YEAR}/${"0".repeat(64)}`;
  await store.put(stray, "of no record", { contentType: "text/plain" });
  await saveRoster(
    store,
    { division: "371500", organs: [{ uscc: USCC, name: "聊城市市场监督管理局", kind: "department" }] },
    { savedAt: "2021-02-01T00:00:00+08:00", savedBy: { issuer: "i", subject: "s" }, program: "test" },
  );
  return store;
}

/** @param logs whether there is a log of publications, of which it knows the public key alone */
export async function callsOfFsck(logs: boolean): Promise<Calls> {
  const store = await publishedAndStray();
  if (logs) await appendRecords(store, LOG, await records(store, USCC, YEAR));
  store.forget();
  const context = { store, pages: machinePages("https://example.org"), dataset: {} };
  await indexLaggingRosters(context);
  await indexLaggingPlaces(context);
  let now = Date.parse("2021-03-01T00:00:00Z");
  const round = () =>
    fsckRound(store, {
      ...(logs ? { log: keysOf(LOG) } : {}),
      bucket: store.bucket,
      mend: true,
      sweep: true,
      settle: 0,
      now: () => new Date(now),
      until: () => false,
    });
  await round();
  sweepTooEarly(store);
  losePublic(store);
  now += 48 * 3600_000;
  await round();
  now += 48 * 3600_000;
  await round();
  return store.calls;
}

/** Its app is made without a store: there is nothing that could be called. */
export async function callsOfImports(): Promise<Calls> {
  const store = new Recorded();
  const { authenticate, log, publicUrl } = optionsOf(store);
  const imported = await readFile(new URL("../fixtures/cases/liaocheng-2020.tables.html", import.meta.url));
  const { importReport } = await import("../../src/import/import.ts");
  const importer: Importer = async (bytes, options) => ({
    body: Buffer.from(JSON.stringify(await importReport(bytes, options))),
    findings: [],
  });
  const app = createImportsApp({ authenticate, log, publicUrl, importer });
  const headers = { authorization: "Bearer x", "content-type": "text/html" };
  const answer = await app.request("/imports", { method: "POST", headers, body: new Uint8Array(imported) });
  if (!answer.ok) throw new Error(await answer.text());
  return store.calls;
}
