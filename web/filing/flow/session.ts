import { type ReadonlySignal, type Signal, signal } from "@preact/signals";

/** Who is signed in, as far as the pages need to know. */
export interface Account {
  /** What the API is sent. */
  readonly token: string;
  /** ms since 1970. */
  readonly expiresAt: number;
  /** Who it is, to the issuer. */
  readonly subject: string;
  readonly name: string;
  /** The codes of the organs that the token names; what they allow is decided by the service. */
  readonly organs: readonly string[];
  /** The divisions that it names, by the first digits of their codes. */
  readonly divisions: readonly string[];
  /** What it allows; undefined where it does not say. */
  readonly actions: readonly string[] | undefined;
  /** Whether it can be renewed without leaving the page. */
  readonly renewable: boolean;
}

/** What is done for an organ, with the actions of a token that allow it. */
const ALLOWED_BY = {
  draft: ["draft", "file", "correct", "publish"],
  file: ["file", "publish"],
  correct: ["correct", "publish"],
  withdraw: ["withdraw"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Whether the service will let an account do something for an organ, as far as the token tells: the service decides. */
export function may({ organs, divisions, actions }: Account, action: keyof typeof ALLOWED_BY, uscc: string): boolean {
  const named = organs.length + divisions.length > 0;
  const actsFor = organs.includes(uscc) || divisions.some((division) => uscc.startsWith(division, 2));
  return (actsFor || !named) && (!actions || ALLOWED_BY[action].some((one) => actions.includes(one)));
}

/** Whether it is known, before any work, that whoever is signed in will not be let do something. */
export const mayNot = (state: SessionState, action: keyof typeof ALLOWED_BY, uscc: string): boolean =>
  "account" in state && !may(state.account, action, uscc);

/** What whoever is signed in is called; empty where nobody is. */
export const nameOf = (state: SessionState): string => ("account" in state ? state.account.name : "");

/** Whether an account oversees divisions: a token must say so. */
export const mayOversee = (state: SessionState): boolean =>
  "account" in state && (state.account.actions?.includes("oversee") ?? false);

/** The sign-in service, behind `oidc.ts`. */
export interface Authenticator {
  /** Finishes a sign-in that comes back to this page, or finds the one that this tab has. @throws when it was refused */
  resume(): Promise<Account | undefined>;
  /** Leaves the page. */
  signIn(): Promise<void>;
  renew(): Promise<Account>;
  /** Forgets the tokens; may leave the page. */
  signOut(): Promise<void>;
}

export type SessionState =
  | { readonly kind: "starting" }
  | { readonly kind: "out"; readonly trouble?: string }
  | { readonly kind: "in"; readonly account: Account }
  | { readonly kind: "expiring"; readonly account: Account; readonly minutes: number }
  /** Was signed in and is no longer. */
  | { readonly kind: "expired" };

export interface Clock {
  now(): number;
  /** Calls back after so many ms; the answer takes the call back. */
  after(ms: number, call: () => void): () => void;
}

const CLOCK: Clock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** ms before the end at which people are warned, or the token is renewed where it can be. */
const WARNING = 5 * 60_000;
/** ms before the end from which a token is no longer sent: it could end on its way. */
const MARGIN = 10_000;
/** ms from one try to renew to the next. */
const AGAIN = 30_000;

/** What an account is worth now. */
export function stateOf(account: Account, now: number): SessionState {
  const left = account.expiresAt - MARGIN - now;
  if (left <= 0) return { kind: "expired" };
  return left > WARNING ? { kind: "in", account } : { kind: "expiring", account, minutes: Math.ceil(left / 60_000) };
}

export interface SessionOptions {
  readonly authenticator: Authenticator;
  /** Keeps whatever is unsaved; awaited before the page is left. */
  readonly beforeLeaving: () => Promise<void>;
  /** Whose this tab was before it was opened anew. */
  readonly lastOwner?: string | undefined;
  readonly clock?: Clock;
}

/** A clerk's session: signed in or not, and how long still. Its token is kept for this tab alone. */
export class Session {
  readonly #authenticator: Authenticator;
  readonly #beforeLeaving: () => Promise<void>;
  readonly #clock: Clock;
  readonly #state = signal<SessionState>({ kind: "starting" });
  readonly #owner: Signal<string | undefined>;
  #account: Account | undefined;
  #renewal: Promise<void> | undefined;
  #cancel: () => void = () => {};

  constructor({ authenticator, beforeLeaving, lastOwner, clock = CLOCK }: SessionOptions) {
    this.#owner = signal(lastOwner);
    this.#authenticator = authenticator;
    this.#beforeLeaving = beforeLeaving;
    this.#clock = clock;
  }

  get state(): ReadonlySignal<SessionState> {
    return this.#state;
  }

  /** Whose this tab is: who signed in here last and did not sign out, even where the session ended. */
  get owner(): ReadonlySignal<string | undefined> {
    return this.#owner;
  }

  async start(): Promise<void> {
    try {
      this.#take(await this.#authenticator.resume());
    } catch (error) {
      this.#state.value = { kind: "out", trouble: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Looks at the clock: a laptop that slept fires no timers. */
  look(): void {
    if (!this.#account) return;
    const next = stateOf(this.#account, this.#clock.now());
    if (next.kind === "expired" && !this.#account.renewable) this.#account = undefined;
    this.#state.value = next;
    this.#cancel();
    const account = this.#account;
    if (!account) return;
    if (next.kind !== "in" && account.renewable) void this.#renew();
    const left = account.expiresAt - MARGIN - this.#clock.now();
    const wait = next.kind === "in" ? left - WARNING : Math.min(Math.max(left, AGAIN / 30), AGAIN);
    this.#cancel = this.#clock.after(Math.min(wait, 2 ** 31 - 1), () => this.look());
  }

  /** A token that will hold for a request, renewed first when need be. */
  async token(): Promise<string | undefined> {
    if (this.#account && stateOf(this.#account, this.#clock.now()).kind === "expired" && this.#account.renewable)
      await this.#renew();
    if (!this.#account) return undefined;
    const state = stateOf(this.#account, this.#clock.now());
    if (state.kind === "expired") this.#state.value = state;
    return state.kind === "expired" ? undefined : this.#account.token;
  }

  /** The service did not take the token: whatever the clock says, it is over. */
  refused(): void {
    this.#cancel();
    this.#account = undefined;
    this.#state.value = { kind: "expired" };
  }

  /** Leaves for the sign-in service, with everything kept. False when it cannot be reached. */
  async signIn(): Promise<boolean> {
    await this.#beforeLeaving();
    try {
      await this.#authenticator.signIn();
      return true;
    } catch {
      return false;
    }
  }

  async signOut(): Promise<void> {
    await this.#beforeLeaving();
    this.#cancel();
    this.#account = undefined;
    this.#owner.value = undefined;
    this.#state.value = { kind: "out" };
    await this.#authenticator.signOut();
  }

  #take(account: Account | undefined): void {
    this.#account = account;
    if (account) {
      this.#owner.value = account.subject;
      this.look();
    } else this.#state.value = { kind: "out" };
  }

  /** One renewal at a time. Where it fails the session goes on to its end, and is tried again before. */
  #renew(): Promise<void> {
    this.#renewal ??= this.#authenticator
      .renew()
      .then((account) => this.#take(account))
      .catch(() => undefined)
      .finally(() => {
        this.#renewal = undefined;
      });
    return this.#renewal;
  }
}
