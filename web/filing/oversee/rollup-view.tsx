import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { SourceChange } from "../../../src/rollup/sources.ts";
import { Field, Notice, Progress } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import { Again, Changes, type RollupAnswer, SinceThen } from "./again.tsx";
import { Cells } from "./cells.tsx";
import { download } from "./download.ts";
import type { RollupHost } from "./host.ts";
import { Listed, messageText } from "./listed.tsx";
import { Missing, type PutIn } from "./missing.tsx";
import { say } from "./texts.ts";

/** What the reports of a division's government stand on. */
interface StandsOn {
  readonly reports: readonly {
    readonly government: { readonly uscc: string; readonly name: string };
    readonly changed: readonly SourceChange[];
  }[];
}

/** What a draft stands on, and what can be done with it. */
function Outcome(props: {
  readonly flow: RollupHost;
  readonly rollup: RollupAnswer;
  readonly put: Signal<readonly PutIn[]>;
  readonly again: () => Promise<void>;
}) {
  const { flow, rollup, put, again } = props;
  const { draft, sources } = rollup;
  const { government, year, division, organs, missing, replaced, notCounted, left } = sources;
  const file = `${division}-${year}`;
  return (
    <>
      <Notice kind={organs.missing > 0 ? "warning" : "success"}>
        {say("standsOn", { government: government.name, year, ...organs })}
      </Notice>
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" onClick={() => void flow.begin(rollup)}>
          {say("openDraft")}
        </button>
        <button type="button" className="flow-button" onClick={() => download(`draft-${file}.json`, draft)}>
          {say("downloadDraft")}
        </button>
        <button type="button" className="flow-button" onClick={() => download(`sources-${file}.json`, sources)}>
          {say("downloadSources")}
        </button>
      </div>
      <SinceThen answer={rollup} />
      <Again flow={flow} sources={sources} byHand={put.value.map(({ report }) => report)} />
      <Missing
        flow={flow}
        year={year}
        missing={missing}
        putIn={(one) => {
          put.value = [...put.value, one];
          return again();
        }}
      />
      {put.value.map((one) => (
        <p key={one.organ.uscc}>
          <button
            type="button"
            className="flow-link"
            onClick={() => {
              put.value = put.value.filter((other) => other !== one);
              void again();
            }}
          >
            {say("takeOut", { name: one.organ.name, file: one.file })}
          </button>
        </p>
      ))}
      <Listed
        title={say("replacedOrgans", { count: replaced.length })}
        lines={replaced.map(({ name, reported, expected }) => `${name} ${reported}/${expected}`)}
      />
      <Listed
        title={say("notCounted", { count: notCounted.length })}
        lines={notCounted.map(({ name, file: lies, why }) => `${name ?? lies ?? ""} ${messageText(why)}`)}
      />
      <Listed
        title={say("leftCells", { count: left.length })}
        lines={left.map(({ label, why }) => `${label} ${messageText(why)}`)}
      />
      <Cells sources={sources} />
    </>
  );
}

/** Draws up the report of a division's government from its organs'. */
export function RollupView(props: { readonly flow: RollupHost; readonly division: string; readonly year?: number }) {
  const { flow, division } = props;
  const year = useSignal(String(props.year ?? new Date().getFullYear() - 1));
  const put = useSignal<readonly PutIn[]>([]);
  const rollup = useSignal<RollupAnswer | undefined>(undefined);
  const stands = useSignal<StandsOn | undefined>(undefined);
  const trouble = useSignal("");
  const busy = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const sumUp = async (): Promise<void> => {
    busy.value = true;
    const body = { byHand: put.value.map(({ report }) => report) };
    const path = `/rollups/${division}/${year.value}`;
    const answer = await flow.api.division<RollupAnswer>("POST", path, body);
    // Without a roster nothing is summed up; what a published report stands on is told all the same.
    const told =
      answer.kind === "problem" && answer.problem.status === 404
        ? await flow.api.division<StandsOn>("GET", path)
        : undefined;
    stands.value = told?.kind === "ok" ? told.value : undefined;
    busy.value = false;
    trouble.value = answer.kind === "ok" ? "" : troubleText(answer, flow.say, flow.language.peek() === "en");
    rollup.value = answer.kind === "ok" ? answer.value : undefined;
  };
  const again = async (): Promise<void> => {
    // What was pressed goes with the list that it stands in.
    heading.current?.focus();
    await sumUp();
  };
  return (
    <section>
      <h3 ref={heading} tabIndex={-1}>
        {say("rollup")}
      </h3>
      <p className="flow-hint">{say("rollupHint")}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          put.value = [];
          void sumUp();
        }}
      >
        <Field
          label={say("year")}
          className="flow-field-year"
          inputMode="numeric"
          value={year.value}
          onInput={(text) => {
            year.value = text.trim();
          }}
        />
        <div className="flow-actions">
          <button type="submit" className="flow-button flow-primary">
            {say("rollUp")}
          </button>
          <Progress busy={busy.value}>{say("looking")}</Progress>
        </div>
      </form>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      {stands.value?.reports.map(({ government, changed }) => (
        <section key={government.uscc}>
          <h4>{say("standsOnList", { name: government.name })}</h4>
          <Changes changed={changed} />
        </section>
      ))}
      {rollup.value && <Outcome flow={flow} rollup={rollup.value} put={put} again={again} />}
    </section>
  );
}
