import { html, raw } from "hono/html";
import type { Block, HeadingBlock, TableBlock, TableCell } from "../../compose/blocks.ts";
import { correctionNotice, differencesTable } from "../../compose/notices.ts";
import type { Composed } from "../content.ts";
import type { Format } from "../format.ts";
import { fileName, isPage } from "../registry.ts";
import type { Surroundings } from "../write.ts";
import { type Html, page } from "./page.ts";

const scopeOf = ({ role, colSpan = 1, rowSpan = 1 }: TableCell): string =>
  role === "rowHeader" ? (rowSpan > 1 ? "rowgroup" : "row") : colSpan > 1 ? "colgroup" : "col";

/** A position of the grid: as a header with its scope, or as data. */
function cell(c: TableCell): Html {
  const [colSpan, rowSpan] = [c.colSpan ?? 1, c.rowSpan ?? 1];
  const spans = html`${colSpan > 1 ? html` colspan="${colSpan}"` : ""}${rowSpan > 1 ? html` rowspan="${rowSpan}"` : ""}`;
  if (c.role === "data") return html`<td class="figure"${spans}>${c.text}</td>`;
  if (c.role === "note") return html`<td${spans}>${c.text}</td>`;
  return html`<th scope="${scopeOf(c)}"${spans}>${c.text}</th>`;
}

/** A table: one element a part, so that every figure has the heads of its own part and no others. */
function table({ label, parts }: TableBlock): Html {
  return html`${parts.map(({ head, body }) => {
    const [first] = head;
    const titled = first?.cells.length === 1 && first.cells[0]!.role === "caption" ? first.cells[0]!.text : undefined;
    const name = titled ? `${label} ${titled}` : label;
    const rows = (list: typeof head): Html[] =>
      list.map(
        ({ cells }) => html`<tr>${cells.map(cell)}</tr>
`,
      );
    return html`<div class="scroll" role="region" tabindex="0" aria-label="${name}"><table><caption>${name}</caption>
<thead>${rows(titled ? head.slice(1) : head)}</thead>
<tbody>${rows(body)}</tbody></table></div>
`;
  })}`;
}

function heading({ level, number, text, id }: HeadingBlock): Html {
  const tag = raw(`h${level + 1}`);
  return html`<${tag} id="${id}">${number}${text}</${tag}>`;
}

function block(b: Block, date: string): Html {
  switch (b.kind) {
    case "title":
      return html`<h1>${b.lines.map((line, i) => (i > 0 ? html`<br>${line}` : line))}</h1>`;
    case "heading":
      return heading(b);
    case "paragraph":
      return html`<p>${b.text}</p>`;
    case "table":
      return table(b);
    case "signature":
      return html`<p class="signature">${b.organ}<br><time datetime="${date}">${b.date}</time></p>`;
  }
}

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
  (b) => html`${block(b, date)}
`,
)}</article>
${links}`,
  );
}
