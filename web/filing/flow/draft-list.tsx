import { type Signal, useSignal } from "@preact/signals";
import { type Draft, placeOf } from "./draft.ts";
import type { Flow } from "./flow.ts";
import type { Say } from "./parts.tsx";
import { shownTime } from "./when.ts";

/** What a draft is called. */
function nameOf(draft: Draft, say: Say): string {
  const { organ, uscc, year } = placeOf(draft.report);
  return say("draftOf", { organ: organ ?? uscc ?? say("unnamed"), year: year ?? "" });
}

/** What a draft is for. */
function taskText({ task }: Draft, say: Say): string {
  switch (task.kind) {
    case "file":
      return say("taskFile");
    case "redact":
      return say("taskRedact", { version: task.version });
    default:
      return say(task.kind === "correct" ? "taskCorrect" : "taskWithdraw", { version: task.supersedes });
  }
}

/** What can be done with a draft; deleting it is asked for twice. */
function Actions({
  flow,
  draft,
  asked,
}: {
  readonly flow: Flow;
  readonly draft: Draft;
  readonly asked: Signal<string | undefined>;
}) {
  const { say, drafts } = flow;
  const name = nameOf(draft, say);
  const ask = (id: string | undefined) => () => {
    asked.value = id;
  };
  if (asked.value === draft.id)
    return (
      <>
        <button type="button" className="flow-button" onClick={() => void drafts.delete(draft.id)}>
          {say("removeReally")}
        </button>
        <button type="button" className="flow-link" onClick={ask(undefined)}>
          {say("keep")}
        </button>
      </>
    );
  return (
    <>
      <button
        type="button"
        className="flow-link"
        aria-label={say("openNamed", { name })}
        onClick={() => void flow.reopen(draft.id)}
      >
        {say("open")}
      </button>
      <button type="button" className="flow-link" aria-label={say("removeNamed", { name })} onClick={ask(draft.id)}>
        {say("remove")}
      </button>
    </>
  );
}

/** The drafts that this browser keeps, to be opened or deleted. */
export function DraftList({ flow }: { readonly flow: Flow }) {
  const { say, drafts, language } = flow;
  const asked = useSignal<string | undefined>(undefined);
  const list = drafts.list.value;
  return (
    <section className="flow-drafts">
      <h3>{say("drafts")}</h3>
      {list.length === 0 ? (
        <p className="flow-hint">{say("noDrafts")}</p>
      ) : (
        <ul>
          {list.map((draft) => {
            const { receipt, changedAt } = draft;
            const state = receipt ? say("draftPublished", { version: receipt.version }) : say("draftOpen");
            return (
              <li key={draft.id}>
                <span className="flow-drafts-name">{nameOf(draft, say)}</span>
                <span className="flow-hint">
                  {[taskText(draft, say), state, shownTime(changedAt, language.value)].join(" · ")}
                </span>
                <span className="flow-drafts-actions">
                  <Actions flow={flow} draft={draft} asked={asked} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
