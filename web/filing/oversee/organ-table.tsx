import { type Signal, useSignal } from "@preact/signals";
import { KIND_NAMES, type Kind } from "../../../src/roster/schema.ts";
import { Field } from "../flow/parts.tsx";
import { inLanguage } from "../i18n.ts";
import { PROPERTIES, type RosterInWork, typedText } from "./roster.ts";
import { say } from "./texts.ts";

/** So many organs are shown at once. */
const SHOWN = 100;

export const kindName = (kind: unknown): string => inLanguage(KIND_NAMES[kind as Kind] ?? ["", ""]);

/** The way through a list that is longer than a page. */
function Pages(props: {
  readonly page: Signal<number>;
  readonly from: number;
  readonly shown: number;
  readonly count: number;
}) {
  const { page, from, shown, count } = props;
  if (count <= SHOWN) return null;
  const turn = (label: string, disabled: boolean, by: number) => (
    <button
      type="button"
      className="flow-link"
      disabled={disabled}
      onClick={() => {
        page.value = from / SHOWN + by;
      }}
    >
      {label}
    </button>
  );
  return (
    <p>
      {turn(say("previousOrgans"), from === 0, -1)} {say("organsShown", { from: from + 1, to: from + shown, count })}{" "}
      {turn(say("nextOrgans"), from + SHOWN >= count, 1)}
    </p>
  );
}

/** The organs that are looked for. */
export function OrganTable({ roster, edit }: { readonly roster: RosterInWork; readonly edit: (at: number) => void }) {
  const wanted = useSignal("");
  const page = useSignal(0);
  const organs = roster.organs.value.map((organ, at) => ({ organ, at }));
  const found = organs.filter(({ organ }) => `${organ["name"]} ${organ["uscc"]}`.includes(wanted.value.trim()));
  const names = new Map(organs.map(({ organ }) => [organ["uscc"], typedText(organ["name"])]));
  const from = Math.min(page.value, Math.max(0, Math.ceil(found.length / SHOWN) - 1)) * SHOWN;
  const shown = found.slice(from, from + SHOWN);
  const columns = PROPERTIES.filter(({ key }) => ["uscc", "kind", "superior"].includes(key));
  return (
    <>
      <Field
        label={say("filterOrgans")}
        hint={say("filterHint")}
        value={wanted.value}
        onInput={(text) => {
          wanted.value = text;
          page.value = 0;
        }}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard */}
      <section className="flow-scroll" tabIndex={0} aria-label={say("filterOrgans")}>
        <table className="flow-table">
          <thead>
            <tr>
              <th scope="col">{say("rosterName")}</th>
              {columns.map(({ key, title }) => (
                <th key={key} scope="col">
                  {inLanguage(title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(({ organ, at }) => {
              const name = typedText(organ["name"]) || say("newOrgan");
              return (
                <tr key={at}>
                  <th scope="row">
                    <button
                      type="button"
                      className="flow-link"
                      aria-label={say("editOrgan", { name })}
                      onClick={() => edit(at)}
                    >
                      {name}
                    </button>
                  </th>
                  <td>{typedText(organ["uscc"])}</td>
                  <td>{kindName(organ["kind"])}</td>
                  <td>{names.get(organ["superior"]) ?? typedText(organ["superior"])}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <Pages page={page} from={from} shown={shown.length} count={found.length} />
    </>
  );
}
