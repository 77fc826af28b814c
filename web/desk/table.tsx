import { useRef } from "preact/hooks";
import type { DeskRow } from "../../src/desk/rows.ts";
import { type Desk, PAGE } from "./desk.ts";
import { hashOf, route } from "./route.ts";
import { changedAt, type SortKey } from "./rows.ts";
import { columnName, groupName, say } from "./texts.ts";

type Column = Exclude<SortKey, "roster">;
const COLUMNS: readonly Column[] = ["name", "division", "state", "due", "findings", "explained", "at"];

/** The head of a column that the list is sorted by when it is pressed, and the other way round when it is pressed again. */
function Head({ desk, column }: { readonly desk: Desk; readonly column: Column }) {
  const { sort, descending } = desk.shown.value;
  const sorted = sort === column;
  const name = columnName(column);
  return (
    <th scope="col" class={`desk-${column}`} aria-sort={sorted ? (descending ? "descending" : "ascending") : "none"}>
      <button
        type="button"
        class="desk-sort"
        title={say("sortBy", { column: name })}
        onClick={() => desk.show({ sort: column, descending: sorted && !descending })}
      >
        {name}
        <span aria-hidden="true">{sorted ? (descending ? " ▼" : " ▲") : ""}</span>
      </button>
    </th>
  );
}

/** Days to the last day, or after it. */
export function Due({ row: { due, daysLeft: days, late } }: { readonly row: DeskRow }) {
  const left =
    days === undefined
      ? late && say("publishedLate")
      : days > 0
        ? say("daysLeft", { days })
        : days === 0
          ? say("today")
          : say("daysLate", { days: -days });
  return (
    <>
      <span class="desk-date">{due}</span>
      {left && <span class={late ? "desk-late" : "desk-left"}>{left}</span>}
    </>
  );
}

export function State({ row: { state, next, version } }: { readonly row: DeskRow }) {
  return (
    <>
      <span class={`desk-mark desk-mark-${state}`}>{groupName(state)}</span>
      {version !== undefined && version > 1 && <span class="desk-left">v{version}</span>}
      {next && <span class="desk-left">{say("withWork", { state: groupName(next) })}</span>}
    </>
  );
}

/** How many findings of each level there are; nothing where it is not known. */
export function Findings({ row: { found } }: { readonly row: DeskRow }) {
  if (!found) return null;
  const { warnings, information } = found;
  if (warnings + information === 0) return <>{say("foundNone")}</>;
  return (
    <>
      {warnings > 0 && <span class="desk-warned">{say("foundWarnings", { count: warnings })}</span>}
      {information > 0 && <span class="desk-left">{say("foundInformation", { count: information })}</span>}
    </>
  );
}

/** @param index of the row among all that are shown, the heads the first */
function Row({ desk, row, index }: { readonly desk: Desk; readonly row: DeskRow; readonly index: number }) {
  const { uscc, name, division, found, reminded } = row;
  return (
    <tr aria-rowindex={index}>
      <td class="desk-choice">
        <input
          type="checkbox"
          aria-label={say("choose", { name })}
          checked={desk.chosen.value.has(uscc)}
          onChange={(event) => desk.choose([uscc], event.currentTarget.checked)}
        />
      </td>
      <th scope="row" class="desk-name">
        <a href={hashOf({ ...route.value, view: "organ", uscc })}>{name}</a>
        <span class="desk-code">{uscc}</span>
      </th>
      <td class="desk-division">{desk.divisionName(division)}</td>
      <td class="desk-state">
        <State row={row} />
      </td>
      <td class="desk-due">
        <Due row={row} />
      </td>
      <td class="desk-findings">
        <Findings row={row} />
      </td>
      <td class="desk-explained">{found?.explained}</td>
      <td class="desk-at">
        {changedAt(row).slice(0, 10)}
        {reminded && <span class="desk-left">{say("reminded", { date: reminded.slice(0, 10) })}</span>}
      </td>
    </tr>
  );
}

/** From one page of the list to another. */
function Pager({ desk, top }: { readonly desk: Desk; readonly top: () => void }) {
  const pages = desk.pages.value;
  if (pages === 1) return null;
  const page = Math.min(desk.page.value, pages - 1);
  const go = (to: number): void => {
    desk.page.value = to;
    top();
  };
  return (
    <nav class="flow-actions" aria-label={say("pages")}>
      <button type="button" class="flow-button" disabled={page === 0} onClick={() => go(page - 1)}>
        {say("previousPage")}
      </button>
      <span role="status">{say("pageOf", { page: page + 1, pages })}</span>
      <button type="button" class="flow-button" disabled={page === pages - 1} onClick={() => go(page + 1)}>
        {say("nextPage")}
      </button>
    </nav>
  );
}

/** What is chosen at once: this page, or all that is shown. */
function Choices({ desk }: { readonly desk: Desk }) {
  const { rows, chosen, shown } = desk;
  return (
    <div class="desk-choices">
      {rows.value.length > PAGE && (
        <button
          type="button"
          class="flow-link"
          onClick={() =>
            desk.choose(
              rows.value.map(({ uscc }) => uscc),
              true,
            )
          }
        >
          {say("chooseAll", { count: rows.value.length })}
        </button>
      )}
      {chosen.value.size > 0 && (
        <button
          type="button"
          class="flow-link"
          onClick={() => {
            chosen.value = new Set();
          }}
        >
          {say("chooseNone")}
        </button>
      )}
      {shown.value.sort !== "roster" && (
        <button type="button" class="flow-link" onClick={() => desk.show({ sort: "roster", descending: false })}>
          {say("rosterOrder")}
        </button>
      )}
    </div>
  );
}

/** The organs, a page of them at a time, as a table: its heads sort it, each row opens its organ. */
export function Table({ desk }: { readonly desk: Desk }) {
  const box = useRef<HTMLElement>(null);
  const visible = desk.visible.value;
  const from = Math.min(desk.page.value, desk.pages.value - 1) * PAGE;
  const all = visible.length > 0 && visible.every(({ uscc }) => desk.chosen.value.has(uscc));
  return (
    <>
      <Choices desk={desk} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard */}
      <section class="flow-scroll desk-scroll" ref={box} tabIndex={0} aria-label={say("table")}>
        <table class="flow-table desk-table" aria-rowcount={desk.rows.value.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <td class="desk-choice">
                <input
                  type="checkbox"
                  aria-label={say("chooseShown")}
                  checked={all}
                  onChange={(event) =>
                    desk.choose(
                      visible.map(({ uscc }) => uscc),
                      event.currentTarget.checked,
                    )
                  }
                />
              </td>
              {COLUMNS.map((column) => (
                <Head key={column} desk={desk} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {visible.map((row, i) => (
              <Row key={row.uscc} desk={desk} row={row} index={from + i + 2} />
            ))}
          </tbody>
        </table>
        {visible.length === 0 && <p>{say("none")}</p>}
      </section>
      <Pager desk={desk} top={() => box.current?.focus()} />
    </>
  );
}
