import { type Signal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Message } from "../../../src/basics/finding.ts";
import { cellsByPointer } from "../../../src/form/cells.ts";
import { formOf } from "../../../src/form/forms.ts";
import type { MissingSource, Rollup, Sources } from "../../../src/rollup/rollup.ts";
import type { DraftReport } from "../contract.ts";
import { placeOf } from "../flow/draft.ts";
import type { Flow } from "../flow/flow.ts";
import { FileButton } from "../flow/import-button.tsx";
import { readFile } from "../flow/importing.ts";
import { Field, Notice, Progress } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import { inLanguage } from "../i18n.ts";
import { download } from "./download.ts";
import { say } from "./texts.ts";

/** What a roll-up needs of the page that it is on. */
export type RollupHost = Pick<Flow, "api" | "say" | "language" | "startReading" | "begin">;

const STATES = { missing: "stateMissing", withdrawn: "stateWithdrawn", unusable: "stateUnusable" } as const;
const messageText = ({ zh, en }: Message): string => inLanguage([zh, en]);
const valueText = (value: number | { readonly amount: string; readonly unit: string }): string =>
  typeof value === "object" ? `${value.amount}${value.unit}` : String(value);

/** What is there of a list, folded away. */
function Listed({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul>
        {lines.map((line, i) => (
          <li key={i}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

/** Every cell that was summed, open to its sources, the largest first. */
function Cells({ sources }: { readonly sources: Sources }) {
  const form = formOf(sources.edition);
  const cells = form ? cellsByPointer(form) : undefined;
  return (
    <details>
      <summary>{say("cellsTitle")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard */}
      <section className="flow-scroll" tabIndex={0} aria-label={say("cellsTitle")}>
        <table className="flow-table">
          <thead>
            <tr>
              <th scope="col">{say("column")}</th>
              <th scope="col">{say("sum")}</th>
              <th scope="col">{say("sourcesOf")}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(sources.cells).map(([pointer, { value, from }]) => {
              const cell = cells?.get(pointer);
              return (
                <tr key={pointer} data-cell={pointer}>
                  <th scope="row">{cell ? inLanguage([cell.label, cell.labelEn]) : pointer}</th>
                  <td>{valueText(value)}</td>
                  <td>
                    {from.length > 0 && (
                      <details>
                        <summary>{say("fromCount", { count: from.length })}</summary>
                        <ol>
                          {from.map(([at, part]) => {
                            const source = sources.sources[at];
                            return (
                              <li key={at}>
                                {source?.name} {part}
                                {source?.byHand && ` (${say("byHand")})`}
                              </li>
                            );
                          })}
                        </ol>
                      </details>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </details>
  );
}

interface PutIn {
  readonly organ: { readonly uscc: string; readonly name: string };
  readonly report: DraftReport;
  /** What the file itself says that it is. */
  readonly file: string;
}

/** The organs of which there is nothing, each with the way to put its report in by a file. */
function Missing(props: {
  readonly flow: RollupHost;
  readonly year: number;
  readonly missing: readonly MissingSource[];
  readonly putIn: (put: PutIn) => Promise<void>;
}) {
  const { flow, year, missing, putIn } = props;
  const trouble = useSignal("");
  const take = async (organ: MissingSource, files: FileList | null): Promise<void> => {
    const [file] = files ?? [];
    if (!file) return;
    trouble.value = "";
    const read = await readFile(file, flow.api, flow.startReading());
    if (read.kind === "trouble") {
      const { trouble: why } = read;
      const reason =
        why.kind === "answer"
          ? troubleText(why.answer, flow.say, flow.language.peek() === "en")
          : why.kind === "file"
            ? why.error.say(flow.language.peek())
            : say(why.kind === "tooLarge" ? "importOver" : "importSignIn", { size: 4 });
      trouble.value = say("putInNot", { name: organ.name, reason });
    }
    if (read.kind !== "read") return;
    const stated = placeOf(read.file.report);
    const says = [stated.organ, stated.uscc, stated.year].filter(Boolean).join(" ");
    if ((stated.uscc ?? organ.uscc) !== organ.uscc || (stated.year ?? year) !== year) {
      trouble.value = say("putInNot", { name: organ.name, reason: say("putInOther", { file: says }) });
      return;
    }
    // Whoever puts it in says whose it is: a file seldom has a code.
    const { uscc, name } = organ;
    const report = { ...read.file.report, year, organ: { name, uscc } };
    await putIn({ organ, report, file: says || file.name });
  };
  if (missing.length === 0) return null;
  return (
    <>
      <h4>{say("missingOrgans", { count: missing.length })}</h4>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <ul>
        {missing.map((organ) => (
          <li key={organ.uscc}>
            {organ.name}（{say(STATES[organ.state])}
            {organ.reason && `：${messageText(organ.reason)}`}）{" "}
            <FileButton
              label={say("putIn", { name: organ.name })}
              className="flow-link"
              take={(files) => take(organ, files)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a draft stands on, and what can be done with it. */
function Outcome(props: {
  readonly flow: RollupHost;
  readonly rollup: Rollup;
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
        <button
          type="button"
          className="flow-button flow-primary"
          onClick={() => void flow.begin({ report: draft as DraftReport, task: { kind: "file" }, reason: "" })}
        >
          {say("openDraft")}
        </button>
        <button type="button" className="flow-button" onClick={() => download(`draft-${file}.json`, draft)}>
          {say("downloadDraft")}
        </button>
        <button type="button" className="flow-button" onClick={() => download(`sources-${file}.json`, sources)}>
          {say("downloadSources")}
        </button>
      </div>
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
  const rollup = useSignal<Rollup | undefined>(undefined);
  const trouble = useSignal("");
  const busy = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const sumUp = async (): Promise<void> => {
    busy.value = true;
    const body = { byHand: put.value.map(({ report }) => report) };
    const answer = await flow.api.division<Rollup>("POST", `/rollups/${division}/${year.value}`, body);
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
      {rollup.value && <Outcome flow={flow} rollup={rollup.value} put={put} again={again} />}
    </section>
  );
}
