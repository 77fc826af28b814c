import { type Signal, useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Place } from "../../../src/basics/place.ts";
import { formForYear, forms } from "../../../src/form/forms.ts";
import { isUscc } from "../../../src/form/uscc.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import { usccCheckCharacter } from "../../../src/rules/check-character.ts";
import { UnderWay } from "../late-office.ts";
import type { Answer } from "./api.ts";
import { Choices, type Found } from "./choices.tsx";
import { placeOf } from "./draft.ts";
import { DraftList } from "./draft-list.tsx";
import type { Flow } from "./flow.ts";
import { ImportButton } from "./import-button.tsx";
import { Organs } from "./organs.tsx";
import { ErrorSummary, Field, Progress, type Say, StepHeading } from "./parts.tsx";
import { mayOversee } from "./session.ts";
import { troubleText } from "./trouble.ts";

/** Something wrong with a field. */
interface Fault {
  readonly field: "uscc" | "year";
  readonly text: string;
}

/** What is wrong with a place as typed, by field. */
function faultsOf(uscc: string, year: string, say: Say): Fault[] {
  const found: Fault[] = [];
  if (!isUscc(uscc)) found.push({ field: "uscc", text: say("usccWrong") });
  else if (usccCheckCharacter(uscc) !== uscc[17]) found.push({ field: "uscc", text: say("usccCheck") });
  if (!/^\d{4}$/.test(year) || !formForYear(Number(year)))
    found.push({ field: "year", text: say("yearWrong", { first: forms[0]?.firstYear ?? "" }) });
  return found;
}

function foundOf(answer: Answer<Receipt>, say: Say, english: boolean): Found {
  if (answer.kind === "ok") return { kind: "published", receipt: answer.value };
  if (answer.kind === "problem" && answer.problem.status === 404) return { kind: "nothing" };
  return { kind: "unknown", trouble: troubleText(answer, say, english) };
}

/** What is typed to find a report, and what is found. */
interface Search {
  readonly name: Signal<string>;
  /** The code of the organ that the name is of. */
  readonly named: Signal<string>;
  readonly uscc: Signal<string>;
  readonly year: Signal<string>;
  readonly faults: Signal<readonly Fault[]>;
  readonly found: Signal<{ readonly place: Place; readonly answer: Found } | undefined>;
  readonly tries: Signal<number>;
  readonly busy: Signal<boolean>;
}

function useSearch(flow: Flow): Search & { readonly lookUp: () => Promise<void> } {
  const last = placeOf(flow.drafts.list.peek()[0]?.report ?? {});
  const search: Search = {
    name: useSignal(""),
    named: useSignal(""),
    uscc: useSignal(last.uscc ?? ""),
    // Reports are of the year that ended, and due on 31 January.
    year: useSignal(String(new Date().getFullYear() - 1)),
    faults: useSignal<readonly Fault[]>([]),
    found: useSignal<{ readonly place: Place; readonly answer: Found } | undefined>(undefined),
    tries: useSignal(0),
    busy: useSignal(false),
  };
  const lookUp = async (): Promise<void> => {
    const { name, named, uscc, year, faults, found, tries, busy } = search;
    uscc.value = uscc.value.trim().toUpperCase();
    faults.value = faultsOf(uscc.value, year.value.trim(), flow.say);
    tries.value += 1;
    found.value = undefined;
    if (faults.value.length > 0) return;
    const place = { uscc: uscc.value, year: Number(year.value) };
    busy.value = true;
    // What was typed for this organ stays; what is another's does not.
    const kept = named.value === place.uscc ? name.value : "";
    const [answer, called] = await Promise.all([flow.api.receipt(place), kept || flow.nameOf(place.uscc)]);
    busy.value = false;
    name.value = called;
    named.value = place.uscc;
    found.value = { place, answer: foundOf(answer, flow.say, flow.language.peek() === "en") };
  };
  return { ...search, lookUp };
}

/** The fields that a report is found by. */
function SearchForm({
  flow,
  search,
  ids,
}: {
  readonly flow: Flow;
  readonly search: ReturnType<typeof useSearch>;
  readonly ids: Readonly<Record<Fault["field"], string>>;
}) {
  const { say } = flow;
  const faultOf = (name: Fault["field"]) => search.faults.value.find(({ field }) => field === name)?.text;
  const change = (field: Signal<string>) => (value: string) => {
    field.value = value;
    search.found.value = undefined;
  };
  return (
    <form
      className="flow-entry-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void search.lookUp();
      }}
    >
      <Organs
        flow={flow}
        onChoose={(code) => {
          change(search.uscc)(code);
          document.getElementById(ids.uscc)?.focus();
        }}
      />
      <Field
        id={ids.uscc}
        label={say("uscc")}
        hint={say("usccHint")}
        className="flow-field-code"
        value={search.uscc.value}
        error={faultOf("uscc")}
        onInput={change(search.uscc)}
      />
      <Field
        id={ids.year}
        label={say("year")}
        className="flow-field-year"
        inputMode="numeric"
        value={search.year.value}
        error={faultOf("year")}
        onInput={change(search.year)}
      />
      <div className="flow-actions">
        <button type="submit" className="flow-button flow-primary">
          {say("lookUp")}
        </button>
        <Progress busy={search.busy.value}>{say("looking")}</Progress>
      </div>
    </form>
  );
}

/** Where everything begins: which organ's report of which year; or a draft; or a file. */
export function Entry({ flow }: { readonly flow: Flow }) {
  const { say } = flow;
  const search = useSearch(flow);
  const { name, faults, found, tries } = search;
  const ids = { uscc: useId(), year: useId(), files: useId() };
  return (
    <div className="flow-entry">
      <StepHeading focus={false}>{say("entryTitle")}</StepHeading>
      <ErrorSummary
        title={say("problems", { count: faults.value.length })}
        errors={faults.value.map(({ field, text }) => ({ text, id: ids[field] }))}
        tries={tries.value}
      />
      <SearchForm flow={flow} search={search} ids={ids} />
      {found.value && (
        <Choices
          key={`${found.value.place.uscc} ${found.value.place.year}`}
          flow={flow}
          place={found.value.place}
          found={found.value.answer}
          name={name}
        />
      )}
      {"account" in flow.session.state.value && <UnderWay flow={flow} year={new Date().getFullYear() - 1} />}
      {mayOversee(flow.session.state.value) && (
        <p>
          <button
            type="button"
            className="flow-button"
            onClick={() => {
              flow.view.value = "oversee";
            }}
          >
            {say("oversee")}
          </button>{" "}
          <a href="/desk/">{say("desk")}</a>
        </p>
      )}
      <DraftList flow={flow} />
      <section className="flow-import">
        <h3>{say("importHeading")}</h3>
        <p className="flow-hint" id={ids.files}>
          {say("importHint")}
        </p>
        <ImportButton flow={flow} className="flow-button" hint={ids.files} />
      </section>
    </div>
  );
}
