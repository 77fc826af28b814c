import { useId } from "preact/hooks";
import type { Desk } from "./desk.ts";
import { GROUPS, type Group } from "./rows.ts";
import { groupName, say } from "./texts.ts";

/** One state with how many organs are in it; pressed, the list has those alone. */
function GroupButton({ desk, group }: { readonly desk: Desk; readonly group: Group | undefined }) {
  const count = group === undefined ? desk.data.value!.rows.length : desk.counts.value.get(group)!;
  const pressed = desk.shown.value.group === group;
  if (count === 0 && !pressed && group !== undefined) return null;
  return (
    <button
      type="button"
      class={`desk-group ${group === "late" ? "desk-group-late" : ""}`}
      aria-pressed={pressed}
      onClick={() => desk.toGroup(group)}
    >
      {group === undefined ? say("all") : groupName(group)} <b>{count}</b>
    </button>
  );
}

/** Finding organs, and how many are in each state. What is typed is found while it is typed. */
export function Filters({ desk }: { readonly desk: Desk }) {
  const [search, hint, division] = [useId(), useId(), useId()];
  const { shown, data, rows, chosen } = desk;
  const all = data.value!.rows;
  const divisions = [...desk.divisions.value];
  return (
    <>
      <fieldset class="desk-groups">
        <legend class="hidden">{say("byState")}</legend>
        {[undefined, ...GROUPS].map((group) => (
          <GroupButton key={group ?? ""} desk={desk} group={group} />
        ))}
      </fieldset>
      <div class="desk-find">
        <div class="flow-field">
          <label htmlFor={search}>{say("search")}</label>
          <input
            id={search}
            type="search"
            autoComplete="off"
            spellcheck={false}
            aria-describedby={hint}
            value={shown.value.search}
            onInput={(event) => desk.show({ search: event.currentTarget.value })}
          />
          <p class="flow-hint" id={hint}>
            {say("searchHint")}
          </p>
        </div>
        {divisions.length > 1 && (
          <div class="flow-field">
            <label htmlFor={division}>{say("division")}</label>
            <select
              id={division}
              value={shown.value.division ?? ""}
              onChange={(event) => desk.show({ division: event.currentTarget.value || undefined })}
            >
              <option value="">{say("allDivisions")}</option>
              {divisions.map(([code, name]) => (
                <option key={code} value={code}>
                  {name === code ? code : `${name}（${code}）`}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <p class="desk-showing" role="status">
        {say("showing", { all: all.length, shown: rows.value.length, chosen: chosen.value.size })}
      </p>
    </>
  );
}
