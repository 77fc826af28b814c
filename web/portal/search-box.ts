/** The search: results as typed. */
import type { SearchShard } from "../../src/index/shapes.ts";
import { type Found, find, formerNames, type Organ } from "./find.ts";
import { byId, chinese, element, t } from "./page.ts";
import { type Readings, readingsOf } from "./pinyin.ts";
import { type Query, SearchFields } from "./search-fields.ts";
import { moveByKeys } from "./search-keys.ts";

/** Most results that are listed. */
const MOST_LISTED = 50;
/** How long loading may take before it is mentioned, ms. */
const UNNOTICED = 300;

/** What is made of the search on a page. */
export interface SearchUse {
  /** The element in the results for an organ: holds one link or button, which takes the focus. */
  item(organ: Organ, division: string | undefined): HTMLElement;
  /** Called at every change of the fields. */
  changed(query: Query): void;
}

const countText = ({ organs, count }: Found): string => {
  if (count === 0)
    return t(
      "没有找到。可换简称、代码或拼音首字母再试。",
      "Nothing found. Try a shorter name, the code, or pinyin initials.",
    );
  return count > organs.length
    ? t(`找到${count}个，列出前${organs.length}个。`, `${count} found, the first ${organs.length} listed.`)
    : t(`找到${count}个。`, `${count} found.`);
};

/** How a province's names are read; parsed once. */
const parsed = new WeakMap<SearchShard, Readings>();
function readingsIn(shard: SearchShard): Readings {
  const known = parsed.get(shard) ?? readingsOf(shard.syllables);
  parsed.set(shard, known);
  return known;
}

/** The organs of some provinces, and the names of their divisions by code. */
async function load(fields: SearchFields, provinces: readonly string[]) {
  const loaded = await Promise.all(
    provinces.map((province) => Promise.all([fields.organsOf(province), fields.divisionsOf(province)])),
  );
  return {
    organs: loaded.flatMap(([shard]) => shard.organs),
    readings: new Map(loaded.flatMap(([shard]) => [...readingsIn(shard)])),
    divisions: new Map(loaded.flatMap(([, divisions]) => divisions)),
  };
}

/** Fetches the organs before the first character is typed. */
function prefetch(fields: SearchFields): void {
  const provinces = fields.neededProvinces() ?? [];
  void Promise.all(provinces.map((province) => fields.organsOf(province))).catch(() => undefined);
}

/** Wires the search up; returns how to run it again. */
export function startSearch(use: SearchUse): { run(): Promise<void> } {
  const fields = new SearchFields();
  const { form, input, province, division, year } = fields;
  const list = byId<HTMLUListElement>("results");
  const count = byId("count");
  let turn = 0;

  function showNothing(why: string): void {
    list.replaceChildren();
    list.hidden = true;
    count.textContent = why;
  }

  async function run(): Promise<void> {
    turn += 1;
    const mine = turn;
    const { query } = fields;
    use.changed(query);
    if (query.q === "" && query.division === "") return showNothing("");
    const provinces = fields.neededProvinces();
    if (!provinces)
      return showNothing(
        t(
          "机关很多，请先选省，或在名称前写省名。",
          "There are many organs: choose a province first, or begin with its name.",
        ),
      );
    const waiting = setTimeout(() => {
      if (mine === turn) count.textContent = t("正在取机关名录……", "Fetching the list of organs…");
    }, UNNOTICED);
    try {
      const { organs, divisions, readings } = await load(fields, provinces);
      if (mine !== turn) return;
      const found = find(organs, query.q, query, MOST_LISTED, readings);
      list.replaceChildren(...found.organs.map((organ) => use.item(organ, divisions.get(organ[0].slice(2, 8)))));
      list.hidden = found.organs.length === 0;
      count.textContent = countText(found);
    } catch {
      if (mine === turn)
        count.textContent = t(
          "取不到机关名录，请检查网络后再试。",
          "The list of organs could not be fetched; check the connection and try again.",
        );
    } finally {
      clearTimeout(waiting);
    }
  }

  const offerAndRun = (): void =>
    void fields
      .offerDivisions()
      .catch(() => undefined)
      .then(run);
  moveByKeys(form, input, list);
  input.addEventListener("input", () => void run());
  division.addEventListener("change", () => void run());
  year.addEventListener("change", () => void run());
  province.addEventListener("change", () => {
    division.value = "";
    offerAndRun();
  });
  fields.takeAddress();
  form.hidden = false;
  input.addEventListener("focus", () => prefetch(fields), { once: true });
  offerAndRun();
  return { run };
}

/** What a result says beside the name. */
export function described(organ: Organ, division: string | undefined): HTMLElement {
  const [uscc, , , first, last] = organ;
  const former = formerNames(organ);
  return element(
    "small",
    {},
    element("span", { className: "code" }, uscc),
    " ",
    chinese(division ?? ""),
    " ",
    first === last ? String(first) : `${first}–${last}`,
    ...(former.length > 0 ? [t("，曾用名：", ", formerly "), chinese(former.join("、"))] : []),
  );
}
