import { useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Kind } from "../../../src/office/event.ts";
import { Field, Progress } from "../flow/parts.tsx";
import { formOfDraft } from "../model/draft.ts";
import type { ReviewModel, WrittenRemark } from "./model.ts";
import { nameAt } from "./places.ts";
import { say } from "./texts.ts";

/** One remark on a place, being written; the one that was just begun has the focus. */
function RemarkField({
  model,
  remark: { pointer, text },
  tried,
}: {
  readonly model: ReviewModel;
  readonly remark: WrittenRemark;
  readonly tried: boolean;
}) {
  const id = useId();
  const place = nameAt(formOfDraft(model.content.value?.report ?? {}), pointer);
  useLayoutEffect(() => document.getElementById(id)?.focus(), []);
  return (
    <li>
      <Field
        id={id}
        label={say("remarkText", { place })}
        rows={2}
        maxLength={500}
        value={text}
        error={tried && text.trim() === "" ? say("remarkMissing") : undefined}
        onInput={(value) => model.write(pointer, value)}
      />
      <button
        type="button"
        className="flow-link"
        aria-label={say("removeRemark", { place })}
        onClick={() => model.write(pointer, undefined)}
      >
        {say("remove")}
      </button>
    </li>
  );
}

/** 签发: the last word, with the box that is ticked before. */
function Sign({ model }: { readonly model: ReviewModel }) {
  const understood = useSignal(false);
  const missing = useSignal(false);
  const id = useId();
  const sign = (): void => {
    missing.value = !understood.value;
    if (missing.value) document.getElementById(id)?.focus();
    else void model.sign();
  };
  return (
    <>
      <p className="flow-check">
        <input
          id={id}
          type="checkbox"
          checked={understood.value}
          aria-invalid={missing.value}
          aria-describedby={missing.value ? `${id}-error` : undefined}
          onChange={(event) => {
            understood.value = event.currentTarget.checked;
            missing.value = false;
          }}
        />
        <label htmlFor={id}>{say("signUnderstood")}</label>
      </p>
      {missing.value && (
        <p className="flow-error" id={`${id}-error`} role="alert">
          {say("signMissing")}
        </p>
      )}
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" onClick={sign}>
          {say("sign")}
        </button>
      </div>
    </>
  );
}

/** The element of the decision: what lies before it is long. */
export const DECISION = "decision";

const DECISIONS = ["agree", "clear", "return", "recall", "comment"] as const;
type Decision = (typeof DECISIONS)[number];
const LABELS = {
  agree: "agree",
  clear: "clear",
  return: "return",
  recall: "recall",
  comment: "addComment",
} as const satisfies Record<Decision, Parameters<typeof say>[0]>;

/** What whoever looks may decide now, with what is said of the whole and of places. */
export function Decide({ model, may }: { readonly model: ReviewModel; readonly may: readonly Kind[] }) {
  const tried = useSignal<Decision | undefined>(undefined);
  const comment = useRef(useId()).current;
  const remarks = model.remarks.value;
  const unwritten = remarks.some(({ text }) => text.trim() === "");
  const silent = model.comment.value.trim() === "" && remarks.length === 0;
  const wants = (kind: Decision): boolean => kind === "return" || kind === "comment";
  const decide = (kind: Decision): void => {
    tried.value = kind;
    if (unwritten) return;
    if (wants(kind) && silent) document.getElementById(comment)?.focus();
    else void model.take(kind).then(() => (tried.value = undefined));
  };
  const offered = DECISIONS.filter((kind) => may.includes(kind));
  if (offered.length === 0 && !may.includes("sign"))
    return (
      <p id={DECISION} tabIndex={-1}>
        {say("notYours")}
      </p>
    );
  const missing = tried.value !== undefined && wants(tried.value) && silent;
  return (
    <section>
      <h3 id={DECISION} tabIndex={-1}>
        {say("decision")}
      </h3>
      {remarks.length > 0 && (
        <>
          <h4>{say("remarks")}</h4>
          <ul className="flow-remarks">
            {remarks.map((remark) => (
              <RemarkField key={remark.pointer} model={model} remark={remark} tried={tried.value !== undefined} />
            ))}
          </ul>
        </>
      )}
      <Field
        id={comment}
        label={say("comment")}
        {...(may.includes("return") ? { hint: say("commentHint") } : {})}
        rows={3}
        maxLength={2000}
        value={model.comment.value}
        error={missing ? say("commentMissing") : undefined}
        onInput={(text) => {
          model.comment.value = text;
        }}
      />
      <div className="flow-actions">
        {offered.map((kind) => (
          <button
            key={kind}
            type="button"
            className={`flow-button ${kind === "agree" || kind === "clear" ? "flow-primary" : ""}`}
            onClick={() => decide(kind)}
          >
            {say(LABELS[kind])}
          </button>
        ))}
        <Progress busy={model.busy.value}>{say("sending")}</Progress>
      </div>
      {may.includes("sign") && <Sign model={model} />}
    </section>
  );
}
