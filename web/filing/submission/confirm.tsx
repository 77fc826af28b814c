import { type Signal, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { ErrorSummary, Notice, StepHeading } from "../flow/parts.tsx";
import { isForbidden } from "../flow/permission.ts";
import { nameOf } from "../flow/session.ts";
import { shownDate } from "../flow/when.ts";
import { FinalPdfView } from "./final-pdf.tsx";
import { type ConfirmStage, Sending, StoppedNotice } from "./stopped.tsx";
import { say } from "./texts.ts";
import { WholeText } from "./whole-text.tsx";

/** What is about to be published, in a sentence. */
function Announcement({ flow }: { readonly flow: Flow }) {
  const { submission, drafts, form, language } = flow;
  const draft = drafts.open.value;
  const { organ = "", year = "" } = placeOf(form.report.value);
  const signed = form.report.value["signed"];
  if (draft?.task.kind !== "correct")
    return (
      <p className="flow-lead">
        {say("willPublish", {
          organ,
          year,
          signed: typeof signed === "string" ? shownDate(signed, language.value) : "",
        })}
      </p>
    );
  const count = submission.differences.value?.length ?? 0;
  return (
    <>
      <p className="flow-lead">{say("willCorrect", { organ, year, version: draft.task.supersedes + 1, count })}</p>
      <p>
        {say("reason")}：{draft.reason}
      </p>
    </>
  );
}

/** The box to be ticked before anything is published. */
function Understood(props: {
  readonly id: string;
  readonly understood: Signal<boolean>;
  readonly missing: Signal<boolean>;
  readonly disabled: boolean;
}) {
  const { id, understood, missing, disabled } = props;
  return (
    <p className="flow-check">
      <input
        id={id}
        type="checkbox"
        checked={understood.value}
        disabled={disabled}
        aria-invalid={missing.value}
        onChange={(event) => {
          understood.value = event.currentTarget.checked;
          missing.value = false;
        }}
      />
      <label htmlFor={id}>{say("understand")}</label>
    </p>
  );
}

/** The second step of a report or its correction: what publication means, and the last word. */
export function Confirm({ flow, stage }: { readonly flow: Flow; readonly stage: ConfirmStage }) {
  const { submission, drafts } = flow;
  const stopped = stage.kind === "confirm" ? stage.stopped : undefined;
  // Who is going on with a submission has confirmed it before.
  const understood = useSignal(stopped !== undefined);
  const missing = useSignal(false);
  const tries = useSignal(0);
  const box = useId();
  const correction = drafts.open.value?.task.kind === "correct";
  const sending = stage.kind === "sending";
  const forbidden = isForbidden(flow, "publish");
  const publish = (): void => {
    tries.value += 1;
    missing.value = !understood.value;
    if (understood.value) void submission.send();
  };
  return (
    <div className="flow-step">
      <StepHeading>{say(correction ? "confirmTitleCorrect" : "confirmTitleFile")}</StepHeading>
      <ErrorSummary
        title={say("problems", { count: 1 })}
        errors={missing.value ? [{ text: say("understandMissing"), id: box }] : []}
        tries={tries.value}
      />
      {stopped && <StoppedNotice flow={flow} stopped={stopped} />}
      <Announcement flow={flow} />
      {drafts.open.value?.drawnFrom !== undefined && <p>{say("withSources")}</p>}
      <h3>{say("finalPdf")}</h3>
      <FinalPdfView flow={flow} />
      <h3>{say("wholeText")}</h3>
      <WholeText flow={flow} />
      <p className="flow-permanent">{say("permanent")}</p>
      {forbidden ? (
        <Notice kind="warning">{say("mayNotPublish", { name: nameOf(flow.session.state.value) })}</Notice>
      ) : (
        <Understood id={box} understood={understood} missing={missing} disabled={sending} />
      )}
      <Sending flow={flow} stage={stage} />
      <div className="flow-actions">
        {!forbidden && (
          <button type="button" className="flow-button flow-primary" aria-disabled={sending} onClick={publish}>
            {say(stopped ? "goOn" : correction ? "publishCorrection" : "publish")}
          </button>
        )}
        {!sending && (
          <button type="button" className="flow-button" onClick={() => submission.review()}>
            {say("back")}
          </button>
        )}
      </div>
    </div>
  );
}
