import type { Finding } from "../../../src/basics/finding.ts";
import { getCell } from "../../../src/form/cells.ts";
import { placesOf } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";
import { whenSteady } from "../steady.ts";
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
  of,
}: {
  readonly model: Form;
  readonly rule: string;
  readonly place: string;
  /** The element that has the warning. */
  readonly of: string;
}) {
  const pointer = `/explanations/${rule}`;
  const value = getCell(model.report.value, pointer);
  const id = `explanation-${place}-${rule}`;
  return (
    <div class="explanation">
      <label id={`${id}-label`} for={id}>
        {t("explain")}
      </label>
      <textarea
        id={id}
        rows={2}
        data-pointer={pointer}
        value={typeof value === "string" ? value : ""}
        aria-labelledby={`${id}-label ${of}`}
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
          whenSteady(() => model.touch(pointer));
        }}
      />
      <p class="hint" id={`${id}-hint`}>
        {t("explainHint")}
      </p>
    </div>
  );
}

/**
 * The findings of a part that are told below it: an error is told at its place, where it is mended, and all else here, where
 * it is answered. Its place is described by the same text.
 * @param isThere whether a place shows its errors itself
 * @returns each with the id of the element that has it
 */
export function toldBelow(
  findings: readonly Finding[],
  step: string,
  isThere: (pointer: string) => boolean,
): ReadonlyMap<Finding, string> {
  const below = findings.filter((finding) => finding.level !== "error" || !placesOf(finding).some(isThere));
  return new Map(below.map((finding, i) => [finding, `note-${step}-${i}`]));
}

/** The findings that are told below a part, each with the way to its place; warnings with room for an answer. */
export function PartFindings({
  model,
  told,
  place,
}: {
  readonly model: Form;
  /** As `toldBelow` has them. */
  readonly told: ReadonlyMap<Finding, string>;
  readonly place: string;
}) {
  if (told.size === 0) return null;
  const asked = new Set<string>();
  return (
    <section class="part-findings" aria-label={t("partFindings")}>
      <h3>{t("partFindings")}</h3>
      <ul>
        {[...told].map(([finding, id]) => {
          const first = finding.level === "warning" && !asked.has(finding.id);
          if (finding.level === "warning") asked.add(finding.id);
          return (
            <li key={id}>
              <FindingNote id={id} finding={finding} />
              <BesideLastYear model={model} finding={finding} />
              <button type="button" class="plain" onClick={() => model.reveal(placesOf(finding)[0]!)}>
                {t("goToCell")}
              </button>
              {first && <Explanation model={model} rule={finding.id} place={place} of={id} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
