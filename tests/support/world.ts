import { readFileSync } from "node:fs";
import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { sha256 } from "../../src/basics/hash.ts";
import type { Context } from "../../src/filing/context.ts";
import { file } from "../../src/filing/file.ts";
import { NothingPublishedError } from "../../src/filing/nothing-published-error.ts";
import type { Fonts } from "../../src/fonts/fonts.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import type { Problem } from "../../src/fsck/problems.ts";
import { KeyReusedError } from "../../src/publish/key-reused-error.ts";
import type { Published } from "../../src/publish/publish.ts";
import {
  aliasKey,
  artefactKey,
  isAliased,
  type PublicationRecord,
  recordKey,
  sweptKey,
  versionKey,
} from "../../src/publish/record.ts";
import { artefactsOf, currentVersion, redactionOf, shownOf, versionsOf } from "../../src/publish/versions.ts";
import { usccCheckCharacter } from "../../src/rules/check-character.ts";
import { type Clock, LeaseLostError, type LeaseTimes } from "../../src/store/lease.ts";
import { LeasedStore, type Replaceless } from "../../src/store/leased.ts";
import type { Store } from "../../src/store/store.ts";
import {
  Crash,
  type Fault,
  FaultyStore,
  InjectedError,
  LATE,
  type Shared,
  seeded,
  Turns,
  Wire,
} from "./faulty-store.ts";
import { MemoryStore } from "./memory-store.ts";

const example = JSON.parse(
  readFileSync(new URL("../../examples/liaocheng-2020.json", import.meta.url), "utf8"),
) as Record<string, unknown> & { disclosure: Record<string, Record<string, unknown>> };
const ORGANS = ["11370100MB2856018", "11371500MB2856018", "11330100002489015"].map(
  (code) => `${code}${usccCheckCharacter(code)}`,
);
const YEARS = [2019, 2020] as const;
const HOUR = 3600_000;
/** In every report: what a redaction takes out of the public, with the letter of the report's variant. */
const SECRET = "写法";
/** As much as section 五 needs to say. */
const PROBLEMS =
  "主动公开还不够及时，解读的形式单一，个别单位的答复不够规范。下一年将完善公开目录，丰富解读形式，加强业务培训，按时答复申请。";

/** (organ, year) by number. */
export const PLACES = ORGANS.flatMap((uscc) => YEARS.map((year) => ({ uscc, year })));

/** What one process does. */
export type Action =
  | { readonly do: "submit"; readonly place: number; readonly variant: number; readonly key?: number | undefined }
  | { readonly do: "correct"; readonly place: number; readonly variant: number; readonly behind: number }
  | { readonly do: "withdraw"; readonly place: number; readonly behind: number }
  | { readonly do: "redact"; readonly place: number; readonly behind: number }
  | { readonly do: "fsck"; readonly mend: boolean; readonly sweep: boolean }
  | { readonly do: "reindex" };

/** A process: what it does, the faults of its calls in order, the call before which it is killed. */
export interface Process {
  readonly action: Action;
  readonly faults: readonly Fault[];
  readonly dies?: number | undefined;
}

/** Processes at once, whose calls come in an order by `seed`; the time that passed before. */
export interface Round {
  readonly processes: readonly Process[];
  readonly seed: number;
  readonly hours: number;
}

/** Rebuilds what is derived from all records, as `npm run reindex` does. */
export type Reindex = (store: Store) => Promise<unknown>;

