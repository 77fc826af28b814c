import type { SeenEvent } from "../../../src/office/sight.ts";
import type { DraftReport } from "../contract.ts";
import type { Flow } from "../flow/flow.ts";
import { shownTime } from "../flow/when.ts";
import { formOfDraft } from "../model/draft.ts";
import { nameAt } from "./places.ts";
import { kindText, roleText, say } from "./texts.ts";

/** What was said with an event, each remark by the name of its place. */
export function Said({
  event: { comment, comments = [] },
  report,
  go,
}: {
  readonly event: SeenEvent;
  readonly report: DraftReport;
  /** Goes to a place in the form; absent where there is no form to go to. */
  readonly go?: ((pointer: string) => void) | undefined;
}) {
  const form = formOfDraft(report);
  return (
    <>
      {comment !== undefined && <p>{comment}</p>}
      {comments.length > 0 && (
        <ul>
          {comments.map(({ pointer, text }, i) => {
            const place = nameAt(form, pointer);
            return (
              <li key={i}>
                {go ? (
                  <button
                    type="button"
                    className="flow-link"
                    aria-label={say("goToPlace", { place })}
                    onClick={() => go(pointer)}
                  >
                    {place}
                  </button>
                ) : (
                  place
                )}
                ：{text}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

/** Everything that happened to a report on its way, the latest first. */
export function History({
  flow,
  events,
  report,
}: {
  readonly flow: Flow;
  readonly events: readonly SeenEvent[];
  readonly report: DraftReport;
}) {
  return (
    <section>
      <h3>{say("history")}</h3>
      {events.length === 0 && <p className="flow-hint">{say("noHistory")}</p>}
      <ol className="flow-history" reversed>
        {[...events].reverse().map((event) => {
          const { number, kind, at, role, by } = event;
          const values = { time: shownTime(at, flow.language.value), kind: kindText(kind), role: roleText(role) };
          return (
            <li key={number}>
              {by ? say("eventBy", { ...values, who: by.subject }) : say("eventOf", values)}
              <Said event={event} report={report} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
