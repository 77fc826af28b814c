import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { DraftReport } from "../contract.ts";
import type { Api, ApiProblem } from "./api.ts";
import type { Unreached } from "./connection.ts";
import { pageCount } from "./page-count.ts";
import { rest } from "./pending.ts";

/** A preview as it can be shown. */
export interface PreviewFile {
  /** blob:; good until the next one is there. */
  readonly url: string;
  readonly pages: number;
}

export type PreviewTrouble =
  | { readonly kind: "problem"; readonly problem: ApiProblem }
  | { readonly kind: "unreached"; readonly reason: Unreached };

/** ms without a change after which a preview is asked for. */
const PAUSE = 400;

/** The true PDF of what is in the form: asked for at a pause in typing, the latest only, the last good one kept. */
export class PreviewModel {
  readonly #api: Api;
  readonly #report: ReadonlySignal<DraftReport>;
  readonly #file = signal<PreviewFile | undefined>(undefined);
  readonly #busy = signal(false);
  readonly #trouble = signal<PreviewTrouble | undefined>(undefined);
  #running: AbortController | undefined;
  #shown: DraftReport | undefined;
  #stop: (() => void) | undefined;

  constructor(api: Api, report: ReadonlySignal<DraftReport>) {
    this.#api = api;
    this.#report = report;
  }

  /** The last good preview. */
  get file(): ReadonlySignal<PreviewFile | undefined> {
    return this.#file;
  }
  get busy(): ReadonlySignal<boolean> {
    return this.#busy;
  }
  /** Why the last good preview is not of what is in the form now. */
  get trouble(): ReadonlySignal<PreviewTrouble | undefined> {
    return this.#trouble;
  }

  /** Follows the form. */
  start(): void {
    this.#stop ??= effect(() => {
      const report = this.#report.value;
      if (report !== this.#shown) void this.#update(report, PAUSE);
    });
  }

  /** Follows the form no longer; what there is stays. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#running?.abort();
    this.#busy.value = false;
  }

  /** Asks again at once. */
  retry(): void {
    void this.#update(this.#report.peek(), 0);
  }

  async #update(report: DraftReport, pause: number): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    await rest(pause, running.signal);
    if (running.signal.aborted) return;
    this.#busy.value = true;
    const answer = await this.#api.preview(report, running.signal);
    const pages = answer.kind === "ok" ? await pageCount(new Uint8Array(await answer.value.arrayBuffer())) : 0;
    if (running.signal.aborted || answer.kind === "cancelled") return;
    this.#busy.value = false;
    if (answer.kind !== "ok") {
      this.#trouble.value = answer;
      return;
    }
    this.#shown = report;
    this.#trouble.value = undefined;
    const before = this.#file.peek();
    this.#file.value = { url: URL.createObjectURL(answer.value), pages };
    // The viewer may still read from the one before while the next is loading.
    if (before) setTimeout(() => URL.revokeObjectURL(before.url), 10_000);
  }
}
