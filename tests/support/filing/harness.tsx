/** A page with the parts of the filing pages that are around the form, and a form of four fields in its place. */
import { computed, signal } from "@preact/signals";
import { render } from "preact";
import { conclude } from "../../../src/check/conclude.ts";
import type { Coverage } from "../../../src/check/glyphs.ts";
import { validate } from "../../../src/check/validate.ts";
import type { FilingConfiguration } from "../../../src/filing/configuration.ts";
import { getCell, setCell } from "../../../src/form/cells.ts";
import type { DraftReport, FormModel } from "../../../web/filing/contract.ts";
import { AccountBar, DraftBar, Notices } from "../../../web/filing/flow/bar.tsx";
import { Entry } from "../../../web/filing/flow/entry.tsx";
import { Flow } from "../../../web/filing/flow/flow.ts";
import { Preview } from "../../../web/filing/flow/preview.tsx";
import { keepLanguage, language } from "../../../web/filing/i18n.ts";
import { SubmissionView } from "../../../web/filing/submission/view.tsx";

const everything: Coverage = { missing: () => [], fallbacks: () => [] };

/** A form that holds a report and checks it at once. */
function plainForm(): FormModel {
  const report = signal<DraftReport>({});
  return {
    report,
    checked: computed(() => conclude(report.value, validate(report.value), undefined, everything)),
    previous: signal(undefined),
    lastYearFile: signal(undefined),
    remarks: signal([]),
    open: (next) => {
      report.value = next;
    },
    load: (next) => {
      report.value = next;
    },
    set: (pointer, value) => {
      const next = structuredClone(report.peek()) as Record<string, unknown>;
      if (value === undefined && pointer.startsWith("/explanations/")) {
        const { [pointer.slice("/explanations/".length)]: _, ...rest } = (next["explanations"] ?? {}) as Record<
          string,
          unknown
        >;
        next["explanations"] = rest;
      } else setCell(next, pointer, value);
      report.value = next;
    },
    reveal: (pointer) => document.getElementById(pointer)?.focus(),
  };
}

const FIELDS = [
  ["/overview/body/0/text", "总体情况"],
  ["/requests/received/naturalPerson", "新收（自然人）"],
  ["/requests/results/granted/naturalPerson", "予以公开（自然人）"],
  ["/signed", "成文日期"],
] as const;

function Fields({ form }: { readonly form: FormModel }) {
  const report = form.report.value;
  return (
    <div className="fields">
      {FIELDS.map(([pointer, label]) => (
        <p key={pointer}>
          <label htmlFor={pointer}>{label}</label>
          <input
            id={pointer}
            value={String(getCell(report, pointer) ?? "")}
            onInput={(event) => {
              const { value } = event.currentTarget;
              form.set(pointer, pointer.startsWith("/requests") ? Number(value) : value);
            }}
          />
        </p>
      ))}
    </div>
  );
}

const configuration = (await (await fetch("/filing/config.json")).json()) as FilingConfiguration;
const form = plainForm();
const flow = new Flow({ form, configuration });
keepLanguage();

function App() {
  const view = flow.view.value;
  return (
    <>
      <header>
        <h1>年报填报</h1>
        <button
          type="button"
          className="flow-link"
          onClick={() => {
            language.value = language.value === "zh" ? "en" : "zh";
          }}
        >
          {language.value === "zh" ? "English" : "中文"}
        </button>
        <AccountBar flow={flow} />
      </header>
      <main>
        <Notices flow={flow} />
        {view === "entry" && <Entry flow={flow} />}
        {view === "form" && (
          <div className="beside">
            <div>
              <DraftBar flow={flow} />
              <Fields form={form} />
              <button type="button" className="flow-button flow-primary" onClick={() => flow.submit()}>
                核对并提交
              </button>
            </div>
            <Preview flow={flow} />
          </div>
        )}
        {view === "submission" && <SubmissionView flow={flow} />}
      </main>
    </>
  );
}

await flow.start();
render(<App />, document.body);
document.body.dataset["ready"] = "true";
