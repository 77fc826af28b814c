import { changes } from "../../../src/check/changes.ts";
import { figureAt } from "../../../src/form/cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import type { Flow } from "../flow/flow.ts";
import { inLanguage } from "../i18n.ts";
import { keyFigures } from "./key-figures.ts";
import { say } from "./texts.ts";

const signed = (change: number): string => (change > 0 ? `+${change}` : String(change));

/** A figure of this year and last year's, with the change. */
interface Row {
  readonly label: string;
  readonly now: string;
  readonly before: string;
  readonly change: string;
}

function Rows({
  caption,
  rows,
  years,
}: {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly years: readonly [number, number];
}) {
  return (
    // A region that scrolls must be reached by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls
    <section className="flow-scroll" tabIndex={0} aria-label={caption}>
      <table className="flow-table">
        <thead>
          <tr>
            <th scope="col">{say("figure")}</th>
            {years.map((year) => (
              <th key={year} scope="col">
                {say("ofYear", { year })}
              </th>
            ))}
            <th scope="col">{say("change")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, now, before, change }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{now}</td>
              <td>{before}</td>
              <td>{change}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** 与上年相比, before anything is published: the totals that the report stands on, and every figure that changed. */
export function AgainstLastYear({ flow }: { readonly flow: Flow }) {
  const { form } = flow;
  const { sound } = form.checked.value;
  const previous = form.previous.value;
  const edition = sound && formOf(sound.edition);
  const lastEdition = previous && formOf(previous.edition);
  if (!sound || !edition || !previous || !lastEdition) return null;
  const years = [sound.year, previous.year] as const;
  const totals = keyFigures(edition, sound).map(({ cell, value }): Row => {
    const last = figureAt(lastEdition, previous, cell.pointer)?.value;
    return {
      label: inLanguage([cell.label, cell.labelEn]),
      now: String(value ?? say("empty")),
      before: String(last ?? say("empty")),
      change: value === undefined || last === undefined ? "" : signed(value - last),
    };
  });
  const all = changes(previous, sound)
    .filter(({ kind }) => kind === "figure")
    .map(
      ({ label, before, after, change = "", percent }): Row => ({
        label,
        now: after ?? say("empty"),
        before: before ?? say("empty"),
        change: percent === undefined ? change : inLanguage([`${change}（${percent}）`, `${change} (${percent})`]),
      }),
    );
  return (
    <section>
      <h3>{say("againstLastYear")}</h3>
      <Rows caption={say("againstLastYear")} rows={totals} years={years} />
      {all.length > 0 && (
        <details>
          <summary>{say("allChanges", { count: all.length })}</summary>
          <Rows caption={say("allChanges", { count: all.length })} rows={all} years={years} />
        </details>
      )}
    </section>
  );
}
