/**
 * What the desk of the office above reads: where every organ of a division stands for a year. Derived from records, events
 * and drafts, private, merged by conditional writes; `reindex` makes it anew.
 */
import { canonicalJson } from "../basics/canonical-json.ts";
import type { Place } from "../basics/place.ts";
import type { PublicationRecord } from "../publish/record.ts";
import { currentVersion, versionsOf } from "../publish/versions.ts";
import { JSON_HEADERS } from "../store/json.ts";
import type { Store } from "../store/store.ts";
import type { Office } from "./open.ts";
import type { State } from "./state.ts";

/** How many findings of each level there are. */
export interface Found {
  readonly warnings: number;
  readonly information: number;
}

/** What is published of an organ for a year. */
export interface PublishedRow {
  readonly organ: string;
  /** The version that stands. */
  readonly version: number;
  readonly withdrawn?: true;
  /** When version 1 was published: what the deadline is held against. ISO 8601 with +08:00. */
  readonly firstPublishedAt: string;
  readonly publishedAt: string;
  /** What it was published with; absent where that is known to its record alone. */
  readonly found?: Found & { readonly explained: number };
}

/** What is under way for the version after the one that stands. */
export interface WorkRow {
  readonly state: State;
  /** The version that stood then; null before there was one. */
  readonly base: number | null;
  /** How many events there were. */
  readonly events: number;
  /** When the last of them came. */
  readonly at?: string;
  /** What the checks found when it was handed over. */
  readonly found?: Found;
}

export interface OfficeRow {
  readonly published?: PublishedRow;
  readonly work?: WorkRow;
}

/** `office/{division}/{year}.json`; the division is characters 3–8 of the code. */
export interface OfficeYear {
  readonly format: 1;
  readonly division: string;
  readonly year: number;
  /** Whether everything published is in it: not so where the first that came was a draft. */
  readonly whole: boolean;
  readonly rows: Readonly<Record<string, OfficeRow>>;
}

export const officeKey = (division: string, year: number): string => `office/${division}/${year}.json`;
export const officeDivision = (uscc: string): string => uscc.slice(2, 8);

/** What records say of a place; undefined of none. */
export function publishedRow(records: readonly PublicationRecord[]): PublishedRow | undefined {
  const latest = currentVersion(records);
  if (!latest) return undefined;
  const count = (level: string): number => latest.findings.filter((finding) => finding.level === level).length;
  return {
    organ: latest.organ,
    version: latest.version,
    ...(latest.kind === "withdrawal" ? { withdrawn: true } : {}),
    firstPublishedAt: versionsOf(records)[0]!.publishedAt,
    publishedAt: latest.publishedAt,
    found: {
      warnings: count("warning"),
      information: count("information"),
      explained: Object.keys(latest.explanations).length,
    },
  };
}

/** What is under way at a place. */
export function workRow({ standing, events }: Pick<Office, "standing" | "events">): WorkRow {
  const { state, base, submit } = standing;
  const last = events.findLast((event) => event.base === base);
  return {
    state,
    base,
    events: events.length,
    ...(last ? { at: last.at } : {}),
    ...(submit?.found ? { found: submit.found } : {}),
  };
}

/** Whether what is known of a place is of before what is listed. */
const isBehind = (known: WorkRow, listed: WorkRow): boolean =>
  known.events < listed.events || (known.base ?? 0) < (listed.base ?? 0);

/** A row with more that is known of its place: what is older than what it has changes nothing. */
export function mergeRow(before: OfficeRow | undefined, { published, work }: OfficeRow): OfficeRow {
  const newer = published && published.version >= (before?.published?.version ?? 0) ? published : before?.published;
  const found = newer && !newer.found && before?.published?.version === newer.version ? before.published : newer;
  const next = work && !(before?.work && isBehind(work, before.work)) ? work : before?.work;
  return { ...(found ? { published: found } : {}), ...(next ? { work: next } : {}) };
}

/** A division's year with some rows. */
export function mergeRows(
  before: OfficeYear | undefined,
  { division, year, whole, rows }: Omit<OfficeYear, "format">,
): OfficeYear {
  const all: Record<string, OfficeRow> = { ...before?.rows };
  for (const [uscc, row] of Object.entries(rows)) all[uscc] = mergeRow(all[uscc], row);
  return { format: 1, division, year, whole: whole || (before?.whole ?? false), rows: all };
}

/** How often a merge is tried again that others came before. */
const ATTEMPTS = 12;

/** A division's year as it lies in the store, with its tag. */
export async function readOfficeYear(
  store: Store,
  division: string,
  year: number,
): Promise<{ readonly state: OfficeYear; readonly text: string; readonly etag: string } | undefined> {
  const object = await store.get(officeKey(division, year));
  if (!object) return undefined;
  const text = new TextDecoder().decode(object.body);
  return { state: JSON.parse(text) as OfficeYear, text, etag: object.etag };
}

/**
 * Changes a division's year by a conditional write; on what another wrote meanwhile the change is made again.
 * @throws when others keep coming before
 */
export async function changeOfficeYear(
  store: Store,
  { division, year }: Pick<OfficeYear, "division" | "year">,
  change: (before: OfficeYear | undefined) => OfficeYear | Promise<OfficeYear>,
): Promise<void> {
  const key = officeKey(division, year);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, Math.min(2 ** attempt, 1000)));
    const before = await readOfficeYear(store, division, year);
    const text = canonicalJson(await change(before?.state));
    if (text === before?.text) return;
    const written = before
      ? store.replace(key, text, JSON_HEADERS, before.etag)
      : store.create(key, text, JSON_HEADERS);
    if (await written) return;
  }
  throw new Error(`${key} was changed by others ${ATTEMPTS} times while it was to be written`);
}

/** Puts what is known of a place into its row. */
export function keepRow(store: Store, { uscc, year }: Place, office: Pick<Office, "standing" | "events" | "records">) {
  const division = officeDivision(uscc);
  const published = publishedRow(office.records);
  const row: OfficeRow = { work: workRow(office), ...(published ? { published } : {}) };
  return changeOfficeYear(store, { division, year }, (before) =>
    mergeRows(before, { division, year, whole: false, rows: { [uscc]: row } }),
  );
}
