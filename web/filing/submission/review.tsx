import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { ErrorSummary, Field, Notice, StepHeading, type SummaryLine } from "../flow/parts.tsx";
import { shownDate } from "../flow/when.ts";
import { messageOf } from "../i18n.ts";
import { AgainstLastYear } from "./against-last-year.tsx";
import { DifferenceTable } from "./difference-table.tsx";
import { explanationField, FindingsReview } from "./findings-review.tsx";
import { reasonFault } from "./reason.ts";
import { say } from "./texts.ts";

/** Whose report of which year, dated when. */
export function Summary({ flow }: { readonly flow: Flow }) {
  const { language } = flow;
  const report = flow.form.report.value;
  const { organ, uscc, year } = placeOf(report);
  const signed = report["signed"];
  const rows: readonly (readonly [string, string])[] = [
    [say("organ"), organ ?? say("notGiven")],
    [say("uscc"), uscc ?? say("notGiven")],
    [say("year"), year === undefined ? say("notGiven") : String(year)],
    [say("signed"), typeof signed === "string" ? shownDate(signed, language.value) : say("notGiven")],
  ];
  return (
    <dl className="flow-facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a correction changes, or why that is not shown. */
function Differences({ flow, id, version }: { readonly flow: Flow; readonly id: string; readonly version: number }) {
  const differences = flow.submission.differences.value;
  const shown =
    differences === null ? (
      <p>{say("differencesWithdrawn", { version })}</p>
    ) : differences === undefined ? (
      <p className="flow-hint">{say("differencesLater", { version })}</p>
    ) : differences.length === 0 ? (
      <p className="flow-error">{say("differencesNone", { version })}</p>
    ) : (
      <DifferenceTable caption={say("differences", { version, count: differences.length })} differences={differences} />
    );
  return (
    <section id={id} tabIndex={-1}>
      {shown}
    </section>
  );
}

/** So many errors are listed at the head of the page; all are below. */
const LISTED = 5;

/** What keeps the report or correction from being confirmed, and where each of it is mended. */
function obstacles(flow: Flow, ids: Readonly<Record<"reason" | "findings" | "differences", string>>) {
  const { submission, drafts } = flow;
  const { findings, unexplained } = submission.verdict.value;
  const draft = drafts.open.value;
  const correction = draft?.task.kind === "correct" ? draft.task : undefined;
  const reasonWrong = correction && reasonFault(draft?.reason ?? "");
  const nothingDiffers = correction !== undefined && submission.differences.value?.length === 0;
  const wrong = findings.filter(({ level }) => level === "error");
  const lines: SummaryLine[] = [
    ...wrong.slice(0, LISTED).map((finding) => ({
      text: messageOf(finding),
      id: ids.findings,
      go: () => flow.backToForm(finding.cells.find(({ of }) => !of)?.pointer),
    })),
    ...(wrong.length > LISTED ? [{ text: say("moreErrors", { count: wrong.length }), id: ids.findings }] : []),
    ...unexplained.map((id) => ({
      text: say("explainOf", { message: messageOf(findings.find((finding) => finding.id === id)!) }),
      id: explanationField(id),
    })),
    ...(reasonWrong ? [{ text: reasonWrong, id: ids.reason }] : []),
    ...(nothingDiffers
      ? [{ text: say("differencesNone", { version: correction.supersedes }), id: ids.differences }]
      : []),
  ];
  const count = wrong.length + unexplained.length + (reasonWrong ? 1 : 0) + (nothingDiffers ? 1 : 0);
  return { correction, reasonWrong, lines, count };
}

/** The first step: everything that is to be published, everything that was found of it, and of a correction what it changes. */
export function Review({ flow, refused }: { readonly flow: Flow; readonly refused: boolean }) {
  const { submission, drafts } = flow;
  const tries = useSignal(refused ? 1 : 0);
  const tried = tries.value > 0;
  const ids = { reason: useId(), findings: useId(), differences: useId() };
  const { findings, unexplained, comparedWithLastYear } = submission.verdict.value;
  const { correction, reasonWrong, lines, count } = obstacles(flow, ids);
  const onward = (): void => {
    tries.value += 1;
    if (lines.length === 0) submission.confirm();
  };
  return (
    <div className="flow-step">
      <StepHeading>{say(correction ? "reviewTitleCorrect" : "reviewTitleFile")}</StepHeading>
      {refused && <Notice kind="trouble">{say("serverFindings")}</Notice>}
      <ErrorSummary title={say("problems", { count })} errors={tried ? lines : []} tries={tries.value} />
      <h3>{say("summary")}</h3>
      <Summary flow={flow} />
      {correction && (
        <Field
          id={ids.reason}
          label={say("reason")}
          hint={say("reasonHintCorrect")}
          rows={3}
          value={drafts.open.value?.reason ?? ""}
          error={tried ? reasonWrong : undefined}
          onInput={(reason) => drafts.change({ reason: reason.replace(/[\r\n]+/g, "") })}
        />
      )}
      {correction && <Differences flow={flow} id={ids.differences} version={correction.supersedes} />}
      <section id={ids.findings} tabIndex={-1}>
        <FindingsReview flow={flow} findings={findings} unexplained={unexplained} tried={tried} />
        {!comparedWithLastYear && <p className="flow-hint">{say("notCompared")}</p>}
      </section>
      <AgainstLastYear flow={flow} />
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" onClick={onward}>
          {say("next")}
        </button>
        <button type="button" className="flow-button" onClick={() => flow.backToForm()}>
          {say("backToForm")}
        </button>
      </div>
    </div>
  );
}
