import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { formOf } from "../../../src/form/forms.ts";
import { DifferenceTable } from "./difference-table.tsx";
import { placeOf } from "./draft.ts";
import { explanationField, FindingsReview } from "./findings-review.tsx";
import type { Flow } from "./flow.ts";
import { keyFigures } from "./key-figures.ts";
import { ErrorSummary, Field, Notice, StepHeading, type SummaryLine } from "./parts.tsx";
import { reasonFault } from "./reason.ts";
import { shownDate } from "./when.ts";

/** Whose report of which year, dated when, and the figures that it stands on. */
export function Summary({ flow }: { readonly flow: Flow }) {
  const { say, language } = flow;
  const report = flow.form.report.value;
  const { organ, uscc, year } = placeOf(report);
  const form = formOf(report["edition"]);
  const signed = report["signed"];
  const rows: readonly (readonly [string, string])[] = [
    [say("organ"), organ ?? say("notGiven")],
    [say("uscc"), uscc ?? say("notGiven")],
    [say("year"), year === undefined ? say("notGiven") : String(year)],
    [say("signed"), typeof signed === "string" ? shownDate(signed, language.value) : say("notGiven")],
    ...(form ? keyFigures(form, report) : []).map(({ cell, value, computed }): readonly [string, string] => [
      language.value === "en" ? cell.labelEn : cell.label,
      value === undefined ? say("notGiven") : `${value}${computed ? say("computedMark") : ""}`,
    ]),
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

/** So many errors are told at the head of the page; all are below. */
const LISTED = 5;

/** The first step: everything that is to be published, everything that was found of it, and of a correction what it changes. */
export function Review({ flow, refused }: { readonly flow: Flow; readonly refused: boolean }) {
  const { say, submission, drafts, language } = flow;
  const tries = useSignal(refused ? 1 : 0);
  const tried = tries.value > 0;
  const reasonId = useId();
  const findingsId = useId();
  const differencesId = useId();
  const { findings, unexplained, comparedWithLastYear } = submission.verdict.value;
  const draft = drafts.open.value;
  const correction = draft?.task.kind === "correct" ? draft.task : undefined;
  const differences = submission.differences.value;
  const reasonWrong = correction && tried ? reasonFault(draft?.reason ?? "", say) : undefined;
  const nothingDiffers = correction && differences?.length === 0;
  const wrong = findings.filter(({ level }) => level === "error");
  const missing = unexplained.length + (reasonWrong ? 1 : 0) + (nothingDiffers ? 1 : 0);
  const errors: SummaryLine[] = tried
    ? [
        ...wrong.slice(0, LISTED).map(({ message, messageEn, cells }) => ({
          text: language.value === "en" ? messageEn : message,
          id: findingsId,
          go: () => flow.backToForm(cells.find(({ of }) => !of)?.pointer),
        })),
        ...(wrong.length > LISTED ? [{ text: say("moreErrors", { count: wrong.length }), id: findingsId }] : []),
        ...unexplained.map((id) => ({
          text: `${say("explain", { id })}：${say("explanationMissing")}`,
          id: explanationField(id),
        })),
        ...(reasonWrong ? [{ text: reasonWrong, id: reasonId }] : []),
        ...(nothingDiffers && correction
          ? [{ text: say("differencesNone", { version: correction.supersedes }), id: differencesId }]
          : []),
      ]
    : [];
  const onward = (): void => {
    tries.value += 1;
    const reasonOk = !correction || reasonFault(draft?.reason ?? "", say) === undefined;
    if (wrong.length === 0 && unexplained.length === 0 && reasonOk && !nothingDiffers) submission.confirm();
  };
  return (
    <div className="flow-step">
      <StepHeading>{say(correction ? "reviewTitleCorrect" : "reviewTitleFile")}</StepHeading>
      {refused && <Notice kind="trouble">{say("serverFindings")}</Notice>}
      <ErrorSummary title={say("problems", { count: wrong.length + missing })} errors={errors} tries={tries.value} />
      {correction && <p className="flow-lead">{say("supersedes", { version: correction.supersedes })}</p>}
      <h3>{say("summary")}</h3>
      <Summary flow={flow} />
      {correction && (
        <Field
          id={reasonId}
          label={say("reason")}
          hint={say("reasonHintCorrect")}
          rows={3}
          value={draft?.reason ?? ""}
          error={reasonWrong}
          onInput={(reason) => drafts.change({ reason: reason.replace(/[\r\n]+/g, "") })}
        />
      )}
      {correction && (
        <section id={differencesId} tabIndex={-1}>
          {differences === null ? (
            <p>{say("differencesWithdrawn", { version: correction.supersedes })}</p>
          ) : differences === undefined ? (
            <p className="flow-hint">{say("differencesLater", { version: correction.supersedes })}</p>
          ) : differences.length === 0 ? (
            <p className="flow-error">{say("differencesNone", { version: correction.supersedes })}</p>
          ) : (
            <DifferenceTable
              say={say}
              caption={say("differences", { version: correction.supersedes, count: differences.length })}
              differences={differences}
            />
          )}
        </section>
      )}
      <section id={findingsId} tabIndex={-1}>
        <FindingsReview flow={flow} findings={findings} unexplained={unexplained} tried={tried} />
        {!comparedWithLastYear && <p className="flow-hint">{say("notCompared")}</p>}
      </section>
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
