import { ParseError, parseJson } from "../../check/parse.ts";
import { OwnFileError } from "../own-file-error.ts";

const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

/** What stands in a report's place after it was withdrawn . */
export const withdrawn = (): OwnFileError =>
  new OwnFileError(
    "这是撤回说明的数据，不是报告；撤回前各版的数据仍在公布处",
    "This is the notice of a withdrawal and no report; the versions before it are still where they were published",
  );

/**
 * The report of a `report.json`, as it would be sent and not checked yet; a byte order mark may stand before it.
 * @throws OwnFileError when it is no JSON, or JSON of something else than one report
 */
export function reportOfJson(bytes: Uint8Array): object {
  let report: unknown;
  try {
    report = parseJson(withoutMark(bytes));
  } catch (error) {
    if (error instanceof ParseError) throw new OwnFileError(error.messageZh, error.message);
    throw error;
  }
  if (typeof report !== "object" || report === null || Array.isArray(report))
    throw new OwnFileError(
      "JSON里应是一份报告（一个对象），各份报告请分别导入",
      "The JSON should be one report (an object); import reports one by one",
    );
  if ("withdrawn" in report && report.withdrawn === true) throw withdrawn();
  return report;
}
