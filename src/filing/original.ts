import type { Checked } from "../check/conclude.ts";
import { versionFiles } from "../formats/files.ts";
import { currentVersion } from "../publish/versions.ts";
import { check } from "./check.ts";
import type { Context } from "./context.ts";
import type { Proposal } from "./proposal.ts";
import { sealOption } from "./seal.ts";

/** A report as it is sent becomes the first version. */
export async function proposeOriginal(value: unknown, context: Context): Promise<Proposal | Checked> {
  const checked = await check(value, context);
  const { sound, explanations } = checked;
  if (!sound) return checked;
  const { organ, year, edition } = sound;
  return {
    place: { uscc: organ.uscc, year },
    content: Object.keys(explanations).length > 0 ? { report: sound, explanations } : sound,
    checked,
    publishable: checked.report !== undefined,
    conflict: currentVersion,
    compose: async () => ({
      kind: "original",
      edition,
      organ: organ.name,
      files: await versionFiles(
        { of: "report", report: sound, ...(await sealOption(context.store, organ.uscc)) },
        context.fonts,
      ),
      findings: checked.findings,
      explanations,
    }),
  };
}
