import { placeOf } from "./draft.ts";
import type { Flow } from "./flow.ts";
import { mayNot } from "./session.ts";

/** Whether it is known that whoever is signed in will not be let work on what the open draft is about, or publish it. */
export function isForbidden({ drafts, session }: Flow, what: "draft" | "publish"): boolean {
  const { task, report } = drafts.open.value ?? {};
  const { uscc } = placeOf(report ?? {});
  if (!task || uscc === undefined) return false;
  const publish = task.kind === "redact" ? "withdraw" : task.kind;
  return mayNot(session.state.value, what === "draft" ? "draft" : publish, uscc);
}
