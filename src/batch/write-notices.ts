import { join } from "node:path";
import { writeAtomically } from "./atomically.ts";
import { noticeOf } from "./notice.ts";
import { noticeDocx, noticeHtml, noticeNames } from "./notice-files.ts";
import { NOTICES } from "./settings.ts";
import { type FindingsOf, type OrganSummary, type Summary, worstFirst } from "./summary.ts";

/**
 * Writes a notice to each organ that has something to correct or to explain, as DOCX and as HTML.
 * @param onNotice is told of every organ that is done
 * @returns the summary with what the notices are called; undefined when it was told to stop
 * @throws StoppedError
 */
export async function writeNotices(
  folder: string,
  summary: Summary,
  findingsOf: FindingsOf,
  onNotice: () => void,
  signal: AbortSignal,
): Promise<Summary | undefined> {
  const nameFor = noticeNames();
  const names = new Map<string, string>();
  for (const organ of worstFirst(summary.organs)) {
    if (signal.aborted) return undefined;
    const notice = noticeOf(organ, findingsOf);
    if (notice) {
      const name = nameFor(organ);
      names.set(organ.key, name);
      writeAtomically(join(folder, NOTICES, `${name}.docx`), await noticeDocx(notice));
      writeAtomically(join(folder, NOTICES, `${name}.html`), noticeHtml(notice));
    }
    onNotice();
  }
  const organs = summary.organs.map((organ): OrganSummary => {
    const notice = names.get(organ.key);
    return notice === undefined ? organ : { ...organ, notice };
  });
  return { ...summary, totals: { ...summary.totals, notices: names.size }, organs };
}
