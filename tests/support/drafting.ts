import { expect } from "vitest";
import type { Review } from "../../src/office/policy.ts";
import { appOn } from "./app.ts";
import { cityReport, cityRoster } from "./city.ts";
import { MemoryStore } from "./memory-store.ts";

/** An organ whose report is drafted, handed over, agreed to and signed by different people. */
export const BUREAU = cityRoster().organs[1]!;
export const YEAR = 2024;
export const DRAFT = `/drafts/${BUREAU.uscc}/${YEAR}`;
/** Somebody who may do some things for the organ. */
export const own = (sub: string, ...actions: string[]) => ({ sub, organs: [BUREAU.uscc], actions });
export const CLERK = own("clerk", "draft");
export const REVIEWER = own("reviewer", "review");
export const LEADER = own("leader", "publish");
export const SUPERIOR = { sub: "superior", divisions: ["9901"], actions: ["oversee"] };
/** A sound report; reports of different days differ. */
export const report = (signed = "2025-01-10"): Record<string, unknown> => ({ ...cityReport(BUREAU, YEAR), signed });

/** The API where a policy asks for review, with ways to go on. */
export function drafting(review: Review = "organ", store = new MemoryStore()) {
  const { ask, decisions } = appOn(store, "2025-02-01T00:00:00Z", review);
  const read = async (claims: object = CLERK) => (await ask("GET", DRAFT, undefined, claims)).json();
  const save = async (submission: object = { report: report() }, base: number | null = null) => {
    const { draft } = await read();
    const condition: Record<string, string> = draft ? { "if-match": draft.etag } : { "if-none-match": "*" };
    const saved = await ask("PUT", DRAFT, { submission, base }, CLERK, condition);
    expect([200, 201]).toContain(saved.status);
  };
  const add = async (kind: string, claims: object, more: object = {}) => {
    const { events } = await read();
    return ask("POST", `${DRAFT}/events`, { kind, after: events.length, ...more }, claims);
  };
  /** Adds an event about what was handed over. */
  const on = async (kind: string, claims: object, more: object = {}) => {
    const { content } = await read();
    return add(kind, claims, { content, ...more });
  };
  return { store, ask, decisions, read, save, add, on };
}
