/** What `nianbao batch` prints at the end. */
import { createReadStream } from "node:fs";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Summary } from "../src/batch/summary.ts";
import { say } from "./language.ts";

/** Whether no file has errors and, where reports were to be published, all are. */
export const isWell = ({ totals: { outcomes, submissions } }: Summary): boolean =>
  outcomes.errors + outcomes.unreadable + outcomes.failed === 0 &&
  (submissions === undefined ||
    outcomes.unexplained + submissions.held + submissions.refused + submissions.failed === 0);

/** The summary as JSON on standard output, byte for byte as it lies in the folder of results. */
export const printSummaryJson = (out: string): Promise<void> =>
  pipeline(createReadStream(join(out, "summary.json")), process.stdout, { end: false });

/** The figures of a run, and where the rest is. */
export function printTotals(summary: Summary, out: string, quiet = false): void {
  const { files, outcomes, organs, listed, notFiled, submissions } = summary.totals;
  const { sound, unexplained, errors, unreadable, failed, same } = outcomes;
  console.log(
    [
      say(`${files}个文件，${organs}个机关`, `${files} files, ${organs} organs`),
      ...counts([
        [sound, "通过", "sound"],
        [unexplained, "有警告，须核实或说明", "with warnings to be verified or explained"],
        [errors, "有错误", "with errors"],
        [unreadable, "读不出报告", "of which no report could be made"],
        [failed, "没有处理成", "failed"],
        [same, "重复报送，内容相同", "the same as another"],
      ]),
      ...(listed === undefined
        ? []
        : [
            say(
              `名单中${listed}个机关，未报送${notFiled}个`,
              `${listed} organs on the list, ${notFiled} have not filed`,
            ),
          ]),
      ...(submissions
        ? [
            say("提交", "submissions"),
            ...counts([
              [submissions.published, "已公布", "published"],
              [submissions.held, "导入时有推定，未提交", "held, for the import assumed something"],
              [submissions.refused, "未公布", "refused"],
              [submissions.failed, "没有提交成", "failed"],
            ]),
          ]
        : []),
    ].join("\n"),
  );
  if (!quiet)
    console.error(
      say(
        `汇总：${join(shown(out), "summary.html")}、summary.xlsx、summary.json`,
        `Summary: ${join(shown(out), "summary.html")}, summary.xlsx, summary.json`,
      ),
    );
}

const counts = (rows: readonly (readonly [count: number, zh: string, en: string])[]): string[] =>
  rows.flatMap(([count, zh, en]) => (count === 0 ? [] : [`  ${String(count).padStart(6)}  ${say(zh, en)}`]));

/** A path as whoever called is likely to write it. */
const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
};
