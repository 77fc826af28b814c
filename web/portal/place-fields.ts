/** The fields for a year and a province, narrowed to what has been published. */
import type { Catalogue } from "../../src/index/shapes.ts";
import { byId, element, load } from "./page.ts";

/** Fills the fields from the catalogue, and puts into them what the page's address asks for. */
export async function fillPlaceFields(root: URL): Promise<void> {
  const { provinces } = await load<Catalogue>(new URL("catalogue.json", root));
  const [year, province] = [byId<HTMLSelectElement>("year"), byId<HTMLSelectElement>("province")];
  const years = [...new Set(provinces.flatMap(({ reports }) => Object.keys(reports)))].sort().reverse();
  year.append(...years.map((each) => element("option", {}, each)));
  const known = new Set(provinces.map((each) => each.province));
  for (const option of [...province.options]) if (option.value !== "" && !known.has(option.value)) option.remove();
  takeAddress(year, province);
}

/** Chooses what the address asks for, where there is such a choice. */
export function takeAddress(...selects: readonly HTMLSelectElement[]): void {
  const given = new URLSearchParams(location.search);
  for (const select of selects) {
    const wanted = given.get(select.id);
    if (wanted !== null && [...select.options].some(({ value }) => value === wanted)) select.value = wanted;
  }
}
