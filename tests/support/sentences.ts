import { readFile } from "node:fs/promises";
import { formForYear } from "../../src/form/forms.ts";
import { countsIn } from "../../src/narrative/counts.ts";

/** `[path, value]`; `%` before a path is growth in percent, `±` in pieces. */
export type Count = readonly [measured: string, value: number];

export interface Labelled {
  readonly year: number;
  readonly organ: string;
  readonly sentences: readonly { readonly text: string; readonly organ?: string; readonly counts: readonly Count[] }[];
}

export interface Measured {
  readonly sentences: number;
  readonly wanted: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number;
  readonly recall: number;
  /** The sentences read otherwise than labelled. */
  readonly wrong: readonly {
    readonly text: string;
    readonly missed: readonly string[];
    readonly false: readonly string[];
  }[];
}

export const labelled = async (name: string): Promise<Labelled> =>
  JSON.parse(await readFile(new URL(`../fixtures/sentences/${name}.json`, import.meta.url), "utf8")) as Labelled;

/** How well sentences are read: of the counts found, how many are labelled; of those labelled, how many are found. */
export function measure({ year, organ: author, sentences }: Labelled): Measured {
  const form = formForYear(year)!;
  let [wanted, found, right] = [0, 0, 0];
  const wrong = sentences.flatMap(({ text, organ = author, counts }) => {
    const want = counts.map((count) => JSON.stringify(count));
    const got = countsIn(text, form, { year, organ }).map((m) => JSON.stringify([m.measure + m.path, m.value]));
    const missed = want.filter((count) => !got.includes(count));
    const false_ = got.filter((count, i) => !want.includes(count) || got.indexOf(count) < i);
    wanted += want.length;
    found += got.length;
    right += got.length - false_.length;
    return missed.length + false_.length > 0 ? [{ text, missed, false: false_ }] : [];
  });
  return {
    sentences: sentences.length,
    wanted,
    found,
    right,
    precision: right / found,
    recall: right / wanted,
    wrong,
  };
}
