import type { CorrectionRequest } from "../../generated/amendments.ts";
import type { Report } from "../../generated/report.ts";
import type { Finding } from "../basics/finding.ts";
import type { Place } from "../basics/place.ts";
import type { Checked } from "../check/conclude.ts";
import { differences as differencesOf } from "../check/differences.ts";
import type { Correction } from "../compose/notices.ts";
import { versionFiles } from "../formats/files.ts";
import { publishedReport } from "../publish/publish.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { currentVersion } from "../publish/versions.ts";
import { sourcesFile } from "../rollup/sources.ts";
import type { Store } from "../store/store.ts";
import { check } from "./check.ts";
import type { Context } from "./context.ts";
import { frameOf, type Proposal, withNoticed } from "./proposal.ts";
import { sealOption } from "./seal.ts";

const error = (id: string, message: string, messageEn: string): Finding => ({
  id,
  level: "error",
  message,
  messageEn,
  cells: [{ pointer: "/report", label: "更正后的报告" }],
});

/** Findings of a report inside an amendment, their pointers made the body's. */
const inside = (findings: readonly Finding[]): Finding[] =>
  findings.map((f) => ({ ...f, cells: f.cells.map((c) => (c.of ? c : { ...c, pointer: `/report${c.pointer}` })) }));

/** What was checked, with an error that makes it no report to publish. */
function failed({ report: _, ...checked }: Checked, finding: Finding): Checked {
  return { ...checked, findings: [...checked.findings, finding] };
}

/** What a correction says of itself at the end of the report: the differences to the version that stands. */
export async function correctionOf(
  store: Store,
  records: readonly PublicationRecord[],
  latest: PublicationRecord,
  { report, reason }: { readonly report: Report; readonly reason: string },
): Promise<Correction> {
  const standing = await publishedReport(store, latest);
  return {
    version: records.length + 1,
    supersedes: latest.version,
    supersededDate: latest.publishedAt.slice(0, 10),
    reason,
    differences: standing ? differencesOf(standing, report) : [],
  };
}

/** A corrected report becomes the version after the one that it supersedes, with a 更正说明. */
export async function proposeCorrection(
  value: unknown,
  place: Place,
  found: readonly PublicationRecord[],
  context: Context,
): Promise<Proposal | Checked> {
  const frame = frameOf<CorrectionRequest>(value, "correction");
  if ("findings" in frame) return frame;
  const { amendment, noticed } = frame;
  const { supersedes, reason } = amendment;
  const own = await check(amendment.report, context, currentVersion(found));
  const checked = withNoticed({ ...own, findings: inside(own.findings) }, noticed);
  const { sound, explanations } = checked;
  const { sources } = own;
  if (!sound) return checked;
  if (sound.organ.uscc !== place.uscc || sound.year !== place.year) {
    const message = `报告是${sound.organ.uscc}的${sound.year}年度报告，与网址不同`;
    return failed(checked, error("S-PLACE", message, `the report is of ${sound.organ.uscc} ${sound.year}`));
  }
  return {
    place,
    content: { kind: "correction", supersedes, reason, report: sound, explanations, ...(sources ? { sources } : {}) },
    checked,
    publishable: checked.report !== undefined,
    reviewed: true,
    conflict: (records) => {
      const latest = currentVersion(records);
      return latest?.version === supersedes ? undefined : latest;
    },
    compose: async (records) => {
      const latest = currentVersion(records)!;
      const correction = await correctionOf(context.store, records, latest, { report: sound, reason });
      if (latest.kind !== "withdrawal" && correction.differences.length === 0) {
        const [zh, en] = [`与第${supersedes}版没有不同，无须更正`, `nothing differs from version ${supersedes}`];
        return failed(checked, error("S-SAME", zh, en));
      }
      const sealed = await sealOption(context.store, place.uscc);
      return {
        kind: "correction",
        edition: sound.edition,
        organ: sound.organ.name,
        reason,
        files: {
          ...(await versionFiles({ of: "report", report: sound, correction, ...sealed }, context.fonts)),
          ...(sources ? { "sources.json": sourcesFile(sources) } : {}),
        },
        findings: [...noticed, ...own.findings],
        explanations,
      };
    },
  };
}
