import type { Difference } from "../../../src/check/differences.ts";
import { say } from "./texts.ts";

/** What a correction changes, cell by cell and text by text. */
export function DifferenceTable({
  caption,
  differences,
}: {
  readonly caption: string;
  readonly differences: readonly Difference[];
}) {
  return (
    // A region that scrolls must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls
    <section className="flow-scroll" tabIndex={0} aria-label={caption}>
      <table className="flow-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say("place")}</th>
            <th scope="col">{say("before")}</th>
            <th scope="col">{say("after")}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ pointer, label, before, after }, i) => (
            <tr key={`${pointer} ${i}`}>
              <th scope="row">{label}</th>
              <td>{before === null ? say("empty") : <del>{before}</del>}</td>
              <td>{after === null ? say("empty") : <ins>{after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
