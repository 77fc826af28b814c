import { signal, useSignal } from "@preact/signals";
import type { Roster } from "../../../src/roster/roster.ts";
import type { Flow } from "../flow/flow.ts";
import { Field, Notice, Progress, StepHeading } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import { filingHost } from "./host.ts";
import { RollupView } from "./rollup-view.tsx";
import { RosterInWork } from "./roster.ts";
import { RosterEditor } from "./roster-editor.tsx";
import { say } from "./texts.ts";

/** The roster in work: what was changed in it and not saved outlasts going back to the start. */
const inWork = signal<RosterInWork | undefined>(undefined);

/** The browser asks before a page with changes goes. */
addEventListener("beforeunload", (event) => {
  if (inWork.peek()?.isChanged) event.preventDefault();
});

/** A division's roster, and its government's report drawn up from it. */
export function OverseeView({ flow }: { readonly flow: Flow }) {
  const roster = inWork;
  const division = useSignal(roster.peek()?.division ?? "");
  const wrong = useSignal(false);
  const trouble = useSignal("");
  const busy = useSignal(false);
  const fetchRoster = async (): Promise<void> => {
    if (roster.peek()?.isChanged && !confirm(say("dropChanges"))) return;
    const code = division.value.trim();
    roster.value = undefined;
    trouble.value = "";
    wrong.value = !/^\d{6}$/.test(code);
    if (wrong.value) return;
    busy.value = true;
    const answer = await flow.api.division<Roster>("GET", `/rosters/${code}`);
    busy.value = false;
    if (answer.kind === "ok") roster.value = new RosterInWork(answer.value);
    else if (answer.kind === "problem" && answer.problem.status === 404)
      roster.value = new RosterInWork({ division: code, organs: [] });
    else trouble.value = troubleText(answer, flow.say, flow.language.peek() === "en");
  };
  return (
    <div className="flow-step">
      <StepHeading>{say("oversee")}</StepHeading>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void fetchRoster();
        }}
      >
        <Field
          label={say("division")}
          hint={say("divisionHint")}
          className="flow-field-year"
          inputMode="numeric"
          value={division.value}
          error={wrong.value ? say("divisionWrong") : undefined}
          onInput={(text) => {
            division.value = text;
          }}
        />
        <div className="flow-actions">
          <button type="submit" className="flow-button flow-primary">
            {say("fetchRoster")}
          </button>
          <button type="button" className="flow-button" onClick={() => void flow.toEntry()}>
            {say("back")}
          </button>
          <Progress busy={busy.value}>{say("looking")}</Progress>
        </div>
      </form>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      {roster.value && (
        <>
          <RollupView key={roster.value.division} flow={filingHost(flow)} division={roster.value.division} />
          <RosterEditor key={`roster ${roster.value.division}`} flow={flow} roster={roster.value} />
        </>
      )}
    </div>
  );
}
