/** Rankings: provinces, a province's divisions or a division's organs, by a figure or a rate of a year. */
import { csv } from "../../src/formats/csv/csv.ts";
import { rowName } from "../../src/portal/comparison.ts";
import { type Measure, type Ranking, rankBy } from "../../src/portal/ranking.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import { byId, download, element, lang, load, remember, t } from "./page.ts";
import { fillPlaceFields, takeAddress } from "./place-fields.ts";
import { candidatesOf } from "./rank-candidates.ts";
import { rankingRows, rankingTable } from "./rank-table.ts";

const choice = byId("choice");
const field = <T extends HTMLElement>(id: string): T => byId<T>(id);
const [year, province, division, by] = ["year", "province", "division", "by"].map((id) =>
  field<HTMLSelectElement>(id),
) as [HTMLSelectElement, HTMLSelectElement, HTMLSelectElement, HTMLSelectElement];
const least = field<HTMLInputElement>("least");
const root = new URL(choice.dataset["root"] || ".", location.href);
const say = (text: string): void => {
  byId("status").textContent = text;
};

/** Puts the rows of the form beside the rates: what has figures, under its section. */
function offerRows({ sections, rows }: FormRows): void {
  for (const section of sections) {
    const group = element("optgroup", { label: lang === "en" ? section.en : section.label });
    for (const row of rows) {
      const name = rowName(row, Object.keys(row.editions));
      if (row.section !== section.key || name.cells.length === 0) continue;
      const text = `${"\u3000".repeat(row.depth)}${lang === "en" ? name.en : name.label}`;
      group.append(element("option", { value: `row:${row.key}` }, text));
    }
    by.append(group);
  }
}

function measureOf({ rows, rates }: FormRows): Measure | undefined {
  const [kind, key] = [by.value.slice(0, by.value.indexOf(":")), by.value.slice(by.value.indexOf(":") + 1)];
  const row = kind === "row" ? rows.find((each) => each.key === key) : undefined;
  const rate = kind === "rate" ? rates.find((each) => each.key === key) : undefined;
  return row ? { row } : rate ? { rate } : undefined;
}

async function offerDivisions(wanted = ""): Promise<void> {
  division.options.length = 1;
  division.disabled = province.value === "";
  if (province.value === "") return;
  const known = await load<readonly (readonly [string, string])[]>(
    new URL(`search/${province.value}.divisions.json`, root),
  );
  for (const [value, name] of known) division.append(element("option", { value, lang: "zh-CN" }, name));
  division.value = known.some(([code]) => code === wanted) ? wanted : "";
}

const told = ({ ranked, small, without }: Ranking): string => {
  const all = ranked.length + small.length + without.length;
  const parts = [t(`共${all}个，${ranked.length}个有名次`, `${ranked.length} of ${all} ranked`)];
  if (small.length > 0)
    parts.push(
      t(`${small.length}个基数不足${least.value}，不排`, `${small.length} with a whole below ${least.value} are not`),
    );
  if (without.length > 0) parts.push(t(`${without.length}个没有这一项`, `${without.length} have no such figure`));
  return `${parts.join(t("；", "; "))}${t("。", ".")}`;
};

let turn = 0;
let shown: (() => string[][]) | undefined;

async function run(rows: FormRows): Promise<void> {
  turn += 1;
  const mine = turn;
  remember([
    ["year", year.value],
    ["province", province.value],
    ["division", division.value],
    ["by", by.value],
    ["least", least.value],
  ]);
  const measure = measureOf(rows);
  if (!measure) return;
  least.disabled = !("rate" in measure);
  const provinces = [...province.options].flatMap(({ value, text }) => (value === "" ? [] : [[value, text] as const]));
  const candidates = await candidatesOf({
    ...{ root, provinces, year: year.value, province: province.value, division: division.value },
  });
  if (mine !== turn) return;
  const ranking = rankBy(candidates, measure, Math.max(1, Number(least.value) || 1));
  const caption = `${province.selectedOptions[0]!.text} ${division.value === "" ? "" : division.selectedOptions[0]!.text} ${year.value}${t("年度：", ": ")}${by.selectedOptions[0]!.text.trim()}`;
  byId("ranking").replaceChildren(rankingTable(ranking, measure, caption));
  shown = () => rankingRows(ranking, measure);
  say(told(ranking));
}

async function start(): Promise<void> {
  const rows = await load<FormRows>(new URL(choice.dataset["rows"]!, location.href));
  offerRows(rows);
  await fillPlaceFields(root);
  takeAddress(by);
  const given = new URLSearchParams(location.search);
  if (/^\d{1,6}$/.test(given.get("least") ?? "")) least.value = given.get("least")!;
  await offerDivisions(given.get("division") ?? "");
  choice.hidden = false;
  const again = (): void => {
    run(rows).catch(() => {
      shown = undefined;
      byId("ranking").replaceChildren();
      say(t("取不到这个范围这一年的数据。", "There are no data of this place and year to be had."));
    });
  };
  for (const one of [year, division, by, least]) one.addEventListener("change", again);
  province.addEventListener(
    "change",
    () =>
      void offerDivisions()
        .catch(() => undefined)
        .then(again),
  );
  byId("csv").addEventListener("click", () => {
    if (shown) download("ranking.csv", "text/csv;charset=utf-8", csv(shown()) as Uint8Array<ArrayBuffer>);
  });
  again();
}

start().catch(() => say(t("取不到数据，请检查网络后再试。", "The data could not be fetched; check the connection.")));
