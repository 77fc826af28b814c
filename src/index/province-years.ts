import { canonicalJson } from "../basics/canonical-json.ts";
import { mergeProvinceYear } from "./merge.ts";
import { mergeProvinceOrgans, printOrgans } from "./province-organs.ts";
import { type ProvinceOrgans, type ProvinceYear, paths } from "./shapes.ts";
import { CSV_TYPE, JSON_TYPE, type PublicFile } from "./shared.ts";
import type { DivisionTotals } from "./totals.ts";

/** A state as it is read, with its properties in canonical order: pages are to be made of the same thing. */
export const canonical = <T>(state: T): T => JSON.parse(canonicalJson(state)) as T;

export const jsonFile = (path: string, state: unknown): PublicFile => ({
  path,
  body: canonicalJson(state),
  contentType: JSON_TYPE,
});

/** Both: the state as it is read, and the file that it is read from. */
export function stateAndFile<T>(path: string, state: T): { readonly state: T; readonly file: PublicFile } {
  const body = canonicalJson(state);
  return { state: JSON.parse(body) as T, file: { path, body, contentType: JSON_TYPE } };
}

/** A province's years while its divisions are gone through. */
export class ProvinceYears {
  readonly #province: string;
  readonly #states = new Map<number, ProvinceYear>();
  readonly #tables = new Map<number, ProvinceOrgans>();

  constructor(province: string) {
    this.#province = province;
  }

  add(totals: readonly DivisionTotals[]): void {
    for (const each of totals) {
      const { year } = each;
      this.#states.set(year, mergeProvinceYear(this.#states.get(year), this.#province, year, [each]));
      this.#tables.set(year, mergeProvinceOrgans(this.#tables.get(year), [each]));
    }
  }

  get states(): ProvinceYear[] {
    return [...this.#states.values()].map(canonical);
  }

  of(year: number | undefined): ProvinceYear | undefined {
    return this.states.find((state) => state.year === year);
  }

  files(): PublicFile[] {
    return [
      ...this.states.map((state) => jsonFile(paths.provinceYear(this.#province, state.year), state)),
      ...[...this.#tables].map(([year, table]) => ({
        path: paths.provinceOrgans(this.#province, year),
        body: printOrgans(table),
        contentType: CSV_TYPE,
      })),
    ];
  }
}
