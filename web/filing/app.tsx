import { useEffect } from "preact/hooks";
import { AccountBar, Notices } from "./flow/bar.tsx";
import { Entry } from "./flow/entry.tsx";
import type { Flow } from "./flow/flow.ts";
import { FormView } from "./form-view.tsx";
import { LanguageButton } from "./language-button.tsx";
import { ImportView, OverseeView, SubmissionView } from "./late.ts";
import { OfficeView } from "./late-office.ts";
import type { Form } from "./model/form-model.ts";
import { t } from "./texts.ts";

interface AppProps {
  readonly model: Form;
  readonly flow: Flow;
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
          <LanguageButton label={t("switchLanguage")} />
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
          {view === "oversee" && <OverseeView flow={flow} />}
          {view === "office" && <OfficeView flow={flow} />}
          {view === "submission" && <SubmissionView flow={flow} />}
        </main>
      )}
    </>
  );
}
