import pMap from "p-map";
import type { Report } from "../../generated/report.ts";
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Finding } from "../basics/finding.ts";
import { sha256 } from "../basics/hash.ts";
import { publishedReport, records } from "../publish/publish.ts";
import { sourceError, sourcesOf } from "../rollup/sent-sources.ts";
import type { KeptSources } from "../rollup/sources.ts";
import type { Store } from "../store/store.ts";

/** Organs whose records are read at a time. */
const PARALLEL = 32;

/** Whether a version with this hash was ever published, under its number where that is named. */
async function wasPublished(
  store: Store,
  { uscc, sha256: hash, version }: KeptSources["sources"][number],
  year: number,
): Promise<boolean> {
  const all = await records(store, uscc, year);
  for (const record of all.toReversed()) {
    if (version !== undefined && record.version !== version) continue;
    const report = await publishedReport(store, record);
    if (report && sha256(canonicalJson(report)) === hash) return true;
  }
  return false;
}

/** `R-SOURCE`: a source that is neither a published version nor put in by hand. @throws DamagedArtefactError */
async function sourceFindings(store: Store, { sources, year }: KeptSources): Promise<Finding[]> {
  const found = await pMap(sources, async (source) => source.byHand || (await wasPublished(store, source, year)), {
    concurrency: PARALLEL,
  });
  return sources.flatMap(({ name, version }, at): Finding[] => {
    if (found[at]) return [];
    const [zh, en] = version === undefined ? ["任何一版", "any version"] : [`第${version}版`, `version ${version}`];
    return [
      sourceError(
        "R-SOURCE",
        `/sources/${at}/sha256`,
        `第${at + 1}个来源“${name}”`,
        `“${name}”的哈希不是其已公布的${zh}的；没有公布、补录的，请注明 byHand`,
        `The hash is not that of ${en} that ${name} has published; mark what was put in by hand as byHand`,
      ),
    ];
  });
}

/**
 * Checks what a report is said to stand on, and what of it is kept.
 * @param sent any JSON value
 */
export async function checkSources(
  sent: unknown,
  report: Report | undefined,
  store: Store,
): Promise<{ readonly findings: readonly Finding[]; readonly kept?: KeptSources }> {
  const read = sourcesOf(sent, report);
  if (!read.kept) return read;
  const findings = await sourceFindings(store, read.kept);
  return findings.length > 0 ? { findings } : read;
}
