import type { Report } from "../../generated/report.ts";
import * as validators from "../../generated/validators.mjs";
import type { Finding } from "../basics/finding.ts";

/**
 * The rules that need last year's report (`Y-*`, `T2-STOCK`).
 * @param report this year's, with its totals
 * @param previous the last version of the year before, on whichever edition
 */
export function compare(report: Report, previous: Report): readonly Finding[] {
  const check = (validators as unknown as Record<string, validators.Validator>)[`comparison${report.edition}`]!;
  if (check({ report, previous })) return [];
  return (check.errors ?? []).map((error) => (error.params as { readonly finding: Finding }).finding);
}
