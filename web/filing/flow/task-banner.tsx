import { placeOf } from "./draft.ts";
import type { Flow } from "./flow.ts";
import { Notice } from "./parts.tsx";
import { isForbidden } from "./permission.ts";
import { nameOf } from "./session.ts";

/**
 * On every step: of a correction, that it is one and of which version of what; and that whoever is signed in will not be let
 * hand it in, before the work and not after it.
 */
export function TaskBanner({ flow }: { readonly flow: Flow }) {
  const { drafts, form, say, session } = flow;
  const draft = drafts.open.value;
  if (!draft || draft.receipt) return null;
  const { organ = "", year = "" } = placeOf(form.report.value);
  return (
    <>
      {draft.task.kind === "correct" && (
        <p className="flow-task">{say("correcting", { version: draft.task.supersedes, organ, year })}</p>
      )}
      {isForbidden(flow, "draft") && (
        <Notice kind="warning">{say("mayNotPublish", { name: nameOf(session.state.value) })}</Notice>
      )}
    </>
  );
}
