import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Report } from "../../../generated/report.ts";
import type { Finding } from "../../../src/basics/finding.ts";
import type { Place } from "../../../src/basics/place.ts";
import { type Difference, differences } from "../../../src/check/differences.ts";
import { formOf } from "../../../src/form/forms.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import { sentSources } from "../../../src/rollup/compact.ts";
import { type DraftReport, type FormModel, hasReport, type Task } from "../contract.ts";
import { type Answer, type Api, type ApiProblem, isOpen } from "./api.ts";
import { attemptAt, contentOf } from "./attempt.ts";
import type { Connection, Unreached } from "./connection.ts";
import { type Delivery, deliver } from "./deliver.ts";
import { type Draft, placeOf } from "./draft.ts";
import type { Drafts } from "./drafts.ts";

/** Why a submission did not come to its end; it can be gone on with. */
export type Stopped =
  | { readonly kind: "signedOut" }
  | { readonly kind: "unreached"; readonly reason: Unreached }
  | { readonly kind: "problem"; readonly problem: ApiProblem }
  /** It was under way when the page was left. */
  | { readonly kind: "unfinished" };

/** Where a submission is. */
export type Stage =
  | { readonly kind: "review"; readonly refused?: boolean }
  | { readonly kind: "confirm"; readonly stopped?: Stopped }
  | { readonly kind: "sending"; readonly delivery: Delivery }
  | { readonly kind: "conflict"; readonly receipt: Receipt }
  | { readonly kind: "receipt"; readonly receipt: Receipt };

/** What the findings require before a report can be published. */
export interface Verdict {
  readonly findings: readonly Finding[];
  /** The warnings without an explanation, by rule. */
  readonly unexplained: readonly string[];
  readonly comparedWithLastYear: boolean;
}

export interface SubmissionOptions {
  readonly form: FormModel;
  readonly api: Api;
  readonly drafts: Drafts;
  readonly connection: Connection;
}

/** By rule. */
type Explanations = Readonly<Record<string, string>>;

/** The findings of an amendment as the report in it has them. */
export const ofReport = (findings: readonly Finding[]): Finding[] =>
  findings.map((f) => ({
    ...f,
    cells: f.cells.map((c) => (c.of ? c : { ...c, pointer: c.pointer.replace(/^\/report(?=\/|$)/, "") })),
  }));

/** The organ and year of a draft that is ready to be filed. */
function placeIn(report: DraftReport): Place | undefined {
  const { uscc, year } = placeOf(report);
  return uscc !== undefined && year !== undefined ? { uscc, year } : undefined;
}

/** What the organ says to warnings, as an amendment has it beside its reason. */
const explanationsOf = ({ explanations }: DraftReport): { readonly explanations?: Explanations } =>
  explanations === undefined ? {} : { explanations: explanations as Explanations };

/** A draft's report with what it was drawn up from, where it still is that organ's and year's. */
async function reportOf(draft: Draft, drafts: Drafts): Promise<DraftReport> {
  const { report } = draft;
  const sources = hasReport(draft.task) ? await drafts.sourcesOf(draft) : undefined;
  const { uscc, year } = placeOf(report);
  if (!sources || sources.government.uscc !== uscc || sources.year !== year) return report;
  return { ...report, sources: sentSources(sources) };
}

/** What is sent of a draft, whatever way it goes. */
const bodyOf = ({ task, reason, report }: Draft): unknown =>
  task.kind === "file"
    ? report
    : {
        ...(task.kind === "redact" ? {} : { supersedes: task.supersedes }),
        reason,
        ...(task.kind === "correct" ? { report } : {}),
        ...(hasReport(task) ? {} : explanationsOf(report)),
      };

/** What a submission is known by besides its body. */
const contentName = (task: Task, { uscc, year }: Place): string =>
  [task.kind, uscc, year, ...(task.kind === "redact" ? [task.version] : [])].join(" ");

