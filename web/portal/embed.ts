/** One chart or table by itself, named by the address: `?organ=…&chart=received`, `?division=371500&year=2024&chart=results`. */
import { isCode } from "../../src/form/uscc.ts";
import type { OrganIndex } from "../../src/index/shapes.ts";
import { hatchings } from "../../src/portal/charts.ts";
import { comparisonTable, type Html, type ReportColumn } from "../../src/portal/comparison.ts";
import { ORGAN_CHARTS, stands } from "../../src/portal/organ-charts.ts";
import type { FormRows } from "../../src/portal/rows.ts";
import { singledRows } from "../../src/portal/singled.ts";
import { SUM_CHARTS, type Summed, shareOf } from "../../src/portal/sum-charts.ts";
import { byId, lang, load, page, t } from "./page.ts";

const words = { lang, t } as const;
const given = new URLSearchParams(location.search);
const asked = (name: string, shape: RegExp): string | undefined => {
  const value = given.get(name) ?? "";
  return shape.test(value) ? value : undefined;
};
const chart = given.get("chart") ?? "";
/** What draws the chart that is asked for, of those that there are. */
const drawnBy = <T>(charts: Readonly<Record<string, T>>): T | undefined =>
  Object.hasOwn(charts, chart) ? charts[chart] : undefined;
const main = byId("main");
const root = new URL(main.dataset["root"] || ".", location.href);

/** What is shown, and the page that it is from. */
interface Shown {
  readonly made: Html | "" | undefined;
  readonly title: string;
  readonly page: string;
}

/** `…/{year}.sums.json`, as much of it as is drawn. */
interface Sums {
  readonly edition: string;
  readonly organs: Pick<Summed, "expected" | "reported">;
  readonly sum: NonNullable<Summed["sum"]>;
  readonly government?: NonNullable<Summed["own"]>;
}

const table = (form: FormRows, columns: readonly ReportColumn[], caption: string): Html | "" =>
  columns.length === 0 ? "" : comparisonTable(form, columns, { lang, caption });

async function ofOrgan(uscc: string, form: FormRows): Promise<Shown> {
  const organ = await load<OrganIndex>(new URL(`${uscc}/index.json`, root));
  const columns = organ.years
    .filter(stands)
    .map(({ year, edition, figures }): ReportColumn => ({ title: String(year), edition, figures }));
  return {
    made:
      chart === "figures"
        ? table(form, columns, t("各年度各项数字", "Figures by year"))
        : drawnBy(ORGAN_CHARTS)?.(words, singledRows(form), organ),
    title: organ.organ,
    page: page(`${uscc}/index.html`),
  };
}

async function ofPlace(folder: string, place: string, year: string, form: FormRows): Promise<Shown> {
  const sums = await load<Sums>(new URL(`${folder}/${place}/${year}.sums.json`, root));
  const { edition, organs, sum, government } = sums;
  const summed: Summed = {
    edition,
    ...organs,
    ...(organs.reported > 0 ? { sum } : {}),
    ...(government ? { own: government } : {}),
  };
  const columns: ReportColumn[] = [
    ...(summed.sum ? [{ title: t("机关之和", "Organs' sum"), edition, figures: summed.sum }] : []),
    ...(government ? [{ title: t("政府的报告", "Government's report"), edition, figures: government.figures }] : []),
  ];
  return {
    made:
      chart === "figures"
        ? table(form, columns, shareOf(words, summed))
        : drawnBy(SUM_CHARTS)?.(words, singledRows(form), summed),
    title: t(`${year}年度`, year),
    page: page(`${folder}/${place}/${year}.html`),
  };
}

async function shown(form: FormRows): Promise<Shown | undefined> {
  const organ = given.get("organ") ?? "";
  if (isCode(organ)) return ofOrgan(organ, form);
  const year = asked("year", /^\d{4}$/);
  const [division, province] = [asked("division", /^\d{6}$/), asked("province", /^\d{2}$/)];
  if (year && division) return ofPlace("divisions", division, year, form);
  if (year && province) return ofPlace("provinces", province, year, form);
  return undefined;
}

async function start(): Promise<void> {
  const found = await shown(await load<FormRows>(new URL(main.dataset["rows"]!, location.href)));
  if (!found?.made) {
    byId("status").textContent = t("没有这样的图表。", "There is no such chart.");
    return;
  }
  byId("shown").innerHTML = `${await hatchings()}${await found.made}`;
  const source = byId<HTMLAnchorElement>("source");
  source.href = new URL(found.page, root).href;
  source.textContent = `${found.title}${t("：", ": ")}${source.textContent}`;
}

start().catch(() => {
  byId("status").textContent = t("取不到数据。", "The data could not be fetched.");
});
