import type { Report } from "../../generated/report.ts";
import type { Place } from "../basics/place.ts";
import { type Money, yuan } from "../form/amounts.ts";
import { getCell } from "../form/cells.ts";
import { formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import { memoizePerForm } from "../form/memo.ts";
import { hasTotalColumn } from "../form/tree.ts";
import { fileName, PUBLISHED } from "../formats/registry.ts";
import { publishedReport, records } from "../publish/publish.ts";
import type { PublicationRecord, VersionKind } from "../publish/record.ts";
import { currentVersion, redactionOf, versionsOf } from "../publish/versions.ts";
import type { Store } from "../store/store.ts";
import type { Entry, Recent, VersionLine } from "./shapes.ts";

/** What the records say of one place. */
export interface Facts {
  readonly records: readonly PublicationRecord[];
  readonly entry: Entry;
  /** Oldest first. */
  readonly versions: readonly VersionLine[];
  readonly recent: readonly Recent[];
}

/** The cells of an edition that lists have, and whether they do where there is nothing; see `Entry.figures`. */
const listedCells = memoizePerForm((form) =>
  formCells(form).map((cell) => ({
    ...cell,
    always: !cell.row || cell.column.total || !hasTotalColumn(form, cell.part),
  })),
);

/** The figures of a report that lists show, by pointer. */
export function figuresOf(report: Report): Record<string, number | string> {
  const form = formOf(report.edition);
  if (!form) throw new Error(`no edition ${report.edition}`);
  const figures: Record<string, number | string> = {};
  for (const { pointer, type, always } of listedCells(form)) {
    const value = getCell(report, pointer);
    if (value === undefined || (value === 0 && !always)) continue;
    figures[pointer] = type === "money" ? yuan(value as Money) : (value as number);
  }
  return figures;
}

/**
 * What is to be listed of a place.
 * @param records its records, oldest first, at least one
 * @param report what the latest published; undefined when it withdrew
 */
export function factsOf(records: readonly PublicationRecord[], report: Report | undefined): Facts {
  const versions = versionsOf(records);
  const [first, latest] = [versions[0]!, versions.at(-1)!];
  const lines = versions.map(({ version, kind, publishedAt, reason }): VersionLine => {
    const redaction = redactionOf(records, version);
    return {
      version,
      kind: kind as VersionKind,
      publishedAt,
      ...(reason === undefined || redaction ? {} : { reason }),
      ...(redaction ? { redaction: { publishedAt: redaction.publishedAt, reason: redaction.reason ?? "" } } : {}),
    };
  });
  return {
    records,
    entry: {
      uscc: latest.uscc,
      organ: latest.organ,
      year: latest.year,
      edition: latest.edition,
      status: latest.kind === "withdrawal" ? "withdrawn" : "current",
      version: latest.version,
      ...(records.length === latest.version ? {} : { record: records.length }),
      firstPublishedAt: first.publishedAt,
      publishedAt: latest.publishedAt,
      formats: PUBLISHED.filter((format) => latest.artefacts.some(({ name }) => name === fileName(format))).map(
        ({ name }) => name,
      ),
      ...(report ? { signed: report.signed } : {}),
      figures: report ? figuresOf(report) : {},
    },
    versions: lines,
    recent: lines.map((line, i) => ({
      ...line,
      uscc: latest.uscc,
      organ: line.redaction ? latest.organ : versions[i]!.organ,
      year: latest.year,
    })),
  };
}

/** A place as it is read: its records, oldest first, and what the latest version published; undefined when it withdrew. */
export interface ReadPlace {
  readonly records: readonly PublicationRecord[];
  readonly latest: PublicationRecord;
  readonly report: Report | undefined;
}

/** Reads a place. @throws when it has no record or its report is missing */
export async function readPlace(store: Store, { uscc, year }: Place): Promise<ReadPlace> {
  const found = await records(store, uscc, year);
  const latest = currentVersion(found);
  if (!latest) throw new Error(`no record of ${uscc} ${year}`);
  return { records: found, latest, report: await publishedReport(store, latest) };
}

/** Reads what is to be listed of a place. @throws when it has no record or its report is missing */
export async function readFacts(store: Store, place: Place): Promise<Facts> {
  const read = await readPlace(store, place);
  return factsOf(read.records, read.report);
}
