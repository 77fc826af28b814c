import { html } from "hono/html";
import type { PublicFile } from "../index/shared.ts";
import { HTML } from "./content-types.ts";
import { bareHead } from "./layout.ts";
import { inBoth, type PortalOptions, twin } from "./view.ts";

/**
 * `embed.html`: one chart or table of an organ, or of a division's or province's year, to be framed by the pages of
 * others. It is put together in the browser from the data, so that a publication makes no page for it; it has a link to
 * where the figures are from, and nothing that could be clicked on unawares.
 */
export const embedPage = (options: PortalOptions): PublicFile[] =>
  inBoth(options, "embed.html", (view) => {
    const { t, lang, path } = view;
    const title = t("图表：政府信息公开工作年度报告", "Chart: annual reports on open government information");
    const body = html`<!doctype html>
<html lang="${lang}" class="embedded">
<head>
${bareHead(view, title, [options.assets.embed])}</head>
<body>
<main id="main" data-root="${view.file("")}" data-rows="${view.file(options.assets.rows)}">
<h1 class="vh">${title}</h1>
<div id="shown"></div>
<noscript><p>${t("这张图表要在浏览器里由数据画出，需要脚本。", "This chart is drawn in the browser from the data and needs script.")}</p></noscript>
<p id="status" class="status" role="status"></p>
<p class="source">${t("来源：", "Source: ")}<a id="source" href="${view.page("index.html")}" target="_blank" rel="noopener">${t("政府信息公开工作年度报告", "Annual reports on open government information")}</a></p>
</main>
</body>
</html>
`;
    return { path: twin(path, lang), body: String(body), contentType: HTML };
  });
