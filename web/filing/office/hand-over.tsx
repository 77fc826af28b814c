import { useSignal } from "@preact/signals";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { addStep, type OfficeAnswer } from "../flow/office-api.ts";
import { Field, Notice, Progress, StepHeading } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import { policyText, say, stateText } from "./texts.ts";
import { toReview } from "./ways.ts";

/** Why a draft is not with the service, in words. */
function reasonOf(flow: Flow): string {
  const { kind } = flow.service.kept.peek();
  return say(kind === "differs" ? "notSavedDiffers" : kind === "off" ? "notSavedOff" : "notSavedAway");
}

/** Where a policy asks for review the last step of whoever drafts is to hand over, not to publish. */
export function HandOver({ flow, office }: { readonly flow: Flow; readonly office: OfficeAnswer }) {
  const { service, form, submission } = flow;
  const comment = useSignal("");
  const busy = useSignal(false);
  const trouble = useSignal("");
  const { organ = "", year = "" } = placeOf(form.report.value);
  const may = office.may.includes("submit") || office.state === "none";
  const handOver = async (): Promise<void> => {
    if (busy.peek()) return;
    busy.value = true;
    trouble.value = "";
    const saved = await service.flush();
    if (saved) await service.look();
    const now = service.office.peek() ?? office;
    const said = comment.peek().trim();
    const step = {
      kind: "submit",
      after: now.events.at(-1)?.number ?? 0,
      ...(said === "" ? {} : { comment: said }),
    } as const;
    const answer = saved ? await addStep(flow.api, office, step, service.etag) : undefined;
    busy.value = false;
    if (answer?.kind === "ok") await toReview(flow, office);
    else if (answer) trouble.value = troubleText(answer, flow.say, flow.language.peek() === "en");
    else trouble.value = say("notSaved", { reason: reasonOf(flow) });
  };
  return (
    <div className="flow-step">
      <StepHeading>{say("handOverTitle")}</StepHeading>
      <p className="flow-lead">{say("handOverLead", { organ, year })}</p>
      <p className="flow-hint">{policyText(office.policy.review)}</p>
      <p>{say("underWay", { state: stateText(office.state) })}</p>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      {may && (
        <Field
          label={say("handOverComment")}
          rows={2}
          maxLength={2000}
          value={comment.value}
          onInput={(text) => {
            comment.value = text;
          }}
        />
      )}
      <div className="flow-actions">
        {may && (
          <button type="button" className="flow-button flow-primary" aria-disabled={busy.value} onClick={handOver}>
            {say(office.events.length > 0 ? "handOverAgain" : "handOver")}
          </button>
        )}
        {office.events.length > 0 && (
          <button type="button" className="flow-button" onClick={() => void toReview(flow, office)}>
            {say("seeReview")}
          </button>
        )}
        <button type="button" className="flow-button" onClick={() => submission.review()}>
          {say("backToForm")}
        </button>
        <Progress busy={busy.value}>{say("sending")}</Progress>
      </div>
    </div>
  );
}
