import type { Receipt } from "../../../src/publish/record.ts";
import type { Flow } from "../flow/flow.ts";
import { StepHeading } from "../flow/parts.tsx";
import { TaskBanner } from "../flow/task-banner.tsx";
import { shownTime } from "../flow/when.ts";
import { HandOver } from "../late-office.ts";
import { Amend } from "./amend.tsx";
import { Confirm } from "./confirm.tsx";
import { publicAddress, ReceiptView } from "./receipt.tsx";
import { Review } from "./review.tsx";
import { say } from "./texts.ts";

/** Somebody published something else first: what that is, and the way on. */
function Conflict({ flow, receipt }: { readonly flow: Flow; readonly receipt: Receipt }) {
  const { submission, language, drafts } = flow;
  const { organ, year, version, publishedAt, kind } = receipt;
  const withdrawn = kind === "withdrawal";
  const withdrawing = drafts.open.value?.task.kind === "withdraw";
  const values = { organ, year, version, time: shownTime(publishedAt, language.value) };
  const address = publicAddress(receipt);
  return (
    <div className="flow-step">
      <StepHeading>{say("conflictTitle")}</StepHeading>
      <p className="flow-lead">{say(withdrawn ? "conflictWithdrawn" : "conflictBody", values)}</p>
      <p>
        <a href={address}>{address}</a>
      </p>
      <div className="flow-actions">
        {!(withdrawn && withdrawing) && (
          <button type="button" className="flow-button flow-primary" onClick={() => void submission.aimAt(receipt)}>
            {say(withdrawing ? "conflictWithdraw" : "conflictCorrect", { version })}
          </button>
        )}
        <button type="button" className="flow-button" onClick={() => submission.show(receipt)}>
          {say("conflictReceipt")}
        </button>
        <button type="button" className="flow-link" onClick={() => void flow.toEntry()}>
          {say("toEntry")}
        </button>
      </div>
    </div>
  );
}

/** The steps, with the one that is being taken marked. */
function Steps({ flow }: { readonly flow: Flow }) {
  const { submission } = flow;
  const { kind } = submission.stage.value;
  const at = kind === "review" ? 0 : kind === "receipt" ? 2 : 1;
  return (
    <nav className="flow-steps flow-no-print" aria-label={say("stepsLabel")}>
      <ol>
        {(["stepReview", "stepConfirm", "stepReceipt"] as const).map((key, i) => (
          <li key={key} {...(i === at ? { "aria-current": "step" } : {})}>
            {say(key)}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The way of the open draft to its publication. */
export function SubmissionView({ flow }: { readonly flow: Flow }) {
  const { submission, drafts } = flow;
  const stage = submission.stage.value;
  const task = drafts.open.value?.task.kind;
  const amending = task === "withdraw" || task === "redact";
  const office = flow.service.office.value;
  // What goes on with a submission that was begun is that submission.
  const reviewed = office && office.policy.review !== "none" && stage.kind === "confirm" && !stage.stopped;
  return (
    <div className="flow-submission">
      {!amending && <Steps flow={flow} />}
      <TaskBanner flow={flow} />
      {stage.kind === "receipt" ? (
        <ReceiptView flow={flow} receipt={stage.receipt} />
      ) : stage.kind === "conflict" ? (
        <Conflict flow={flow} receipt={stage.receipt} />
      ) : stage.kind === "review" ? (
        <Review flow={flow} refused={stage.refused === true} />
      ) : amending ? (
        <Amend flow={flow} stage={stage} />
      ) : reviewed ? (
        <HandOver flow={flow} office={office} />
      ) : (
        <Confirm flow={flow} stage={stage} />
      )}
    </div>
  );
}
