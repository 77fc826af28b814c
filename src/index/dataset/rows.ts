/** (organ, year) → its rows of the dataset, as records and roster have it. */
import type { Report } from "../../../generated/report.ts";
import type { Place } from "../../basics/place.ts";
import { type Placing, type ReportRow, rowsOf } from "../../dataset/row.ts";
import { publishedReport, records } from "../../publish/publish.ts";
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
 * Reads the rows of a place.
 * @throws when it has no record, or one of its reports is missing
 */
export async function readRows(store: Store, { uscc, year }: Place, rosters: Rosters): Promise<readonly ReportRow[]> {
  const found = await records(store, uscc, year);
  if (found.length === 0) throw new Error(`no record of ${uscc} ${year}`);
  const reports = new Map<number, Report>();
  for (const version of versionsOf(found)) {
    if (redactionOf(found, version.version)) continue;
    const report = await publishedReport(store, version);
    if (report) reports.set(version.version, report);
  }
  const division = divisionOf(uscc);
  return placed(rowsOf(found, reports, { place: divisionName(division), placing: {} }), await rosters.over(division));
}
