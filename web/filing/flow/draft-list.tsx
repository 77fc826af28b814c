import { useSignal } from "@preact/signals";
import { type Draft, placeOf } from "./draft.ts";
import type { Flow } from "./flow.ts";
import type { Say } from "./parts.tsx";
import { shownTime } from "./when.ts";

/** What a draft is called. */
function nameOf(draft: Draft, say: Say): string {
  const { organ, uscc, year } = placeOf(draft.report);
  return say("draftOf", { organ: organ ?? uscc ?? say("unnamed"), year: year ?? "" });
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
            const name = nameOf(draft, say);
            const { task, receipt } = draft;
            return (
              <li key={draft.id}>
                <span className="flow-drafts-name">{name}</span>
                <span className="flow-hint">
                  {task.kind === "file"
                    ? say("taskFile")
                    : say(task.kind === "correct" ? "taskCorrect" : "taskWithdraw", { version: task.supersedes })}
                  {" · "}
                  {receipt ? say("draftPublished", { version: receipt.version }) : say("draftOpen")}
                  {" · "}
                  {shownTime(draft.changedAt, language.value)}
                </span>
                <span className="flow-drafts-actions">
                  {asked.value === draft.id ? (
                    <>
                      <button type="button" className="flow-button" onClick={() => void drafts.delete(draft.id)}>
                        {say("removeReally")}
                      </button>
                      <button
                        type="button"
                        className="flow-link"
                        onClick={() => {
                          asked.value = undefined;
                        }}
                      >
                        {say("keep")}
                      </button>
                    </>
                  ) : (
                    <>
                      <button
                        type="button"
                        className="flow-link"
                        aria-label={say("openNamed", { name })}
                        onClick={() => void flow.reopen(draft.id)}
                      >
                        {say("open")}
                      </button>
                      <button
                        type="button"
                        className="flow-link"
                        aria-label={say("removeNamed", { name })}
                        onClick={() => {
                          asked.value = draft.id;
                        }}
                      >
                        {say("remove")}
                      </button>
                    </>
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
