import type { Flow } from "../flow/flow.ts";
import { Notice, Progress } from "../flow/parts.tsx";
import type { Stage, Stopped } from "../flow/submission.ts";
import { troubleText } from "../flow/trouble.ts";
import { inLanguage } from "../i18n.ts";
import { say } from "./texts.ts";

/** Where a submission is that is being confirmed or sent. */
export type ConfirmStage = Extract<Stage, { readonly kind: "confirm" | "sending" }>;

/** Why the submission did not come to its end, with what can be done about it. */
export function StoppedNotice({ flow, stopped }: { readonly flow: Flow; readonly stopped: Stopped }) {
  const { session, language } = flow;
  const signedIn = ["in", "expiring"].includes(session.state.value.kind);
  switch (stopped.kind) {
    case "signedOut":
      // That the session ended is said above, wherever one is.
      if (session.state.value.kind === "expired") return null;
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
      return stopped.problem.unexplained ? (
        // Beside each field stands what it is about.
        <Notice kind="trouble">
          {inLanguage([stopped.problem.title, stopped.problem.titleEn])}
          {inLanguage(["：", ": "])}
          {say("toExplain")}
        </Notice>
      ) : (
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
export function Sending({ flow, stage }: { readonly flow: Flow; readonly stage: ConfirmStage }) {
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
        <button type="button" className="flow-button" onClick={() => flow.submission.cancel()}>
          {say("stop")}
        </button>
      )}
    </div>
  );
}
