import { cellsByPointer } from "../../../src/form/cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import type { Sources } from "../../../src/rollup/rollup.ts";
import { inLanguage } from "../i18n.ts";
import { valueText } from "../value-text.ts";
import { Folded, Windowed } from "./listed.tsx";
import { say } from "./texts.ts";

/** What a cell of an edition is called. */
export function cellName(edition: string, pointer: string): string {
  const form = formOf(edition);
  const cell = form && cellsByPointer(form).get(pointer);
  return cell ? inLanguage([cell.label, cell.labelEn]) : pointer;
}

/** Every cell that was summed, open to its sources, the largest first. */
export function Cells({ sources }: { readonly sources: Sources }) {
  return (
    <Folded title={say("cellsTitle")}>
      {() => (
        /* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard */
        <section className="flow-scroll" tabIndex={0} aria-label={say("cellsTitle")}>
          <table className="flow-table">
            <thead>
              <tr>
                <th scope="col">{say("column")}</th>
                <th scope="col">{say("sum")}</th>
                <th scope="col">{say("sourcesOf")}</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(sources.cells).map(([pointer, { value, from }]) => (
                <tr key={pointer} data-cell={pointer}>
                  <th scope="row">{cellName(sources.edition, pointer)}</th>
                  <td className="flow-figure">{valueText(value)}</td>
                  <td>
                    {from.length > 0 && (
                      <Folded title={say("fromCount", { count: from.length })}>
                        {() => (
                          <Windowed
                            ordered
                            items={from}
                            item={([at, part]) => {
                              const source = sources.sources[at];
                              return (
                                <li key={at}>
                                  {source?.name} {part}
                                  {source?.byHand && ` (${say("byHand")})`}
                                </li>
                              );
                            }}
                          />
                        )}
                      </Folded>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Folded>
  );
}
