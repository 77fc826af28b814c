/** An office at work on a store with faults: drafts, steps and publications by the API itself, and what must hold whatever happened. */
import { AsyncLocalStorage } from "node:async_hooks";
import { canonicalJson } from "../../src/basics/canonical-json.ts";
import { sha256 } from "../../src/basics/hash.ts";
import { fsck } from "../../src/fsck/fsck.ts";
import { draftKey } from "../../src/office/draft.ts";
import { eventKey, type OfficeEvent } from "../../src/office/event.ts";
import type { Review } from "../../src/office/policy.ts";
import { type PublicationRecord, recordKey } from "../../src/publish/record.ts";
import type { Store } from "../../src/store/store.ts";
import { appOn } from "./app.ts";
import { BUREAU, DRAFT, own, report, SUPERIOR, YEAR } from "./drafting.ts";
import { Crash, type Fault, FaultyStore, InjectedError, seeded, Wire } from "./faulty-store.ts";
import { MemoryStore } from "./memory-store.ts";

const PLACE = { uscc: BUREAU.uscc, year: YEAR };
const DRAFT_KEY = draftKey(PLACE);

/** Everybody who may come, with what they may do. */
export const PEOPLE = {
  clerk: own("clerk", "draft"),
  deputy: own("deputy", "draft", "review"),
  reviewer: own("reviewer", "review"),
  leader: own("leader", "publish", "draft"),
  old: { sub: "old", organs: [BUREAU.uscc] },
  superior: SUPERIOR,
  stranger: {
    sub: "stranger",
    organs: ["11990100MB00000000"],
    divisions: ["98"],
    actions: ["draft", "review", "oversee"],
  },
} as const;
export type Person = keyof typeof PEOPLE;

/** What one process does, after looking at the place. */
export type Deed =
  | { readonly do: "save"; readonly variant: number }
  | { readonly do: "discard" }
  | { readonly do: "look" }
  /** What they may do that leads on, if anything. */
  | { readonly do: "go on" }
  | { readonly do: "step"; readonly kind: "submit" | "recall" | "return" | "agree" | "clear" | "comment" }
  | { readonly do: "publish"; readonly what: "handed over" | number }
  | { readonly do: "policy"; readonly review: Review };

export interface Doer {
  readonly person: Person;
  readonly deed: Deed;
  readonly faults: readonly Fault[];
  readonly dies?: number | undefined;
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

const textOf = (variant: number): string => `2025-01-${10 + variant}`;
/** Every text that a report of these may have, as it stands in a draft, a content or an answer. */
const TEXTS = [0, 1, 2, 3].map(textOf);

/** Whose turn it is, and what they said their save was made from. */
interface Turn {
  readonly store: Store;
  condition?: string | undefined;
}

/** The store of whoever is at work. What replaces a draft must have named it. */
class Shared implements Store {
  readonly turns = new AsyncLocalStorage<Turn>();
  readonly #inner: MemoryStore;

  constructor(inner: MemoryStore) {
    this.#inner = inner;
  }

  get #now(): Store {
    return this.turns.getStore()?.store ?? this.#inner;
  }

  get: Store["get"] = (key) => this.#now.get(key);
  create: Store["create"] = (...write) => this.#now.create(...write);
  put: Store["put"] = (key, ...write) => {
    must(key !== DRAFT_KEY, "a draft was written without a condition");
    return this.#now.put(key, ...write);
  };
  delete: Store["delete"] = (key) => this.#now.delete(key);
  list: Store["list"] = (...prefix) => this.#now.list(...prefix);
  replace: Store["replace"] = (key, body, headers, etag) => {
    const turn = this.turns.getStore();
    const before = this.#inner.objects.get(key);
    // What was thrown away is nobody's text; what is there is replaced by who names it.
    if (key === DRAFT_KEY && turn && before?.etag === etag) {
      const { submission } = JSON.parse(new TextDecoder().decode(before.body)) as { submission: unknown };
      must(submission === null || turn.condition === etag, "a draft was replaced by somebody who had not seen it");
    }
    return this.#now.replace(key, body, headers, etag);
  };
}

export class OfficeWorld {
  readonly store = new MemoryStore();
  readonly #shared = new Shared(this.store);
  readonly #api: ReturnType<typeof appOn>;
  /** Steps and records that somebody was told of, by their hashes. */
  readonly #told = new Map<string, string>();
  /** Policies that ever held. */
  readonly #held: Set<Review>;
  readonly #happened: Record<string, number>;

  constructor(review: Review, happened: Record<string, number>) {
    this.#api = appOn(this.#shared, "2025-02-01T00:00:00Z", review);
    this.#held = new Set([review]);
    this.#happened = happened;
  }

