import { html } from "hono/html";
import { formCells } from "../form/form-cells.ts";
import { forms } from "../form/forms.ts";
import type { PublicFile } from "../index/shared.ts";
import type { Html } from "./comparison.ts";
import { FORM } from "./form.ts";
import { layout } from "./layout.ts";
import { LEAST_WHOLE, newestRate, rateName } from "./rate.ts";
import type { FormRate } from "./rows.ts";
import { inBoth, type PortalOptions, type View } from "./view.ts";
import { inLanguage } from "./words.ts";

export const METHOD = "method.html";

/** What the cells of all editions are called, by edition and pointer. */
const LABELS = new Map(
  forms.map((form) => [form.edition, new Map(formCells(form).map((cell) => [cell.pointer, cell]))] as const),
);

function cellsList(view: View, edition: string, cells: readonly string[]): Html {
  const names = cells.map((pointer) => {
    const cell = LABELS.get(edition)?.get(pointer);
    return (view.lang === "en" ? cell?.labelEn : cell?.label) ?? pointer;
  });
  return html`${names.map((name, i) => html`${i > 0 ? " + " : ""}${name} <code>${cells[i]}</code>`)}`;
}

/** A rate's definition, by edition where they differ. */
function definition(view: View, rate: FormRate): Html {
  const { t } = view;
  const newest = newestRate(rate);
  const editions = Object.entries(rate.editions);
  const same = editions.every(
    ([, { part, whole }]) => part.join() === newest.part.join() && whole.join() === newest.whole.join(),
  );
  const shown = same ? editions.slice(-1) : editions.toReversed();
  return html`<section><h3 id="rate-${rate.key}">${rateName(view, rate)}</h3>
<p>${inLanguage(view, newest.note)}</p>
${shown.map(
  ([
    edition,
    { part, whole },
  ]) => html`<dl class="terms definition"><div><dt>${t("分子", "Part")}</dt><dd>${cellsList(view, edition, part)}</dd></div><div><dt>${t("分母", "Whole")}</dt><dd>${cellsList(view, edition, whole)}</dd></div>${same ? "" : html`<div><dt>${t("格式", "Edition")}</dt><dd>${edition}</dd></div>`}</dl>
`,
)}</section>
`;
}

/** `method.html`: what sums, rates and rankings are made of, and what they are not. */
export const methodPage = (options: PortalOptions): PublicFile[] =>
  inBoth(options, METHOD, (view) => {
    const { t } = view;
    const title = t("口径和算法", "What the figures mean");
    return layout(view, {
      title,
      description: t(
        "合计、比率和排名怎么算：哪些报告相加，比率的分子和分母是哪些格，基数多小不排名。",
        "How sums, rates and rankings are made: which reports are added up, which cells a rate is of, and when there is too little to rank.",
      ),
      trail: [[title, METHOD]],
      main: html`<h1>${title}</h1>
<section><h2 id="sums">${t("合计", "Sums")}</h2>
<p>${t("“机关之和”是一个政府所属各机关现行报告的数字逐格相加。政府自己的报告已经汇总所属部门和下级政府，单列，从不与它们相加；谁属于谁，以名录为准，没有名录的按名称判断。“m个机关中的n个”说明合计里有几份报告。已撤回的报告、被取代的各版不计。", "“Organs' sum” adds up, cell by cell, the current reports of the organs under one government. The government's own report already contains its departments and the governments below; it stands beside and is never added. Who belongs to whom follows the roster, else names. “n of m organs” tells how many reports are in a sum. Withdrawn reports and superseded versions are not counted.")}</p>
<p>${t("上一年的项目数量等不能相加的格不列。金额以元为单位精确相加。", "Cells that are no sum (last year's items, say) are left out. Money is added exactly, in yuan.")}</p></section>
<section><h2 id="rates">${t("比率", "Rates")}</h2>
<p>${t("比率是相加以后的分子除以相加以后的分母，不是各机关比率的平均。分母是0的，不算。定义写在报告格式的数据里，各处的比率都由它算出：", "A rate is the sum of the parts over the sum of the wholes, never the mean of organs' own rates; without a whole there is none. The definitions are data of the form's editions, from which all rates here are computed:")}</p>
${FORM.rates.map((rate) => definition(view, rate))}</section>
<section><h2 id="rankings">${t("排名", "Rankings")}</h2>
<p>${t(`比率的分母不足${LEAST_WHOLE}的，一件之差就有好几个百分点：照样列出，不排名次（可以自己改这个下限）。数相同的名次相同。名次后面写明一共多少个里有多少个可比；没有公布的不排。件数多少首先反映地方大小，不说明好坏。`, `Where a rate's whole is below ${LEAST_WHOLE}, one case more or less makes several percent: such rates are listed without a rank (the limit can be changed). Equal values share a rank. How many of how many could be ranked is told with the ranking; who has not published is not ranked. Counts tell how large a place is before they tell anything else.`)}</p></section>`,
    });
  });
