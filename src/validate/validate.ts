import type { ErrorObject } from "ajv";
import type { Report } from "../../generated/report.ts";
import * as validators from "../../generated/validators.mjs";
import type { EditionForm } from "../../schemas/form.ts";
import { formOf, forms } from "../../schemas/forms.ts";
import { type Finding, hasErrors } from "../finding.ts";
import { completeTotals } from "../report/complete.ts";
import { schemaFinding } from "./messages.ts";

/** What came of checking a submission. */
export interface Validation {
  /** Everything found, in the order of the form; empty when all is well. */
  readonly findings: readonly Finding[];
  /** The report with every 总计 computed; present when no finding is an error. */
  readonly report?: Report;
}

const validatorOf = (form: EditionForm): validators.Validator =>
  (validators as unknown as Record<string, validators.Validator>)[`report${form.edition}`]!;

/** The finding of an AJV error: the keyword's own, its pointers made absolute, or the schema's in words. */
function findingOf(error: ErrorObject, value: unknown, form: EditionForm): Finding | undefined {
  const own = (error.params as { readonly finding?: Finding }).finding;
  if (!own) return schemaFinding(error, value, form);
  return {
    ...own,
    cells: own.cells.map((cell) => (cell.of ? cell : { ...cell, pointer: error.instancePath + cell.pointer })),
  };
}

/**
 * Checks a submission: the schema of its edition and every rule that needs this report alone. All findings are
 * reported at once; a rule whose cells are sound is applied even where other cells are not.
 * @param value any JSON value
 */
export function validate(value: unknown): Validation {
  const edition = typeof value === "object" && value !== null ? (value as { edition?: unknown }).edition : undefined;
  const form = formOf(edition);
  if (!form) {
    const known = forms.map((f) => `"${f.edition}"`);
    const given =
      edition === undefined
        ? ["没有", "is missing"]
        : [`是${JSON.stringify(edition)}`, `is ${JSON.stringify(edition)}`];
    return {
      findings: [
        {
          id: "S-EDITION",
          level: "error",
          message: `格式版本（edition）${given[0]}，应为${known.join("或")}`,
          messageEn: `edition ${given[1]}; it must be ${known.join(" or ")}`,
          cells: [{ pointer: "/edition", label: "格式版本" }],
        },
      ],
    };
  }
  const check = validatorOf(form);
  if (check(value)) return { findings: [], report: completeTotals(form, value as Report) };
  const findings = (check.errors ?? []).flatMap((error) => findingOf(error, value, form) ?? []);
  return hasErrors(findings) ? { findings } : { findings, report: completeTotals(form, value as Report) };
}
