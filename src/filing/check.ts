import type { Report } from "../../generated/report.ts";
import type { Finding } from "../basics/finding.ts";
import type { Place } from "../basics/place.ts";
import { shanghaiTime } from "../basics/shanghai-time.ts";
import { apart } from "../check/apart.ts";
import { type Checked, conclude } from "../check/conclude.ts";
import { validate } from "../check/validate.ts";
import { getCell } from "../form/cells.ts";
import { isCode } from "../form/uscc.ts";
import { latestRecord, publishedReport } from "../publish/publish.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { withFindings } from "../rollup/sent-sources.ts";
import type { KeptSources } from "../rollup/sources.ts";
import { listedOrgan } from "../roster/stored.ts";
import type { Store } from "../store/store.ts";
import type { Context } from "./context.ts";
import { withNoticed } from "./proposal.ts";
import { checkSources } from "./sources.ts";

/** The place that a report names, whatever else is wrong with it; undefined when its code or its year is none. */
export function placeOfReport(value: unknown): Place | undefined {
  const [uscc, year] = [getCell(value, "/organ/uscc"), getCell(value, "/year")];
  if (!isCode(uscc)) return undefined;
  return typeof year === "number" && /^\d{4}$/.test(String(year)) ? { uscc, year } : undefined;
}

/** Last year's report as it stands published. @throws DamagedArtefactError */
async function lastYears(store: Store, value: unknown): Promise<Report | undefined> {
  const place = placeOfReport(value);
  const record = place && (await latestRecord(store, place.uscc, place.year - 1));
  return record && (await publishedReport(store, record));
}

/** `F-NAME`: the organ's name is not the one that the roster over its division has, or had before. */
async function rosterFindings(store: Store, { sound }: Checked): Promise<readonly Finding[]> {
  const listed = sound && (await listedOrgan(store, sound.organ.uscc));
  if (!listed || [listed.name, ...(listed.formerNames ?? [])].includes(sound.organ.name)) return [];
  const { name } = sound.organ;
  return [
    {
      id: "F-NAME",
      level: "warning",
      message: `机关名称“${name}”与名录中的“${listed.name}”不同，请核对；无误的，请说明理由`,
      messageEn: `The organ's name “${name}” is not the roster's, “${listed.name}”; check it, or explain`,
      cells: [{ pointer: "/organ/name", label: "机关名称", value: name }],
    },
  ];
}

/** What was checked, and what a region's report stands on, where that came with it. */
export type CheckedReport = Checked & { readonly sources?: KeptSources };

/** What was checked with what it stands on; where that is wrong nothing is sound. @throws DamagedArtefactError */
async function withSources(checked: Checked, sent: unknown, store: Store): Promise<CheckedReport> {
  const { findings, kept } = await checkSources(sent, checked.sound, store);
  if (kept) return { ...checked, sources: kept };
  return withFindings(checked, findings);
}

/**
 * Every check of a report that is sent: the schema and rules of the form, the day, last year's report, the roster, the fonts, and what
 * it stands on, where `sources` say that.
 * @param superseded of a correction, the version that stands
 */
export async function check(
  value: unknown,
  { store, fonts, now }: Pick<Context, "store" | "fonts" | "now">,
  superseded?: PublicationRecord,
): Promise<CheckedReport> {
  const { report, sources } = apart(value);
  const previous = await lastYears(store, report);
  const concluded = conclude(report, validate(report), previous, fonts, {
    filedOn: shanghaiTime(now()).slice(0, 10),
    ...(superseded ? { supersededName: superseded.organ } : {}),
  });
  const checked = withNoticed(concluded, await rosterFindings(store, concluded));
  return sources === undefined ? checked : withSources(checked, sources, store);
}
