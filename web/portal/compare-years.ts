import type { OrganIndex } from "../../src/index/shapes.ts";
import type { ReportColumn } from "../../src/portal/comparison.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import { byId, load, remember, t } from "./page.ts";
import { report, reportFailure, show } from "./side-by-side.ts";

/** A year's report as a column, where there is one. */
const columnsOf = (organ: OrganIndex, year: string): readonly ReportColumn[] =>
  organ.years
    .filter((entry) => String(entry.year) === year)
    .map(({ edition, status, figures }) => ({
      title: year,
      href: `${year}/report.html`,
      edition,
      figures: status === "current" ? figures : undefined,
    }));

/** Two years of one organ: the page has the two latest; others are put in their place. */
export function compareYears(choice: HTMLElement): void {
  const [a, b] = [byId<HTMLSelectElement>("a"), byId<HTMLSelectElement>("b")];
  const given = new URLSearchParams(location.search);
  for (const select of [a, b]) {
    const wanted = given.get(select.id);
    if (wanted !== null && [...select.options].some(({ value }) => value === wanted)) select.value = wanted;
  }
  const update = async (): Promise<void> => {
    const [form, organ] = await Promise.all([
      load<FormRows>(choice.dataset["rows"]!),
      load<OrganIndex>(choice.dataset["index"]!),
    ]);
    const years = `${a.value}${t("、", " and ")}${b.value}`;
    await show({
      form,
      columns: [a.value, b.value].flatMap((year) => columnsOf(organ, year)),
      caption: t(`${years}年度各项数字`, `Figures of ${years}`),
      fileName: `${organ.uscc}-${a.value}-${b.value}.csv`,
      change: true,
    });
  };
  const change = (): void => {
    remember([
      ["a", a.value],
      ["b", b.value],
    ]);
    update()
      .then(() => report(t(`并列${a.value}与${b.value}年度。`, `Comparing ${a.value} and ${b.value}.`)))
      .catch(reportFailure);
  };
  a.addEventListener("change", change);
  b.addEventListener("change", change);
  choice.hidden = a.options.length < 2;
  if (!choice.hidden) update().catch(reportFailure);
}
