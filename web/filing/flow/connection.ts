import { type ReadonlySignal, signal } from "@preact/signals";

/** Why no answer came. What was sent may have been done all the same. */
export type Unreached = "offline" | "network" | "timeout";

/** Whether the service can be reached, as far as the browser and the latest request tell. */
export class Connection {
  readonly #missed = signal<Unreached | undefined>(undefined);
  readonly #navigator: { readonly onLine: boolean };

  /** @param target where `online` and `offline` are dispatched: the window */
  constructor(target: EventTarget = window, browser: { readonly onLine: boolean } = navigator) {
    this.#navigator = browser;
    if (!browser.onLine) this.#missed.value = "offline";
    target.addEventListener("offline", () => this.missed("offline"));
    target.addEventListener("online", () => this.reached());
  }

  /** Why the service was not reached last; undefined when it was. */
  get lost(): ReadonlySignal<Unreached | undefined> {
    return this.#missed;
  }

  onLine(): boolean {
    return this.#navigator.onLine;
  }

  reached(): void {
    this.#missed.value = undefined;
  }

  missed(reason: Unreached): void {
    this.#missed.value = reason;
  }

  /** Settles once the browser is not offline, or at the signal. */
  back(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let stop = (): void => {};
      const finish = (): void => {
        resolve();
        // The first call comes before there is anything to stop.
        queueMicrotask(() => stop());
      };
      signal.addEventListener("abort", finish, { once: true });
      stop = this.#missed.subscribe((reason) => {
        if (reason !== "offline" || signal.aborted) finish();
      });
    });
  }
}
