import { batch, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { canonicalJson } from "../../../src/basics/canonical-json.ts";
import type { Place } from "../../../src/basics/place.ts";
import { isUscc } from "../../../src/form/uscc.ts";
import { type FormModel, hasReport, type Task } from "../contract.ts";
import type { Answer, Api } from "./api.ts";
import { contentOf } from "./attempt.ts";
import type { Connection } from "./connection.ts";
import { type Draft, type DraftContent, placeOf } from "./draft.ts";
import type { Drafts } from "./drafts.ts";
import { type OfficeAnswer, officeIn, readOffice, type ServiceDraftAnswer, saveOffice } from "./office-api.ts";
import type { Session } from "./session.ts";

/** How the open draft stands with the service's copy of it. */
export type Kept =
  /** Not kept there: nobody is signed in, or may draft for this organ; or it is no report of a whole place. */
  | { readonly kind: "off" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved"; readonly at: string }
  /** Not reached; tried again by itself. */
  | { readonly kind: "away" }
  /** Somebody saved another one: a choice is needed, and nothing is sent before. */
  | { readonly kind: "differs"; readonly theirs: ServiceDraftAnswer };

export interface ServiceDraftOptions {
  readonly api: Api;
  readonly drafts: Drafts;
  readonly session: Session;
  readonly connection: Connection;
  readonly form: FormModel;
}

/** ms from a change to its saving with the service; and from a try that failed to the next. */
const PAUSE = 2_000;
const AGAIN = 15_000;

/** The version that a draft corrects, as the service names it. */
const baseOf = (task: Task): number | null => (task.kind === "correct" ? task.supersedes : null);

/** Of which report a draft is, once it says so whole. */
function wholePlace({ report }: Pick<Draft, "report">): Place | undefined {
  const { uscc, year } = placeOf(report);
  return uscc !== undefined && isUscc(uscc) && year !== undefined ? { uscc, year } : undefined;
}

const submissionOf = ({ report, reason, lastYear }: DraftContent) => ({
  report,
  ...(reason === "" ? {} : { reason }),
  ...(lastYear ? { lastYear } : {}),
});

/** What a draft of the service is here. */
export const contentFrom = ({ submission, base }: ServiceDraftAnswer): DraftContent => ({
  report: submission.report,
  task: base === null ? { kind: "file" } : { kind: "correct", supersedes: base },
  reason: submission.reason ?? "",
  lastYear: submission.lastYear,
});

const textOf = (content: DraftContent): string => canonicalJson([submissionOf(content), baseOf(content.task)]);
const hashOf = (content: DraftContent): Promise<string> => contentOf("draft", textOf(content));

/** What a draft here was like when it was last the same as the service's. */
export const remoteOf = async (draft: ServiceDraftAnswer): Promise<DraftContent["remote"]> => ({
  etag: draft.etag,
  synced: await hashOf(contentFrom(draft)),
});

/** Keeps the open draft with the service too: as it is typed, never over what somebody else saved there. */
export class ServiceDraft {
  readonly #options: ServiceDraftOptions;
  readonly #kept = signal<Kept>({ kind: "off" });
  readonly #office = signal<OfficeAnswer | undefined>(undefined);
  readonly #taken = signal<string | undefined>(undefined);
  /** Which draft of which place is followed. */
  #key: string | undefined;
  #etag: string | undefined;
  /** What the service has, as text. */
  #there: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One request at a time. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: ServiceDraftOptions) {
    this.#options = options;
  }

  get kept(): ReadonlySignal<Kept> {
    return this.#kept;
  }
  /** How the open draft's place stands; undefined where that is not known. */
  get office(): ReadonlySignal<OfficeAnswer | undefined> {
    return this.#office;
  }
  /** When the draft was saved that took the place of an older one here. */
  get taken(): ReadonlySignal<string | undefined> {
    return this.#taken;
  }
  get etag(): string | undefined {
    return this.#etag;
  }

  /** Whether there is something to be said above the form: another's draft, or what became of what was handed over. */
  get noticeable(): boolean {
    const { state = "none" } = this.#office.value ?? {};
    return this.#kept.value.kind === "differs" || !["none", "draft", "published"].includes(state);
  }

  /** Follows the open draft. */
  start(): void {
    const { drafts, session, connection } = this.#options;
    effect(() => {
      const draft = drafts.open.value;
      const signedIn = "account" in session.state.value;
      const lost = connection.lost.value !== undefined;
      untracked(() => this.#follow(draft, signedIn, lost));
    });
  }

  /** Saves at once what is not saved yet; whether the service has all of it then. */
  async flush(): Promise<boolean> {
    await this.#do(() => this.#save());
    return this.#kept.peek().kind === "saved";
  }

  /** Asks again how the place stands. */
  async look(): Promise<void> {
    await this.#do(() => this.#meet());
  }

  /** Of two that differ: the service's takes the place of this one, which is kept here beside it. */
  async takeTheirs(): Promise<void> {
    const kept = this.#kept.peek();
    if (kept.kind !== "differs") return;
    await this.#options.drafts.keepCopy();
    await this.#take(kept.theirs);
  }

  /** Of two that differ: this one takes the place of the service's, which whoever chose has seen. */
  async keepMine(): Promise<void> {
    const kept = this.#kept.peek();
    if (kept.kind !== "differs") return;
    this.#etag = kept.theirs.etag;
    this.#there = undefined;
    this.#kept.value = { kind: "saving" };
    await this.flush();
  }

  /** Puts the notice away that a newer draft was taken. */
  dismiss(): void {
    this.#taken.value = undefined;
  }

  #follow(draft: Draft | undefined, signedIn: boolean, lost: boolean): void {
    const kept = draft && signedIn && hasReport(draft.task) && !draft.receipt && !draft.remote?.apart;
    const place = kept ? wholePlace(draft) : undefined;
    const key = draft && place && [draft.id, place.uscc, place.year, baseOf(draft.task)].join(" ");
    if (key !== this.#key) {
      this.#key = key;
      this.#etag = this.#there = undefined;
      this.#know(undefined);
      this.#taken.value = undefined;
      this.#kept.value = { kind: key ? "saving" : "off" };
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (key) void this.look();
      return;
    }
    const { kind } = this.#kept.peek();
    if (!key || !draft || kind === "off" || kind === "differs") return;
    if (kind === "away" ? lost : textOf(draft) === this.#there) return;
    if (kind === "saved") this.#kept.value = { kind: "saving" };
    this.#later(PAUSE);
  }

  /** Takes in how the place stands; what it was returned with stands at its places in the form. */
  #know(office: OfficeAnswer | undefined): void {
    this.#office.value = office;
    const returned = office?.state === "returned" ? office.events.findLast(({ kind }) => kind === "return") : undefined;
    this.#options.form.remarks.value = (returned?.comments ?? []).map(({ pointer, text }) => ({
      id: "REVIEW",
      level: "information",
      message: `审核人的批注：${text}`,
      messageEn: `The reviewer's comment: ${text}`,
      cells: [{ pointer, label: "" }],
    }));
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#do(() => (this.#office.peek() ? this.#save() : this.#meet()));
    }, ms);
  }

  #do(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work);
    return this.#work;
  }

  /** The open draft, and its place, while it is the one that was begun with. */
  #current(): { readonly draft: Draft; readonly place: Place; readonly key: string } | undefined {
    const draft = this.#options.drafts.open.peek();
    const place = draft && wholePlace(draft);
    return draft && place && this.#key !== undefined ? { draft, place, key: this.#key } : undefined;
  }

  /** Finds out what the service has of this place, and how that goes with what is here. */
  async #meet(): Promise<void> {
    const current = this.#current();
    if (!current) return;
    const answer = await readOffice(this.#options.api, current.place);
    if (current.key !== this.#key) return;
    if (answer.kind !== "ok") return this.#missed(answer);
    const { value: office } = answer;
    this.#know(office);
    const { draft: mine } = this.#current() ?? current;
    // Of a version that is no more to be written, or by somebody who may only read.
    if (baseOf(mine.task) !== office.base || !office.roles.includes("draft")) {
      this.#kept.value = { kind: "off" };
      return;
    }
    const theirs = office.draft ?? undefined;
    const own = theirs?.base === office.base ? theirs : undefined;
    const text = own && textOf(contentFrom(own));
    this.#etag = theirs?.etag;
    if (!own) await this.#save();
    else if (text === textOf(mine)) await this.#adopt(own);
    else if (mine.remote?.etag === own.etag) await this.#save();
    else if (mine.remote?.synced === (await hashOf(mine))) await this.#take(own);
    else this.#kept.value = { kind: "differs", theirs: own };
  }

  async #save(): Promise<void> {
    const current = this.#current();
    const { kind } = this.#kept.peek();
    if (!current || kind === "off" || kind === "differs") return;
    const { draft, place, key } = current;
    const text = textOf(draft);
    if (text === this.#there) return;
    const content = { submission: submissionOf(draft), base: baseOf(draft.task) };
    const answer = await saveOffice(this.#options.api, place, content, this.#etag);
    if (key !== this.#key) return;
    if (answer.kind === "ok") return this.#adopt(answer.value.draft, text);
    const office = answer.kind === "problem" && answer.problem.status === 412 ? officeIn(answer.problem) : undefined;
    if (!office) return this.#missed(answer);
    this.#know(office);
    // Thrown away elsewhere: what is here is the only one.
    if (!office.draft) this.#etag = undefined;
    else this.#kept.value = { kind: "differs", theirs: office.draft };
    if (!office.draft) this.#later(PAUSE);
  }

  /** What is here is what the service has. */
  async #adopt(theirs: ServiceDraftAnswer, text = textOf(contentFrom(theirs))): Promise<void> {
    this.#etag = theirs.etag;
    this.#there = text;
    const remote = { etag: theirs.etag, synced: await contentOf("draft", text) };
    this.#options.drafts.change({ remote });
    const now = this.#options.drafts.open.peek();
    const same = now !== undefined && textOf(now) === text;
    this.#kept.value = same ? { kind: "saved", at: theirs.savedAt } : { kind: "saving" };
    if (!same) this.#later(PAUSE);
  }

  async #take(theirs: ServiceDraftAnswer): Promise<void> {
    this.#etag = theirs.etag;
    const content = contentFrom(theirs);
    this.#there = textOf(content);
    const { drafts, form } = this.#options;
    drafts.change({ ...content, remote: await remoteOf(theirs) });
    batch(() => {
      // One step that can be undone.
      form.load(content.report);
      form.lastYearFile.value = content.lastYear;
    });
    this.#kept.value = { kind: "saved", at: theirs.savedAt };
    this.#taken.value = theirs.savedAt;
  }

  #missed(answer: Exclude<Answer<unknown>, { readonly kind: "ok" }>): void {
    const refused = answer.kind === "problem" && answer.problem.status < 500 && answer.problem.status !== 429;
    this.#kept.value = { kind: refused ? "off" : "away" };
    if (!refused) this.#later(AGAIN);
  }
}
