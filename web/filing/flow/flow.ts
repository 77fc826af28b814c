import { batch, effect, type Signal, signal } from "@preact/signals";
import type { Place } from "../../../src/basics/place.ts";
import type { FilingConfiguration } from "../../../src/filing/configuration.ts";
import { formForYear } from "../../../src/form/forms.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import { type DraftReport, type FormModel, hasReport } from "../contract.ts";
import { language } from "../i18n.ts";
import { type Answer, Api } from "./api.ts";
import { Connection } from "./connection.ts";
import { type Draft, type DraftContent, placeOf } from "./draft.ts";
import { DraftStore } from "./draft-store.ts";
import { Drafts } from "./drafts.ts";
import { beginDrawnUp } from "./drawn-up.ts";
import { draftFor, type FileTrouble, type ImportedFile, readFile, withFile } from "./importing.ts";
import { say } from "./messages.ts";
import { oidcAuthenticator } from "./oidc.ts";
import type { Say } from "./parts.tsx";
import { PreviewModel } from "./preview-model.ts";
import { ServiceDraft } from "./service-draft.ts";
import { type Authenticator, Session } from "./session.ts";
import { Submission } from "./submission.ts";
import { Tabs } from "./tabs.ts";

/** What the page shows: the choice of a report, what a file was read as, the form, the way to its publication, or its review. */
export type View = "entry" | "import" | "form" | "submission" | "oversee" | "office";

export interface FlowOptions {
  readonly form: FormModel;
  readonly configuration: FilingConfiguration;
  readonly authenticator?: Authenticator;
}

/** Where the form and the preview do not stand side by side. */
export const NARROW = "(max-width: 75rem)";
/** Which view this tab had, for a reload or the way back from signing in. */
const VIEW = "nianbao.view";
/** Whose this tab is, for a reload after the session ended. */
const OWNER = "nianbao.owner";

/** Everything around the form: who is signed in, which draft is open, where it is on its way to publication. */
export class Flow {
  readonly form: FormModel;
  readonly language = language;
  readonly connection = new Connection();
  readonly session: Session;
  readonly api: Api;
  readonly drafts: Drafts;
  readonly preview: PreviewModel;
  readonly submission: Submission;
  /** The service's copy of the open draft. */
  readonly service: ServiceDraft;
  /** Whose review is looked at. */
  readonly reviewed = signal<Place | undefined>(undefined);
  readonly view: Signal<View> = signal<View>("entry");
  /** Beside the form from the start where there is room for both. */
  readonly previewShown = signal(!matchMedia(NARROW).matches);
  /** What was left out of a file that was opened. */
  readonly leftOut = signal<readonly string[] | undefined>(undefined);
  /** The file that was read last: to be looked at, or in the draft that is open. */
  readonly imported = signal<ImportedFile | undefined>(undefined);
  #reading: AbortController | undefined;

  constructor({ form, configuration, authenticator = oidcAuthenticator(configuration) }: FlowOptions) {
    this.form = form;
    this.session = new Session({
      authenticator,
      beforeLeaving: () => this.drafts.flush(),
      lastOwner: sessionStorage.getItem(OWNER) ?? undefined,
    });
    this.drafts = new Drafts(new DraftStore(), new Tabs(), this.session.owner);
    this.api = new Api({
      publicUrl: configuration.publicUrl,
      connection: this.connection,
      authorization: { token: () => this.session.token(), refused: () => this.session.refused() },
    });
    this.preview = new PreviewModel(this.api, form.report);
    const { api, drafts, session, connection } = this;
    this.submission = new Submission({ form, api, drafts, connection });
    this.service = new ServiceDraft({ form, api, drafts, session, connection });
  }

  readonly say: Say = (key, values) => say(this.language.value, key, values);

