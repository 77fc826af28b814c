/** (organ, year) → its rows of the dataset, as records and roster have it. */
import type { Report } from "../../../generated/report.ts";
import type { Place } from "../../basics/place.ts";
import { type Placing, type ReportRow, rowsOf } from "../../dataset/row.ts";
import { publishedReport, records } from "../../publish/publish.ts";
import type { PublicationRecord } from "../../publish/record.ts";
import { redactionOf, versionsOf } from "../../publish/versions.ts";
import type { Store } from "../../store/store.ts";
import { divisionName } from "../divisions.ts";
import { summedIn } from "../roster-year.ts";
import type { Rosters } from "../rosters.ts";
import { divisionOf, type OrganName } from "../shapes.ts";
import { isGovernment, type Listed } from "../standing.ts";

/** What the roster over a division says of an organ in a year. */
function placingOf(organ: OrganName, year: number, listed: Listed | undefined): Placing {
  const kind = listed?.get(organ.uscc)?.kind ?? (isGovernment(organ, listed) ? "government" : undefined);
  const sum = summedIn(organ, year, listed);
  return { ...(kind === undefined ? {} : { kind }), ...(sum === undefined ? {} : { summedIn: sum }) };
}

/** A place's rows with what a roster says of them by now; all of a place's versions are told by the latest name. */
export function placed(rows: readonly ReportRow[], listed: Listed | undefined): ReportRow[] {
  const latest = new Map(rows.map((row) => [row.uscc, row]));
  return rows.map((row) => {
    const { uscc, organ, year } = latest.get(row.uscc)!;
    return { ...row, placing: placingOf({ uscc, organ }, year, listed) };
  });
}

/**
 * The rows of a place's records; reads the reports of those versions that are not at hand.
 * @param records its records, oldest first, at least one
 * @param listed the organs of the roster over its division, where there is one
 * @param known reports by version
 * @throws when one of its reports is missing
 */
export async function rowsOfRecords(
  store: Store,
  records: readonly PublicationRecord[],
  listed: Listed | undefined,
  known: ReadonlyMap<number, Report | undefined> = new Map(),
): Promise<readonly ReportRow[]> {
  const reports = new Map<number, Report>();
  for (const version of versionsOf(records)) {
    if (redactionOf(records, version.version)) continue;
    const report = known.get(version.version) ?? (await publishedReport(store, version));
    if (report) reports.set(version.version, report);
  }
  const place = divisionName(divisionOf(records[0]!.uscc));
  return placed(rowsOf(records, reports, { place, placing: {} }), listed);
}

/**
 * Reads the rows of a place.
 * @throws when it has no record, or one of its reports is missing
 */
export async function readRows(store: Store, { uscc, year }: Place, rosters: Rosters): Promise<readonly ReportRow[]> {
  const found = await records(store, uscc, year);
  if (found.length === 0) throw new Error(`no record of ${uscc} ${year}`);
  return rowsOfRecords(store, found, await rosters.over(divisionOf(uscc)));
}
