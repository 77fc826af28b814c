import { type Signal, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Place } from "../../../src/basics/place.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import { AtPlace } from "../late-office.ts";
import { beginCorrection } from "./correcting.ts";
import type { Flow } from "./flow.ts";
import { Field, Notice, Progress } from "./parts.tsx";
import { mayNot, nameOf } from "./session.ts";
import { troubleText } from "./trouble.ts";
import { Versions } from "./versions.tsx";
import { shownTime } from "./when.ts";

/** What is found at a place. */
export type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "published"; readonly receipt: Receipt }
  | { readonly kind: "unknown"; readonly trouble: string };

interface ChoicesProps {
  readonly flow: Flow;
  readonly place: Place;
  readonly found: Found;
  /** The organ's name as it is to stand in a new report. */
  readonly name: Signal<string>;
}

/** Goes on with a draft of the place, where there is one. */
function Continue({ flow, place }: { readonly flow: Flow; readonly place: Place }) {
  const draft = flow.draftOf(place);
  if (!draft) return null;
  return (
    <button type="button" className="flow-button flow-primary" onClick={() => void flow.reopen(draft.id)}>
      {flow.say("continueDraft", { time: shownTime(draft.changedAt, flow.language.value) })}
    </button>
  );
}

/** What can be done with what is published. */
function Amendments({ flow, place, receipt }: Omit<ChoicesProps, "found" | "name"> & { readonly receipt: Receipt }) {
  const { say, language } = flow;
  const trouble = useSignal("");
  const busy = useSignal(false);
  const correct = async (): Promise<void> => {
    busy.value = true;
    const answer = await beginCorrection(flow, receipt);
    busy.value = false;
    if (answer.kind !== "ok")
      trouble.value = say("loadFailed", { reason: troubleText(answer, say, language.peek() === "en") });
  };
  const state = flow.session.state.value;
  const [mayCorrect, mayWithdraw] = [!mayNot(state, "correct", place.uscc), !mayNot(state, "withdraw", place.uscc)];
  return (
    <>
      <Notice kind="warning">
        {say(receipt.kind === "withdrawal" ? "isWithdrawn" : "alreadyPublished", {
          organ: receipt.organ,
          year: place.year,
          version: receipt.version,
          time: shownTime(receipt.publishedAt, language.value),
        })}
      </Notice>
      <div className="flow-actions">
        <Continue flow={flow} place={place} />
        {mayCorrect && (
          <button type="button" className="flow-button" onClick={() => void correct()}>
            {say("startCorrection")}
          </button>
        )}
        {mayWithdraw && receipt.kind !== "withdrawal" && (
          <button type="button" className="flow-button" onClick={() => void flow.withdraw(receipt)}>
            {say("startWithdrawal")}
          </button>
        )}
        <button type="button" className="flow-link" onClick={() => flow.showReceipt(receipt)}>
          {say("seeReceipt")}
        </button>
        <Progress busy={busy.value}>{say("looking")}</Progress>
      </div>
      {!mayCorrect && !mayWithdraw && <Notice>{say("mayNotAmend", { name: nameOf(state) })}</Notice>}
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <Versions flow={flow} receipt={receipt} />
    </>
  );
}

/** Begins the first report of a place. */
function Beginning({ flow, place, name }: Omit<ChoicesProps, "found">) {
  const { say } = flow;
  const nameMissing = useSignal(false);
  const nameId = useId();
  const begin = async (): Promise<void> => {
    nameMissing.value = name.value.trim() === "";
    if (nameMissing.value) document.getElementById(nameId)?.focus();
    else await flow.file(place, name.value.trim());
  };
  const state = flow.session.state.value;
  if (mayNot(state, "draft", place.uscc))
    return (
      <>
        <Notice kind="warning">{say("mayNotFile", { name: nameOf(state) })}</Notice>
        <div className="flow-actions">
          <Continue flow={flow} place={place} />
        </div>
      </>
    );
  return (
    <>
      <Field
        id={nameId}
        label={say("organName")}
        hint={say("organNameHint")}
        maxLength={100}
        value={name.value}
        error={nameMissing.value ? say("nameMissing") : undefined}
        onInput={(value) => {
          name.value = value;
        }}
      />
      <div className="flow-actions">
        <Continue flow={flow} place={place} />
        <button
          type="button"
          className={`flow-button ${flow.draftOf(place) ? "" : "flow-primary"}`}
          onClick={() => void begin()}
        >
          {say("startFiling")}
        </button>
      </div>
    </>
  );
}

/** What can be done at a place. */
export function Choices({ flow, place, found, name }: ChoicesProps) {
  return (
    <div className="flow-choices">
      {found.kind === "unknown" && <Notice kind="warning">{found.trouble}</Notice>}
      {"account" in flow.session.state.value && <AtPlace flow={flow} place={place} />}
      {found.kind === "nothing" && <Notice>{flow.say("nothingPublished", { year: place.year })}</Notice>}
      {found.kind === "published" ? (
        <Amendments flow={flow} place={place} receipt={found.receipt} />
      ) : (
        <Beginning flow={flow} place={place} name={name} />
      )}
    </div>
  );
}
