/** Where the form's knowledge of the world comes from: the service that serves it and what is published. */
import type { Report } from "../../../generated/report.ts";
import type { Coverage } from "../../../src/check/glyphs.ts";
import { type CoverageFile, decodeCoverage } from "../../../src/fonts/coverage.ts";
import { formOf } from "../../../src/form/forms.ts";

/** What the service's fonts cover. @throws when it cannot be fetched */
export async function fetchCoverage(): Promise<Coverage> {
  const response = await fetch("/filing/coverage.json");
  if (!response.ok) throw new Error(`coverage: ${response.status}`);
  return decodeCoverage((await response.json()) as CoverageFile);
}

/**
 * The report of an organ and a year as it stands published; undefined when there is none, or it was withdrawn.
 * @throws when that cannot be found out
 */
export const publishedReports =
  (publicUrl: string) =>
  async (uscc: string, year: number, signal: AbortSignal): Promise<Report | undefined> => {
    const response = await fetch(`${publicUrl}/${uscc}/${year}/report.json`, { cache: "no-cache", signal });
    // A bucket that may not be listed says 403 for what is not there.
    if (response.status === 404 || response.status === 403) return undefined;
    if (!response.ok) throw new Error(`report.json: ${response.status}`);
    const report = (await response.json()) as Report;
    return formOf(report.edition) ? report : undefined;
  };
