import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Place } from "../../../src/basics/place.ts";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { type OfficeAnswer, readOffice } from "../flow/office-api.ts";
import { shownTime } from "../flow/when.ts";
import { say, stateText } from "./texts.ts";
import { goOn, toReview } from "./ways.ts";

/** How a place stands with the service, and the ways on from there. */
export function AtPlace({ flow, place }: { readonly flow: Flow; readonly place: Place }) {
  const office = useSignal<OfficeAnswer | undefined>(undefined);
  useEffect(() => {
    office.value = undefined;
    void readOffice(flow.api, place).then((answer) => {
      if (answer.kind === "ok") office.value = answer.value;
    });
  }, [place.uscc, place.year]);
  const found = office.value;
  const draft = found?.draft?.base === found?.base ? found?.draft : undefined;
  if (!found || (!draft && found.events.length === 0)) return null;
  return (
    <div className="flow-actions">
      <span role="status">{say("underWay", { state: stateText(found.state) })}</span>
      {draft && found.roles.includes("draft") && (
        <button type="button" className="flow-button flow-primary" onClick={() => void goOn(flow, found)}>
          {say("goOnThere", { time: shownTime(draft.savedAt, flow.language.value) })}
        </button>
      )}
      {found.events.length > 0 && (
        <button type="button" className="flow-button" onClick={() => void toReview(flow, found)}>
          {say("seeReview")}
        </button>
      )}
    </div>
  );
}

/** So many of the account's organs are asked about; the desk lists the rest. */
const ASKED = 12;
/** What waits for whoever may do it. */
const DECISIVE = new Set(["agree", "clear", "sign"]);

/** The reports of the account's own organs that are on their way, those first that wait for it. */
export function UnderWay({ flow, year }: { readonly flow: Flow; readonly year: number }) {
  const found = useSignal<readonly { readonly office: OfficeAnswer; readonly organ: string }[]>([]);
  const state = flow.session.state.value;
  const organs = "account" in state ? state.account.organs.slice(0, ASKED) : [];
  const all = organs.join();
  useEffect(() => {
    const ask = async (uscc: string) => {
      const answer = await readOffice(flow.api, { uscc, year });
      if (answer.kind !== "ok" || ["none", "published"].includes(answer.value.state)) return [];
      const { organ } = placeOf(answer.value.draft?.submission.report ?? {});
      return [{ office: answer.value, organ: organ ?? ((await flow.nameOf(uscc)) || uscc) }];
    };
    void Promise.all(organs.map(ask)).then((answers) => {
      found.value = answers.flat();
    });
  }, [all, year]);
  if (found.value.length === 0) return null;
  const waits = ({ office }: { readonly office: OfficeAnswer }) => office.may.some((kind) => DECISIVE.has(kind));
  const sorted = [...found.value].sort((a, b) => Number(waits(b)) - Number(waits(a)));
  return (
    <section className="flow-drafts">
      <h3>{say("awaiting")}</h3>
      <ul>
        {sorted.map(({ office, organ }) => {
          const name = say("awaitingName", { organ, year: office.year });
          const parts = [stateText(office.state), ...(waits({ office }) ? [say("awaitingYou")] : [])];
          return (
            <li key={office.uscc}>
              <span className="flow-drafts-name">{name}</span>
              <span className="flow-hint">{parts.join(" · ")}</span>
              <span className="flow-drafts-actions">
                <button
                  type="button"
                  className="flow-link"
                  aria-label={say("awaitingOpen", { name })}
                  onClick={() => void toReview(flow, office)}
                >
                  {say("open")}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
