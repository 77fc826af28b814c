/** A file that carries a report's data: it goes through as it is. */

import type { Finding } from "../basics/finding.ts";
import { apart } from "../check/apart.ts";
import { validate } from "../check/validate.ts";
import { figureAt, getCell } from "../form/cells.ts";
import { formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import type { AccountCell, Imported, ImportOptions } from "./account.ts";
import type { ExactDocument } from "./document.ts";
import type { Money } from "./figures.ts";
import { about, missingCells, named, remark } from "./findings.ts";
import { ImportError } from "./import-error.ts";
import { splitSections } from "./split.ts";

const isFigure = (value: unknown): value is number | Money =>
  typeof value === "number" ||
  (typeof value === "object" &&
    value !== null &&
    "amount" in value &&
    typeof value.amount === "string" &&
    "unit" in value);

/** The report with what the import was asked to take in place of what the file states. */
function asImported(report: Readonly<Record<string, unknown>>, { organ, uscc, year, signed }: ImportOptions) {
  const known = report["organ"];
  const names = { ...(organ === undefined ? {} : { name: organ }), ...(uscc === undefined ? {} : { uscc }) };
  return {
    ...report,
    ...(year === undefined ? {} : { year }),
    ...(signed === undefined ? {} : { signed }),
    ...(Object.keys(names).length === 0 ? {} : { organ: { ...(typeof known === "object" ? known : {}), ...names } }),
  };
}

const NO_EDITION = remark(
  "I-EDITION",
  "error",
  "数据里没有格式版本，或不是已知的版本",
  "The data state no edition that is known",
  "/edition",
  "格式版本",
);

/**
 * Takes a report as it is, and accounts for its figures.
 * @throws ImportError when the data are no report at all
 */
export function importExact({ format, encoding, report: value }: ExactDocument, options: ImportOptions = {}): Imported {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ImportError("文件里的数据不是一份报告", "The data in the file are not a report");
  const given: Readonly<Record<string, unknown>> = asImported(value as Record<string, unknown>, options);
  const form = formOf(given["edition"]);
  const split = form && splitSections(form, given);
  const report = split?.report ?? given;
  const findings: Finding[] = [...(split?.findings ?? [])];
  if (!form) findings.push(NO_EDITION);
  const cells = (form ? formCells(form) : []).map((cell): AccountCell => {
    const { pointer, label, labelEn, total } = cell;
    const found = getCell(report, pointer);
    const base = { pointer, label, labelEn, notes: [] } as const;
    if (isFigure(found)) return { ...base, how: "exact", value: found, sure: "certain" };
    if (found !== undefined) return { ...base, source: JSON.stringify(found), how: "unread", sure: "unsure" };
    const sum = total ? figureAt(form!, report, pointer) : undefined;
    return sum
      ? { ...base, how: "computed", value: sum.value, sure: "certain" }
      : { ...base, how: "missing", sure: "unsure" };
  });
  if (form) {
    const byHow = (how: AccountCell["how"]) => formCells(form).filter((_, i) => cells[i]!.how === how);
    const [missing, computed, unread] = [byHow("missing"), byHow("computed"), byHow("unread")];
    if (missing.length > 0) findings.push(missingCells(named(missing), missing, false));
    if (unread.length > 0) {
      const names = named(unread);
      findings.push(
        about(
          "I-UNREAD",
          "error",
          unread,
          `数据里这些格不是数：${names.zh}`,
          `These are no figures in the data: ${names.en}`,
        ),
      );
    }
    if (computed.length > 0)
      findings.push(
        about(
          "I-COMPUTED",
          "information",
          computed,
          `数据里没有的${computed.length}格总计由系统计算`,
          `${computed.length} totals that the data leave out are computed`,
        ),
      );
  }
  // What no edition knows would be refused when it is sent: reported here already.
  for (const finding of validate(apart(report).report).findings)
    if (finding.id === "S-UNKNOWN") findings.push({ ...finding, id: "I-UNPLACED" });
  return {
    report,
    account: {
      format,
      ...(encoding === undefined ? {} : { encoding }),
      ...(form ? { edition: form.edition } : {}),
      cells,
      findings,
      leftOut: split?.leftOut ?? [],
    },
  };
}
