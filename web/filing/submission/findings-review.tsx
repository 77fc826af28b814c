import type { Finding, FindingCell } from "../../../src/basics/finding.ts";
import { BesideLastYear } from "../findings/beside-last-year.tsx";
import type { Flow } from "../flow/flow.ts";
import { messageOf } from "../i18n.ts";
import { say } from "./texts.ts";

/** A finding with the ways back to its cells. */
function FindingText({ flow, finding }: { readonly flow: Flow; readonly finding: Finding }) {
  const english = flow.language.value === "en";
  return (
    <>
      <p className="flow-finding-message">{messageOf(finding)}</p>
      <BesideLastYear model={flow.form} finding={finding} />
      <p className="flow-finding-cells">
        {finding.cells
          .filter((cell: FindingCell) => !cell.of)
          .map(({ pointer, label, value }) => (
            <button key={pointer} type="button" className="flow-link" onClick={() => flow.backToForm(pointer)}>
              {label}
              {typeof value === "number" ? (english ? ` (${value})` : `（${value}）`) : ""}
            </button>
          ))}
      </p>
    </>
  );
}

/** The element in which a rule's warning is explained. */
export const explanationField = (id: string): string => `explanation-${id}`;

/** The organ's explanation of a warning's rule, kept in the report. */
function Explanation({
  flow,
  id,
  of,
  missing,
}: {
  readonly flow: Flow;
  readonly id: string;
  /** The element that has the warnings. */
  readonly of: string;
  readonly missing: boolean;
}) {
  const { form } = flow;
  const field = explanationField(id);
  const said = (form.report.value["explanations"] as Readonly<Record<string, unknown>> | undefined)?.[id];
  return (
    <div className={`flow-field ${missing ? "flow-field-wrong" : ""}`}>
      <label id={`${field}-label`} htmlFor={field}>
        {say("explain")}
      </label>
      {missing && (
        <p className="flow-error" id={`${field}-error`}>
          {say("explanationMissing")}
        </p>
      )}
      <textarea
        id={field}
        className="flow-explanation"
        rows={2}
        maxLength={500}
        value={typeof said === "string" ? said : ""}
        aria-labelledby={`${field}-label ${of}`}
        {...(missing ? { "aria-invalid": true, "aria-describedby": `${field}-error` } : {})}
        onInput={(event) => {
          // One line of text: a report's texts have no line breaks.
          const text = event.currentTarget.value.replace(/[\r\n]+/g, "");
          form.set(`/explanations/${id}`, text === "" ? undefined : text);
        }}
      />
    </div>
  );
}

/** Everything that the checks found: errors first, then the warnings with their explanations, rule by rule. */
export function FindingsReview({
  flow,
  findings,
  unexplained,
  tried,
}: {
  readonly flow: Flow;
  readonly findings: readonly Finding[];
  readonly unexplained: readonly string[];
  /** Whether one tried to go on: what is missing is marked from then on. */
  readonly tried: boolean;
}) {
  const of = (level: Finding["level"]): Finding[] => findings.filter((f) => f.level === level);
  const [errors, warnings, information] = [of("error"), of("warning"), of("information")];
  const rules = [...new Set(warnings.map(({ id }) => id))];
  if (findings.length === 0) return <p>{say("noFindings")}</p>;
  const list = (found: readonly Finding[], id?: string) => (
    <ul id={id} className="flow-findings">
      {found.map((finding, i) => (
        <li key={i} data-rule={finding.id}>
          <FindingText flow={flow} finding={finding} />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {errors.length > 0 && (
        <section className="flow-level flow-level-error">
          <h3>{say("errors", { count: errors.length })}</h3>
          <p className="flow-hint">{say("errorsHint")}</p>
          {list(errors)}
        </section>
      )}
      {warnings.length > 0 && (
        <section className="flow-level flow-level-warning">
          <h3>{say("warnings", { count: warnings.length })}</h3>
          <p className="flow-hint">{say("warningsHint")}</p>
          {rules.map((id) => (
            <div key={id} className="flow-rule">
              {list(
                warnings.filter((f) => f.id === id),
                `warnings-${id}`,
              )}
              <Explanation flow={flow} id={id} of={`warnings-${id}`} missing={tried && unexplained.includes(id)} />
            </div>
          ))}
        </section>
      )}
      {information.length > 0 && (
        <section className="flow-level flow-level-information">
          <h3>{say("information", { count: information.length })}</h3>
          {list(information)}
        </section>
      )}
    </>
  );
}
