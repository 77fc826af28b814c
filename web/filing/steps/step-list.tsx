import type { Form } from "../model/form-model.ts";
import { type StepState, stepStates } from "../model/steps.ts";
import { titleOf } from "../position.ts";
import { t } from "../texts.ts";

const stateText = ({ state, errors, missing, warnings }: StepState): string =>
  [
    ...(state === "errors" || state === "warnings" ? [] : [t(state)]),
    ...(errors > 0 ? [t("errorCount", { count: errors })] : []),
    ...(missing > 0 ? [t("missingCount", { count: missing })] : []),
    ...(warnings > 0 ? [t(state === "warnings" ? "toExplain" : "warningCount", { count: warnings })] : []),
  ].join(" · ");

const MARKS = { empty: "○", partial: "◐", errors: "!", warnings: "!", complete: "✓" } as const;

/** The steps of the form, how far each is, and which is open. */
export function StepList({ model, step }: { readonly model: Form; readonly step: string }) {
  const form = model.form.value;
  const shown = { touched: model.touched.value, showAll: model.showAll.value };
  const states = stepStates(form, model.report.value, model.checked.value, shown);
  const link = (key: string, state?: StepState) => (
    <li key={key} class={`step ${state?.state ?? ""}`}>
      <a href={`#${key}`} aria-current={step === key ? "step" : undefined}>
        <span class="step-mark" aria-hidden="true">
          {state ? MARKS[state.state] : "→"}
        </span>
        <span class="step-name">{titleOf(form, key)}</span>
        {state && <span class="step-state">{stateText(state)}</span>}
      </a>
    </li>
  );
  return (
    <nav class="steps" aria-label={t("steps")}>
      <ol>
        {states.map((state) => link(state.key, state))}
        {link("check")}
      </ol>
    </nav>
  );
}
