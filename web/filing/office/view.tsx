import { useEffect, useMemo } from "preact/hooks";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import type { ContentAnswer, OfficeAnswer } from "../flow/office-api.ts";
import { Notice, Progress, StepHeading } from "../flow/parts.tsx";
import { messageOf } from "../i18n.ts";
import { Beside } from "./beside.tsx";
import { DECISION, Decide } from "./decide.tsx";
import { History } from "./history.tsx";
import { ReviewModel } from "./model.ts";
import { Proof } from "./proof.tsx";
import { policyText, say, stateText } from "./texts.ts";
import { goOn } from "./ways.ts";

/** What the checks found of what was handed over, with what the organ says to it. */
function Findings({ content: { findings, explanations, reason } }: { readonly content: ContentAnswer }) {
  const explained = new Set<string>();
  return (
    <section>
      <h3>{findings.length === 0 ? say("noFindings") : say("findings", { count: findings.length })}</h3>
      {reason !== undefined && <p>{say("reason", { text: reason })}</p>}
      <ul className="flow-findings">
        {findings.map((finding, i) => {
          const said = explained.has(finding.id) ? undefined : explanations[finding.id];
          explained.add(finding.id);
          return (
            <li key={i}>
              {messageOf(finding)}
              {said !== undefined && <p className="flow-hint">{say("saidToIt", { text: said })}</p>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The report's organ, as what was handed over or the draft has it. */
const organIn = ({ draft }: OfficeAnswer, content: ContentAnswer | undefined): string | undefined =>
  placeOf(content?.report ?? draft?.submission.report ?? {}).organ;

/** Where the report stands, and what there is to be done by whoever drafts it. */
function Standing({ flow, office }: { readonly flow: Flow; readonly office: OfficeAnswer }) {
  const { state, policy, roles, draft } = office;
  return (
    <>
      <p className="flow-lead">
        <b>{say("standing", { state: stateText(state) })}</b>
      </p>
      <p className="flow-hint">{policyText(policy.review)}</p>
      {roles.includes("draft") && draft && state !== "published" && (
        <div className="flow-actions">
          <button
            type="button"
            className={`flow-button ${state === "returned" ? "flow-primary" : ""}`}
            onClick={() => void goOn(flow, office)}
          >
            {say("openDraft")}
          </button>
        </div>
      )}
    </>
  );
}

/** The review of a report: its pages, what was found of it, last year beside it, and what is decided. */
export function OfficeView({ flow }: { readonly flow: Flow }) {
  const place = flow.reviewed.value ?? { uscc: "", year: 0 };
  const model = useMemo(() => new ReviewModel(flow, place), [place.uscc, place.year]);
  useEffect(() => void model.look(), [model]);
  const office = model.office.value;
  const content = model.content.value;
  const outcome = model.outcome.value;
  const organ = (office && organIn(office, content)) ?? place.uscc;
  const title =
    office?.base == null
      ? say("title", { organ, year: place.year })
      : say("titleCorrection", { organ, year: place.year, version: office.base + 1 });
  return (
    <div className="flow-step flow-review">
      <StepHeading>{title}</StepHeading>
      {outcome && <Notice kind={outcome.kind}>{outcome.text}</Notice>}
      <Progress busy={model.busy.value}>{say("looking")}</Progress>
      {office && (
        <>
          <Standing flow={flow} office={office} />
          <p>
            <button type="button" className="flow-link" onClick={() => document.getElementById(DECISION)?.focus()}>
              {say("toDecision")}
            </button>
          </p>
          {content ? (
            <>
              <Proof flow={flow} model={model} hash={content.sha256} />
              <Findings content={content} />
              <Beside flow={flow} model={model} />
            </>
          ) : (
            <p>{say("nothingHandedOver")}</p>
          )}
          <Decide model={model} may={office.may} />
          <History
            flow={flow}
            events={office.events}
            report={content?.report ?? office.draft?.submission.report ?? {}}
          />
        </>
      )}
      <div className="flow-actions">
        <button type="button" className="flow-button" onClick={() => void model.look()}>
          {say("refresh")}
        </button>
        <button type="button" className="flow-button" onClick={() => void flow.toEntry()}>
          {say("toEntry")}
        </button>
      </div>
    </div>
  );
}
