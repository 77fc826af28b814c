import { isCode } from "../../src/form/uscc.ts";
import type { OrganIndex } from "../../src/index/shapes.ts";
import type { ReportColumn } from "../../src/portal/comparison.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import { ALL_YEARS, itemsOf, seriesOf } from "./compare-series.ts";
import type { Organ } from "./find.ts";
import { byId, chinese, element, load, remember, t } from "./page.ts";
import { described, startSearch } from "./search-box.ts";
import { forget, report, reportFailure, show, showRows } from "./side-by-side.ts";

const MOST = 6;

/** An organ's report of a year as a column; without figures where none is current. */
function columnOf(organ: OrganIndex, year: string, root: URL): ReportColumn {
  const entry = organ.years.find((e) => String(e.year) === year);
  const stands = entry?.status === "current";
  return {
    title: entry?.organ ?? organ.organ,
    edition: entry?.edition ?? "",
    figures: stands ? entry.figures : undefined,
    ...(stands ? { href: new URL(`${organ.uscc}/${year}/report.html`, root).href } : {}),
  };
}

/** An organ that was found, with the button that adds it. */
function foundItem(organ: Organ, division: string | undefined, isChosen: boolean, onAdd: () => void): HTMLElement {
  const add = element("button", { type: "button", className: "add" }, t("加入 ", "Add "), chinese(organ[1]));
  add.disabled = isChosen;
  add.addEventListener("click", onAdd);
  return element("li", {}, add, " ", described(organ, division));
}

/** An organ among those chosen, with the button that takes it out. */
function chosenItem(organ: OrganIndex, lacks: boolean, onRemove: () => void): HTMLElement {
  const remove = element(
    "button",
    { type: "button" },
    t("移除", "Remove"),
    element("span", { className: "vh" }, ` ${organ.organ}`),
  );
  remove.addEventListener("click", onRemove);
  const none = !lacks ? "" : t("（这一年没有现行报告）", " (no current report this year)");
  return element("li", {}, chinese(organ.organ), none, " ", remove);
}

/** The organs that the page's address asks for. */
const askedFor = (): readonly string[] =>
  [...new Set(new URLSearchParams(location.search).getAll("organ"))].filter(isCode);

/** The items that can be followed over years, offered once the form is known; the address may name one. */
function offerItems(form: FormRows): ReturnType<typeof itemsOf> {
  const items = itemsOf(form);
  const select = byId<HTMLSelectElement>("item");
  if (select.options.length === 0) {
    select.append(...items.map(({ key, name }) => element("option", { value: key }, name)));
    const wanted = new URLSearchParams(location.search).get("item");
    if (items.some(({ key }) => key === wanted)) select.value = wanted!;
  }
  return items;
}

/** Shows one item of some organs over all years; what is said of it. */
function showSeries(form: FormRows, organs: readonly OrganIndex[]): string {
  const all = offerItems(form);
  const wanted = byId<HTMLSelectElement>("item").value;
  const { table, rows } = seriesOf(organs, all.find(({ key }) => key === wanted) ?? all[0]!);
  showRows(table, rows, `${organs.length}.csv`);
  return t(`${organs.length}个机关各年度。`, `${organs.length} organs over the years.`);
}

/** Shows every item of a year; what is said of it. */
async function showYear(form: FormRows, columns: readonly ReportColumn[], year: string): Promise<string> {
  const count = columns.length;
  await show({
    form,
    columns,
    caption: t(`${year}年度${count}个机关的各项数字`, `Figures of ${count} organs for ${year}`),
    fileName: `${year}-${count}.csv`,
    change: false,
  });
  return t(`并列${count}个机关。`, `${count} organs side by side.`);
}

/** What the fields show for a comparison over years, or of one; and the address of what is compared. */
function reflect(year: string, chosen: readonly string[]): void {
  const over = year === ALL_YEARS;
  byId("item-field").hidden = !over;
  byId("only-field").hidden = over;
  const wanted = byId<HTMLSelectElement>("item").value || new URLSearchParams(location.search).get("item") || "";
  remember([
    ["year", year],
    ...(over ? [["item", wanted] as const] : []),
    ...chosen.map((uscc) => ["organ", uscc] as const),
  ]);
}

/** Up to six organs of one year, or one item of theirs over all years. */
export function compareOrgans(section: HTMLElement): void {
  const root = new URL(section.dataset["root"] || ".", location.href);
  const year = byId<HTMLSelectElement>("year");
  const asked = askedFor();
  const notice =
    asked.length > MOST
      ? t(
          `一次至多比较${MOST}个机关，只取前${MOST}个。`,
          `At most ${MOST} organs at a time: the first ${MOST} are taken.`,
        )
      : "";
  let chosen: readonly string[] = asked.slice(0, MOST);
  let turn = 0;
  // The first choice is of a single year; all of them are compared by one item.
  year.options[0]?.remove();
  year.append(element("option", { value: ALL_YEARS }, t("各年度（一项）", "All years, one item")));
  if (new URLSearchParams(location.search).get("year") === ALL_YEARS) year.value = ALL_YEARS;
  byId("item").addEventListener("change", () => update());

  const search = startSearch({
    item: (organ, division) =>
      foundItem(organ, division, chosen.includes(organ[0]), () => choose([...chosen, organ[0]])),
    changed: () => update(),
  });

  function choose(next: readonly string[]): void {
    if (next.length > MOST) {
      report(t(`至多比较${MOST}个机关，请先移除一个。`, `At most ${MOST} organs: remove one first.`));
      return;
    }
    chosen = next;
    void search.run();
  }

  function update(): void {
    reflect(year.value, chosen);
    turn += 1;
    section.hidden = chosen.length === 0;
    byId("compared").hidden = chosen.length === 0;
    report(notice);
    if (chosen.length === 0) forget();
    else compare(turn).catch(reportFailure);
  }

  /** Shows those chosen, unless others were chosen while it was loaded. */
  async function compare(mine: number): Promise<void> {
    const [form, organs] = await Promise.all([
      load<FormRows>(new URL(section.dataset["rows"]!, location.href)),
      Promise.all(chosen.map((uscc) => load<OrganIndex>(new URL(`${uscc}/index.json`, root)))),
    ]);
    if (mine !== turn) return;
    const columns = organs.map((organ) => columnOf(organ, year.value, root));
    const over = year.value === ALL_YEARS;
    const items = organs.map((organ, i) =>
      chosenItem(organ, !over && !columns[i]!.figures, () => {
        choose(chosen.filter((uscc) => uscc !== organ.uscc));
        byId("q").focus();
      }),
    );
    byId("chosen").replaceChildren(...items);
    const said = over ? showSeries(form, organs) : await showYear(form, columns, year.value);
    report(notice || said);
  }
}
