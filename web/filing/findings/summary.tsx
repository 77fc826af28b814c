import { useEffect, useRef } from "preact/hooks";
import type { EditionForm } from "../../../src/form/form.ts";
import { inLanguage, labelOf } from "../i18n.ts";
import { type SummaryLine, summaryOf } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { BesideLastYear } from "./beside-last-year.tsx";
import { Explanation } from "./note.tsx";
import { findingText } from "./text.ts";

const textOf = (form: EditionForm, { finding, missing, step }: SummaryLine): string => {
  const section = form.sections.find((s) => s.key === step);
  if (section && missing !== undefined && missing > 1) {
    const table = section.kind === "narrative" ? section.label : inLanguage([section.table, labelOf(section)]);
    return t("missingCells", { table, count: missing });
  }
  // Messages of figures name their table; those of texts do not name their part.
  const ofText = section?.kind === "narrative" || finding.cells[0]?.pointer.endsWith("/text");
  if (!section || !ofText) return findingText(finding);
  const part = inLanguage([`${section.number}、${section.label}`, section.en]);
  return t("inPart", { part, message: findingText(finding) });
};

interface SummaryProps {
  readonly model: Form;
  /** Called with the line that was followed, to come back to it. */
  readonly onFollow: (key: string) => void;
  /** Asks for the focus once: after everything was checked. */
  readonly focus: number;
}

/** Everything that was found, errors first, each a link to its place (GOV.UK: error summary). */
export function Summary({ model, onFollow, focus }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const form = model.form.value;
  const { findings, unexplained } = model.checked.value;
  const lines = summaryOf(form, findings);
  const of = (level: string) => lines.filter((line) => line.finding.level === level);
  const [errors, warnings, notes] = [of("error"), of("warning"), of("information")];
  useEffect(() => {
    if (focus > 0) box.current?.focus();
  }, [focus]);

  const asked = new Set<string>();
  const item = (line: SummaryLine, withAnswer: boolean) => {
    const first = withAnswer && !asked.has(line.finding.id);
    asked.add(line.finding.id);
    return (
      <li key={line.key}>
        <a
          id={`summary-${line.key}`}
          href={`#${line.step}`}
          onClick={(event) => {
            event.preventDefault();
            onFollow(line.key);
            model.reveal(line.pointer);
          }}
        >
          {textOf(form, line)}
        </a>
        <BesideLastYear model={model} finding={line.finding} />
        {first && <Explanation model={model} rule={line.finding.id} place="summary" of={`summary-${line.key}`} />}
      </li>
    );
  };
  return (
    <>
      <div
        ref={box}
        tabIndex={-1}
        role={focus > 0 ? "alert" : undefined}
        class={`summary ${errors.length > 0 ? "error" : ""}`}
      >
        <h3>
          {errors.length > 0
            ? t("summaryTitle", { errors: errors.length })
            : unexplained.length > 0
              ? t("summaryUnexplained", { rules: unexplained.length })
              : t("summaryClear")}
        </h3>
        {errors.length > 0 && <ul>{errors.map((line) => item(line, false))}</ul>}
      </div>
      {warnings.length > 0 && (
        <div class="summary warning">
          <h3>{t("summaryWarnings", { warnings: warnings.length })}</h3>
          <ul>{warnings.map((line) => item(line, true))}</ul>
        </div>
      )}
      {notes.length > 0 && (
        <div class="summary">
          <h3>{t("summaryNotes")}</h3>
          <ul>{notes.map((line) => item(line, false))}</ul>
        </div>
      )}
      {!model.coverageKnown && <p class="hint">{t("coverageUnknown")}</p>}
    </>
  );
}
