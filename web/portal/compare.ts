/** Comparisons: two years of one organ, or up to six organs of one year. */
import { isCode } from "../../src/form/uscc.ts";

import { csv } from "../../src/formats/csv/csv.ts";
import type { OrganIndex } from "../../src/index/shapes.ts";
import { comparisonRows, comparisonTable, type ReportColumn } from "../../src/portal/comparison.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import type { Organ } from "./find.ts";
import { byId, chinese, element, lang, load, remember, t } from "./page.ts";
import { described, startSearch } from "./search-box.ts";

const MOST = 6;
const status = byId("status");
const only = byId<HTMLInputElement>("only");
/** What is shown now, for the download. */
let shown: { readonly form: FormRows; readonly columns: readonly ReportColumn[]; readonly name: string } | undefined;

/** Puts the table of a comparison in place: made by the same function as on the server, which escapes what it is given. */
async function show(
  form: FormRows,
  columns: readonly ReportColumn[],
  caption: string,
  name: string,
  change: boolean,
): Promise<void> {
  shown = { form, columns, name };
  byId("table").innerHTML = String(await comparisonTable(form, columns, { lang, caption, change }));
  filter();
}

/** Hides the rows that do not differ, when that is asked for. */
const filter = (): void => void byId("table").classList.toggle("only-different", only.checked);

only.addEventListener("change", filter);
byId("csv").addEventListener("click", () => {
  if (!shown) return;
  const href = URL.createObjectURL(
    new Blob([csv(comparisonRows(shown.form, shown.columns, lang)) as Uint8Array<ArrayBuffer>], {
      type: "text/csv;charset=utf-8",
    }),
  );
  element("a", { href, download: shown.name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
});

const fail = (): void => {
  status.textContent = t(
    "取不到数据，请检查网络后再试。",
    "The data could not be fetched; check the connection and try again.",
  );
};

/** Two years of one organ: the page has the two latest; others are put in their place. */
function compareYears(choice: HTMLElement): void {
  const [a, b] = [byId<HTMLSelectElement>("a"), byId<HTMLSelectElement>("b")];
  const given = new URLSearchParams(location.search);
  for (const select of [a, b]) {
    const wanted = given.get(select.id);
    if (wanted !== null && [...select.options].some(({ value }) => value === wanted)) select.value = wanted;
  }
  const update = async (): Promise<void> => {
    const [rows, organ] = await Promise.all([
      load<FormRows>(choice.dataset["rows"]!),
      load<OrganIndex>(choice.dataset["index"]!),
    ]);
    const columns = [a.value, b.value].flatMap((year) => {
      const entry = organ.years.find((e) => String(e.year) === year);
      return entry
        ? [
            {
              title: year,
              href: `${year}/report.html`,
              edition: entry.edition,
              figures: entry.status === "current" ? entry.figures : undefined,
            },
          ]
        : [];
    });
    const years = `${a.value}${t("、", " and ")}${b.value}`;
    await show(
      rows,
      columns,
      t(`${years}年度各项数字`, `Figures of ${years}`),
      `${organ.uscc}-${a.value}-${b.value}.csv`,
      true,
    );
  };
  const change = (): void => {
    remember([
      ["a", a.value],
      ["b", b.value],
    ]);
    update()
      .then(() => {
        status.textContent = t(`并列${a.value}与${b.value}年度。`, `Comparing ${a.value} and ${b.value}.`);
      })
      .catch(fail);
  };
  a.addEventListener("change", change);
  b.addEventListener("change", change);
  choice.hidden = a.options.length < 2;
  if (!choice.hidden) update().catch(fail);
}

/** Up to six organs of one year. */
function compareOrgans(section: HTMLElement): void {
  const root = new URL(section.dataset["root"] || ".", location.href);
  const list = byId<HTMLOListElement>("chosen");
  const year = byId<HTMLSelectElement>("year");
  const given = new URLSearchParams(location.search);
  const asked = [...new Set(given.getAll("organ"))].filter(isCode);
  let chosen = asked.slice(0, MOST);
  let turn = 0;
  // A comparison is of one year: there is no “all”.
  year.options[0]?.remove();

  const search = startSearch({
    item: (organ: Organ, division) => {
      const add = element("button", { type: "button", className: "add" }, t("加入 ", "Add "), chinese(organ[1]));
      add.disabled = chosen.includes(organ[0]);
      add.addEventListener("click", () => choose([...chosen, organ[0]]));
      return element("li", {}, add, " ", described(organ, division));
    },
    changed: () => update(),
  });

  function choose(next: readonly string[]): void {
    if (next.length > MOST) {
      status.textContent = t(`至多比较${MOST}个机关，请先移除一个。`, `At most ${MOST} organs: remove one first.`);
      return;
    }
    chosen = [...next];
    void search.run();
  }

  function update(): void {
    remember([["year", year.value], ...chosen.map((uscc) => ["organ", uscc] as const)]);
    turn += 1;
    const mine = turn;
    section.hidden = chosen.length === 0;
    byId("compared").hidden = chosen.length === 0;
    const notice =
      asked.length > MOST
        ? t(
            `一次至多比较${MOST}个机关，只取前${MOST}个。`,
            `At most ${MOST} organs at a time: the first ${MOST} are taken.`,
          )
        : "";
    status.textContent = notice;
    if (chosen.length === 0) {
      shown = undefined;
      return;
    }
    Promise.all([
      load<FormRows>(new URL(section.dataset["rows"]!, location.href)),
      ...chosen.map((uscc) => load<OrganIndex>(new URL(`${uscc}/index.json`, root))),
    ])
      .then(async ([rows, ...organs]) => {
        if (mine !== turn) return;
        const columns = (organs as OrganIndex[]).map((organ): ReportColumn => {
          const entry = organ.years.find((e) => String(e.year) === year.value);
          const stands = entry?.status === "current";
          return {
            title: entry?.organ ?? organ.organ,
            edition: entry?.edition ?? "",
            figures: stands ? entry.figures : undefined,
            ...(stands ? { href: new URL(`${organ.uscc}/${year.value}/report.html`, root).href } : {}),
          };
        });
        list.replaceChildren(
          ...(organs as OrganIndex[]).map((organ, i) => {
            const remove = element(
              "button",
              { type: "button" },
              t("移除", "Remove"),
              element("span", { className: "vh" }, ` ${organ.organ}`),
            );
            remove.addEventListener("click", () => {
              choose(chosen.filter((uscc) => uscc !== organ.uscc));
              byId("q").focus();
            });
            const none = columns[i]!.figures ? "" : t("（这一年没有现行报告）", " (no current report this year)");
            return element("li", {}, chinese(organ.organ), none, " ", remove);
          }),
        );
        await show(
          rows as FormRows,
          columns,
          t(
            `${year.value}年度${columns.length}个机关的各项数字`,
            `Figures of ${columns.length} organs for ${year.value}`,
          ),
          `${year.value}-${chosen.length}.csv`,
          false,
        );
        status.textContent = notice || t(`并列${columns.length}个机关。`, `${columns.length} organs side by side.`);
      })
      .catch(fail);
  }
}

const years = document.querySelector<HTMLElement>("#years");
if (years) compareYears(years);
else compareOrgans(byId("organs"));
