import { useRef } from "preact/hooks";
import { DraftBar } from "./flow/bar.tsx";
import type { Flow } from "./flow/flow.ts";
import { Preview } from "./flow/preview.tsx";
import { TaskBanner } from "./flow/task-banner.tsx";
import { OfficeBar } from "./late-office.ts";
import type { Form } from "./model/form-model.ts";
import { type Position, stepsOf, titleOf, usePosition, useRevealing } from "./position.ts";
import { useSteady } from "./steady.ts";
import { CheckStep } from "./steps/check-step.tsx";
import { NarrativeStep } from "./steps/narrative-step.tsx";
import { OrganStep } from "./steps/organ-step.tsx";
import { StepList } from "./steps/step-list.tsx";
import { TableStep } from "./steps/table-step.tsx";
import { t } from "./texts.ts";

interface FormProps {
  readonly model: Form;
  readonly flow: Flow;
}

/** The step that is open. */
function Step({ model, flow, position, step }: FormProps & { readonly position: Position; readonly step: string }) {
  if (step === "organ") return <OrganStep model={model} flow={flow} />;
  if (step === "check") return <CheckStep model={model} flow={flow} position={position} />;
  const section = model.form.value.sections.find(({ key }) => key === step)!;
  return section.kind === "narrative" ? (
    <NarrativeStep key={step} model={model} section={section} />
  ) : (
    <TableStep key={step} model={model} section={section} />
  );
}

/** The form: the list of steps, the step that is open, the preview beside it. */
export function FormView({ model, flow }: FormProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const position = usePosition(model, () => heading.current?.focus());
  const form = model.form.value;
  const keys = stepsOf(form);
  const step = keys.includes(position.step.value) ? position.step.value : "organ";
  useRevealing(model, position, step);
  // Somebody else's save comes at any time: it is told above the form, which it moves.
  const noticeable = useSteady(flow.service.noticeable);
  const next = keys[keys.indexOf(step) + 1];
  return (
    <div class={`layout ${flow.previewShown.value ? "with-preview" : ""}`}>
      <StepList model={model} step={position.step.value} />
      <main id="content" tabIndex={-1}>
        <DraftBar flow={flow} />
        {noticeable && <OfficeBar flow={flow} />}
        <TaskBanner flow={flow} />
        <h2 ref={heading} tabIndex={-1}>
          {titleOf(form, step)}
        </h2>
        {position.followed.value !== "" && step !== "check" && (
          <p class="back">
            <a href="#check">↩ {t("backToList")}</a>
          </p>
        )}
        <Step model={model} flow={flow} position={position} step={step} />
        {next !== undefined && (
          <p class="next">
            <a class="button" href={`#${next}`}>
              {t("next", { step: titleOf(form, next) })}
            </a>
          </p>
        )}
        <p class="source hint">{t("footer", { source: form.source })}</p>
      </main>
      <aside class="side" aria-label={flow.say("preview")}>
        <Preview flow={flow} />
      </aside>
    </div>
  );
}
