import { type Signal, signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { EditionForm } from "../../src/form/form.ts";
import { Summary } from "./findings/summary.tsx";
import { AccountBar, DraftBar, Notices } from "./flow/bar.tsx";
import { Entry } from "./flow/entry.tsx";
import type { Flow } from "./flow/flow.ts";
import { ImportView } from "./flow/import-view.tsx";
import { Preview } from "./flow/preview.tsx";
import { SubmissionView } from "./flow/submission-view.tsx";
import { labelOf, language } from "./i18n.ts";
import { stepOf } from "./model/findings.ts";
import type { Form } from "./model/form-model.ts";
import { type StepState, stepStates } from "./model/steps.ts";
import { NarrativeStep, OrganStep, TableStep } from "./steps.tsx";
import { t } from "./texts.ts";

interface AppProps {
  readonly model: Form;
  readonly flow: Flow;
}

/** What the page is at: a step, and the line of the summary that was followed to it. */
interface Place {
  readonly step: Signal<string>;
  readonly followed: Signal<string>;
  readonly asked: Signal<number>;
}

const keysOf = (form: EditionForm): string[] => ["organ", ...form.sections.map((s) => s.key), "check"];

const titleOf = (form: EditionForm, step: string): string => {
  const section = form.sections.find((s) => s.key === step);
  if (section) return language.value === "en" ? labelOf(section) : `${section.number}、${section.label}`;
  return t(step === "check" ? "stepCheck" : "stepOrgan");
};

const stateText = ({ state, errors, missing, warnings }: StepState): string =>
  [
    ...(state === "errors" ? [] : [t(state)]),
    ...(errors > 0 ? [t("errorCount", { count: errors })] : []),
    ...(missing > 0 ? [t("missingCount", { count: missing })] : []),
    ...(warnings > 0 ? [t("warningCount", { count: warnings })] : []),
  ].join(" · ");

const MARKS = { empty: "○", partial: "◐", errors: "!", complete: "✓" } as const;

function StepList({ model, place }: { readonly model: Form; readonly place: Place }) {
  const form = model.form.value;
  const shown = { touched: model.touched.value, showAll: model.showAll.value };
  const states = stepStates(form, model.report.value, model.checked.value.findings, shown);
  const link = (key: string, state?: StepState) => (
    <li key={key} class={`step ${state?.state ?? ""}`}>
      <a href={`#${key}`} aria-current={place.step.value === key ? "step" : undefined}>
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

/** The element that stands for a place: itself, the first in it, or what it lies in. */
function elementAt(pointer: string): HTMLElement | null {
  const find = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = find(`[data-pointer="${CSS.escape(at)}"]`) ?? find(`[data-pointer^="${CSS.escape(`${at}/`)}"]`);
    if (found) return found;
  }
  return null;
}

function CheckStep({ model, flow, place }: AppProps & { readonly place: Place }) {
  const { unexplained, findings } = model.checked.value;
  const ready = unexplained.length === 0 && findings.every((finding) => finding.level !== "error");
  useEffect(() => {
    model.showAll.value = true;
    model.check();
  }, [model]);
  // Back from a cell to the line that led there.
  useLayoutEffect(() => {
    const key = place.followed.peek();
    if (key !== "") document.getElementById(`summary-${key}`)?.focus();
    place.followed.value = "";
    return () => {
      place.asked.value = 0;
    };
  }, [place]);
  return (
    <>
      <Summary
        model={model}
        focus={place.asked.value}
        onFollow={(key) => {
          place.followed.value = key;
        }}
      />
      <div class="toolbar">
        <button
          type="button"
          class={ready ? "primary" : ""}
          onClick={() => {
            model.check();
            place.asked.value += 1;
            const now = model.checked.peek();
            if (now.unexplained.length === 0 && now.report) flow.submit();
          }}
        >
          {t("toReview")}
        </button>
      </div>
    </>
  );
}

/** The form: the list of steps, the step that is open, the preview beside it. */
function FormView({ model, flow }: AppProps) {
  const place = useMemo<Place>(
    () => ({ step: signal(location.hash.slice(1)), followed: signal(""), asked: signal(0) }),
    [],
  );
  const heading = useRef<HTMLHeadingElement>(null);
  const form = model.form.value;
  const keys = keysOf(form);
  const step = keys.includes(place.step.value) ? place.step.value : "organ";
  const section = form.sections.find((s) => s.key === step);
  const revealed = model.revealed.value;

  useEffect(() => {
    const onHash = (): void => {
      const [before, to] = [place.step.peek(), location.hash.slice(1)];
      // Already there, since a place was revealed and has the focus; or no step, as the link to the content.
      if (before === to || !(to === "" || keysOf(model.form.peek()).includes(to))) return;
      place.step.value = to;
      // A part that was left has been seen: what it lacks as a whole may be said.
      model.touch(`/${before}/body`);
      if (place.followed.peek() === "" || to !== "check") heading.current?.focus();
    };
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, [model, place]);

  useLayoutEffect(() => {
    if (!revealed) return;
    const target = stepOf(revealed.pointer);
    const explained = revealed.pointer.startsWith("/explanations");
    if (target !== step && !explained && keys.includes(target)) {
      location.hash = target;
      place.step.value = target;
      return;
    }
    const element = elementAt(revealed.pointer);
    element?.focus();
    element?.scrollIntoView({ block: "center", inline: "nearest" });
    model.revealed.value = undefined;
  }, [revealed, step]);

  const at = keys.indexOf(step);
  const next = keys[at + 1];
  return (
    <div class={`layout ${flow.previewShown.value ? "with-preview" : ""}`}>
      <StepList model={model} place={place} />
      <main id="content" tabIndex={-1}>
        <DraftBar flow={flow} />
        <h2 ref={heading} tabIndex={-1}>
          {titleOf(form, step)}
        </h2>
        {place.followed.value !== "" && step !== "check" && (
          <p class="back">
            <a href="#check">↩ {t("backToList")}</a>
          </p>
        )}
        {step === "organ" && <OrganStep model={model} />}
        {step === "check" && <CheckStep model={model} flow={flow} place={place} />}
        {section && section.kind === "narrative" && <NarrativeStep key={step} model={model} section={section} />}
        {section && section.kind !== "narrative" && <TableStep key={step} model={model} section={section} />}
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

/** Undo and redo by key, wherever the report is typed in; other fields have the browser's own. */
function useUndoKeys({ model, flow }: AppProps): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (!(ctrlKey || metaKey) || altKey || event.isComposing || flow.view.peek() !== "form") return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      const field = target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea");
      if (field && !target.matches("[data-pointer]")) return;
      event.preventDefault();
      if (key === "y" || shiftKey) model.redo();
      else model.undo();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [model, flow]);
}

/** The whole page. */
export function App({ model, flow }: AppProps) {
  useUndoKeys({ model, flow });
  const view = flow.view.value;
  return (
    <>
      <a class="skip" href="#content">
        {t("skip")}
      </a>
      <header class="top">
        <h1 class="brand">
          <b>{t("productName")}</b> <span>{t("title")}</span>
        </h1>
        <div class="top-tools">
          {view === "form" && (
            <>
              <button type="button" class="tool" disabled={!model.canUndo.value} onClick={() => model.undo()}>
                ↶ {t("undo")}
              </button>
              <button type="button" class="tool" disabled={!model.canRedo.value} onClick={() => model.redo()}>
                ↷ {t("redo")}
              </button>
            </>
          )}
          <button
            type="button"
            class="tool"
            lang={language.value === "en" ? "zh-CN" : "en"}
            onClick={() => {
              language.value = language.value === "en" ? "zh" : "en";
            }}
          >
            {t("switchLanguage")}
          </button>
          <AccountBar flow={flow} />
        </div>
      </header>
      <Notices flow={flow} />
      {view === "form" ? (
        <FormView model={model} flow={flow} />
      ) : (
        <main id="content" class="single" tabIndex={-1}>
          {view === "entry" && <Entry flow={flow} />}
          {view === "import" && <ImportView flow={flow} />}
          {view === "submission" && <SubmissionView flow={flow} />}
        </main>
      )}
    </>
  );
}
