import type { Block, TableBlock } from "../../../src/compose/blocks.ts";
import { compose } from "../../../src/compose/compose.ts";
import type { Flow } from "../flow/flow.ts";
import { say } from "./texts.ts";

/** A table as it is printed. */
function Table({ block }: { readonly block: TableBlock }) {
  return (
    // A region that scrolls must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls
    <section className="flow-scroll" tabIndex={0} aria-label={block.label}>
      <table className="flow-printed">
        {block.parts.map(({ head, body }, part) => (
          <tbody key={part}>
            {[...head, ...body].map(({ cells }, row) => (
              <tr key={row}>
                {cells.map(({ text, role, rowSpan, colSpan }, i) =>
                  role === "data" || role === "note" ? (
                    <td key={i} rowSpan={rowSpan} colSpan={colSpan} className={role}>
                      {text}
                    </td>
                  ) : (
                    <th key={i} rowSpan={rowSpan} colSpan={colSpan} className={role}>
                      {text}
                    </th>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

/** A part of the report as it is printed. */
function BlockText({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "title":
      return <p className="flow-printed-title">{block.lines.join("")}</p>;
    case "heading":
      return (
        <h4>
          {block.number}
          {block.text}
        </h4>
      );
    case "paragraph":
      return <p>{block.text}</p>;
    case "table":
      return <Table block={block} />;
    case "signature":
      return (
        <p className="flow-printed-signature">
          {block.organ}
          <br />
          {block.date}
        </p>
      );
  }
}

/** All of the report in reading order: what will be published, to be read once more. */
export function WholeText({ flow }: { readonly flow: Flow }) {
  const { sound } = flow.form.checked.value;
  if (!sound) return null;
  return (
    // A region that scrolls must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the text scrolls
    <section className="flow-whole" tabIndex={0} aria-label={say("wholeText")} lang="zh-CN">
      {compose(sound).map((block, i) => (
        <BlockText key={i} block={block} />
      ))}
    </section>
  );
}
