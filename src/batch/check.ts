import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../generated/report.ts";
import { type Finding, hasErrors } from "../basics/finding.ts";
import { type Checked, conclude } from "../check/conclude.ts";
import { validate } from "../check/validate.ts";
import { docxOf, reportPage, typeset } from "../document.ts";
import type { Fonts } from "../fonts/fonts.ts";
import { renderCsv } from "../formats/csv/csv.ts";
import type { CheckLine, FileId } from "./journal.ts";
import { problems } from "./problems.ts";
import type { Results } from "./results.ts";
import { type CheckTask, IMPORTED, KINDS, type Kind, pathOf, rendered, type Settings } from "./settings.ts";

/** What checking needs besides the report; opening fonts costs, so they are kept. */
export interface CheckContext extends Settings {
  readonly faces: Fonts;
}

const importedOf = (id: FileId, { out }: Settings): unknown =>
  JSON.parse(readFileSync(join(out, id, IMPORTED), "utf8"));

/** Last year's report to compare with, or why there is none. */
function previousOf(
  ids: readonly FileId[],
  settings: Settings,
): { readonly report?: Report; readonly findings: Finding[] } {
  const [only, ...others] = ids;
  if (!only) return { findings: [] };
  const paths = ids.map(pathOf);
  if (others.length > 0) return { findings: [problems.previous(paths, "several")] };
  const { report } = validate(importedOf(only, settings));
  return report ? { report, findings: [] } : { findings: [problems.previous(paths, "errors")] };
}

async function renderedAs(kind: Kind, report: Report, fonts: Fonts): Promise<Uint8Array> {
  switch (kind) {
    case "pdf":
      return typeset(report, fonts);
    case "html":
      return reportPage(report);
    case "csv":
      return renderCsv(report);
    case "docx":
      return docxOf(report);
  }
}

const outcomeOf = ({ same, lossy }: CheckTask, { unexplained }: Checked, findings: readonly Finding[]) => {
  if (same !== undefined) return "same";
  if (lossy || hasErrors(findings)) return "errors";
  return unexplained.length > 0 ? "unexplained" : "sound";
};

/**
 * Checks the report that was made of a file, with last year's where it is known, and renders it when it has no error.
 * @returns what to write down and to keep
 */
export async function checkFile(task: CheckTask, context: CheckContext): Promise<Results> {
  const { id, key, same, differs } = task;
  const value = importedOf(id, context);
  const previous = previousOf(task.previous, context);
  const checked = conclude(value, validate(value), previous.report, context.faces);
  const findings = [
    ...checked.findings,
    ...previous.findings,
    ...(differs ? [problems.duplicate(differs.map(pathOf))] : []),
    ...(same === undefined ? [] : [problems.same(pathOf(same))]),
  ];
  const outcome = outcomeOf(task, checked, findings);
  const { report } = checked;
  const wanted = report && (outcome === "sound" || outcome === "unexplained") ? context.render : [];
  const files: { readonly name: string; readonly bytes?: Uint8Array }[] = [];
  for (const kind of KINDS) {
    const name = rendered(kind);
    if (!report || !wanted.includes(kind)) files.push({ name });
    else files.push({ name, bytes: await renderedAs(kind, report, context.faces) });
  }
  const outputs = files.flatMap(({ name, bytes }) => (bytes ? [{ name, size: bytes.length }] : []));
  const compared = checked.comparedWithLastYear;
  const line: CheckLine = { step: "check", id, key, outcome, compared, findings, outputs };
  return { line, files };
}