/** The way of the open draft to its publication: review → confirm → sent → receipt. */
export class Submission {
  readonly #options: SubmissionOptions;
  readonly #stage = signal<Stage>({ kind: "review" });
  readonly #standing = signal<Report | "withdrawn" | undefined>(undefined);
  readonly #refusal = signal<{ readonly report: DraftReport; readonly problem: ApiProblem } | undefined>(undefined);
  #sending: AbortController | undefined;
  /** Counts the drafts that were begun with: an answer that comes for the one before is not this one's. */
  #run = 0;

  /** The checks of the form; after a refusal, those of the service until something is changed. */
  readonly verdict: ReadonlySignal<Verdict>;
  /** Of a correction: what differs from the version that it supersedes; undefined while that is unknown, null of a withdrawal. */
  readonly differences: ReadonlySignal<readonly Difference[] | null | undefined>;

  constructor(options: SubmissionOptions) {
    this.#options = options;
    const { form } = options;
    this.verdict = computed(() => {
      const refusal = this.#refusal.value;
      const { findings, unexplained, comparedWithLastYear } = form.checked.value;
      if (!refusal || refusal.report !== form.report.value) return { findings, unexplained, comparedWithLastYear };
      const { problem } = refusal;
      return {
        findings: ofReport(problem.findings ?? []),
        unexplained: problem.unexplained ?? [],
        comparedWithLastYear,
      };
    });
    this.differences = computed(() => {
      const { sound } = form.checked.value;
      const standing = this.#standing.value;
      if (standing === "withdrawn") return null;
      return standing && sound && formOf(sound.edition) ? differences(standing, sound) : undefined;
    });
  }

  get stage(): ReadonlySignal<Stage> {
    return this.#stage;
  }

  get draft(): Draft | undefined {
    return this.#options.drafts.open.value;
  }

  /** Begins with the open draft: where it was left, or at the review. */
  begin(): void {
    this.cancel();
    this.#run += 1;
    this.#refusal.value = undefined;
    this.#standing.value = undefined;
    const draft = this.#options.drafts.open.peek();
    this.#stage.value = draft?.receipt
      ? { kind: "receipt", receipt: draft.receipt }
      : draft?.attempt
        ? { kind: "confirm", stopped: { kind: "unfinished" } }
        : { kind: draft && !hasReport(draft.task) ? "confirm" : "review" };
    if (draft?.task.kind === "correct" && !draft.receipt) void this.#loadStanding();
  }

  /** Shows what is published, whoever published it. */
  show(receipt: Receipt): void {
    this.#stage.value = { kind: "receipt", receipt };
  }

  review(): void {
    this.#stage.value = { kind: "review" };
  }

  confirm(): void {
    this.#stage.value = { kind: "confirm" };
  }

  /** Ends waiting for an answer. What was sent may have arrived; its key is kept. */
  cancel(): void {
    this.#sending?.abort();
    this.#sending = undefined;
  }

  /** The very PDF that the open draft would be published as; undefined where it is no report. */
  async pdf(signal: AbortSignal): Promise<Answer<Blob> | undefined> {
    const { api, drafts, form } = this.#options;
    const draft = drafts.open.peek();
    const report = form.report.peek();
    const place = placeIn(report);
    if (!draft || !place || !hasReport(draft.task)) return undefined;
    const path = draft.task.kind === "file" ? "/reports" : `/reports/${place.uscc}/${place.year}/corrections`;
    return api.pdf(path, bodyOf({ ...draft, report }), signal);
  }