  /** Takes up what this tab was at, and follows the form from then on. */
  async start(): Promise<void> {
    // Whose drafts are shown is known once it is known who is there.
    await this.session.start();
    await this.drafts.start();
    const draft = (await beginDrawnUp(this)) ? undefined : this.drafts.open.peek();
    if (draft) this.#show(draft, sessionStorage.getItem(VIEW) === "submission" ? "submission" : "form");
    effect(() => {
      const report = this.form.report.value;
      const lastYear = this.form.lastYearFile.value;
      const open = this.drafts.open.peek();
      if (open && hasReport(open.task) && !open.receipt) this.drafts.change({ report, lastYear });
    });
    effect(() => sessionStorage.setItem(VIEW, this.view.value));
    effect(() => {
      const owner = this.session.owner.value;
      if (owner === undefined) sessionStorage.removeItem(OWNER);
      else sessionStorage.setItem(OWNER, owner);
    });
    effect(() => {
      const signedIn = ["in", "expiring"].includes(this.session.state.value.kind);
      const lost = this.connection.lost.value;
      // What a preview failed for is mended.
      if (signedIn && !lost && this.preview.trouble.peek() && this.previewShown.peek()) this.preview.retry();
    });
    document.addEventListener("visibilitychange", () => this.session.look());
    this.service.start();
  }

  /** What the organ of a code is called: officially, else as a draft of it here has it; empty where neither says. */
  async nameOf(uscc: string): Promise<string> {
    const drafted = this.drafts.list.peek().map(({ report }) => placeOf(report));
    return (await this.api.organ(uscc)) ?? drafted.find((place) => place.uscc === uscc)?.organ ?? "";
  }

  /** Begins a draft for a place of which nothing is published. */
  async file({ uscc, year }: Place, name: string): Promise<void> {
    const report = { edition: formForYear(year)?.edition, year, organ: { name, uscc } };
    await this.#create({ report, task: { kind: "file" }, reason: "" }, "form");
  }

  /** Begins a draft with what was drawn up, or lies with the service. */
  async begin(content: DraftContent): Promise<void> {
    await this.#create(content, "form");
  }

  /** Begins a correction with the report as it is published. */
  async correct(receipt: Receipt): Promise<Answer<unknown>> {
    const { uscc, year, version, kind, supersedes } = receipt;
    const answer = await this.api.published({ uscc, year }, kind === "withdrawal" ? (supersedes ?? version) : version);
    if (answer.kind !== "ok") return answer;
    if (!answer.value) {
      // What stood before the withdrawal left the public: a correction begins with an empty form.
      const report = { edition: formForYear(year)?.edition, year, organ: { name: receipt.organ, uscc } };
      await this.#create({ report, task: { kind: "correct", supersedes: version }, reason: "" }, "form");
      return answer;
    }
    const explanations = await this.#explanationsOf(receipt);
    const said = Object.keys(explanations).length > 0 ? { explanations } : {};
    const report: DraftReport = { ...answer.value, ...said };
    await this.#create({ report, task: { kind: "correct", supersedes: version }, reason: "" }, "form");
    return answer;
  }

