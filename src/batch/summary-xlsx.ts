import { writeXlsx } from "hucre/xlsx";
import { type Row, sheetOf, type Table } from "../formats/sheet.ts";
import { NOTICES } from "./settings.ts";
import { type FindingsOf, type Summary, worstFirst } from "./summary.ts";
import { cellsOf, LEVEL_WORDS, nameOf, outcomeOf, titleOf, totalsOf } from "./words.ts";

/** A summary with its organs by key. */
interface Summed {
  readonly summary: Summary;
  readonly nameOfKey: (key: string) => string;
}

const overview = ({ summary, nameOfKey }: Summed): Table => ({
  name: "汇总",
  columns: [
    ["项目", 40],
    ["数量", 24],
  ],
  rows: [
    [titleOf(summary), undefined],
    ["日期", summary.date],
    ["程序", summary.program],
    ...totalsOf(summary),
    ...summary.duplicates.map(
      ({ organ, year, paths }): Row => [`内容不同的报送：${nameOfKey(organ)}，${year}年度`, paths.join("、")],
    ),
    ...summary.others.map((path): Row => ["未读取的文件", path]),
  ],
});

/** So many organs are named beside a rule. */
const NAMES = 50;

const byRule = ({ summary, nameOfKey }: Summed): Table => ({
  name: "按规则",
  columns: [
    ["规则", 18],
    ["级别", 8],
    ["机关数", 9],
    ["处数", 9],
    ["例", 50],
    ["机关", 50],
  ],
  rows: summary.rules.map(({ id, level, organs: keys, findings, example }) => [
    id,
    LEVEL_WORDS[level],
    keys.length,
    findings,
    example,
    keys.slice(0, NAMES).map(nameOfKey).join("、") + (keys.length > NAMES ? "……（其余见“问题明细”，以规则筛选）" : ""),
  ]),
});

const byOrgan = ({ summary }: Summed): Table => ({
  name: "按机关",
  columns: [
    ["机关", 28],
    ["统一社会信用代码", 20],
    ["行政区划", 10],
    ["在名单中", 10],
    ["年度", 6],
    ["结果", 22],
    ["数字和文字的错误", 10],
    ["其他错误", 8],
    ["警告", 8],
    ["提示", 8],
    ["与上年比对", 12],
    ["文件", 32],
    ["公布的网页", 30],
    ...(summary.totals.notices === undefined ? [] : [["整改通知", 30] as const]),
  ],
  rows: worstFirst(summary.organs).flatMap((organ) =>
    organ.files.map((file) => [
      nameOf(organ),
      organ.uscc,
      organ.division,
      organ.listed === undefined ? undefined : organ.listed ? "是" : "否",
      file.year,
      outcomeOf(file),
      file.ofContent.error,
      file.counts.error - file.ofContent.error,
      file.counts.warning,
      file.counts.information,
      file.compared ? "是" : "否",
      file.path,
      file.submission?.url,
      ...(summary.totals.notices === undefined ? [] : [organ.notice && `${NOTICES}/${organ.notice}.docx`]),
    ]),
  ),
});

const allFindings = ({ summary }: Summed, findingsOf: FindingsOf): Table => ({
  name: "问题明细",
  columns: [
    ["机关", 24],
    ["统一社会信用代码", 20],
    ["行政区划", 10],
    ["年度", 6],
    ["文件", 26],
    ["规则", 16],
    ["级别", 6],
    ["说明", 48],
    ["单元格", 40],
    ["整改情况", 20],
  ],
  rows: worstFirst(summary.organs).flatMap((organ) =>
    organ.files.flatMap((file) =>
      findingsOf(file).map((finding) => [
        nameOf(organ),
        organ.uscc,
        organ.division,
        file.year,
        file.path,
        finding.id,
        LEVEL_WORDS[finding.level],
        finding.message,
        cellsOf(finding),
        undefined,
      ]),
    ),
  ),
});

const notFiled = ({ summary }: Summed): Table => ({
  name: "未报送",
  columns: [
    ["机关", 36],
    ["统一社会信用代码", 22],
    ["行政区划", 14],
    ["可能是它的文件", 60],
  ],
  rows: summary.notFiled.map(({ name, uscc, division, candidates }) => [name, uscc, division, candidates.join("、")]),
});

function tablesOf(summary: Summary, findingsOf: FindingsOf): Table[] {
  const byKey = new Map(summary.organs.map((organ) => [organ.key, organ]));
  const summed: Summed = { summary, nameOfKey: (key) => nameOf(byKey.get(key)!) };
  return [overview(summed), byRule(summed), byOrgan(summed), allFindings(summed, findingsOf), notFiled(summed)];
}

/** The summary as a workbook that can be filtered, filled in and sent back. */
export async function summaryXlsx(summary: Summary, findingsOf: FindingsOf): Promise<Uint8Array> {
  const at = new Date(`${summary.date}T00:00:00Z`);
  return writeXlsx({
    properties: { title: titleOf(summary), creator: summary.program, created: at, modified: at },
    sheets: tablesOf(summary, findingsOf).map(sheetOf),
  });
}
