import { html } from "hono/html";
import type { Block } from "../../compose/blocks.ts";
import { correctionNotice, differencesTable } from "../../compose/notices.ts";
import type { Composed } from "../content.ts";
import type { Format } from "../format.ts";
import { fileName, isPage } from "../registry.ts";
import type { Surroundings } from "../write.ts";
import { blockHtml } from "./blocks.ts";
import { LOADER } from "./loader.ts";
import { type Html, page } from "./page.ts";

/** What is on the page: 更正说明 of a correction with its differences in a table, which holds any number of them. */
const blocksOf = (content: Composed): readonly Block[] => {
  const { correction } = content.of === "report" ? content : {};
  return correction
    ? [...content.blocks, ...correctionNotice(correction), differencesTable(correction.differences)]
    : content.blocks;
};

/** The files beside the page that it leads to; a table has nothing of a notice. */
const linkedFrom = ({ of }: Composed, beside: readonly Format[]): readonly Format[] =>
  beside.filter((format) => !isPage(format) && (of === "report" || format.kind !== "table"));

/**
 * The way from a page that lies at two depths with the same bytes: one folder up are the year's versions or the organ, two
 * folders up the organ or the home page. The words are right of both; the loader puts the exact ways in their place.
 */
const SITE: Html = html`<nav class="trail" id="trail" aria-label="位置"><p class="plain"><a href="../index.html">本机关的报告与各版本</a> · <a href="../../index.html">本网站</a></p></nav>
`;

/**
 * A document as an accessible page (WCAG 2.2): the same blocks as the PDF's, tables with real headers and scopes. One that
 * lies among others leads to them, and runs what says whether it still stands.
 */
export function write(content: Composed, { beside }: Pick<Surroundings, "beside">): Uint8Array {
  const { subject, metadata } = content;
  const { title, date } = metadata;
  const published = beside !== undefined;
  const linked = linkedFrom(content, beside ?? []);
  const links =
    linked.length === 0
      ? ""
      : html`<nav class="links" aria-label="其他格式"><p class="plain">${linked.map(
          (format, i) => html`${i > 0 ? " · " : ""}<a href="${fileName(format)}">${format.label.zh}</a>`,
        )}</p></nav>`;
  return page(
    html`${title}`,
    {
      description: `${title}，${date}，统一社会信用代码${subject.uscc}。`,
      // Addresses are relative to the page's: a version's files lie beside it, wherever the site is.
      data: {
        "@type": "Report",
        name: title,
        inLanguage: "zh-CN",
        isAccessibleForFree: true,
        dateCreated: date,
        temporalCoverage: String(subject.year),
        creator: { "@type": "GovernmentOrganization", name: subject.organ, identifier: subject.uscc },
        encoding: linked.map((format) => ({
          "@type": "MediaObject",
          contentUrl: fileName(format),
          encodingFormat: format.mediaTypes[0],
        })),
      },
      ...(published ? { script: { text: LOADER } } : {}),
    },
    html`${published ? SITE : ""}<article>
${blocksOf(content).map(
  (b) => html`${blockHtml(b, date)}
`,
)}</article>
${links}`,
  );
}
