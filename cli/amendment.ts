import { randomUUID } from "node:crypto";
import { isCode } from "../src/form/uscc.ts";
import { Complaint, EXIT } from "./exit.ts";
import { say } from "./language.ts";
import { printJson } from "./output.ts";
import { openService, type ServiceOptions } from "./server-option.ts";
import { outcomeOf } from "./submission.ts";

/** Options of the commands that amend a published report. */
export interface AmendmentOptions extends ServiceOptions {
  readonly reason: string;
  readonly json?: boolean;
}

/**
 * Sends an amendment of a published report, and prints the answer.
 * @param path under the report's address
 * @throws {Complaint} when no report is named
 */
export async function amend(
  [uscc, year]: readonly [uscc: string, year: string],
  path: string,
  body: Readonly<Record<string, unknown>>,
  { json, ...where }: Pick<AmendmentOptions, "json"> & ServiceOptions,
): Promise<void> {
  if (!isCode(uscc) || !/^\d{4}$/.test(year))
    throw new Complaint(
      say("请写明18位统一社会信用代码和四位年度", "name the organ's code of 18 characters and a year of four digits"),
    );
  const service = await openService(where);
  const answer = await service.post(`/reports/${uscc}/${year}/${path}`, body, { "idempotency-key": randomUUID() });
  const { printAnswer } = await import("./answers.ts");
  if (json) printJson(answer.body);
  else printAnswer(answer);
  process.exitCode = answer.status === 404 ? EXIT.failed : outcomeOf(answer);
}
