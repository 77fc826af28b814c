/** The beginning of a correction: the report as it is published. */
import { formForYear } from "../../../src/form/forms.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import type { DraftReport } from "../contract.ts";
import type { Answer } from "./api.ts";
import type { Flow } from "./flow.ts";

/** What was said to a version's warnings; a receipt that was asked for before signing in does not have it. */
async function explanationsOf(
  { api }: Flow,
  { uscc, year, version, explanations }: Receipt,
): Promise<Readonly<Record<string, string>>> {
  if (explanations) return explanations;
  const answer = await api.receipt({ uscc, year });
  return (answer.kind === "ok" && answer.value.version === version && answer.value.explanations) || {};
}

/** Begins a correction with the report as it is published; with an empty form where what stood has left the public. */
export async function beginCorrection(flow: Flow, receipt: Receipt): Promise<Answer<unknown>> {
  const { uscc, year, version, kind, supersedes } = receipt;
  const answer = await flow.api.published({ uscc, year }, kind === "withdrawal" ? (supersedes ?? version) : version);
  if (answer.kind !== "ok") return answer;
  const empty = { edition: formForYear(year)?.edition, year, organ: { name: receipt.organ, uscc } };
  const explanations = answer.value ? await explanationsOf(flow, receipt) : {};
  const said = Object.keys(explanations).length > 0 ? { explanations } : {};
  const report: DraftReport = { ...(answer.value ?? empty), ...said };
  await flow.begin({ report, task: { kind: "correct", supersedes: version }, reason: "" });
  return answer;
}
