import { html } from "hono/html";
import type { PublicFile } from "../index/shared.ts";
import type { Html } from "./comparison.ts";
import { layout } from "./layout.ts";
import { inBoth, type PortalOptions, type View } from "./view.ts";

/** What the page needs script for, and what does the same without. */
const withoutScript = ({ t }: View): Html =>
  html`<noscript><p>${t("这一页要在浏览器里计算，需要脚本。没有脚本时，可用命令", "This page computes in the browser and needs script. Without it, use the command")} <code>nianbao verify</code>${t("；或者用 sha256sum 算出文件的 SHA-256，与各版旁边的“校验和”（SHA256SUMS）对照。", ", or compare what sha256sum says of the file with the checksums (SHA256SUMS) beside each version.")}</p></noscript>`;

/** Where a file is chosen: a field that the keyboard reaches, with room around it to drop one. */
const chooser = ({ t }: View): Html => html`<div class="drop" id="drop">
<label for="file">${t("选择文件，或把它拖到这里", "Choose a file, or drop it here")}</label>
<input type="file" id="file" aria-describedby="private">
<p id="private">${t("文件不会上传：只在您的浏览器里算出它的 SHA-256。", "The file is not uploaded: its SHA-256 is computed in your browser.")}</p>
</div>`;

/** What it proves, and what it does not. */
const meaning = ({ t, page }: View): Html => html`<h2>${t("这说明什么", "What this shows")}</h2>
<p>${t("每一版公布时，它的记录和文件的 SHA-256 都记入公布日志。日志只增不改，整个日志的根哈希由日志的密钥签名（检查点）。核验通过，说明这个文件就是公布过的那一个，一个字节也没有变，而且日志从那时起没有改写。", "When a version is published, its record and the SHA-256 of its files go into a log of publications, which only grows; the root hash over all of it is signed (the checkpoint). A file that verifies is the one that was published, to the byte, and the log was not rewritten since.")}</p>
<p>${t("公钥是本网站给出的。要不靠本网站，请与另外得到的公钥对照，或看见证人的签名：见证人是别的单位，存有日志的全部条目，只签从上次接着写的日志。", "The key shown is this site's own word. To rely on more than the site, compare it with the key from elsewhere, or look at the witnesses: other parties, who keep all entries and sign only a log that goes on from what they saw.")} <a href="${page("data.html")}#verify">${t("日志的格式", "Formats of the log")}</a></p>`;

/**
 * `verify.html`: from a file that somebody has to the signed checkpoint of the log, in the browser and by static files
 * alone. `#{code}/{year}/v{N}` names a version, as the code on a receipt does.
 */
export const verifyPage = (options: PortalOptions): PublicFile[] =>
  inBoth(options, "verify.html", (view) => {
    const { t } = view;
    const title = t("核验公布的文件", "Verify a published file");
    return layout(view, {
      title,
      description: t(
        "核对手里的PDF等文件是不是公布过的那一个：由文件的哈希查到签了名的公布日志，文件不上传。",
        "Whether a PDF or other file is the one that was published: from its hash to the signed log of publications, without uploading it.",
      ),
      trail: [[t("核验", "Verify"), "verify.html"]],
      scripts: [options.assets.verify],
      main: html`<h1>${title}</h1>
<p class="lead">${t("手里的年度报告（PDF、网页、JSON、CSV……）是不是机关公布过的那一个？", "Is the annual report in your hands (PDF, page, JSON, CSV …) the one that the organ published?")}</p>
${withoutScript(view)}
<div id="verify" hidden data-root="${view.file("")}">
<section id="named" hidden></section>
${chooser(view)}
<section id="outcome" class="outcome" tabindex="-1" hidden></section>
<section id="log"></section>
</div>
${meaning(view)}`,
    });
  });
