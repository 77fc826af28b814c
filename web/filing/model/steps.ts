/** The steps of the form and how far each is. */

import type { Checked } from "../../../src/check/conclude.ts";
import { getCell } from "../../../src/form/cells.ts";
import type { EditionForm } from "../../../src/form/form.ts";
import { sectionCells } from "../../../src/form/form-cells.ts";
import { narrativeTexts } from "../../../src/form/narrative.ts";
import type { DraftReport } from "../contract.ts";
import { isShown, placesOf, type Shown, stepOf } from "./findings.ts";

export interface StepState {
  readonly key: string;
  /** 未填, 填写中, 有错误, 有待说明的提醒, 已完成. */
  readonly state: "empty" | "partial" | "errors" | "warnings" | "complete";
  readonly errors: number;
  /** Fields and figures that are not filled in, once everything was asked for. */
  readonly missing: number;
  readonly warnings: number;
}

const hasContent = (form: EditionForm, report: DraftReport, key: string): boolean => {
  if (key === "organ")
    return ["/organ/name", "/organ/uscc", "/signed"].some((pointer) => (getCell(report, pointer) ?? "") !== "");
  const section = form.sections.find((s) => s.key === key);
  if (!section) return false;
  return (
    narrativeTexts({ [key]: report[key] }).some(({ text }) => text !== "") ||
    (section.kind === "table" &&
      sectionCells(form, section).some(({ pointer }) => getCell(report, pointer) !== undefined))
  );
};

/** Every step with its state: errors as far as they are shown, complete when nothing of it keeps the report from publication. */
export function stepStates(
  form: EditionForm,
  report: DraftReport,
  { findings, unexplained }: Pick<Checked, "findings" | "unexplained">,
  shown: Shown,
): StepState[] {
  return ["organ", ...form.sections.map((s) => s.key)].map((key) => {
    const own = findings.filter((finding) => placesOf(finding).some((place) => stepOf(place) === key));
    const all = own.filter((finding) => finding.level === "error");
    const [missing, errors] = [true, false].map(
      (lacks) => all.filter((f) => (f.id === "S-REQUIRED") === lacks && isShown(f, shown)).length,
    ) as [number, number];
    const warned = own.filter((finding) => finding.level === "warning");
    const warnings = warned.filter((finding) => isShown(finding, shown)).length;
    const blocking = warned.filter(({ id }) => unexplained.includes(id));
    const state =
      errors + missing > 0
        ? "errors"
        : !hasContent(form, report, key)
          ? "empty"
          : blocking.some((finding) => isShown(finding, shown))
            ? "warnings"
            : all.length + blocking.length > 0
              ? "partial"
              : "complete";
    return { key, state, errors, missing, warnings };
  });
}
