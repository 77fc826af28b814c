import { placeOf } from "./draft.ts";
import type { Flow } from "./flow.ts";

/** On every step of a correction: that it is one, of which version of what. */
export function TaskBanner({ flow }: { readonly flow: Flow }) {
  const draft = flow.drafts.open.value;
  if (draft?.task.kind !== "correct" || draft.receipt) return null;
  const { organ = "", year = "" } = placeOf(flow.form.report.value);
  return <p className="flow-task">{flow.say("correcting", { version: draft.task.supersedes, organ, year })}</p>;
}
