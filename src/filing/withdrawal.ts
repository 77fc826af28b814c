import type { WithdrawalRequest } from "../../generated/amendments.ts";
import type { Place } from "../basics/place.ts";
import type { Checked } from "../check/conclude.ts";
import { versionFiles } from "../formats/files.ts";
import { currentVersion } from "../publish/versions.ts";
import type { Context } from "./context.ts";
import { explained, frameOf, type Proposal, refused, withNoticed } from "./proposal.ts";

/** A notice takes the place of what is published; the versions before it stay where they are. */
export async function proposeWithdrawal(value: unknown, place: Place, context: Context): Promise<Proposal | Checked> {
  const frame = frameOf<WithdrawalRequest>(value, "withdrawal");
  if ("findings" in frame) return frame;
  const { amendment, noticed } = frame;
  const { explanations = {} } = amendment;
  const { supersedes, reason } = amendment;
  return {
    place,
    content: { kind: "withdrawal", ...place, supersedes, reason, ...explained(explanations) },
    checked: withNoticed({ ...refused([]), explanations }, noticed),
    publishable: true,
    reviewed: false,
    conflict: (records) => {
      const latest = currentVersion(records);
      return latest && latest.version === supersedes && latest.kind !== "withdrawal" ? undefined : latest;
    },
    compose: async (records, publishedAt) => {
      const { organ, edition, publishedAt: superseded } = currentVersion(records)!;
      const withdrawal = {
        organ,
        year: place.year,
        supersedes,
        supersededDate: superseded.slice(0, 10),
        reason,
        date: publishedAt.slice(0, 10),
      };
      const files = await versionFiles({ of: "withdrawal", uscc: place.uscc, withdrawal }, context.fonts);
      return { kind: "withdrawal", edition, organ, reason, files, findings: noticed, explanations };
    },
  };
}
