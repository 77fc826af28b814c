/** Rows of the desk as a workbook, in Chinese whatever the page speaks: it goes into the offices' own files. */
import { writeXlsx } from "hucre/xlsx";
import { type Row, sheetOf } from "../formats/sheet.ts";
import { KIND_NAMES } from "../roster/schema.ts";
import type { DeskRow } from "./rows.ts";
import type { DeskState } from "./states.ts";

const STATES: Readonly<Record<DeskState, string>> = {
  none: "未开始",
  draft: "草稿",
  submitted: "送审",
  returned: "退回",
  agreed: "同意",
  cleared: "备案同意",
  signed: "签发",
  published: "已公布",
  corrected: "更正",
  withdrawn: "撤回",
};

const COLUMNS = [
  ["机关", 36],
  ["统一社会信用代码", 22],
  ["类别", 10],
  ["行政区划", 10],
  ["状态", 10],
  ["正在办的", 10],
  ["版本", 6],
  ["期限", 12],
  ["余日", 7],
  ["逾期", 12],
  ["警告", 7],
  ["提示", 7],
  ["已说明", 8],
  ["公布时间", 22],
  ["最近一步", 22],
  ["最近提醒", 22],
] as const;

const lateness = ({ late, version }: DeskRow): string | undefined =>
  late ? (version === undefined ? "逾期未公布" : "逾期公布") : undefined;

const valuesOf = (row: DeskRow): Row => {
  const { uscc, name, kind, division, state, next, version, due, daysLeft, found, publishedAt, at, reminded } = row;
  return [
    name,
    uscc,
    kind && KIND_NAMES[kind][0],
    division,
    STATES[state],
    next && STATES[next],
    version,
    due,
    daysLeft,
    lateness(row),
    found?.warnings,
    found?.information,
    found?.explained,
    publishedAt,
    at,
    reminded,
  ];
};

/** @param today ISO date, of the workbook */
export function workbookOf(rows: readonly DeskRow[], title: string, today: string): Promise<Uint8Array> {
  const at = new Date(`${today}T00:00:00Z`);
  const sheet = sheetOf({ name: "年度报告", columns: COLUMNS, rows: rows.map(valuesOf) });
  return writeXlsx({ properties: { title, created: at, modified: at }, sheets: [sheet] });
}
