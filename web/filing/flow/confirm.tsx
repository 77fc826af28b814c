import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { placeOf } from "./draft.ts";
import type { Flow } from "./flow.ts";
import { ErrorSummary, Field, Notice, Progress, StepHeading } from "./parts.tsx";
import { reasonFault } from "./reason.ts";
import type { Stage, Stopped } from "./submission.ts";
import { troubleText } from "./trouble.ts";
import { shownDate } from "./when.ts";

type ConfirmStage = Extract<Stage, { readonly kind: "confirm" | "sending" }>;

/** Why the submission did not come to its end, with what can be done about it. */
export function StoppedNotice({ flow, stopped }: { readonly flow: Flow; readonly stopped: Stopped }) {
  const { say, session, language } = flow;
  const signedIn = ["in", "expiring"].includes(session.state.value.kind);
  switch (stopped.kind) {
    case "signedOut":
      return signedIn ? (
        <Notice>{say("continueSending")}</Notice>
      ) : (
        <Notice kind="trouble">
          {say("expired")}{" "}
          <button type="button" className="flow-button" onClick={() => void session.signIn()}>
            {say("signInAgain")}
          </button>
        </Notice>
      );
    case "unfinished":
      return <Notice kind="warning">{say("unfinished")}</Notice>;
    case "unreached":
      return (
        <Notice kind="trouble">
          {say("unanswered", { reason: troubleText(stopped, say, language.value === "en") })}
        </Notice>
      );
    case "problem":
      return (
        <Notice kind="trouble">
          {troubleText(stopped, say, language.value === "en")}
          {(stopped.problem.findings ?? []).map(({ message, messageEn }, i) => (
            <p key={i}>{language.value === "en" ? messageEn : message}</p>
          ))}
        </Notice>
      );
  }
}

/** While it is being sent. */
function Sending({ flow, stage }: { readonly flow: Flow; readonly stage: ConfirmStage }) {
  const { say, submission } = flow;
  if (stage.kind !== "sending") return null;
  const { delivery } = stage;
  return (
    <div className="flow-sending">
      {delivery.kind === "waiting" ? (
        <Notice kind="warning">{say("waiting")}</Notice>
      ) : (
        <Progress busy>
          {delivery.attempt > 1 ? say("sendingAgain", { count: delivery.attempt }) : say("sending")}
        </Progress>
      )}
      {(delivery.kind === "waiting" || delivery.attempt > 1) && (
        <button type="button" className="flow-button" onClick={() => submission.cancel()}>
          {say("stop")}
        </button>
      )}
    </div>
  );
}

/** The second step of a report or its correction: what publication means, and the last word. */
export function Confirm({ flow, stage }: { readonly flow: Flow; readonly stage: ConfirmStage }) {
  const { say, submission, drafts, form, language } = flow;
  const stopped = stage.kind === "confirm" ? stage.stopped : undefined;
  // Who is going on with a submission has confirmed it before.
  const understood = useSignal(stopped !== undefined);
  const missing = useSignal(false);
  const tries = useSignal(0);
  const box = useId();
  const draft = drafts.open.value;
  const { organ = "", year = "" } = placeOf(form.report.value);
  const signed = form.report.value["signed"];
  const correction = draft?.task.kind === "correct" ? draft.task : undefined;
  const sending = stage.kind === "sending";
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
      <p className="flow-lead">
        {correction
          ? say("willCorrect", {
              organ,
              year,
              version: correction.supersedes + 1,
              count: submission.differences.value?.length ?? 0,
            })
          : say("willPublish", {
              organ,
              year,
              signed: typeof signed === "string" ? shownDate(signed, language.value) : "",
            })}
      </p>
      {correction && (
        <p>
          {say("reason")}：{draft?.reason}
        </p>
      )}
      <p className="flow-permanent">{say("permanent")}</p>
      <p className="flow-check">
        <input
          id={box}
          type="checkbox"
          checked={understood.value}
          disabled={sending}
          aria-invalid={missing.value}
          onChange={(event) => {
            understood.value = event.currentTarget.checked;
            missing.value = false;
          }}
        />
        <label htmlFor={box}>{say("understand")}</label>
      </p>
      <Sending flow={flow} stage={stage} />
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" aria-disabled={sending} onClick={publish}>
          {say(stopped ? "goOn" : correction ? "publishCorrection" : "publish")}
        </button>
        {!sending && (
          <button type="button" className="flow-button" onClick={() => submission.review()}>
            {say("back")}
          </button>
        )}
      </div>
    </div>
  );
}

/** A withdrawal: its reason, and a confirmation that is typed. */
export function Withdraw({ flow, stage }: { readonly flow: Flow; readonly stage: ConfirmStage }) {
  const { say, submission, drafts } = flow;
  const typed = useSignal("");
  const tries = useSignal(0);
  const tried = tries.value > 0;
  const ids = { reason: useId(), phrase: useId() };
  const draft = drafts.open.value;
  const { organ = "", year = "" } = placeOf(draft?.report ?? {});
  const phrase = say("withdrawPhrase", { year });
  const stopped = stage.kind === "confirm" ? stage.stopped : undefined;
  const sending = stage.kind === "sending";
  const reasonWrong = reasonFault(draft?.reason ?? "", say);
  const same = (a: string): string => a.replace(/\s+/g, "").toLowerCase();
  const phraseWrong = same(typed.value) === same(phrase) ? undefined : say("withdrawTypeWrong", { phrase });
  const errors = tried
    ? [
        ...(reasonWrong ? [{ text: reasonWrong, id: ids.reason }] : []),
        ...(phraseWrong ? [{ text: phraseWrong, id: ids.phrase }] : []),
      ]
    : [];
  return (
    <div className="flow-step">
      <StepHeading>{say("withdrawTitle")}</StepHeading>
      <ErrorSummary title={say("problems", { count: errors.length })} errors={errors} tries={tries.value} />
      {stopped && <StoppedNotice flow={flow} stopped={stopped} />}
      <p className="flow-permanent">{say("withdrawBody", { organ, year })}</p>
      <Field
        id={ids.reason}
        label={say("reason")}
        hint={say("reasonHintWithdraw")}
        rows={3}
        value={draft?.reason ?? ""}
        error={tried ? reasonWrong : undefined}
        onInput={(reason) => drafts.change({ reason: reason.replace(/[\r\n]+/g, "") })}
      />
      <Field
        id={ids.phrase}
        label={say("withdrawType", { phrase })}
        value={typed.value}
        error={tried ? phraseWrong : undefined}
        onInput={(value) => {
          typed.value = value;
        }}
      />
      <Sending flow={flow} stage={stage} />
      <div className="flow-actions">
        <button
          type="button"
          className="flow-button flow-primary"
          aria-disabled={sending}
          onClick={() => {
            tries.value += 1;
            if (!reasonWrong && !phraseWrong) void submission.send();
          }}
        >
          {say(stopped ? "goOn" : "withdraw")}
        </button>
        {!sending && (
          <button type="button" className="flow-button" onClick={() => void flow.toEntry()}>
            {say("toEntry")}
          </button>
        )}
      </div>
    </div>
  );
}
