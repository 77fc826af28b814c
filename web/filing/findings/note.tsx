import type { Finding } from "../../../src/basics/finding.ts";
import { getCell } from "../../../src/form/cells.ts";
import { placesOf } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { BesideLastYear } from "./beside-last-year.tsx";
import { findingText } from "./text.ts";

/** A finding beside what it speaks of. */
export function FindingNote({ id, finding }: { readonly id?: string; readonly finding: Finding }) {
  return (
    <p id={id} class={`remark ${finding.level}`}>
      <b>{t(finding.level)}</b> {findingText(finding)}
    </p>
  );
}

/** What the organ says to a warning; one text for all findings of a rule. */
export function Explanation({
  model,
  rule,
  place,
}: {
  readonly model: Form;
  readonly rule: string;
  readonly place: string;
}) {
  const pointer = `/explanations/${rule}`;
  const value = getCell(model.report.value, pointer);
  const id = `explanation-${place}-${rule}`;
  return (
    <div class="explanation">
      <label for={id}>{t("explain", { id: rule })}</label>
      <textarea
        id={id}
        rows={2}
        data-pointer={pointer}
        value={typeof value === "string" ? value : ""}
        aria-describedby={`${id}-hint`}
        onInput={(event) => {
          const { value: text } = event.currentTarget;
          const explanations = { ...(model.report.value["explanations"] as Record<string, unknown> | undefined) };
          if (text === "") delete explanations[rule];
          else explanations[rule] = text;
          model.edit(
            [["/explanations", Object.keys(explanations).length > 0 ? explanations : undefined]],
            `explanation ${rule}`,
          );
        }}
        onBlur={() => {
          model.seal();
          model.touch(pointer);
        }}
      />
      <p class="hint" id={`${id}-hint`}>
        {t("explainHint")}
      </p>
    </div>
  );
}

/** The findings of one part below it, each with the way to its place; warnings with room for an answer. */
export function PartFindings({
  model,
  findings,
  place,
}: {
  readonly model: Form;
  readonly findings: readonly Finding[];
  readonly place: string;
}) {
  if (findings.length === 0) return null;
  const asked = new Set<string>();
  return (
    <section class="part-findings" aria-label={t("partFindings")}>
      <h3>{t("partFindings")}</h3>
      <ul>
        {findings.map((finding, i) => {
          const first = finding.level === "warning" && !asked.has(finding.id);
          if (finding.level === "warning") asked.add(finding.id);
          return (
            <li key={`${finding.id}-${i}`}>
              <FindingNote finding={finding} />
              <BesideLastYear model={model} finding={finding} />
              <button type="button" class="plain" onClick={() => model.reveal(placesOf(finding)[0]!)}>
                {t("goToCell")}
              </button>
              {first && <Explanation model={model} rule={finding.id} place={place} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
