/** What tabs tell each other of drafts. */
export type TabMessage =
  | { readonly kind: "opened" | "here" | "closed"; readonly id: string; readonly tab: string }
  | { readonly kind: "saved"; readonly id: string; readonly revision: number; readonly tab: string }
  | { readonly kind: "changed"; readonly tab: string };

const lockOf = (tab: string): string => `nianbao.tab.${tab}`;

/** This tab among those of the same browser, and whether another of them is still open. */
export class Tabs {
  readonly tab = crypto.randomUUID();
  readonly #channel = new BroadcastChannel("nianbao.drafts");

  constructor() {
    // Held as long as the page lives; the browser lets go of it however the page ends.
    void navigator.locks?.request(lockOf(this.tab), () => new Promise<void>(() => {}));
  }

  tell(message: TabMessage): void {
    this.#channel.postMessage(message);
  }

  listen(listener: (message: TabMessage) => void): void {
    this.#channel.addEventListener("message", (event: MessageEvent<TabMessage>) => listener(event.data));
  }

  /** Whether a tab is still there. A page that is just being left may take a moment to let go. */
  async isLive(tab: string): Promise<boolean> {
    if (!navigator.locks) return false;
    return navigator.locks.request(lockOf(tab), { signal: AbortSignal.timeout(400) }, () => false).catch(() => true);
  }
}
