/** Where one is on the desk, as the address has it: `#/990100/2025/organ/…`. Back and forward are the browser's. */
import { signal } from "@preact/signals";

export interface At {
  readonly division: string;
  readonly year: number;
}

/** What is looked at: the list, an organ, a reminder to be sent, the checks, the roll-up. */
export const VIEWS = ["list", "organ", "remind", "checks", "rollup"] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  readonly at?: At;
  readonly view: View;
  /** Of the view `organ`. */
  readonly uscc?: string;
}

/** Where this tab was, for the way back from signing in. */
const KEPT = "nianbao.desk";
const HASH = /^#\/(\d{6})\/(\d{4})(?:\/(\w+)(?:\/([0-9A-Z]{18}))?)?$/;

export function routeOf(hash: string): Route {
  const [, division, year, named, uscc] = HASH.exec(hash) ?? [];
  if (division === undefined) return { view: "list" };
  const view = VIEWS.find((known) => known === named) ?? "list";
  const at = { division, year: Number(year) };
  return view === "organ" && uscc === undefined ? { at, view: "list" } : { at, view, ...(uscc ? { uscc } : {}) };
}

export const hashOf = ({ at, view, uscc }: Route): string =>
  at ? `#/${[at.division, at.year, ...(view === "list" ? [] : [view]), ...(uscc ? [uscc] : [])].join("/")}` : "#/";

export const route = signal<Route>({ view: "list" });

const keep = (hash: string): void => {
  try {
    sessionStorage.setItem(KEPT, hash);
  } catch {
    // Whoever comes back begins at the start.
  }
};

/** Takes up where this tab was, and follows the address from then on. */
export function startRoute(): void {
  const kept = (location.hash.startsWith("#/") && location.hash) || sessionStorage.getItem(KEPT) || "";
  route.value = routeOf(kept);
  if (kept !== location.hash) history.replaceState(history.state, "", location.pathname + kept);
  addEventListener("hashchange", () => {
    // To a place of the page, past its head.
    if (!location.hash.startsWith("#/")) return;
    route.value = routeOf(location.hash);
    keep(location.hash);
  });
}

export function goTo(next: Route): void {
  const hash = hashOf(next);
  keep(hash);
  location.hash = hash;
}
