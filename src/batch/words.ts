import type { Finding, Level } from "../basics/finding.ts";
import { visible } from "../basics/visible.ts";
import type { SubmitLine } from "./journal.ts";
import type { FileSummary, OrganSummary, Outcome, Summary } from "./summary.ts";

/** What the summary calls things, in each of its forms. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  sound: "通过",
  same: "重复报送，内容相同",
  unexplained: "有警告，须核实或说明",
  errors: "有错误",
  unreadable: "读不出报告",
  failed: "没有处理成",
};
export const LEVEL_WORDS: Readonly<Record<Level, string>> = { error: "错误", warning: "警告", information: "提示" };
export const SUBMISSION_WORDS: Readonly<Record<SubmitLine["outcome"], string>> = {
  published: "已公布",
  held: "未提交，导入时有推定",
  refused: "未公布",
  failed: "没有提交成",
};

export const nameOf = ({ name, uscc, files }: OrganSummary): string => name ?? uscc ?? files[0]!.path;

/** What became of a file, and of its submission. */
export const outcomeOf = ({ outcome, submission }: FileSummary): string =>
  OUTCOME_WORDS[outcome] +
  (submission
    ? `；${SUBMISSION_WORDS[submission.outcome]}${submission.version === undefined ? "" : `（第${submission.version}版）`}`
    : "");

/** A sum of more places than this is shown without those that add nothing. */
const LONG = 4;
const MAX_CELLS = 10;

/** The places that a finding speaks of, the first of many. */
export function cellsOf({ cells }: Finding, most = MAX_CELLS): string {
  const telling = cells.filter(({ value }) => cells.length <= LONG || value !== 0);
  const shown = telling
    .slice(0, most)
    .map(
      ({ label, value, of }) =>
        `${of ? "上年" : ""}${label}${value === undefined ? "" : `＝${visible(String(value))}`}`,
    );
  return shown.join("；") + (telling.length > most ? `等${telling.length}格` : "");
}

export const titleOf = ({ title, year }: Summary): string =>
  `${title}：${year === undefined ? "" : `${year}年度`}政府信息公开工作年度报告核查情况`;

/** The figures of the whole, each with what it counts. */
export function totalsOf({
  totals,
  duplicates,
  others,
}: Summary): readonly (readonly [label: string, count: number])[] {
  const { outcomes, findings, submissions } = totals;
  const rows: (readonly [string, number])[] = [
    ["文件", totals.files],
    ...Object.entries(outcomes).map(([outcome, count]) => [`　${OUTCOME_WORDS[outcome as Outcome]}`, count] as const),
    ["机关", totals.organs],
    ["　报告有错误的机关", totals.organsWithErrors],
    ...(totals.unattributed > 0 ? [["看不出是哪个机关的文件", totals.unattributed] as const] : []),
  ];
  if (totals.listed !== undefined) rows.push(["名单中的机关", totals.listed], ["　未报送", totals.notFiled ?? 0]);
  if (totals.notices !== undefined) rows.push(["整改通知", totals.notices]);
  rows.push(["同一机关同一年度报送了内容不同的文件", duplicates.length], ["未读取的其他文件", others.length]);
  rows.push(["问题", Object.values(findings).reduce((sum, count) => sum + count, 0)]);
  for (const [level, count] of Object.entries(findings)) rows.push([`　${LEVEL_WORDS[level as Level]}`, count]);
  if (submissions) rows.push(["提交", Object.values(submissions).reduce((sum, count) => sum + count, 0)]);
  if (submissions)
    for (const [outcome, count] of Object.entries(submissions))
      rows.push([`　${SUBMISSION_WORDS[outcome as SubmitLine["outcome"]]}`, count]);
  return rows;
}
