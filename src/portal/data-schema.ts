/** What the columns of the dataset are: a page for people, JSON for programs. */
import { html } from "hono/html";
import { canonicalJson } from "../basics/canonical-json.ts";
import { allCells } from "../dataset/cells.ts";
import { type Column, FIGURE_COLUMNS, reportColumns } from "../dataset/columns.ts";
import { dataPaths } from "../dataset/files.ts";
import type { PublicFile } from "../index/shared.ts";
import type { Html } from "./comparison.ts";
import { JSON_TYPE } from "./content-types.ts";
import { layout, scrolling } from "./layout.ts";
import { inBoth, licenceData, type PortalOptions, type View } from "./view.ts";

function columnsTable({ t }: View, caption: string, columns: readonly Column<never>[]): Html {
  return scrolling(
    caption,
    html`<table class="patterns"><caption>${caption}</caption><thead><tr><th scope="col">${t("列", "Column")}</th><th scope="col">${t("类型", "Type")}</th><th scope="col">${t("含义", "Meaning")}</th></tr></thead>
<tbody>${columns.map(({ name, type, zh, en }) => html`<tr><th scope="row"><code>${name}</code></th><td class="text"><code>${type}</code></td><td class="text">${t(zh, en)}</td></tr>`)}</tbody></table>`,
  );
}

const described = (columns: readonly Column<never>[]) =>
  columns.map(({ name, type, zh, en }) => ({ name, type, zh, en }));

/** `data/schema.html` and `data/schema.json`. */
export function dataSchema(options: PortalOptions): PublicFile[] {
  const reports = reportColumns();
  const cells = allCells();
  const pages = inBoth(options, dataPaths.schemaPage, (view) => {
    const { t } = view;
    const title = t("数据集的列", "Columns of the dataset");
    return layout(view, {
      title,
      description: t(
        "数据集两张表的各列：名称、类型、含义。",
        "The columns of both tables of the dataset: name, type, meaning.",
      ),
      trail: [
        [t("开放数据", "Open data"), "data.html"],
        [title, dataPaths.schemaPage],
      ],
      main: html`<h1>${title}</h1>
<p class="lead">${t("两张表说同样的数字：figures 一个数字一行，reports 一版报告一行。", "Two tables say the same: figures has a row a figure, reports a row a version of a report.")}</p>
<p>${t("文件是 Parquet（snappy），按年度和省份分开：", "The files are Parquet (snappy), by year and province: ")}<code>data/figures/{year}/{province}/{prefix}.parquet</code>${t("；有哪些文件见 ", "; which there are is told by ")}<code>data/manifest.json</code>${t(" 和 ", " and ")}<code>data/{year}.json</code>${t("，校验和见 ", ", checksums by ")}<code>data/{year}.SHA256SUMS</code>${t("。", ".")}</p>
<section><h2 id="figures">figures</h2>${columnsTable(view, "figures", FIGURE_COLUMNS as readonly Column<never>[])}</section>
<section><h2 id="reports">reports</h2>
<p>${t("各格式版本的单元格各占一列；某版没有的为空。", "Each cell of every edition is a column; null where an edition does not have it.")}</p>${columnsTable(view, "reports", reports as readonly Column<never>[])}</section>`,
    });
  });
  const schema = {
    format: 1,
    tables: {
      figures: described(FIGURE_COLUMNS as readonly Column<never>[]),
      reports: described(reports as readonly Column<never>[]),
    },
    cells: cells.map(({ pointer, column, type, adds, label, labelEn, editions }) => ({
      ...{ cell: pointer, column, type, addable: adds, zh: label, en: labelEn, editions },
    })),
    ...licenceData(options),
  };
  return [...pages, { path: dataPaths.schema, body: canonicalJson(schema), contentType: JSON_TYPE }];
}
