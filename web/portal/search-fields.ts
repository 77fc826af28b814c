/** The fields of the search, as the server wrote them. */
import type { SearchShard } from "../../src/index/shapes.ts";
import { type Filter, folded } from "./find.ts";
import { byId, element, load } from "./page.ts";

/** What stands in the fields. */
export interface Query extends Filter {
  readonly q: string;
  /** Two digits, or empty. */
  readonly province: string;
}

/** The divisions of a province. */
export type Divisions = readonly (readonly [code: string, name: string])[];

/** The province that a query names, by code, by name or in pinyin; or undefined. */
function provinceOf(query: string, options: readonly HTMLOptionElement[]): string | undefined {
  const word = folded(query);
  // A code begins with two characters for the kind of organ; the division stands after them (GB 32100).
  const [, code] = /^[0-9a-z]{2}(\d{2})/.exec(word) ?? [];
  if (code !== undefined) return options.find(({ value }) => value === code)?.value;
  return options.find(({ dataset: { zh = "", en = "" } }) => {
    const english = en.toLowerCase().replace(/[^a-z]/g, "");
    return (zh !== "" && word.startsWith(zh.slice(0, 2))) || (english !== "" && word.startsWith(english));
  })?.value;
}

/** Chooses an option, if there is such a one. */
function choose(select: HTMLSelectElement, value: string | null): void {
  if (value !== null && [...select.options].some((option) => option.value === value)) select.value = value;
}

export class SearchFields {
  readonly form = byId<HTMLFormElement>("search");
  readonly input = byId<HTMLInputElement>("q");
  readonly province = byId<HTMLSelectElement>("province");
  readonly division = byId<HTMLSelectElement>("division");
  readonly year = byId<HTMLSelectElement>("year");
  readonly #root = new URL(this.form.dataset["root"] || ".", location.href);
  readonly #provinces = [...this.province.options];
  /** A division that the address asks for, until its province's are known. */
  #wantedDivision = "";

  get query(): Query {
    return {
      q: this.input.value.trim(),
      province: this.province.value,
      division: this.division.value,
      year: this.year.value,
    };
  }

  /** Puts into the fields what the page's address asks for. */
  takeAddress(): void {
    const given = new URLSearchParams(location.search);
    this.input.value = given.get("q") ?? "";
    choose(this.province, given.get("province"));
    choose(this.year, given.get("year"));
    this.#wantedDivision = given.get("division") ?? "";
  }

  /** Which provinces' organs a search needs; undefined when the reader is to choose. */
  neededProvinces(): readonly string[] | undefined {
    if (this.province.value !== "") return [this.province.value];
    const named = provinceOf(this.input.value, this.#provinces);
    if (named !== undefined) return [named];
    return this.form.dataset["all"] === "yes" ? this.#provinces.map(({ value }) => value).filter(Boolean) : undefined;
  }

  organsOf(province: string): Promise<SearchShard> {
    return load(new URL(`search/${province}.json`, this.#root));
  }

  divisionsOf(province: string): Promise<Divisions> {
    return load(new URL(`search/${province}.divisions.json`, this.#root));
  }

  /** Offers the divisions of the chosen province in the field for them. */
  async offerDivisions(): Promise<void> {
    const { province, division } = this;
    const code = province.value;
    const wanted = division.value || this.#wantedDivision;
    this.#wantedDivision = "";
    division.options.length = 1;
    division.disabled = code === "";
    if (code === "") return;
    const known = await this.divisionsOf(code);
    if (province.value !== code) return;
    for (const [value, name] of known) division.append(element("option", { value, lang: "zh-CN" }, name));
    division.value = known.some(([value]) => value === wanted) ? wanted : "";
  }
}
