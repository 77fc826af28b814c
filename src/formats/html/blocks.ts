/** Blocks as elements of an accessible page. */
import { html, raw } from "hono/html";
import type { Block, HeadingBlock, TableBlock, TableCell } from "../../compose/blocks.ts";
import { titlePieces } from "../../typeset/title.ts";
import type { Html } from "./page.ts";

const scopeOf = ({ role, colSpan = 1, rowSpan = 1 }: TableCell): string =>
  role === "rowHeader" ? (rowSpan > 1 ? "rowgroup" : "row") : colSpan > 1 ? "colgroup" : "col";

/** A table of so many columns scrolls on a phone rather than have its labels in columns of one character. */
const WIDE = 6;
/** A figure of more characters is wider than a column of a wide table on paper. */
const LONG = 8;

/** A position of the grid: as a header with its scope, or as data. */
function cell(c: TableCell): Html {
  const [colSpan, rowSpan] = [c.colSpan ?? 1, c.rowSpan ?? 1];
  const spans = html`${colSpan > 1 ? html` colspan="${colSpan}"` : ""}${rowSpan > 1 ? html` rowspan="${rowSpan}"` : ""}`;
  if (c.role === "data") return html`<td class="figure${c.text.length > LONG ? " long" : ""}"${spans}>${c.text}</td>`;
  if (c.role === "note") return html`<td${spans}>${c.text}</td>`;
  return html`<th scope="${scopeOf(c)}"${spans}>${c.text}</th>`;
}

/** A table: one element a part, so that every figure has the heads of its own part and no others. */
function table({ label, columns, parts }: TableBlock): Html {
  const wide = columns.length > WIDE ? " wide" : "";
  return html`${parts.map(({ head, body }) => {
    const [first] = head;
    const titled = first?.cells.length === 1 && first.cells[0]!.role === "caption" ? first.cells[0]!.text : undefined;
    const name = titled ? `${label} ${titled}` : label;
    const rows = (list: typeof head): Html[] =>
      list.map(
        ({ cells }) => html`<tr>${cells.map(cell)}</tr>
`,
      );
    return html`<div class="scroll${wide}" role="region" tabindex="0" aria-label="${name}"><table><caption>${name}</caption>
<thead>${rows(titled ? head.slice(1) : head)}</thead>
<tbody>${rows(body)}</tbody></table></div>
`;
  })}`;
}

function heading({ level, number, text, id }: HeadingBlock): Html {
  const tag = raw(`h${level + 1}`);
  return html`<${tag} id="${id}">${number}${text}</${tag}>`;
}

/** A name or a title with the places where a line may end, by meaning; a reader of the page sees one text. */
export const byMeaning = (text: string): Html =>
  html`${text
    .split(/(?<=、)/u)
    .flatMap(titlePieces)
    .map((piece, i) => (i > 0 ? html`<wbr>${piece}` : piece))}`;

/** @param date the date that a signature names, ISO; none where it is left open */
export function blockHtml(b: Block, date?: string): Html {
  switch (b.kind) {
    case "title":
      return html`<h1>${b.lines.map((line, i) => (i > 0 ? html`<br>${byMeaning(line)}` : byMeaning(line)))}</h1>`;
    case "heading":
      return heading(b);
    case "paragraph":
      return b.flush ? html`<p class="plain">${b.text}</p>` : html`<p>${b.text}</p>`;
    case "table":
      return table(b);
    case "signature":
      return html`<p class="signature">${byMeaning(b.organ)}<br>${date ? html`<time datetime="${date}">${b.date}</time>` : b.date}</p>`;
  }
}
