import { forms } from "../../../src/form/forms.ts";
import { FindingNote } from "../findings/note.tsx";
import { placesOf } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { shownFindings } from "./shown-findings.ts";

/** The year that is reported on, which decides the form. */
export function Year({ model }: { readonly model: Form }) {
  const now = new Date().getFullYear();
  const year = Number(model.report.value["year"]);
  const first = Math.min(...forms.map((form) => form.firstYear));
  const years = Array.from({ length: Math.max(now, year) - first + 1 }, (_, i) => Math.max(now, year) - i);
  const findings = shownFindings(model, "organ").filter(
    (finding) => finding.level === "error" && ["/year", "/edition"].includes(placesOf(finding)[0]!),
  );
  const aside = model.asideCount.value;
  return (
    <div class="field">
      <label for="field-year">{t("year")}</label>
      <p class="hint" id="field-year-hint">
        {t("yearHint")}
      </p>
      {findings.map((finding) => (
        <FindingNote key={finding.id} finding={finding} />
      ))}
      <select
        id="field-year"
        data-pointer="/year"
        value={String(year)}
        aria-describedby="field-year-hint"
        onChange={(event) => model.setYear(Number(event.currentTarget.value))}
      >
        {years.map((y) => (
          <option key={y} value={String(y)}>
            {y}
          </option>
        ))}
      </select>
      <p class="hint">{model.form.value.source}</p>
      <p role="status" class={aside > 0 ? "outcome" : ""}>
        {aside > 0 && t("yearAside", { count: aside })}
      </p>
    </div>
  );
}
