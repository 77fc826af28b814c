import { readFileSync } from "node:fs";
import { divisionNames } from "../../generated/divisions.ts";
import { usccCheckCharacter } from "../../src/rules/check-character.ts";

/** A report as JSON, as much of it as is varied here. */
export interface DistinctReport {
  readonly year: number;
  readonly organ: { readonly name: string; readonly uscc: string };
  readonly [part: string]: unknown;
}

const text = readFileSync(new URL("../../examples/liaocheng-2020.json", import.meta.url), "utf8");
/** Counties and districts all over the country; ten thousand reports make some hundred organs of each, as there are. */
const DIVISIONS = Object.keys(divisionNames)
  .filter((code) => !code.endsWith("00"))
  .sort()
  .filter((_, i) => i % 30 === 0);

/**
 * The report of the organ with a number: its own code with the right check character, its own figures, which add up and
 * are those that its text names.
 * @param edit another wording, for a correction
 */
export function distinctReport(number: number, edit = 0): DistinctReport {
  const code = `11${DIVISIONS[number % DIVISIONS.length]}MB${String(number).padStart(7, "0")}`;
  const granted = 1 + (number % 37);
  const notHeld = 1 + ((number * 7) % 23);
  const received = granted + notHeld;
  const worded = text.replaceAll(
    /([954])件/g,
    (_, n: "9" | "5" | "4") => `${{ 9: received, 5: notHeld, 4: granted }[n]}件`,
  );
  // biome-ignore lint/suspicious/noExplicitAny: a report that is put together
  const report = JSON.parse(worded) as any;
  report.organ = { name: `示例机关第${number}号`, uscc: `${code}${usccCheckCharacter(code)}` };
  report.signed = `2021-01-${String(1 + (number % 28)).padStart(2, "0")}`;
  report.disclosure.procurement = { projects: number % 90, amount: { amount: `${number % 5000}.25`, unit: "万元" } };
  report.disclosure.licensing = {
    previous: number % 50,
    change: number % 11,
    decisions: (number % 50) + (number % 11),
  };
  const row = (count: number) => ({ ...report.requests.received, naturalPerson: count, total: count });
  report.requests.received = row(received);
  report.requests.results.granted = row(granted);
  report.requests.results.unavailable.notHeld = row(notHeld);
  report.requests.results.total = row(received);
  const wording = edit === 0 ? "" : `经第${edit}次核对，文字有改动。`;
  report.problems.body.push({ type: "paragraph", text: `本机关在示例中编号为第${number}号。${wording}` });
  return report as DistinctReport;
}
