import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Place } from "../../../src/basics/place.ts";
import { formForYear, forms } from "../../../src/form/forms.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import { usccCheckCharacter } from "../../../src/rules/check-character.ts";
import type { Answer } from "./api.ts";
import { placeOf } from "./draft.ts";
import { DraftList } from "./draft-list.tsx";
import type { Flow } from "./flow.ts";
import { ImportButton } from "./import-button.tsx";
import { ErrorSummary, Field, Notice, Progress, type Say, StepHeading } from "./parts.tsx";
import { troubleText } from "./trouble.ts";
import { shownTime } from "./when.ts";

type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "published"; readonly receipt: Receipt }
  | { readonly kind: "unknown"; readonly trouble: string };

/** What is wrong with a place as typed, by field. */
function faults(uscc: string, year: string, say: Say): { readonly field: "uscc" | "year"; readonly text: string }[] {
  const found: { readonly field: "uscc" | "year"; readonly text: string }[] = [];
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(uscc)) found.push({ field: "uscc", text: say("usccWrong") });
  else if (usccCheckCharacter(uscc) !== uscc[17]) found.push({ field: "uscc", text: say("usccCheck") });
  if (!/^\d{4}$/.test(year) || !formForYear(Number(year)))
    found.push({ field: "year", text: say("yearWrong", { first: forms[0]?.firstYear ?? "" }) });
  return found;
}

/** So many organs are offered; who files for more looks them up. */
const OFFERED = 12;

/** The organs that the account names, to be chosen instead of typing their codes. */
function Organs({ flow, onChoose }: { readonly flow: Flow; readonly onChoose: (uscc: string, name: string) => void }) {
  const { say, api, session } = flow;
  const state = session.state.value;
  const organs = "account" in state ? state.account.organs.slice(0, OFFERED) : [];
  const names = useSignal<Readonly<Record<string, string>>>({});
  const all = organs.join();
  useEffect(() => {
    for (const uscc of organs)
      void api.organ(uscc).then((answer) => {
        if (answer.kind === "ok") names.value = { ...names.value, [uscc]: answer.value.organ };
      });
  }, [all]);
  if (organs.length === 0) return null;
  return (
    <fieldset className="flow-organs">
      <legend>{say("yourOrgans")}</legend>
      {organs.map((uscc) => (
        <button key={uscc} type="button" className="flow-link" onClick={() => onChoose(uscc, names.value[uscc] ?? "")}>
          {names.value[uscc]} {uscc}
        </button>
      ))}
    </fieldset>
  );
}

