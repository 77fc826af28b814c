import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { DeskAnswer } from "../../src/desk/desk.ts";
import type { DeskRow } from "../../src/desk/rows.ts";
import type { FilingConfiguration } from "../../src/filing/configuration.ts";

import { Connection } from "../filing/flow/connection.ts";
import { oidcAuthenticator } from "../filing/flow/oidc.ts";
import { type Authenticator, Session } from "../filing/flow/session.ts";
import { troubleText } from "../filing/flow/trouble.ts";
import { language } from "../filing/i18n.ts";
import { DeskApi } from "./api.ts";
import { type At, route } from "./route.ts";
import { countsOf, divisionsIn, type Group, isOverdue, type Shown, shownOf } from "./rows.ts";
import { say } from "./texts.ts";

/** So many rows are in the table at a time: whatever is typed, a page is drawn at once. */
export const PAGE = 100;

const AS_LISTED: Shown = { search: "", sort: "roster", descending: false };

/** The desk: who is signed in, whose organs are on it, which of them are shown and chosen. */
export class Desk {
  readonly connection = new Connection();
  readonly session: Session;
  readonly api: DeskApi;
  readonly publicUrl: string;
  readonly data = signal<DeskAnswer | undefined>(undefined);
  readonly trouble = signal("");
  readonly busy = signal(false);
  readonly shown = signal<Shown>(AS_LISTED);
  readonly page = signal(0);
  readonly chosen = signal<ReadonlySet<string>>(new Set());
  readonly rows: ReadonlySignal<readonly DeskRow[]> = computed(() => shownOf(this.#all.value, this.shown.value));
  readonly counts = computed(() => countsOf(this.#all.value));
  readonly overdue = computed(() => this.#all.value.filter(isOverdue));
  readonly pages = computed(() => Math.max(1, Math.ceil(this.rows.value.length / PAGE)));
  readonly visible = computed(() => {
    const from = Math.min(this.page.value, this.pages.value - 1) * PAGE;
    return this.rows.value.slice(from, from + PAGE);
  });
  readonly divisions = computed(() => divisionsIn(this.#all.value));
  readonly #all = computed(() => this.data.value?.rows ?? []);
  #asked = 0;

  constructor(configuration: FilingConfiguration, authenticator?: Authenticator) {
    const signing = authenticator ?? oidcAuthenticator(configuration, new URL("/desk/", location.href));
    this.publicUrl = configuration.publicUrl;
    this.session = new Session({ authenticator: signing, beforeLeaving: async () => {} });
    this.api = new DeskApi({
      publicUrl: configuration.publicUrl,
      connection: this.connection,
      authorization: { token: () => this.session.token(), refused: () => this.session.refused() },
    });
  }

  async start(): Promise<void> {
    await this.session.start();
    const signedIn = computed(() => "account" in this.session.state.value);
    effect(() => {
      const { at } = route.value;
      if (!signedIn.value || !at) return;
      const { division, year } = this.data.peek() ?? {};
      if (division !== at.division || year !== at.year) void this.load(at);
    });
    document.addEventListener("visibilitychange", () => this.session.look());
  }

  /** Fetches the rows; those of another place are let go. */
  async load({ division, year }: At): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const { division: before, year: beforeYear } = this.data.peek() ?? {};
    const same = before === division && beforeYear === year;
    batch(() => {
      this.busy.value = true;
      this.trouble.value = "";
      if (same) return;
      this.data.value = undefined;
      this.shown.value = AS_LISTED;
      this.chosen.value = new Set();
      this.page.value = 0;
    });
    const answer = await this.api.ask<DeskAnswer>("GET", `/desk/${division}/${year}`);
    if (asked !== this.#asked) return;
    batch(() => {
      this.busy.value = false;
      if (answer.kind === "ok") this.data.value = answer.value;
      else this.trouble.value = this.why(answer);
    });
  }

  /** The same rows, as they are by now. */
  async reload(): Promise<void> {
    const { at } = route.peek();
    if (at) await this.load(at);
  }

  why(answer: Parameters<typeof troubleText>[0]): string {
    return troubleText(answer, say, language.peek() === "en");
  }

  show(change: Partial<Shown>): void {
    batch(() => {
      this.shown.value = { ...this.shown.peek(), ...change };
      this.page.value = 0;
    });
  }

  toGroup(group: Group | undefined): void {
    // The late of all counties in one list, by county, the latest first.
    const late = group === "late" ? ({ sort: "due", descending: false } as const) : {};
    this.show({ group, ...late });
  }

  row(uscc: string): DeskRow | undefined {
    return this.#all.value.find((row) => row.uscc === uscc);
  }

  divisionName(division: string): string {
    return this.divisions.value.get(division) ?? division;
  }

  choose(codes: readonly string[], chosen: boolean): void {
    const next = new Set(this.chosen.peek());
    for (const code of codes)
      if (chosen) next.add(code);
      else next.delete(code);
    this.chosen.value = next;
  }

  /** The rows that are chosen, in the roster's order. */
  get chosenRows(): readonly DeskRow[] {
    return this.#all.value.filter(({ uscc }) => this.chosen.value.has(uscc));
  }
}
