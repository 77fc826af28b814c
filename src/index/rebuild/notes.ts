/**
 * What one phase of a rebuild notes for the next, which then reads none of it from the records again. Private, and of no
 * use to anybody else.
 */

import { jsonOf } from "../../basics/json.ts";
import { type ReportRow, sorted } from "../../dataset/row.ts";
import type { Money } from "../../form/amounts.ts";
import type { Store } from "../../store/store.ts";
import { decode, encode, mergeSigned, type Signed } from "../../texts/signatures.ts";
import { concurrently } from "../concurrently.ts";
import { PARALLEL } from "../shared.ts";

/** Where a rebuild of a division keeps its latest publications, of which the root's are. */
export const RECENT_NOTES = "rebuild/recent/";
export const recentNote = (division: string): string => `${RECENT_NOTES}${division}.json`;

/** Where it keeps, year by year, what the dataset and the search in the texts are made of. */
export const PLACE_NOTES = "rebuild/places/";
export const placeNotes = (division: string): string => `${PLACE_NOTES}${division}/`;

/** A year of a division: the rows of its reports, or their signatures. */
export interface PlaceNote {
  readonly division: string;
  readonly year: number;
  readonly key: string;
}

type Kind = "rows" | "signed";
const ENDINGS: Readonly<Record<Kind, string>> = { rows: "json", signed: "bin" };
const TYPE = { contentType: "application/octet-stream" };

const noteOf = (kind: Kind, division: string, year: number): string =>
  `${placeNotes(division)}${year}.${ENDINGS[kind]}`;

/** The notes of a kind of a province's divisions, by division and year. */
export async function listNotes(store: Store, kind: Kind, province: string): Promise<readonly PlaceNote[]> {
  const shape = new RegExp(`^${PLACE_NOTES}(\\d{6})/(\\d{4})\\.${ENDINGS[kind]}$`);
  const notes: PlaceNote[] = [];
  for await (const { key } of store.list(`${PLACE_NOTES}${province}`)) {
    const [, division, year] = shape.exec(key) ?? [];
    if (division !== undefined) notes.push({ division, year: Number(year), key });
  }
  return notes;
}

const bytesOf = async (store: Store, { key }: PlaceNote): Promise<Uint8Array> => {
  const object = await store.get(key);
  if (!object) throw new Error(`${key} was there and is not`);
  return object.body;
};

/** Rows as a note has them: each one's figures in the order of the cells. */
interface NotedRows {
  readonly cells: readonly string[];
  readonly rows: readonly (Omit<ReportRow, "figures"> & { readonly figures: readonly (number | Money | null)[] })[];
}

function printRows(rows: readonly ReportRow[]): string {
  const cells = [...new Set(rows.flatMap(({ figures }) => [...figures.keys()]))];
  const noted: NotedRows = {
    cells,
    rows: rows.map((row) => ({ ...row, figures: cells.map((cell) => row.figures.get(cell) ?? null) })),
  };
  return JSON.stringify(noted);
}

export async function notedRows(store: Store, note: PlaceNote): Promise<readonly ReportRow[]> {
  const { cells, rows } = jsonOf<NotedRows>(await bytesOf(store, note));
  return rows.map(({ figures, ...row }) => {
    const all = figures.flatMap((value, i): [string, number | Money][] => (value === null ? [] : [[cells[i]!, value]]));
    return { ...row, figures: new Map(all) };
  });
}

export const notedSignatures = async (store: Store, note: PlaceNote): Promise<readonly Signed[]> =>
  decode(await bytesOf(store, note));

/** What a division's reports give to the dataset and to the search in the texts, as a rebuild comes to know them. */
export class TakenUp {
  readonly #rows = new Map<number, ReportRow[]>();
  readonly #signed = new Map<number, Signed[]>();

  rows(year: number, rows: readonly ReportRow[]): void {
    const own = this.#rows.get(year);
    if (own) own.push(...rows);
    else this.#rows.set(year, [...rows]);
  }

  signed(year: number, signed: Signed): void {
    const own = this.#signed.get(year);
    if (own) own.push(signed);
    else this.#signed.set(year, [signed]);
  }

  /** Writes the notes of a division, and removes all others of it. */
  async write(store: Store, division: string): Promise<void> {
    const notes = new Map<string, () => string | Uint8Array>();
    for (const [year, rows] of this.#rows) notes.set(noteOf("rows", division, year), () => printRows(sorted(rows)));
    for (const [year, some] of this.#signed)
      notes.set(noteOf("signed", division, year), () => encode(mergeSigned([], some)));
    await concurrently([...notes], PARALLEL, ([key, body]) => store.put(key, body(), TYPE));
    const strays: string[] = [];
    for await (const { key } of store.list(placeNotes(division))) if (!notes.has(key)) strays.push(key);
    await concurrently(strays, PARALLEL, (key) => store.delete(key));
  }
}
