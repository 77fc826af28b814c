import { html } from "hono/html";
import type { Block } from "../../compose/blocks.ts";
import { correctionNotice, differencesTable } from "../../compose/notices.ts";
import type { Composed } from "../content.ts";
import type { Format } from "../format.ts";
import { fileName, isPage } from "../registry.ts";
import type { Surroundings } from "../write.ts";
import { blockHtml } from "./blocks.ts";
import { page } from "./page.ts";

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
 * A document as an accessible page (WCAG 2.2): the same blocks as the PDF's, tables with real headers and scopes,
 * no script.
 */
export function write(content: Composed, { beside = [] }: Pick<Surroundings, "beside">): Uint8Array {
  const { subject, metadata } = content;
  const { title, date } = metadata;
  const linked = linkedFrom(content, beside);
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
    },
    html`<article>
${blocksOf(content).map(
  (b) => html`${blockHtml(b, date)}
`,
)}</article>
${links}`,
  );
}