  /** Publishes what the open draft says, or finds that it is published. */
  async send(): Promise<void> {
    const { drafts, connection, form } = this.#options;
    const { task: open } = drafts.open.peek() ?? {};
    if (open && hasReport(open)) drafts.change({ report: form.report.peek() });
    const kept = drafts.open.peek();
    const run = this.#run;
    const place = kept && placeIn(kept.report);
    if (!kept || !place || this.#sending) return;
    const sending = new AbortController();
    this.#sending = sending;
    this.#stage.value = { kind: "sending", delivery: { kind: "sending", attempt: 1 } };
    const draft: Draft = { ...kept, report: await reportOf(kept, drafts) };
    const { task } = draft;
    const body = bodyOf(draft);
    const attempt = attemptAt(await contentOf(contentName(task, place), body), draft.attempt);
    let unanswered = attempt.key === draft.attempt?.key;
    // Known before it is sent: whatever becomes of this page, trying again is the same submission.
    drafts.change({ attempt });
    await drafts.flush();
    const answer = await deliver<Receipt>((signal) => this.#post(draft, place, attempt.key, signal), {
      connection,
      signal: sending.signal,
      onState: (delivery) => {
        if (delivery.kind === "waiting" || delivery.attempt > 1) unanswered = true;
        if (!sending.signal.aborted) this.#stage.value = { kind: "sending", delivery };
      },
    });
    if (this.#sending === sending) this.#sending = undefined;
    if (run === this.#run) await this.#take(answer, unanswered);
  }

  #post({ task, report, reason }: Draft, place: Place, key: string, signal: AbortSignal): Promise<Answer<Receipt>> {
    const { api } = this.#options;
    const explained = explanationsOf(report);
    switch (task.kind) {
      case "file":
        return api.file(report, key, signal);
      case "correct":
        return api.correct(place, { supersedes: task.supersedes, reason, report }, key, signal);
      case "withdraw":
        return api.withdraw(place, { supersedes: task.supersedes, reason, ...explained }, key, signal);
      case "redact":
        return api.redact(place, task.version, { reason, ...explained }, key, signal);
    }
  }

  /** Aims the open draft at what is published meanwhile: a report becomes its correction. Nothing of it is lost. */
  async aimAt(receipt: Receipt): Promise<void> {
    const { drafts } = this.#options;
    const kind = drafts.open.peek()?.task.kind === "withdraw" ? "withdraw" : "correct";
    drafts.change({ task: { kind, supersedes: receipt.version }, attempt: undefined });
    await drafts.flush();
    this.begin();
  }

  /** @param unanswered whether it was sent before without an answer, and may have been published */
  async #take(answer: Answer<Receipt>, unanswered: boolean): Promise<void> {
    const { drafts } = this.#options;
    switch (answer.kind) {
      case "ok":
        drafts.change({ receipt: answer.value, attempt: undefined });
        await drafts.flush();
        this.#stage.value = { kind: "receipt", receipt: answer.value };
        return;
      case "cancelled":
        this.#stage.value = { kind: "confirm", stopped: { kind: "unfinished" } };
        return;
      case "unreached":
        this.#stage.value = { kind: "confirm", stopped: answer };
        return;
      case "problem": {
        const { problem } = answer;
        const { task } = drafts.open.peek() ?? {};
        // Who is refused has published nothing; a submission that is not known to have failed is kept.
        if (!isOpen(problem) || (problem.status === 403 && !unanswered)) drafts.change({ attempt: undefined });
        if (problem.status === 401) this.#stage.value = { kind: "confirm", stopped: { kind: "signedOut" } };
        else if (problem.status === 409 && problem.receipt && task?.kind !== "redact")
          this.#stage.value = { kind: "conflict", receipt: problem.receipt };
        else if (problem.status === 422 && problem.findings && task && hasReport(task)) {
          this.#refusal.value = { report: this.#options.form.report.peek(), problem };
          this.#stage.value = { kind: "review", refused: true };
        } else this.#stage.value = { kind: "confirm", stopped: answer };
      }
    }
  }

  async #loadStanding(): Promise<void> {
    const draft = this.#options.drafts.open.peek();
    const place = draft && placeIn(draft.report);
    if (!place || draft.task.kind !== "correct") return;
    const run = this.#run;
    const answer = await this.#options.api.published(place, draft.task.supersedes);
    if (answer.kind === "ok" && run === this.#run) this.#standing.value = answer.value ?? "withdrawn";
  }
}
