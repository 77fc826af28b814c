/** Blocks as elements of an accessible page. */
import { html, raw } from "hono/html";
import type { Block, HeadingBlock, TableBlock, TableCell } from "../../compose/blocks.ts";
import type { Html } from "./page.ts";

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

/** @param date the date that a signature names, ISO; none where it is left open */
export function blockHtml(b: Block, date?: string): Html {
  switch (b.kind) {
    case "title":
      return html`<h1>${b.lines.map((line, i) => (i > 0 ? html`<br>${line}` : line))}</h1>`;
    case "heading":
      return heading(b);
    case "paragraph":
      return b.flush ? html`<p class="plain">${b.text}</p>` : html`<p>${b.text}</p>`;
    case "table":
      return table(b);
    case "signature":
      return html`<p class="signature">${b.organ}<br>${date ? html`<time datetime="${date}">${b.date}</time>` : b.date}</p>`;
  }
}
