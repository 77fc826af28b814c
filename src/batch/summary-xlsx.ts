import type { RowDef, WriteSheet } from "hucre";
import { colToLetter, writeXlsx } from "hucre/xlsx";
import { visible } from "../basics/visible.ts";
import { guarded } from "../formats/csv/csv.ts";
import { NOTICES } from "./settings.ts";
import { type FindingsOf, type Summary, worstFirst } from "./summary.ts";
import { cellsOf, LEVEL_WORDS, nameOf, outcomeOf, titleOf, totalsOf } from "./words.ts";

type Value = string | number | undefined;
type Row = readonly Value[];

interface Table {
  readonly name: string;
  /** Head and width, in characters. */
  readonly columns: readonly (readonly [head: string, width: number])[];
  readonly rows: readonly Row[];
}

/** ECMA-376: what a cell can hold. */
const MAX_TEXT = 32_767;

/**
 * A text as a cell has it: of type text, so that it is no formula where it lies; and with an apostrophe where it would
 * become one when it is edited or goes on as CSV. Controls that XML cannot have are made visible.
 */
function cell(value: Value): string | number | null {
  if (typeof value !== "string") return value ?? null;
  const text = visible(value).slice(0, MAX_TEXT);
  return guarded(text);
}

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

const HEAD = {
  font: { bold: true, size: 11, name: "Calibri" },
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "F1EDE6" } },
  alignment: { vertical: "center", wrapText: true },
} as const;
const SIDE = { style: "thin", color: { rgb: "C9C4BC" } } as const;
const BODY = {
  border: { top: SIDE, right: SIDE, bottom: SIDE, left: SIDE },
  alignment: { vertical: "top", horizontal: "left", wrapText: true },
} as const;

/** Points of a line. */
const LINE = 15;
/** Excel's own limit of a row, in lines. */
const MAX_LINES = 27;
/** Excel's own limit of a sheet, its head apart. */
const MAX_ROWS = 1_048_575;

/** How many lines a row needs: a Chinese character is as wide as two of those that widths are counted in. */
function linesOf(row: readonly (string | number | null)[], columns: Table["columns"]): number {
  let lines = 1;
  for (const [i, value] of row.entries())
    if (typeof value === "string") {
      const width = value.replace(/[^\u0000-\u00ff]/gu, "  ").length;
      lines = Math.max(lines, Math.ceil(width / (columns[i]![1] - 1)));
    }
  return Math.min(lines, MAX_LINES);
}

function sheetOf({ name, columns, rows }: Table): WriteSheet {
  const shown = rows.slice(0, MAX_ROWS).map((row) => row.map(cell));
  const heights = new Map<number, RowDef>();
  for (const [i, row] of shown.entries()) {
    const lines = linesOf(row, columns);
    // Not every program finds out by itself how high a row has to be.
    if (lines > 1) heights.set(i + 1, { height: lines * LINE });
  }
  return {
    name,
    columns: columns.map(([, width]) => ({ width, style: BODY })),
    rows: [columns.map(([head]) => head), ...shown],
    cells: new Map(columns.map((_, column) => [`0,${column}`, { style: HEAD }])),
    rowDefs: heights,
    freezePane: { rows: 1, columns: 1 },
    autoFilter: { range: `A1:${colToLetter(columns.length - 1)}${shown.length + 1}` },
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: "$1:$1",
    },
  };
}

/** The summary as a workbook that can be filtered, filled in and sent back. */
export async function summaryXlsx(summary: Summary, findingsOf: FindingsOf): Promise<Uint8Array> {
  const at = new Date(`${summary.date}T00:00:00Z`);
  return writeXlsx({
    properties: { title: titleOf(summary), creator: summary.program, created: at, modified: at },
    sheets: tablesOf(summary, findingsOf).map(sheetOf),
  });
}
