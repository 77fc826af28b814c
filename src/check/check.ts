import { latestRecord, publishedReport } from "../publish/publish.ts";
import type { Store } from "../store/store.ts";
import { validate } from "../validate/validate.ts";
import { type Checked, type Coverage, conclude } from "./conclude.ts";

/** Every check: the schema and rules of the form, last year's report as the store has it, the fonts. */
export async function check(
  value: unknown,
  { store, fonts }: { readonly store: Store; readonly fonts: Coverage },
): Promise<Checked> {
  const validation = validate(value);
  const { report } = validation;
  const record = report && (await latestRecord(store, report.organ.uscc, report.year - 1));
  return conclude(value, validation, record && (await publishedReport(store, record)), fonts);
}
