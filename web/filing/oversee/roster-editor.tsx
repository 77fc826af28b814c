import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Finding } from "../../../src/basics/finding.ts";
import type { Flow } from "../flow/flow.ts";
import { Field, Notice, Progress } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import { inLanguage, messageOf } from "../i18n.ts";
import { kindName, OrganTable } from "./organ-table.tsx";
import { PROPERTIES, type Property, type RosterInWork, typedText } from "./roster.ts";
import { RosterFiles } from "./roster-files.tsx";
import { say } from "./texts.ts";

/** So many findings are shown at once. */
const SHOWN = 100;

/** The place of the organ that a finding is on. */
const placeOfFinding = ({ cells }: Finding): number | undefined => {
  const at = /^\/organs\/(\d+)/.exec(cells[0]?.pointer ?? "")?.[1];
  return at === undefined ? undefined : Number(at);
};

/** What the checks say; each leads to its organ. */
function RosterFindings({ roster, edit }: { readonly roster: RosterInWork; readonly edit: (at: number) => void }) {
  const findings = roster.findings.value;
  const errors = findings.filter(({ level }) => level === "error").length;
  if (findings.length === 0) return <Notice kind="success">{say("noFindings")}</Notice>;
  return (
    <Notice kind="warning">
      {say("findingsTitle", { errors, others: findings.length - errors })}
      <ul>
        {findings.slice(0, SHOWN).map((finding, i) => {
          const at = placeOfFinding(finding);
          const text = [finding.cells[0]?.label, messageOf(finding)].filter(Boolean).join(inLanguage(["：", ": "]));
          return (
            <li key={i}>
              {at === undefined ? (
                text
              ) : (
                <button type="button" className="flow-link" onClick={() => edit(at)}>
                  {text}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

/** One property of an organ. */
function PropertyField(props: { readonly roster: RosterInWork; readonly at: number; readonly property: Property }) {
  const { roster, at, property } = props;
  const { key, title, description, several, choices } = property;
  const id = useId();
  const value = roster.organs.value[at]?.[key];
  if (choices)
    return (
      <div className="flow-field">
        <label htmlFor={id}>{inLanguage(title)}</label>
        <select
          id={id}
          value={typedText(value)}
          onChange={(event) => roster.set(at, property, event.currentTarget.value)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {kindName(choice)}
            </option>
          ))}
        </select>
      </div>
    );
  const superior = roster.organs.value.find(({ uscc }) => uscc !== undefined && uscc === value && key !== "uscc");
  const hint = superior ? typedText(superior["name"]) : several ? say("several") : description;
  return (
    <Field
      label={inLanguage(title)}
      {...(hint ? { hint } : {})}
      value={typedText(value)}
      onInput={(text) => roster.set(at, property, text)}
    />
  );
}

/** All of one organ. */
function OrganEditor(props: { readonly roster: RosterInWork; readonly at: number; readonly close: () => void }) {
  const { roster, at, close } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [at]);
  return (
    <section className="flow-choices">
      <h4 ref={heading} tabIndex={-1}>
        {say("editing", { at: at + 1 })}
      </h4>
      {PROPERTIES.map((property) => (
        <PropertyField key={`${at} ${property.key}`} roster={roster} at={at} property={property} />
      ))}
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" onClick={close}>
          {say("editingDone")}
        </button>
        <button
          type="button"
          className="flow-button"
          onClick={() => {
            close();
            roster.remove(at);
          }}
        >
          {say("removeOrgan")}
        </button>
      </div>
    </section>
  );
}

/** A division's roster, to be edited, checked as it is typed, and saved. */
export function RosterEditor({ flow, roster }: { readonly flow: Flow; readonly roster: RosterInWork }) {
  const editing = useSignal<number | undefined>(undefined);
  const said = useSignal<{ readonly kind: "success" | "trouble"; readonly text: string } | undefined>(undefined);
  const busy = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const { division, version } = roster;
  const count = roster.organs.value.length;
  const edit = (at: number): void => {
    editing.value = at;
  };
  const save = async (): Promise<void> => {
    busy.value = true;
    const answer = await roster.save(flow.api);
    busy.value = false;
    said.value =
      answer.kind === "ok"
        ? { kind: "success", text: say("savedRoster", { version: answer.value.version }) }
        : { kind: "trouble", text: troubleText(answer, flow.say, flow.language.peek() === "en") };
  };
  return (
    <section>
      <h3 ref={heading} tabIndex={-1}>
        {version === 0 ? say("newRoster", { division }) : say("rosterOf", { division, version, count })}
      </h3>
      <RosterFindings roster={roster} edit={edit} />
      {editing.value !== undefined && (
        <OrganEditor
          roster={roster}
          at={editing.value}
          close={() => {
            editing.value = undefined;
            heading.current?.focus();
          }}
        />
      )}
      <OrganTable roster={roster} edit={edit} />
      <div className="flow-actions">
        <button type="button" className="flow-button" onClick={() => edit(roster.add())}>
          {say("addOrgan")}
        </button>
        <button type="button" className="flow-button flow-primary" onClick={() => void save()}>
          {say("saveRoster")}
        </button>
        <Progress busy={busy.value}>{say("looking")}</Progress>
      </div>
      {said.value && <Notice kind={said.value.kind}>{said.value.text}</Notice>}
      <RosterFiles roster={roster} />
    </section>
  );
}
