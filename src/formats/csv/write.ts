import type { Write } from "../write.ts";
import { csv, renderCsv } from "./csv.ts";

/** The columns of what a notice leaves, of which the first three are a report's. */
export const NOTICE_COLUMNS = ["统一社会信用代码", "行政机关", "年度", "状态", "理由"] as const;

/** A report with all its figures and texts; of a notice what became of the report, and why. */
export const write: Write = (content) => {
  if (content.of === "report") return renderCsv(content.report);
  const { subject, word, reason } = content;
  return csv([NOTICE_COLUMNS, [subject.uscc, subject.organ, String(subject.year), `已${word}`, reason]]);
};
