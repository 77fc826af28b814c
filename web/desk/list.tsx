import { useSignal } from "@preact/signals";
import { Notice, Progress, StepHeading } from "../filing/flow/parts.tsx";
import { saveFile } from "../filing/flow/save-file.ts";
import type { Desk } from "./desk.ts";
import { Filters } from "./filters.tsx";
import { goTo, hashOf, route, type View } from "./route.ts";
import { Table } from "./table.tsx";
import { say } from "./texts.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A way to another view of the same desk. */
function To({ view, children }: { readonly view: View; readonly children: string }) {
  return (
    <a class="flow-button desk-to" href={hashOf({ ...route.value, view })}>
      {children}
    </a>
  );
}

/** What can be done with the organs that are chosen, or with all of them. */
function Actions({ desk }: { readonly desk: Desk }) {
  const busy = useSignal(false);
  const trouble = useSignal("");
  const chosen = desk.chosen.value.size;
  const overdue = desk.overdue.value;
  const remind = (): void => {
    if (chosen === 0)
      desk.choose(
        overdue.map(({ uscc }) => uscc),
        true,
      );
    goTo({ ...route.peek(), view: "remind" });
  };
  const exportRows = async (): Promise<void> => {
    busy.value = true;
    trouble.value = "";
    const { division, year, today } = desk.data.peek()!;
    const organs = desk.rows.peek().map(({ uscc }) => uscc);
    const read = async (response: Response) => new Uint8Array(await response.arrayBuffer());
    const answer = await desk.api.ask("POST", `/desk/${division}/${year}/workbook`, { organs }, read);
    if (answer.kind === "ok")
      saveFile(`${desk.divisionName(division)}-${year}-${today}.xlsx`, new Blob([answer.value], { type: XLSX }));
    else trouble.value = say("exportFailed", { reason: desk.why(answer) });
    busy.value = false;
  };
  return (
    <>
      <div class="flow-actions desk-actions">
        {(chosen > 0 || overdue.length > 0) && (
          <button type="button" class="flow-button flow-primary" onClick={remind}>
            {chosen > 0 ? say("remind", { count: chosen }) : say("remindLate", { count: overdue.length })}
          </button>
        )}
        <To view="remind">{say("reminders")}</To>
        <To view="checks">{say("checks")}</To>
        <To view="rollup">{say("rollup")}</To>
        <button type="button" class="flow-button" onClick={() => void exportRows()}>
          {say("export")}
        </button>
        <Progress busy={busy.value}>{say("exporting")}</Progress>
      </div>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
    </>
  );
}

/** Every organ with its state, and what can be done about it. */
export function ListView({ desk }: { readonly desk: Desk }) {
  const { division, year } = desk.data.value!;
  return (
    <>
      <StepHeading focus={false}>{say("deskOf", { name: desk.divisionName(division), division, year })}</StepHeading>
      <p class="desk-another">
        <a href="#/">{say("another")}</a>{" "}
        <button type="button" class="flow-link" onClick={() => void desk.reload()}>
          {say("reload")}
        </button>
      </p>
      {desk.trouble.value && <Notice kind="trouble">{desk.trouble.value}</Notice>}
      <Filters desk={desk} />
      <Actions desk={desk} />
      <Table desk={desk} />
      <Progress busy={desk.busy.value}>{say("looking")}</Progress>
    </>
  );
}