/** Where everything begins: which organ's report of which year; or a draft; or a file. */
export function Entry({ flow }: { readonly flow: Flow }) {
  const { say, api, language } = flow;
  const last = placeOf(flow.drafts.list.peek()[0]?.report ?? {});
  const name = useSignal(last.organ ?? "");
  const uscc = useSignal(last.uscc ?? "");
  // Reports are of the year that ended, and due on 31 January.
  const year = useSignal(String(new Date().getFullYear() - 1));
  const errors = useSignal<ReturnType<typeof faults>>([]);
  const found = useSignal<{ readonly place: Place; readonly answer: Found } | undefined>(undefined);
  const tries = useSignal(0);
  const busy = useSignal(false);
  const ids = { uscc: useId(), year: useId(), files: useId() };

  const changed = (): void => {
    found.value = undefined;
  };
  const lookUp = async (): Promise<void> => {
    uscc.value = uscc.value.trim().toUpperCase();
    errors.value = faults(uscc.value, year.value.trim(), say);
    tries.value += 1;
    found.value = undefined;
    if (errors.value.length > 0) return;
    const place = { uscc: uscc.value, year: Number(year.value) };
    busy.value = true;
    const answer = await api.receipt(place);
    busy.value = false;
    found.value = { place, answer: foundOf(answer, say, language.peek() === "en") };
  };
  return (
    <div className="flow-entry">
      <StepHeading focus={false}>{say("entryTitle")}</StepHeading>
      <ErrorSummary
        title={say("problems", { count: errors.value.length })}
        errors={errors.value.map(({ field, text }) => ({ text, id: ids[field] }))}
        tries={tries.value}
      />
      <form
        className="flow-entry-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void lookUp();
        }}
      >
        <Organs
          flow={flow}
          onChoose={(code, called) => {
            uscc.value = code;
            name.value = called;
            changed();
            document.getElementById(ids.uscc)?.focus();
          }}
        />
        <Field
          id={ids.uscc}
          label={say("uscc")}
          hint={say("usccHint")}
          className="flow-field-code"
          value={uscc.value}
          error={errors.value.find(({ field }) => field === "uscc")?.text}
          onInput={(value) => {
            uscc.value = value;
            changed();
          }}
        />
        <Field
          id={ids.year}
          label={say("year")}
          className="flow-field-year"
          inputMode="numeric"
          value={year.value}
          error={errors.value.find(({ field }) => field === "year")?.text}
          onInput={(value) => {
            year.value = value;
            changed();
          }}
        />
        <div className="flow-actions">
          <button type="submit" className="flow-button flow-primary">
            {say("lookUp")}
          </button>
          <Progress busy={busy.value}>{say("looking")}</Progress>
        </div>
      </form>
      {found.value && (
        <Choices
          key={`${found.value.place.uscc} ${found.value.place.year}`}
          flow={flow}
          place={found.value.place}
          found={found.value.answer}
          name={name.value}
          onName={(value) => {
            name.value = value;
          }}
        />
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

function foundOf(answer: Answer<Receipt>, say: Say, english: boolean): Found {
  if (answer.kind === "ok") return { kind: "published", receipt: answer.value };
  if (answer.kind === "problem" && answer.problem.status === 404) return { kind: "nothing" };
  return { kind: "unknown", trouble: troubleText(answer, say, english) };
}

/** What can be done at a place. */
function Choices({
  flow,
  place,
  found,
  name,
  onName,
}: {
  readonly flow: Flow;
  readonly place: Place;
  readonly found: Found;
  readonly name: string;
  readonly onName: (name: string) => void;
}) {
  const { say, language } = flow;
  const trouble = useSignal("");
  const busy = useSignal(false);
  const nameMissing = useSignal(false);
  const nameId = useId();
  const box = useRef<HTMLDivElement>(null);
  const draft = flow.draftOf(place);
  const begin = async (): Promise<void> => {
    nameMissing.value = name.trim() === "";
    if (nameMissing.value) document.getElementById(nameId)?.focus();
    else await flow.file(place, name.trim());
  };
  const correct = async (receipt: Receipt): Promise<void> => {
    busy.value = true;
    const answer = await flow.correct(receipt);
    busy.value = false;
    if (answer.kind !== "ok")
      trouble.value = say("loadFailed", { reason: troubleText(answer, say, language.peek() === "en") });
  };
  return (
    <div className="flow-choices" ref={box}>
      {found.kind === "unknown" && <Notice kind="warning">{found.trouble}</Notice>}
      {found.kind === "nothing" && <Notice>{say("nothingPublished", { year: place.year })}</Notice>}
      {found.kind === "published" && (
        <Notice kind="warning">
          {say(found.receipt.kind === "withdrawal" ? "isWithdrawn" : "alreadyPublished", {
            organ: found.receipt.organ,
            year: place.year,
            version: found.receipt.version,
            time: shownTime(found.receipt.publishedAt, language.value),
          })}
        </Notice>
      )}
      {found.kind !== "published" && (
        <Field
          id={nameId}
          label={say("organName")}
          hint={say("organNameHint")}
          maxLength={100}
          value={name}
          error={nameMissing.value ? say("nameMissing") : undefined}
          onInput={onName}
        />
      )}
      <div className="flow-actions">
        {draft && (
          <button type="button" className="flow-button flow-primary" onClick={() => void flow.reopen(draft.id)}>
            {say("continueDraft", { time: shownTime(draft.changedAt, language.value) })}
          </button>
        )}
        {found.kind === "published" ? (
          <>
            <button type="button" className="flow-button" onClick={() => void correct(found.receipt)}>
              {say("startCorrection")}
            </button>
            {found.receipt.kind !== "withdrawal" && (
              <button type="button" className="flow-button" onClick={() => void flow.withdraw(found.receipt)}>
                {say("startWithdrawal")}
              </button>
            )}
            <button type="button" className="flow-link" onClick={() => flow.showReceipt(found.receipt)}>
              {say("seeReceipt")}
            </button>
          </>
        ) : (
          <button type="button" className={`flow-button ${draft ? "" : "flow-primary"}`} onClick={() => void begin()}>
            {say("startFiling")}
          </button>
        )}
        <Progress busy={busy.value}>{say("looking")}</Progress>
      </div>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
    </div>
  );
}
