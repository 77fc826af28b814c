import pMap from "p-map";
import type { Report } from "../../generated/report.ts";
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Finding } from "../basics/finding.ts";
import { sha256 } from "../basics/hash.ts";
import { publishedReport, records } from "../publish/publish.ts";
import { type KeptSources, readSources } from "../rollup/sources.ts";
import type { Store } from "../store/store.ts";

/** Organs whose records are read at a time. */
const PARALLEL = 16;
/** Where sources lie in what is sent. */
const AT = "/sources";

/** What is sent: the report, and apart from it what it stands on. */
export function apart(value: unknown): { readonly report: unknown; readonly sources?: unknown } {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "sources")) return { report: value };
  const { sources, ...report } = value as { readonly sources: unknown };
  return { report, sources };
}

const error = (id: string, pointer: string, label: string, message: string, messageEn: string): Finding => ({
  id,
  level: "error",
  message,
  messageEn,
  cells: [{ pointer: `${AT}${pointer}`, label }],
});

/** `R-PLACE`: sources of another report than the one that they come with. */
function placeFindings({ government, year, edition }: KeptSources, report: Report): Finding[] {
  if (government.uscc === report.organ.uscc && year === report.year && edition === report.edition) return [];
  const of = `${government.uscc} ${year}（${edition}）`;
  return [
    error("R-PLACE", "", "汇总来源", `汇总来源是${of}的，与报告不同`, `The sources are of ${of}, not of this report`),
  ];
}

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
      error(
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
  const read = readSources(sent);
  if ("findings" in read)
    return {
      findings: read.findings.map((f) => ({
        ...f,
        cells: f.cells.map((cell) => ({ ...cell, pointer: `${AT}${cell.pointer}` })),
      })),
    };
  if (!report) return { findings: [] };
  const misplaced = placeFindings(read.kept, report);
  const findings = misplaced.length > 0 ? misplaced : await sourceFindings(store, read.kept);
  return findings.length > 0 ? { findings } : { findings, kept: read.kept };
}