  /** What was said to a version's warnings; a receipt that was asked for before signing in does not have it. */
  async #explanationsOf({ uscc, year, version, explanations }: Receipt): Promise<Readonly<Record<string, string>>> {
    if (explanations) return explanations;
    const answer = await this.api.receipt({ uscc, year });
    return (answer.kind === "ok" && answer.value.version === version && answer.value.explanations) || {};
  }

  /** Begins a withdrawal. */
  async withdraw({ uscc, year, organ, version }: Receipt): Promise<void> {
    const report = { edition: formForYear(year)?.edition, year, organ: { name: organ, uscc } };
    await this.#create({ report, task: { kind: "withdraw", supersedes: version }, reason: "" }, "submission");
  }

  /** Begins to take a version that no longer stands out of the public. */
  async redact({ uscc, year, organ }: Receipt, version: number): Promise<void> {
    const report = { edition: formForYear(year)?.edition, year, organ: { name: organ, uscc } };
    await this.#create({ report, task: { kind: "redact", version }, reason: "" }, "submission");
  }

  /**
   * Reads a file. A report's own JSON is opened as a new draft at once where none is open; all else is shown first.
   * @returns why it was not read
   */
  async import(file: File): Promise<FileTrouble | undefined> {
    const signal = this.startReading();
    const read = await readFile(file, this.api, signal);
    // Another file was chosen, or something else.
    if (signal.aborted || read.kind === "cancelled") return undefined;
    if (read.kind === "trouble") return read.trouble;
    if (!read.file.account && this.view.peek() === "entry") {
      await this.#create({ report: read.file.report, task: { kind: "file" }, reason: "" }, "form");
      this.leftOut.value = read.file.leftOut;
    } else {
      this.imported.value = read.file;
      this.view.value = "import";
    }
    return undefined;
  }

  /** Gives up a file that is being read for another. */
  startReading(): AbortSignal {
    this.#reading?.abort();
    this.#reading = new AbortController();
    return this.#reading.signal;
  }

  /** Gives up the file that is being read. */
  stopReading(): void {
    this.#reading?.abort();
  }

  /** The draft that the file that was read may be put into: the one that is open, or the one of its organ and year. */
  get draftForFile(): Draft | undefined {
    const { report } = this.imported.value ?? {};
    return this.drafts.open.value ?? (report && draftFor(report, this.drafts.list.value));
  }

  /** Puts the file that was read into a draft, as one step that can be undone, or makes it a new one. */
  async accept(into: Draft | undefined): Promise<void> {
    const imported = this.imported.peek();
    if (!imported) return;
    const report = withFile(into?.report ?? {}, imported.report);
    if (!into) await this.#create({ report, task: { kind: "file" }, reason: "" }, "form");
    else {
      if (this.drafts.open.peek()?.id !== into.id) await this.reopen(into.id);
      this.form.load(report);
      this.view.value = "form";
    }
    this.imported.value = { ...imported, accepted: true };
    if (!imported.account) this.leftOut.value = imported.leftOut;
  }

  /** Away from what was read: to the form, where a draft is open, or to the start. */
  leaveImport(): void {
    if (!this.imported.peek()?.accepted) this.imported.value = undefined;
    this.view.value = this.drafts.open.peek() ? "form" : "entry";
  }

  async reopen(id: string): Promise<void> {
    const draft = await this.drafts.reopen(id);
    if (draft) this.#show(draft, "form");
  }

  /** Loads what another tab saved; what this tab had and did not save is kept as a draft of its own first. */
  async takeNewer(): Promise<void> {
    const { id } = this.drafts.open.peek() ?? {};
    await this.drafts.flush();
    if (id !== undefined) await this.reopen(id);
  }

  /** From the form to the review. */
  submit(): void {
    this.leftOut.value = undefined;
    this.imported.value = undefined;
    this.submission.begin();
    this.view.value = "submission";
  }

  backToForm(pointer?: string): void {
    this.submission.cancel();
    this.view.value = "form";
    // Once the form is there again.
    if (pointer !== undefined) requestAnimationFrame(() => this.form.reveal(pointer));
  }

  /** Shows the receipt of what was published before. */
  showReceipt(receipt: Receipt): void {
    this.submission.show(receipt);
    this.view.value = "submission";
  }

  async toEntry(): Promise<void> {
    this.submission.cancel();
    this.stopReading();
    this.imported.value = undefined;
    await this.drafts.close();
    await this.drafts.refresh();
    // The next draft begins at its first step.
    history.replaceState(history.state, "", location.pathname);
    this.view.value = "entry";
  }

  /** Ends the session: what is open is closed, and what this browser keeps of the account's reports goes when that is wanted. */
  async signOut(keepDrafts: boolean): Promise<void> {
    await this.toEntry();
    if (!keepDrafts) await this.drafts.deleteAll();
    await this.session.signOut();
  }

  /** A draft of a place that was not filed yet. */
  draftOf({ uscc, year }: Place): Draft | undefined {
    return this.drafts.list.value.find((draft) => {
      const place = placeOf(draft.report);
      return place.uscc === uscc && place.year === year && !draft.receipt;
    });
  }

  async #create(content: DraftContent, view: View): Promise<void> {
    this.#show(await this.drafts.create(content), view);
  }

  #show(draft: Draft, view: View): void {
    this.leftOut.value = undefined;
    this.imported.value = undefined;
    batch(() => {
      this.form.open(draft.report);
      this.form.lastYearFile.value = draft.lastYear;
    });
    this.submission.begin();
    const underWay = draft.receipt || draft.attempt || !hasReport(draft.task);
    this.view.value = underWay ? "submission" : view;
  }
}
