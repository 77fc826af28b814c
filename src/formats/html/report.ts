import { html, raw } from "hono/html";
import type { Block, HeadingBlock, TableBlock, TableCell } from "../../compose/blocks.ts";
import { type Html, page } from "./page.ts";

/** What stands around a report on its page. */
export interface HtmlMetadata {
  readonly title: string;
  readonly organ: string;
  readonly uscc: string;
  readonly year: number;
  /** ISO date of signing. */
  readonly date: string;
  /** The files that lie beside the page, by label. */
  readonly links: readonly (readonly [label: string, href: string])[];
}

/** Media types of the files beside the page, by label. */
const TYPES: Readonly<Record<string, string>> = { PDF: "application/pdf", JSON: "application/json", CSV: "text/csv" };

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

/**
 * A document as an accessible page (WCAG 2.2): the same blocks as the PDF's, tables with real headers and scopes,
 * no script.
 */
export function renderHtml(blocks: readonly Block[], metadata: HtmlMetadata): Uint8Array {
  const { title, organ, uscc, year, date, links } = metadata;
  const files =
    links.length === 0
      ? ""
      : html`<nav class="links" aria-label="其他格式"><p class="plain">${links.map(
          ([label, href], i) => html`${i > 0 ? " · " : ""}<a href="${href}">${label}</a>`,
        )}</p></nav>`;
  return page(
    html`${title}`,
    {
      description: `${title}，${date}，统一社会信用代码${uscc}。`,
      // Addresses are relative to the page's: a version's files lie beside it, wherever the site is.
      data: {
        "@type": "Report",
        name: title,
        inLanguage: "zh-CN",
        isAccessibleForFree: true,
        dateCreated: date,
        temporalCoverage: String(year),
        creator: { "@type": "GovernmentOrganization", name: organ, identifier: uscc },
        encoding: links.map(([label, href]) => ({
          "@type": "MediaObject",
          contentUrl: href,
          encodingFormat: TYPES[label],
        })),
      },
    },
    html`<article>
${blocks.map(
  (b) => html`${block(b, date)}
`,
)}</article>
${files}`,
  );
}
