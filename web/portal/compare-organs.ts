import { isCode } from "../../src/form/uscc.ts";
import type { OrganIndex } from "../../src/index/shapes.ts";
import type { ReportColumn } from "../../src/portal/comparison.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import type { Organ } from "./find.ts";
import { byId, chinese, element, load, remember, t } from "./page.ts";
import { described, startSearch } from "./search-box.ts";
import { forget, report, reportFailure, show } from "./side-by-side.ts";

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
function chosenItem(organ: OrganIndex, { figures }: ReportColumn, onRemove: () => void): HTMLElement {
  const remove = element(
    "button",
    { type: "button" },
    t("移除", "Remove"),
    element("span", { className: "vh" }, ` ${organ.organ}`),
  );
  remove.addEventListener("click", onRemove);
  const none = figures ? "" : t("（这一年没有现行报告）", " (no current report this year)");
  return element("li", {}, chinese(organ.organ), none, " ", remove);
}

/** The organs that the page's address asks for. */
const askedFor = (): readonly string[] =>
  [...new Set(new URLSearchParams(location.search).getAll("organ"))].filter(isCode);

/** Up to six organs of one year. */
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
  // A comparison is of one year: there is no “all”.
  year.options[0]?.remove();

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
    remember([["year", year.value], ...chosen.map((uscc) => ["organ", uscc] as const)]);
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
    const items = organs.map((organ, i) =>
      chosenItem(organ, columns[i]!, () => {
        choose(chosen.filter((uscc) => uscc !== organ.uscc));
        byId("q").focus();
      }),
    );
    byId("chosen").replaceChildren(...items);
    const count = columns.length;
    await show({
      form,
      columns,
      caption: t(`${year.value}年度${count}个机关的各项数字`, `Figures of ${count} organs for ${year.value}`),
      fileName: `${year.value}-${count}.csv`,
      change: false,
    });
    report(notice || t(`并列${count}个机关。`, `${count} organs side by side.`));
  }
}
