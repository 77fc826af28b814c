/** The rows of the office above, as far as they follow from records: merged where reports are indexed, made anew with all else. */
import type { Place } from "../basics/place.ts";
import { isCode } from "../form/uscc.ts";
import { openOffice } from "../office/open.ts";
import {
  changeOfficeYear,
  mergeRow,
  mergeRows,
  type OfficeRow,
  type OfficeYear,
  officeDivision,
  officeKey,
  type PublishedRow,
  publishedRow,
  workRow,
} from "../office/rows.ts";
import type { Store } from "../store/store.ts";
import { concurrently } from "./concurrently.ts";
import type { Facts } from "./facts.ts";
import type { DivisionYear, Entry } from "./shapes.ts";
import { PARALLEL } from "./shared.ts";

/** What a list says of an organ, where its records are not at hand. */
export const rowOfEntry = ({ organ, version, status, firstPublishedAt, publishedAt }: Entry): PublishedRow => ({
  organ,
  version,
  ...(status === "withdrawn" ? { withdrawn: true } : {}),
  firstPublishedAt,
  publishedAt,
});

/** Puts what was indexed into the rows of its divisions; where drafts came first, all that is listed of the year. */
export async function mergePublished(
  store: Store,
  facts: readonly Facts[],
  years: readonly DivisionYear[],
): Promise<void> {
  await concurrently(years, PARALLEL, ({ division, year, entries }) => {
    const own = facts.filter(({ entry }) => entry.year === year && officeDivision(entry.uscc) === division);
    if (own.length === 0) return Promise.resolve();
    const rows = Object.fromEntries(
      own.flatMap(({ entry, records }): [string, OfficeRow][] => {
        const published = publishedRow(records);
        return published ? [[entry.uscc, { published }]] : [];
      }),
    );
    return changeOfficeYear(store, { division, year }, (before) => {
      const listed = Object.fromEntries(entries.map((entry) => [entry.uscc, { published: rowOfEntry(entry) }]));
      const start = before?.whole ? before : mergeRows(before, { division, year, whole: true, rows: listed });
      return mergeRows(start, { division, year, whole: true, rows });
    });
  });
}

const PLACE = /^drafts\/([^/]+)\/(\d{4})\//;

/** Rows of a division's places, year by year, as a rebuild comes to know them. */
export class OfficeRows {
  readonly #years = new Map<string, Map<string, OfficeRow>>();

  #add({ uscc, year }: Place, row: OfficeRow): void {
    const key = officeKey(officeDivision(uscc), year);
    const rows = this.#years.get(key) ?? new Map<string, OfficeRow>();
    this.#years.set(key, rows.set(uscc, mergeRow(rows.get(uscc), row)));
  }

  published({ entry, records }: Facts): void {
    const published = publishedRow(records);
    if (published) this.#add(entry, { published });
  }

  /**
   * Writes every year's file of a division as it follows from what lies in the store, and removes those that follow from
   * nothing.
   * @param codes what the codes of its organs begin with
   */
  async write(
    store: Store,
    { division, codes }: { readonly division: string; readonly codes: readonly string[] },
  ): Promise<void> {
    const work = new Map<string, Place[]>();
    let last = "";
    for (const code of codes)
      for await (const { key } of store.list(`drafts/${code}`)) {
        const [prefix, uscc, year] = PLACE.exec(key) ?? [];
        if (prefix === undefined || prefix === last || !isCode(uscc)) continue;
        last = prefix;
        const file = officeKey(officeDivision(uscc), Number(year));
        work.set(file, [...(work.get(file) ?? []), { uscc, year: Number(year) }]);
      }
    const files = [...new Set([...this.#years.keys(), ...work.keys()])];
    await concurrently(files, PARALLEL, (file) => this.#rewrite(store, file, work.get(file) ?? []));
    const strays: string[] = [];
    for await (const { key } of store.list(`office/${division}/`)) if (!files.includes(key)) strays.push(key);
    for (const key of strays) await store.delete(key);
  }

  /** What is written while this reads makes it read again. */
  async #rewrite(store: Store, file: string, places: readonly Place[]): Promise<void> {
    const [, division = "", name = ""] = file.split("/");
    const year = Number.parseInt(name, 10);
    await changeOfficeYear(store, { division, year }, async (): Promise<OfficeYear> => {
      const rows = Object.fromEntries(this.#years.get(file) ?? []);
      for (const place of places) {
        const office = await openOffice(store, place, "none");
        const published = publishedRow(office.records);
        rows[place.uscc] = { work: workRow(office), ...(published ? { published } : {}) };
      }
      return { format: 1, division, year, whole: true, rows };
    });
  }
}
