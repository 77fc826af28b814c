import type { Finding } from "../basics/finding.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { type Notice, noticeOf } from "./notice.ts";
import { type Counts, type FileSummary, isOfContent, LEVELS } from "./summary.ts";

const count = (findings: readonly Finding[]): Counts<Finding["level"]> =>
  Object.fromEntries(
    LEVELS.map((level) => [level, findings.filter((finding) => finding.level === level).length]),
  ) as Counts<Finding["level"]>;

/**
 * The notice to an organ on what it published: what was found then, as its record has it.
 * @param more found since, by looking at other organs' reports
 * @returns undefined where nothing has to be corrected or explained
 */
export function noticeOfRecord(
  { uscc, organ, year, version, findings }: PublicationRecord,
  more: readonly Finding[] = [],
): Notice | undefined {
  const all = [...findings, ...more];
  const [counts, ofContent] = [count(all), count(all.filter(({ id }) => isOfContent(id)))];
  const file: FileSummary = {
    id: "files/published",
    path: `已公布的第${version}版`,
    outcome: counts.error > 0 ? "errors" : "sound",
    year,
    compared: true,
    counts,
    ofContent,
    outputs: [],
  };
  const summary = { key: "organ-1", name: organ, uscc, outcome: file.outcome, counts, ofContent, files: [file] };
  return noticeOf(summary, () => all);
}
