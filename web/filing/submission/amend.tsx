import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { ApiProblem } from "../flow/api.ts";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { ErrorSummary, Field, StepHeading, type SummaryLine } from "../flow/parts.tsx";
import { messageOf } from "../i18n.ts";
import { reasonFault } from "./reason.ts";
import { type ConfirmStage, Sending, StoppedNotice } from "./stopped.tsx";
import { say } from "./texts.ts";

/** The texts of an amendment that has no report in it. */
const WORDS = {
  withdraw: {
    title: "withdrawTitle",
    body: "withdrawBody",
    hint: "reasonHintWithdraw",
    phrase: "withdrawPhrase",
    send: "withdraw",
  },
  redact: {
    title: "redactTitle",
    body: "redactBody",
    hint: "reasonHintRedact",
    phrase: "redactPhrase",
    send: "redact",
  },
} as const;

const sameText = (a: string, b: string): boolean => {
  const [one, other] = [a, b].map((text) => text.replace(/\s+/g, "").toLowerCase());
  return one === other;
};

/** What is wrong with what was typed, by its field. */
const faultsOf = (faults: readonly (readonly [text: string | undefined, id: string])[]): SummaryLine[] =>
  faults.flatMap(([text, id]) => (text === undefined ? [] : [{ text, id }]));

/** What is said to the warnings that the service has about the reason. */
function Explanations({ flow, problem }: { readonly flow: Flow; readonly problem: ApiProblem }) {
  const { drafts } = flow;
  const { report = {} } = drafts.open.value ?? {};
  const said = (report["explanations"] ?? {}) as Readonly<Record<string, string>>;
  return (
    <>
      {(problem.unexplained ?? []).map((rule) => (
        <Field
          key={rule}
          label={say("explain")}
          hint={(problem.findings ?? [])
            .flatMap((finding) => (finding.id === rule ? messageOf(finding) : []))
            .join(" ")}
          rows={2}
          maxLength={500}
          value={said[rule] ?? ""}
          onInput={(text) => {
            const { [rule]: _, ...others } = said;
            const now = text.trim() === "" ? others : { ...others, [rule]: text.replace(/[\r\n]+/g, "") };
            drafts.change({ report: { ...report, explanations: Object.keys(now).length > 0 ? now : undefined } });
          }}
        />
      ))}
    </>
  );
}

/** A withdrawal, or that a version leaves the public: its reason, and a confirmation that is typed. */
export function Amend({ flow, stage }: { readonly flow: Flow; readonly stage: ConfirmStage }) {
  const { submission, drafts } = flow;
  const typed = useSignal("");
  const tries = useSignal(0);
  const tried = tries.value > 0;
  const ids = { reason: useId(), phrase: useId() };
  const draft = drafts.open.value;
  const words = WORDS[draft?.task.kind === "redact" ? "redact" : "withdraw"];
  const version = draft?.task.kind === "redact" ? draft.task.version : "";
  const { organ = "", year = "" } = placeOf(draft?.report ?? {});
  const phrase = say(words.phrase, { year, version });
  const stopped = stage.kind === "confirm" ? stage.stopped : undefined;
  const sending = stage.kind === "sending";
  const reasonWrong = reasonFault(draft?.reason ?? "");
  const phraseWrong = sameText(typed.value, phrase) ? undefined : say("withdrawTypeWrong", { phrase });
  const errors = faultsOf([
    [tried ? reasonWrong : undefined, ids.reason],
    [tried ? phraseWrong : undefined, ids.phrase],
  ]);
  const send = (): void => {
    tries.value += 1;
    if (!reasonWrong && !phraseWrong) void submission.send();
  };
  return (
    <div className="flow-step">
      <StepHeading>{say(words.title, { version })}</StepHeading>
      <ErrorSummary title={say("problems", { count: errors.length })} errors={errors} tries={tries.value} />
      {stopped && <StoppedNotice flow={flow} stopped={stopped} />}
      <p className="flow-permanent">{say(words.body, { organ, year, version })}</p>
      <Field
        id={ids.reason}
        label={say("reason")}
        hint={say(words.hint)}
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
      {stopped?.kind === "problem" && <Explanations flow={flow} problem={stopped.problem} />}
      <Sending flow={flow} stage={stage} />
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" aria-disabled={sending} onClick={send}>
          {say(stopped ? "goOn" : words.send)}
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