/** One of some reports of a place that are sound and differ. */
function reportOf(place: number, variant: number): Record<string, unknown> {
  const { uscc, year } = PLACES[place]!;
  const stock = { previous: 0, change: 0, decisions: 0 };
  return {
    ...example,
    year,
    signed: `${year + 1}-01-${10 + variant}`,
    organ: { name: `示例机关${place}`, uscc },
    problems: { body: [{ type: "paragraph", text: `${SECRET}${"甲乙丙"[variant]}。${PROBLEMS}` }] },
    disclosure: {
      ...example.disclosure,
      licensing: stock,
      otherServices: stock,
      penalties: stock,
      coerciveMeasures: stock,
      fees: { previous: 0, change: 0 },
    },
  };
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** What happened in some worlds, by name: that the test tries what it says. */
export type Happenings = Record<string, number>;

/** What the processes of a world share, and what can be seen of it from outside. */
export interface Kept {
  readonly shared: Shared;
  readonly memory: MemoryStore;
}

/** Makes the bucket of a world. @param modified what the time is there, epoch milliseconds */
export type MakeBucket = (modified: () => number) => Kept;

/** S3 as it promises to be. */
const inMemory: MakeBucket = (modified) => {
  const memory = new MemoryStore({ modified });
  return { shared: memory, memory };
};

/** In turns. A request waits for the turns of all others. */
export const TIMES: LeaseTimes = { term: 600, patience: 400, request: 400 + 2 * LATE, poll: 10 };

/** A store with everything that was ever answered for it, and what must hold whatever happened. */
export class World {
  /** As it is seen from outside. */
  readonly store: MemoryStore;
  readonly #shared: Shared;
  readonly #turns = new Turns();
  readonly #acknowledged = new Map<string, string>();
  readonly #creators = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #reindex: Reindex | undefined;
  readonly #happenings: Happenings;
  #now = Date.parse("2021-01-20T00:00:00Z");

  constructor(happenings: Happenings = {}, reindex?: Reindex, make: MakeBucket = inMemory) {
    this.#happenings = happenings;
    this.#reindex = reindex;
    const { shared, memory } = make(() => this.#now);
    this.#shared = shared;
    this.store = memory;
  }

  /** The store as a process has it: where nothing can be replaced, by a lease. */
  #opened(store: Replaceless & Partial<Store>, clock: Clock = this.#turns): Store & { close?(): Promise<void> } {
    if (this.#shared.replace) return store as Store;
    const onTakeover = (): void => this.#count("lease taken over");
    return new LeasedStore(store, { times: TIMES, clock, onTakeover });
  }

  /** Somebody alone with the store: nothing happens while they wait. */
  #alone(): Store & { close?(): Promise<void> } {
    const clock = { now: () => this.#turns.now(), sleep: async (turns: number) => this.#turns.pass(turns) };
    return this.#opened(this.#shared, clock);
  }

  #count(what: string, times = 1): void {
    this.#happenings[what] = (this.#happenings[what] ?? 0) + times;
  }

  #context(store: Store): Context {
    // No face is asked for more than what it lacks: pages are not set here.
    const fonts = { missing: () => [], fallbacks: () => [] } as unknown as Fonts;
    return { store, fonts, now: () => new Date(this.#now), program: "test" };
  }

  async #act(action: Action, store: Store, truncates: boolean): Promise<void> {
    const context = this.#context(store);
    const filing = { filedBy: { issuer: "test", subject: "clerk" } };
    if (action.do === "fsck") {
      const now = () => new Date(this.#now);
      const onProblem = ({ kind, key }: Problem): void =>
        must(
          kind === "public-missing" ||
            kind === "public-differs" ||
            kind === "redacted-public" ||
            truncates ||
            (kind === "artefact-missing" && this.store.objects.has(key.replace("artefacts", "swept"))),
          `fsck says ${kind} of ${key}`,
        );
      const { swept, mended } = await fsck(store, { ...action, now, settle: 0, concurrency: 2, onProblem });
      this.#count("swept among others", swept);
      this.#count("mended among others", mended);
      return;
    }
    if (action.do === "reindex") {
      await this.#reindex?.(store);
      return;
    }
    const place = PLACES[action.place]!;
    const versions = versionsOf([...this.#records(place)]);
    const behind = "behind" in action ? action.behind : 0;
    const supersedes = versions.at(-1 - behind)?.version ?? 1;
    const reason = "填报有误。";
    const result =
      action.do === "submit"
        ? await file(
            { kind: "original" },
            reportOf(action.place, action.variant),
            action.key === undefined ? filing : { ...filing, idempotencyKey: `key-${action.key}` },
            context,
          )
        : action.do === "correct"
          ? await file(
              { kind: "correction", place },
              { supersedes, reason, report: reportOf(action.place, action.variant) },
              filing,
              context,
            )
          : action.do === "redact"
            ? await file({ kind: "redaction", place: { ...place, version: supersedes } }, { reason }, filing, context)
            : await file({ kind: "withdrawal", place }, { supersedes, reason }, filing, context);
    this.#count(`${action.do} ${result?.published?.outcome ?? "refused"}`);
    if (result?.published) this.#acknowledge(result.published);
    if (result?.published?.outcome === "conflict" && (action.do === "submit" || action.do === "correct")) {
      const { do: kind, place: at, variant } = action;
      must(!this.#became(kind, at, variant, supersedes), `${kind}: was published and is refused as a conflict`);
    }
  }

  /** Whether a report has become a version: by its date, which is its own. */
  #became(kind: "submit" | "correct", place: number, variant: number, supersedes: number): boolean {
    const { signed } = reportOf(place, variant);
    const { uscc, year } = PLACES[place]!;
    return [...this.#records({ uscc, year })].some((record) => {
      const asked = kind === "submit" ? record.kind === "original" : record.kind === "correction";
      const hash = record.artefacts.find(({ name }) => name === "report.json")!.sha256;
      const object = this.store.objects.get(artefactKey(uscc, year, hash));
      const published = object && (JSON.parse(new TextDecoder().decode(object.body)) as { signed?: string });
      return asked && (kind === "submit" || record.supersedes === supersedes) && published?.signed === signed;
    });
  }

  /** Remembers what a filer was told. */
  #acknowledge({ outcome, record }: Published): void {
    const { uscc, year, version } = record;
    const key = recordKey(uscc, year, version);
    const hash = sha256(canonicalJson(record));
    must((this.#acknowledged.get(key) ?? hash) === hash, `${key}: two filers were told of different records`);
    this.#acknowledged.set(key, hash);
    if (outcome === "created") {
      this.#creators.set(key, (this.#creators.get(key) ?? 0) + 1);
      must(this.#creators.get(key) === 1, `${key}: two filers were told that they made it`);
    }
  }

  *#records({ uscc, year }: { readonly uscc: string; readonly year: number }): Generator<PublicationRecord> {
    for (let version = 1; ; version += 1) {
      const object = this.store.objects.get(recordKey(uscc, year, version));
      if (!object) return;
      yield JSON.parse(new TextDecoder().decode(object.body)) as PublicationRecord;
    }
  }

  /** Lets the processes of a round run to their ends or deaths, then looks. */
  async play({ processes, seed, hours }: Round): Promise<void> {
    this.#now += hours * HOUR + 60_000;
    const wire = new Wire(this.#shared, seeded(seed), this.#turns);
    const ends = processes.map(({ action, faults, dies }) => {
      const store = this.#opened(new FaultyStore(wire, faults, dies));
      const acted = this.#act(action, store, faults.includes("truncate")).finally(() => store.close?.());
      return acted.catch((error: unknown) => {
        const expected =
          error instanceof Crash ||
          error instanceof InjectedError ||
          error instanceof LeaseLostError ||
          error instanceof KeyReusedError ||
          error instanceof NothingPublishedError ||
          // Half a body instead of the whole is noticed, and the call given up.
          (faults.includes("truncate") &&
            (error instanceof SyntaxError || (error as Error).name === "DamagedArtefactError"));
        if (!expected) throw error;
        this.#count((error as Error).constructor.name);
      });
    });
    await wire.run(ends);
    await Promise.all(ends);
    this.check();
    await wire.settle();
    this.check();
  }

  #hashAt(key: string): string | undefined {
    const object = this.store.objects.get(key);
    return object && sha256(object.body);
  }

  /**
   * What a version may show: its files as the last redaction has them that was answered for, or its record where there is
   * none; and as each record after that has them, of which the writer may have stopped before it derived them.
   */
  #shownSince(record: PublicationRecord, records: readonly PublicationRecord[]): PublicationRecord["artefacts"][] {
    const { uscc, year, version } = record;
    const states = records.slice(version - 1).map((_, i) => shownOf(record, records.slice(0, version + i)));
    const answered = states.findLastIndex(({ by }) => this.#acknowledged.has(recordKey(uscc, year, by.version)));
    return states.slice(Math.max(answered, 0)).map(({ artefacts }) => artefacts);
  }

  /** What holds at any time, in the middle of any failure. */
  check(): void {
    const versionFiles = new Set<string>();
    for (const place of PLACES) {
      const { uscc, year } = place;
      let previous: string | null = null;
      const records = [...this.#records(place)];
      for (const record of records) {
        const key = recordKey(uscc, year, record.version);
        must(record.previous === previous, `${key}: the chain is broken`);
        previous = this.#hashAt(key)!;
        must(previous === sha256(canonicalJson(record)), `${key}: not canonical`);
        for (const { name, sha256: hash } of artefactsOf(record)) {
          const whole = [artefactKey, sweptKey].some((keyOf) => this.#hashAt(keyOf(uscc, year, hash)) === hash);
          must(whole, `${key}: ${name} is missing or damaged`);
        }
        if (record.kind === "redaction") continue;
        const shown = this.#shownSince(record, records);
        for (const { name } of record.artefacts) {
          const copy = versionKey(uscc, year, record.version, name);
          versionFiles.add(copy);
          const published = this.#hashAt(copy);
          const may = shown.map((artefacts) => artefacts.find((artefact) => artefact.name === name)!.sha256);
          must(
            published === undefined || may.includes(published),
            `${copy}: neither as its record has it nor as a redaction that may still be under way`,
          );
          if (this.#acknowledged.has(key)) must(published !== undefined, `${copy}: acknowledged, and not to be read`);
        }
        versionFiles.add(versionKey(uscc, year, record.version, "SHA256SUMS"));
      }
      this.#checkRedacted(place, records);
      const acknowledged = [...this.#acknowledged.keys()].filter((key) => key.startsWith(`records/${uscc}/${year}/`));
      for (const name of ["report.pdf", "report.json", "SHA256SUMS", "index.html", "versions.json"]) {
        const key = aliasKey(uscc, year, name);
        const object = this.store.objects.get(key);
        must(object !== undefined || acknowledged.length === 0, `${key}: acknowledged, and not to be read`);
        if (!object) continue;
        const version = Number(object.headers.metadata?.["version"]);
        must(version <= records.length, `${key}: of a version that no record has`);
        must(version >= Math.max(this.#seen.get(key) ?? 0, acknowledged.length === 0 ? 0 : 1), `${key}: went back`);
        this.#seen.set(key, version);
        const then = records.slice(0, version);
        const artefact = shownOf(currentVersion(then)!, then).artefacts.find((a) => a.name === name);
        if (artefact) must(this.#hashAt(key) === artefact.sha256, `${key}: differs from its version`);
        const { by, artefacts } = shownOf(currentVersion(records)!, records);
        const shown = by.version;
        // A redaction may leave a file as it is: then it may lie there as the version before wrote it.
        const asItIs = this.#hashAt(key) === artefacts.find((a) => a.name === name)?.sha256;
        for (const told of acknowledged.map((record) => Number(record.slice(-11, -5)))) {
          const changesIt =
            records[told - 1]!.kind !== "redaction" || told === shown || /^(index|versions)\./.test(name);
          if (changesIt) must(version >= told || asItIs, `${key}: older than what was acknowledged`);
        }
      }
    }
    for (const [key, hash] of this.#acknowledged)
      must(this.#hashAt(key) === hash, `${key}: was acknowledged and is lost or changed`);
    for (const key of this.store.objects.keys())
      if (/^published\/.*\/v\d+\//.test(key)) must(versionFiles.has(key), `${key}: published and of no record`);
  }

  /** Nothing that the public reads of a place has a text that only versions had whose redaction was answered for. */
  #checkRedacted({ uscc, year }: (typeof PLACES)[number], records: readonly PublicationRecord[]): void {
    const texts = (keyOf: (name: string) => string): string[] => {
      const object = this.store.objects.get(keyOf("report.json"));
      return (object && new TextDecoder().decode(object.body).match(/写法./gu)) ?? [];
    };
    const gone = new Set<string>();
    const left = new Set<string>();
    for (const version of versionsOf(records)) {
      const redaction = redactionOf(records, version.version);
      const told = redaction && this.#acknowledged.has(recordKey(uscc, year, redaction.version));
      const hash = version.artefacts.find(({ name }) => name === "report.json")!.sha256;
      for (const text of texts(() => artefactKey(uscc, year, hash))) (told ? gone : left).add(text);
    }
    for (const [key, { body }] of this.store.objects) {
      if (!key.startsWith(`published/${uscc}/${year}/`)) continue;
      const content = new TextDecoder().decode(body);
      for (const text of gone)
        must(left.has(text) || !content.includes(text), `${key}: has ${text}, which is redacted`);
    }
    this.#count("quotations removed", records.filter(({ quoting }) => quoting).length);
  }

  /** What holds once everybody is done, nothing fails, and what was left half-done was derived again. */
  async conclude(): Promise<void> {
    this.#now += 25 * HOUR;
    const options = { now: () => new Date(this.#now) };
    const found: string[] = [];
    const store = this.#alone();
    const first = await fsck(store, {
      ...options,
      mend: true,
      onProblem: ({ kind, key, mended }) => {
        if (!mended) found.push(`${kind} ${key}`);
      },
    });
    must(found.length === 0, `left by fsck: ${found.join(", ")}`);
    const swept = await fsck(store, { ...options, sweep: true });
    must(swept.problems + swept.mended === 0, "fsck finds again what it mended");
    this.#count("mended at rest", first.mended);
    this.#count("swept at rest", swept.swept);
    must(swept.swept === first.orphans, "not every orphan was swept");
    this.check();
    this.#now += 25 * HOUR;
    await fsck(store, { ...options, sweep: true });
    must(![...this.store.objects.keys()].some((key) => key.startsWith("swept/")), "something swept is left");
    this.check();
    await this.#reindex?.(store);
    const derived = JSON.stringify(this.store.contents("published/"));
    await this.#reindex?.(store);
    must(derived === JSON.stringify(this.store.contents("published/")), "a second reindex changes something");
    const after = await fsck(store, options);
    must(after.problems + after.orphans + after.pending === 0, "fsck finds something where all is well");
    for (const place of PLACES) {
      const records = [...this.#records(place)];
      const latest = currentVersion(records);
      if (!latest) continue;
      for (const { name, sha256: hash } of shownOf(latest, records).artefacts.filter((a) => isAliased(a.name)))
        must(this.#hashAt(aliasKey(place.uscc, place.year, name)) === hash, `${name} is not the latest version's`);
    }
  }
}
