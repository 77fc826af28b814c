import type { Report } from "../../generated/report.ts";
import type { Money } from "../form/amounts.ts";
import { getCell } from "../form/cells.ts";
import { formCells } from "../form/form-cells.ts";
import { formOf } from "../form/forms.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { redactionOf, versionsOf } from "../publish/versions.ts";

/** What the roster over an organ's division says of it, or its name where there is none. */
export interface Placing {
  /** One of the roster's kinds; a government by its name; undefined where nothing says what it is. */
  readonly kind?: string;
  /**
   * The division whose sum has the organ's report, or the province where it stands under a government of another
   * division; undefined where it is in no sum: a government's report contains those of its organs.
   */
  readonly summedIn?: string;
}

/** A version of a report: one row of the wide table. */
export interface ReportRow {
  readonly uscc: string;
  readonly organ: string;
  /** Characters 3–8 of the code, and what the division is called. */
  readonly division: string;
  readonly place: string;
  readonly year: number;
  readonly edition: string;
  readonly version: number;
  readonly placing: Placing;
  /** The version that took its place, which may be a withdrawal. */
  readonly supersededBy?: number;
  readonly withdrawn: boolean;
  /** Taken out of the public: it has no figures. */
  readonly redacted: boolean;
  /** How many records (organ, year) has: a place with more takes the place of one with fewer. */
  readonly records: number;
  /** Epoch ms. */
  readonly publishedAt: number;
  /** 成文日期, ISO 8601. */
  readonly signed?: string;
  /** By JSON Pointer; what the report leaves out is not there. */
  readonly figures: ReadonlyMap<string, number | Money>;
}

/** Whether a version stands. */
export const isCurrent = ({ supersededBy, redacted }: ReportRow): boolean => supersededBy === undefined && !redacted;
/** Whether its figures may be added to those of others. */
export const isAddable = (row: ReportRow): boolean => isCurrent(row) && row.placing.summedIn !== undefined;

/** The code with its division first: what shards are cut by, so that a division's reports lie together. */
export const shardKey = (uscc: string): string => uscc.slice(2, 8) + uscc.slice(0, 2) + uscc.slice(8);

function figuresOf(report: Report): Map<string, number | Money> {
  const form = formOf(report.edition);
  if (!form) throw new Error(`no edition ${report.edition}`);
  const figures = new Map<string, number | Money>();
  for (const { pointer } of formCells(form)) {
    const value = getCell(report, pointer) as number | Money | undefined;
    if (value !== undefined) figures.set(pointer, value);
  }
  return figures;
}

/**
 * The rows of (organ, year), oldest first: each version that published a report.
 * @param records its records, oldest first, at least one
 * @param reports what they published, by version; none for a version that was redacted
 */
export function rowsOf(
  records: readonly PublicationRecord[],
  reports: ReadonlyMap<number, Report>,
  { place, placing }: { readonly place: string; readonly placing: Placing },
): readonly ReportRow[] {
  const versions = versionsOf(records);
  const latest = versions.at(-1)!;
  return versions.flatMap((version, i): ReportRow[] => {
    if (version.kind === "withdrawal") return [];
    const { uscc, year } = version;
    const next = versions[i + 1];
    const redacted = redactionOf(records, version.version) !== undefined;
    const report = redacted ? undefined : reports.get(version.version);
    return [
      {
        uscc,
        organ: redacted ? latest.organ : version.organ,
        division: uscc.slice(2, 8),
        place,
        year,
        edition: version.edition,
        version: version.version,
        placing,
        ...(next ? { supersededBy: next.version } : {}),
        withdrawn: next?.kind === "withdrawal",
        redacted,
        records: records.length,
        publishedAt: Date.parse(version.publishedAt),
        ...(report ? { signed: report.signed } : {}),
        figures: report ? figuresOf(report) : new Map<string, number | Money>(),
      },
    ];
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In the order of a file: by division, organ and version. */
export const sorted = (rows: readonly ReportRow[]): ReportRow[] =>
  [...rows].sort((a, b) => compare(shardKey(a.uscc), shardKey(b.uscc)) || a.version - b.version);

/** Rows of one shard with those of some places: of a place those stand that were made of more records. */
export function mergeRows(before: readonly ReportRow[], after: readonly ReportRow[]): ReportRow[] {
  const known = Map.groupBy(before, ({ uscc }) => uscc);
  for (const [uscc, rows] of Map.groupBy(after, (row) => row.uscc))
    if (rows[0]!.records >= (known.get(uscc)?.[0]?.records ?? 0)) known.set(uscc, rows);
  return sorted([...known.values()].flat());
}
