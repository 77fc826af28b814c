import type { AccountCell } from "../../../src/import/account.ts";
import type { Flow } from "../flow/flow.ts";
import type { ImportedFile } from "../flow/importing.ts";
import { inLanguage } from "../i18n.ts";
import { t } from "../texts.ts";
import { valueText } from "../value-text.ts";
import { follow, rowOf } from "./follow.ts";
import { say } from "./texts.ts";

/** How cells are shown together, what needs to be looked at first. */
export const GROUPS = ["importAttend", "importAssumed", "importNormalized", "importAsIs"] as const;
export type Group = (typeof GROUPS)[number];

export function groupOf({ how, sure, notes }: AccountCell): Group {
  if (how === "missing" || how === "implied" || how === "unread" || sure === "unsure") return "importAttend";
  if (how === "blank" || how === "computed" || sure === "likely") return "importAssumed";
  return notes.some((note) => note !== "space") ? "importNormalized" : "importAsIs";
}

const HOWS = {
  read: "howRead",
  blank: "howBlank",
  computed: "howComputed",
  implied: "howImplied",
  exact: "howExact",
  unread: "howUnread",
  missing: "howMissing",
} as const;

/** The cells of a group, each with the text that it was read from. */
export function CellTable({
  flow,
  file,
  group,
}: {
  readonly flow: Flow;
  readonly file: ImportedFile;
  readonly group: Group;
}) {
  const cells = (file.account?.cells ?? []).filter((cell) => groupOf(cell) === group);
  if (cells.length === 0) return null;
  const title = say(group, { count: cells.length });
  return (
    <details open={group === "importAttend"}>
      <summary>{title}</summary>
      {/* A region that scrolls must be reached by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls */}
      <section className="flow-scroll" tabIndex={0} aria-label={title}>
        <table className="flow-table">
          <thead>
            <tr>
              <th scope="col">{say("place")}</th>
              <th scope="col">{say("importSource")}</th>
              <th scope="col">{say("importValue")}</th>
              <th scope="col">{say("importHow")}</th>
            </tr>
          </thead>
          <tbody>
            {cells.map(({ pointer, label, labelEn, source, value, how, notes, sure }) => (
              <tr key={pointer} id={rowOf(pointer)} tabIndex={-1}>
                <th scope="row">
                  {file.accepted ? (
                    <button type="button" className="flow-link" onClick={() => follow(flow, pointer)}>
                      {inLanguage([label, labelEn])}
                    </button>
                  ) : (
                    inLanguage([label, labelEn])
                  )}
                </th>
                <td>{source === undefined ? say("importNoCell") : source.trim() || say("importBlank")}</td>
                <td>{value === undefined ? say("empty") : valueText(value)}</td>
                <td>
                  {[
                    say(HOWS[how]),
                    ...notes.map((note) => t(note)),
                    ...(sure === "certain" ? [] : [say(sure === "likely" ? "sureLikely" : "sureUnsure")]),
                  ].join(inLanguage(["；", "; "]))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
