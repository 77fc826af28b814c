import type { Report } from "../../generated/report.ts";
import { reportSchemas } from "../../generated/schemas.ts";
import * as validators from "../../generated/validators.mjs";
import { type Finding, hasErrors, MAX_LISTED, unlisted } from "../basics/finding.ts";
import { withIdeographs } from "../basics/ideographs.ts";
import { cellsByPointer } from "../form/cells.ts";
import { completeTotals } from "../form/complete.ts";
import type { EditionForm } from "../form/form.ts";
import { formOf, forms } from "../form/forms.ts";
import { type AmendmentKind, amendmentSchema } from "../rules/amendment-schema.ts";
import { type Subject, schemaFinding, shown } from "./messages.ts";

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
function findingOf(error: validators.SchemaError, value: unknown, subject: Subject): Finding | undefined {
  const own = (error.params as { readonly finding?: Finding }).finding;
  if (!own) return schemaFinding(error, value, subject);
  return {
    ...own,
    cells: own.cells.map((cell) => (cell.of ? cell : { ...cell, pointer: error.instancePath + cell.pointer })),
  };
}

/** What a validator's last call found, in words. */
export function findingsOf(check: validators.Validator, value: unknown, subject: Subject): Finding[] {
  const errors = check.errors ?? [];
  const findings = errors.slice(0, MAX_LISTED).flatMap((error) => findingOf(error, value, subject) ?? []);
  const more = errors.length - MAX_LISTED;
  if (more > 0) findings.push(unlisted(more, "error"));
  return findings;
}

const AMENDMENTS: Readonly<Record<AmendmentKind, validators.Validator>> = {
  correction: validators.correction,
  withdrawal: validators.withdrawal,
  redaction: validators.redaction,
};

/** What is wrong with a correction, a withdrawal or a redaction; the report inside a correction has its own checks. */
export function validateAmendment(value: unknown, kind: AmendmentKind): readonly Finding[] {
  const check = AMENDMENTS[kind];
  return check(value) ? [] : findingsOf(check, value, { schema: amendmentSchema(kind), label: () => undefined });
}

/** A submission with ideographs for the radicals and compatibility ideographs in its organ's name, and that this was done. */
function named(value: object): { readonly report: object; readonly findings: readonly Finding[] } {
  const { organ } = value as { readonly organ?: unknown };
  const name = typeof organ === "object" && organ !== null ? (organ as { readonly name?: unknown }).name : undefined;
  const unified = typeof name === "string" && name.length <= MOST_IN_NAME ? withIdeographs(name) : name;
  if (typeof name !== "string" || unified === name) return { report: value, findings: [] };
  return {
    report: { ...value, organ: { ...(organ as object), name: unified } },
    findings: [
      {
        id: "F-IDEOGRAPHS",
        level: "information",
        message: `机关名称里有部首或兼容汉字的编码（看起来一样，实际是别的字），已换成通用的汉字“${unified}”`,
        messageEn: `The organ's name had radicals or compatibility ideographs, which look like others; it is taken as “${unified}”`,
        cells: [{ pointer: "/organ/name", label: "机关名称" }],
      },
    ],
  };
}

/** Longer names are refused as they are. */
const MOST_IN_NAME = 1000;

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
    const given = edition === undefined ? ["没有", "is missing"] : [`是${shown(edition)}`, `is ${shown(edition)}`];
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
  const { report, findings: ofName } = named(value as object);
  if (check(report)) return { findings: ofName, report: completeTotals(form, report as Report) };
  const found = findingsOf(check, report, {
    schema: reportSchemas[form.edition]!,
    label: (pointer) => cellsByPointer(form).get(pointer)?.label,
  });
  const findings = [...ofName, ...found];
  return hasErrors(findings) ? { findings } : { findings, report: completeTotals(form, report as Report) };
}