  #count(what: string): void {
    this.#happened[what] = (this.#happened[what] ?? 0) + 1;
  }

  /** Lets some people do what they do at the same time, their calls in an order by `seed`. */
  async play(doers: readonly Doer[], seed: number): Promise<void> {
    const wire = new Wire(this.store, seeded(seed));
    const ends = doers.map(({ person, deed, faults, dies }) => {
      const turn: Turn = { store: new FaultyStore(wire, faults, dies) };
      return this.#shared.turns
        .run(turn, () => this.#do(person, deed, turn))
        .catch((error: unknown) => {
          const cut = faults.includes("truncate") && error instanceof SyntaxError;
          if (!(error instanceof Crash || error instanceof InjectedError || cut)) throw error;
          this.#count(error.constructor.name);
        });
    });
    await wire.run(ends);
    await Promise.all(ends);
    this.check();
    await wire.settle();
    this.check();
  }

  /** Asks the API, and looks at what it says to whom. */
  async #ask(person: Person, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await this.#api.ask(method, path, body, PEOPLE[person], headers);
    const said = await answer.clone().text();
    if (person === "stranger") must(answer.status === 403, `a stranger was answered ${answer.status}`);
    if (person === "superior" && path.startsWith(DRAFT))
      for (const text of TEXTS)
        must(
          !said.includes(text) || this.#open().has(text),
          `the office above was shown ${text}, on which nobody agreed`,
        );
    return answer;
  }

  /** The texts that the office above may see: what was agreed to where it had the first look, and what is published. */
  #open(): ReadonlySet<string> {
    const contents = [
      ...this.#events().flatMap(({ kind, content }) =>
        kind === "agree" && content && this.#held.has("superior") ? [content] : [],
      ),
      ...this.#records().map(({ submission }) => submission),
    ];
    const signed = contents.map((hash) => {
      const object = this.store.objects.get(`drafts/${PLACE.uscc}/${PLACE.year}/contents/${hash}.json`);
      return object ? new TextDecoder().decode(object.body) : "";
    });
    const published = [...this.store.objects]
      .filter(([key]) => key.startsWith("published/"))
      .map(([, { body }]) => new TextDecoder().decode(body));
    return new Set(TEXTS.filter((text) => [...signed, ...published].some((content) => content.includes(text))));
  }

  async #do(person: Person, deed: Deed, turn: Turn): Promise<void> {
    if (deed.do === "policy") {
      this.#held.add(deed.review);
      const { own: latest } = await (await this.#ask(person, "GET", `/policies/${PLACE.uscc}`)).json();
      const body = { review: deed.review, version: latest?.version ?? 0 };
      const answer = await this.#ask(person, "PUT", `/policies/${PLACE.uscc}`, body);
      this.#count(`policy ${answer.status}`);
      return;
    }
    const looked = await this.#ask(person, "GET", DRAFT);
    if (looked.status !== 200 || deed.do === "look") return;
    const seen = await looked.json();
    turn.condition = seen.draft?.etag;
    const condition: Record<string, string> = seen.draft ? { "if-match": seen.draft.etag } : { "if-none-match": "*" };
    if (deed.do === "save") {
      const submission = { report: report(textOf(deed.variant)), ...(seen.base === null ? {} : { reason: "有误。" }) };
      const answer = await this.#ask(person, "PUT", DRAFT, { submission, base: seen.base }, condition);
      this.#count(`save ${answer.status}`);
    } else if (deed.do === "discard") {
      if (!seen.draft) return;
      this.#count(`discard ${(await this.#ask(person, "DELETE", DRAFT, undefined, condition)).status}`);
    } else if (deed.do === "step") await this.#step(person, deed.kind, seen);
    else if (deed.do === "publish") await this.#publish(person, deed.what, seen);
    else {
      const kind = (["clear", "agree", "sign", "submit"] as const).find((each) => seen.may.includes(each));
      if (kind === "submit" && !["draft", "returned"].includes(seen.state)) return;
      if (kind === "sign") await this.#publish(person, "handed over", seen);
      else if (kind) await this.#step(person, kind, seen);
    }
  }

  async #step(person: Person, kind: string, seen: { events: unknown[]; content?: string }): Promise<void> {
    const agreed = kind === "agree" || kind === "clear";
    const answer = await this.#ask(person, "POST", `${DRAFT}/events`, {
      kind,
      after: seen.events.length,
      ...(agreed ? { content: seen.content ?? "0".repeat(64) } : { comment: `${person}：${kind}` }),
    });
    this.#count(`${kind} ${answer.status}`);
    if (answer.status !== 201 && answer.status !== 200) return;
    const { event } = await answer.json();
    this.#tell(eventKey(PLACE, event.number), person);
  }

  async #publish(person: Person, what: "handed over" | number, seen: { base: number | null; content?: string }) {
    let path = seen.base === null ? "/reports" : `/reports/${PLACE.uscc}/${PLACE.year}/corrections`;
    let body: unknown;
    if (what === "handed over") {
      if (!seen.content) return;
      const content = await this.#ask(person, "GET", `${DRAFT}/contents/${seen.content}`);
      if (content.status !== 200) return;
      ({ path, body } = (await content.json()).request);
    } else {
      const filed = report(textOf(what));
      body = seen.base === null ? filed : { supersedes: seen.base, reason: "有误。", report: filed };
    }
    const answer = await this.#ask(person, "POST", path, body);
    const said = await answer.json();
    this.#count(`publish ${said.code ?? answer.status}`);
    if (answer.status === 201 || answer.status === 200)
      this.#tell(recordKey(PLACE.uscc, PLACE.year, said.version), person);
  }

  #hashAt(key: string): string | undefined {
    const object = this.store.objects.get(key);
    return object && sha256(object.body);
  }

  /** Remembers what somebody was told is there. */
  #tell(key: string, person: Person): void {
    const hash = this.#hashAt(key);
    must(hash !== undefined, `${key}: ${person} was told of it, and it is not there`);
    must((this.#told.get(key) ?? hash) === hash, `${key}: two were told of different things`);
    this.#told.set(key, hash);
  }

  #series<T>(keyOf: (number: number) => string): T[] {
    const found: T[] = [];
    for (;;) {
      const object = this.store.objects.get(keyOf(found.length + 1));
      if (!object) return found;
      found.push(JSON.parse(new TextDecoder().decode(object.body)) as T);
    }
  }

  #events = (): OfficeEvent[] => this.#series((number) => eventKey(PLACE, number));
  #records = (): PublicationRecord[] => this.#series((version) => recordKey(PLACE.uscc, PLACE.year, version));

  /** What holds at any time, in the middle of any failure. */
  check(): void {
    for (const [key, hash] of this.#told)
      must(this.#hashAt(key) === hash, `${key}: was told of and is lost or changed`);
    const events = this.#events();
    const numbers = [...this.store.objects.keys()].filter((key) => key.includes("/events/"));
    must(numbers.length === events.length, "the events have a gap");
    let previous: string | null = null;
    let submit: OfficeEvent | undefined;
    for (const event of events) {
      must(event.previous === previous, `event ${event.number}: the chain is broken`);
      previous = sha256(canonicalJson(event));
      if (event.kind === "agree" || event.kind === "clear" || event.kind === "sign")
        must(
          event.content !== undefined && event.content === submit?.content,
          `${event.kind} of what was not handed over`,
        );
      if (event.kind === "agree" || event.kind === "clear")
        must(event.by.subject !== submit?.by.subject, `${event.by.subject} agreed to their own work`);
      if (event.kind === "submit") submit = event;
      if (event.kind === "return" || event.kind === "recall") submit = undefined;
    }
    for (const record of this.#records()) this.#checkRecord(record, events);
  }

  /** Nothing is published under a policy that was not approved with that content. */
  #checkRecord({ version, submission, approval, supersedes }: PublicationRecord, events: readonly OfficeEvent[]): void {
    if (!approval) {
      must(this.#held.has("none"), `version ${version} was published without approval, and every policy asked for it`);
      return;
    }
    const sign = events[approval.events - 1];
    must(sign !== undefined && sha256(canonicalJson(sign)) === approval.hash, `version ${version}: no such signature`);
    must(
      sign.content === submission && sign.base === (supersedes ?? null),
      `version ${version}: signed was another content`,
    );
    // From the last handing over before it: nothing that ended it, everything that the policy asks for.
    const before = events.slice(0, approval.events - 1);
    const since = before.slice(before.findLastIndex(({ kind }) => kind === "submit"));
    must(!since.some(({ kind }) => kind === "return" || kind === "recall"), `version ${version}: was returned`);
    const wanted = ["submit", "agree", ...(approval.policy.review === "superior" ? ["clear"] : [])];
    for (const kind of wanted)
      must(
        since.some((event) => event.kind === kind && event.content === submission),
        `version ${version}: ${kind} is missing`,
      );
    must(this.#held.has(approval.policy.review as Review), `version ${version}: a policy that never held`);
  }

  /** Nothing is left that fsck would not accept, once nothing fails any more. */
  async conclude(): Promise<void> {
    const found: string[] = [];
    await fsck(this.store, {
      mend: true,
      now: () => new Date("2026-02-01T00:00:00Z"),
      onProblem: ({ kind, key, mended }) => {
        if (!mended) found.push(`${kind} ${key}`);
      },
    });
    must(found.length === 0, `left by fsck: ${found.join(", ")}`);
    this.check();
    // Whoever publishes what was signed and not published finds the signature: nothing is stuck.
    const { state, content } = await (await this.#api.ask("GET", DRAFT, undefined, PEOPLE.leader)).json();
    if (state !== "signed") return;
    const { request } = await (
      await this.#api.ask("GET", `${DRAFT}/contents/${content}`, undefined, PEOPLE.leader)
    ).json();
    const answer = await this.#api.ask("POST", request.path, request.body, PEOPLE.leader);
    const said = await answer.json();
    must(
      answer.status === 201 || said.code === "not-approved",
      `what was signed cannot be published: ${answer.status}`,
    );
    this.#count("published after a crash");
    this.check();
  }
}
