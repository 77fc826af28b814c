import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../generated/report.ts";
import { type Finding, hasErrors } from "../basics/finding.ts";
import { narrativeOf } from "../check/alike.ts";
import { type Checked, conclude } from "../check/conclude.ts";
import { previousFinding, soundPart } from "../check/sound-part.ts";
import { validate } from "../check/validate.ts";
import type { Fonts } from "../fonts/fonts.ts";
import { composedReport } from "../formats/content.ts";
import { fileName } from "../formats/registry.ts";
import { writeAs } from "../formats/write.ts";
import { checkedApart } from "../rollup/sent-sources.ts";
import type { CheckLine, FileId } from "./journal.ts";
import { problems } from "./problems.ts";
import type { Results } from "./results.ts";
import { type CheckTask, IMPORTED, pathOf, RENDERED, type Settings } from "./settings.ts";

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
  if (others.length > 0) return { findings: [problems.previous(paths)] };
  const sound = soundPart(importedOf(only, settings));
  const findings = sound.errors === 0 ? [] : [previousFinding(paths.join("、"), sound)];
  return { ...(sound.previous ? { report: sound.previous } : {}), findings };
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
  const checked = checkedApart(value, (own) => conclude(own, validate(own), previous.report, context.faces));
  const findings = [
    ...checked.findings,
    ...previous.findings,
    ...(differs ? [problems.duplicate(differs.map(pathOf))] : []),
    ...(same === undefined ? [] : [problems.same(pathOf(same))]),
  ];
  const outcome = outcomeOf(task, checked, findings);
  const { report } = checked;
  const sound = outcome === "sound" || outcome === "unexplained";
  const wanted = report && sound ? context.render : [];
  const files: { readonly name: string; readonly bytes?: Uint8Array }[] = [];
  const content = report && wanted.length > 0 ? composedReport({ of: "report", report }) : undefined;
  for (const format of RENDERED) {
    const name = fileName(format);
    if (!content || !wanted.includes(format.name)) files.push({ name });
    else files.push({ name, bytes: await writeAs(format, content, { fonts: () => context.faces }) });
  }
  const outputs = files.flatMap(({ name, bytes }) => (bytes ? [{ name, size: bytes.length }] : []));
  const compared = checked.comparedWithLastYear;
  const line: CheckLine = { step: "check", id, key, outcome, compared, findings, outputs };
  return { line, files, ...(sound ? { narrative: narrativeOf(value as Report) } : {}) };
}
