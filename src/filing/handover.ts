import type { Place } from "../basics/place.ts";
import type { Checked } from "../check/conclude.ts";
import type { Draft } from "../office/draft.ts";
import type { PublicationRecord } from "../publish/record.ts";
import type { Context } from "./context.ts";
import { proposeCorrection } from "./correction.ts";
import { proposeOriginal } from "./original.ts";
import { type Proposal, refused } from "./proposal.ts";

/** What a draft would be published as, with what the checks found; without a content it cannot be. */
export type HandedOver = Checked & { readonly content?: unknown };

/** What a draft says that is not of its place. */
const elsewhere = ({ uscc, year }: Place): Checked =>
  refused([
    {
      id: "S-PLACE",
      level: "error",
      message: `草稿里的报告不是${uscc}的${year}年度报告`,
      messageEn: `the draft's report is not of ${uscc} ${year}`,
      cells: [{ pointer: "/organ/uscc", label: "统一社会信用代码" }],
    },
  ]);

/** The filing that a draft would become. */
function propose(draft: Draft, records: readonly PublicationRecord[], context: Context): Promise<Proposal | Checked> {
  const { submission, base, uscc, year } = draft;
  if (base === null) return proposeOriginal(submission?.report, context);
  const correction = { supersedes: base, reason: submission?.reason, report: submission?.report };
  return proposeCorrection(correction, { uscc, year }, records, context);
}

/**
 * A draft as it would be published: checked as every filing is, by the same functions. What cannot be published is not
 * handed over.
 */
export async function handOver(
  draft: Draft,
  records: readonly PublicationRecord[],
  context: Context,
): Promise<HandedOver> {
  const proposal = await propose(draft, records, context);
  if (!("place" in proposal)) return proposal;
  const { checked, place, publishable, content } = proposal;
  if (place.uscc !== draft.uscc || place.year !== draft.year) return elsewhere(draft);
  const sound = publishable && checked.unexplained.length === 0 && !proposal.conflict(records);
  return sound ? { ...checked, content } : checked;
}
