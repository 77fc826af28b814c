/** The search: fields, results as typed, the keyboard between them. */
import type { SearchShard } from "../../src/index/shapes.ts";
import { type Found, find, folded, type Organ } from "./find.ts";
import { byId, chinese, element, load, t } from "./page.ts";

const SHOWN = 50;

/** What is made of the search on a page. */
export interface SearchUse {
  /** The element in the results for an organ: holds one link or button, which takes the focus. */
  item(organ: Organ, division: string | undefined): HTMLElement;
  /** Told of every change of the fields. */
  changed(fields: {
    readonly q: string;
    readonly province: string;
    readonly division: string;
    readonly year: string;
  }): void;
}

/** The province that a query names, by code or by name; or undefined. */
function provinceOf(query: string, options: readonly HTMLOptionElement[]): string | undefined {
  const word = folded(query);
  // A code begins with two characters for the kind of organ; the division stands after them (GB 32100).
  const [, code] = /^[0-9a-z]{2}(\d{2})/.exec(word) ?? [];
  if (code !== undefined) return options.find(({ value }) => value === code)?.value;
  return options.find(({ value, text }) => value !== "" && word.startsWith(text.slice(0, 2)))?.value;
}

/** Wires the search up; returns how to run it again. */
export function startSearch(use: SearchUse): { run(): Promise<void> } {
  const form = byId<HTMLFormElement>("search");
  const input = byId<HTMLInputElement>("q");
  const province = byId<HTMLSelectElement>("province");
  const division = byId<HTMLSelectElement>("division");
  const year = byId<HTMLSelectElement>("year");
  const list = byId<HTMLUListElement>("results");
  const count = byId("count");
  const root = new URL(form.dataset["root"] || ".", location.href);
  const all = form.dataset["all"] === "yes";
  const options = [...province.options];
  let turn = 0;

  const shard = (code: string): Promise<SearchShard> => load<SearchShard>(new URL(`search/${code}.json`, root));
  const names = (code: string): Promise<[string, string][]> => load(new URL(`search/${code}.divisions.json`, root));

  /** The divisions of the chosen province, in the field below it. */
  async function offerDivisions(): Promise<void> {
    const code = province.value;
    const wanted = division.value || division.dataset["wanted"] || "";
    delete division.dataset["wanted"];
    division.options.length = 1;
    division.disabled = code === "";
    if (code === "") return;
    const known = await names(code);
    if (province.value !== code) return;
    for (const [value, name] of known) division.append(element("option", { value, lang: "zh-CN" }, name));
    division.value = known.some(([value]) => value === wanted) ? wanted : "";
  }

  /** Which provinces a search needs; undefined when the reader is to choose. */
  function needed(): readonly string[] | undefined {
    if (province.value !== "") return [province.value];
    const named = provinceOf(input.value, options);
    if (named !== undefined) return [named];
    return all ? options.map(({ value }) => value).filter(Boolean) : undefined;
  }

  function show({ organs, count: total }: Found, divisions: ReadonlyMap<string, string>): void {
    list.replaceChildren(...organs.map((organ) => use.item(organ, divisions.get(organ[0].slice(2, 8)))));
    list.hidden = organs.length === 0;
    count.textContent =
      total === 0
        ? t(
            "没有找到。可换简称、代码或拼音首字母再试。",
            "Nothing found. Try a shorter name, the code, or pinyin initials.",
          )
        : total > organs.length
          ? t(`找到${total}个，列出前${organs.length}个。`, `${total} found, the first ${organs.length} listed.`)
          : t(`找到${total}个。`, `${total} found.`);
  }

  async function run(): Promise<void> {
    turn += 1;
    const mine = turn;
    const fields = { q: input.value.trim(), province: province.value, division: division.value, year: year.value };
    use.changed(fields);
    if (fields.q === "" && fields.division === "") {
      list.replaceChildren();
      list.hidden = true;
      count.textContent = "";
      return;
    }
    const codes = needed();
    if (!codes) {
      list.hidden = true;
      count.textContent = t(
        "机关很多，请先选省，或在名称前写省名。",
        "There are many organs: choose a province first, or begin with its name.",
      );
      return;
    }
    const waiting = setTimeout(() => {
      if (mine === turn) count.textContent = t("正在取机关名录……", "Fetching the list of organs…");
    }, 300);
    try {
      const organs: Organ[] = [];
      const divisions = new Map<string, string>();
      const loaded = await Promise.all(codes.map((code) => Promise.all([shard(code), names(code)])));
      if (mine !== turn) return;
      for (const [part, known] of loaded) {
        for (const organ of part.organs) organs.push(organ);
        for (const [code, name] of known) divisions.set(code, name);
      }
      show(find(organs, fields.q, fields, SHOWN), divisions);
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

  const targets = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("a, button")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    targets()[0]?.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || event.target !== input) return;
    event.preventDefault();
    targets()[0]?.focus();
  });
  list.addEventListener("keydown", (event) => {
    const own = targets();
    const at = own.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape" || (event.key === "ArrowUp" && at === 0)) input.focus();
    else if (event.key === "ArrowDown") own[at + 1]?.focus();
    else if (event.key === "ArrowUp") own[at - 1]?.focus();
    else return;
    event.preventDefault();
  });
  input.addEventListener("input", () => void run());
  division.addEventListener("change", () => void run());
  year.addEventListener("change", () => void run());
  province.addEventListener("change", () => {
    division.value = "";
    void offerDivisions()
      .catch(() => undefined)
      .then(run);
  });

  const given = new URLSearchParams(location.search);
  const take = (select: HTMLSelectElement, value: string | null): void => {
    if (value !== null && [...select.options].some((option) => option.value === value)) select.value = value;
  };
  input.value = given.get("q") ?? "";
  take(province, given.get("province"));
  take(year, given.get("year"));
  if (given.get("division")) division.dataset["wanted"] = given.get("division")!;
  form.hidden = false;
  // The list is fetched before the first character is typed.
  input.addEventListener("focus", () => void Promise.all((needed() ?? []).map(shard)).catch(() => undefined), {
    once: true,
  });
  void offerDivisions()
    .catch(() => undefined)
    .then(run);
  return { run };
}

/** What a result says beside the name. */
export const described = ([uscc, , , first, last]: Organ, division: string | undefined): HTMLElement =>
  element(
    "small",
    {},
    element("span", { className: "code" }, uscc),
    " ",
    chinese(division ?? ""),
    " ",
    first === last ? String(first) : `${first}–${last}`,
  );
