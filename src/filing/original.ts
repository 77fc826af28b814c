import type { Checked } from "../check/conclude.ts";
import { versionFiles } from "../formats/files.ts";
import { currentVersion } from "../publish/versions.ts";
import { sourcesFile } from "../rollup/sources.ts";
import { check } from "./check.ts";
import type { Context } from "./context.ts";
import { explained, type Proposal } from "./proposal.ts";
import { sealOption } from "./seal.ts";

/** A report as it is sent becomes the first version. */
export async function proposeOriginal(value: unknown, context: Context): Promise<Proposal | Checked> {
  const checked = await check(value, context);
  const { sound, explanations, sources } = checked;
  if (!sound) return checked;
  const { organ, year, edition } = sound;
  return {
    place: { uscc: organ.uscc, year },
    content:
      sources || Object.keys(explanations).length > 0
        ? { report: sound, ...explained(explanations), ...(sources ? { sources } : {}) }
        : sound,
    checked,
    publishable: checked.report !== undefined,
    reviewed: true,
    conflict: currentVersion,
    compose: async () => ({
      kind: "original",
      edition,
      organ: organ.name,
      files: {
        ...(await versionFiles(
          { of: "report", report: sound, ...(await sealOption(context.store, organ.uscc)) },
          context.fonts,
        )),
        ...(sources ? { "sources.json": sourcesFile(sources) } : {}),
      },
      findings: checked.findings,
      explanations,
    }),
  };
}
