/** What changed since a region's report was published or drawn up. */
import { useSignal } from "@preact/signals";
import type { Finding } from "../../../src/basics/finding.ts";
import { formOf } from "../../../src/form/forms.ts";
import { drawnFrom } from "../../../src/rollup/compact.ts";
import { isSources, type Redraw, type Redrawn } from "../../../src/rollup/redraw.ts";
import type { Rollup, Sources } from "../../../src/rollup/rollup.ts";
import type { SourceChange } from "../../../src/rollup/sources.ts";
import type { DraftReport } from "../contract.ts";
import { placeOf } from "../flow/draft.ts";
import { FileButton } from "../flow/import-button.tsx";
import { Notice, Progress } from "../flow/parts.tsx";
import { troubleText } from "../flow/trouble.ts";
import { shownTime } from "../flow/when.ts";
import { inLanguage, messageOf } from "../i18n.ts";
import { valueText } from "../value-text.ts";
import { cellName } from "./cells.tsx";
import { download } from "./download.ts";
import type { RollupHost } from "./host.ts";
import { Folded, Listed, Windowed } from "./listed.tsx";
import { say } from "./texts.ts";

/** What the service answers to a roll-up. */
export interface RollupAnswer extends Rollup, Partial<Pick<Redraw, "cells" | "texts">> {
  /** `R-SUM`: the government's published report against its sources. */
  readonly findings: readonly Finding[];
  /** Sources that are others by now than when it was published. */
  readonly changed?: readonly SourceChange[];
}

const versionText = (report: SourceChange["now"]): string =>
  report === null
    ? say("noReport")
    : report.version === undefined
      ? say("byHand")
      : say("versionNumber", { version: report.version });

/** Sources that are others by now than those that a published report stands on. */
export function Changes({ changed }: { readonly changed: readonly SourceChange[] }) {
  if (changed.length === 0) return <Notice kind="success">{say("nothingChanged")}</Notice>;
  return (
    <Notice kind="warning">
      {say("changedSources", { count: changed.length })}
      <Windowed
        items={changed}
        item={({ uscc, name, before, now }) => (
          <li key={uscc}>
            {name} {versionText(before)} → {versionText(now)}
          </li>
        )}
      />
    </Notice>
  );
}

/** How the published report of the government stands with its sources. */
export function SinceThen({ answer }: { readonly answer: RollupAnswer }) {
  const { findings, changed } = answer;
  const rule = findings[0]?.level === "warning" ? "sumWarnings" : "sumRemarks";
  return (
    <>
      {changed && <Changes changed={changed} />}
      <Listed title={say(rule, { count: findings.length })} lines={findings.map(messageOf)} />
    </>
  );
}

/** A draft to be drawn up again, and what it was drawn up from. */
interface Before {
  readonly edited: DraftReport;
  readonly before: Sources;
  /** The draft of this browser that it is. */
  readonly id?: string;
}

/** The cells that another sum came out of, or that keep what somebody put there. */
function RedrawnCells({ edition, cells }: { readonly edition: string; readonly cells: readonly Redrawn[] }) {
  const shown = (value: Redrawn["now"]): string => (value === null ? "—" : valueText(value));
  return (
    /* biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard */
    <section className="flow-scroll" tabIndex={0} aria-label={say("redrawnCells", { count: cells.length })}>
      <table className="flow-table">
        <caption>{say("redrawnCells", { count: cells.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{say("column")}</th>
            <th scope="col">{say("sumBefore")}</th>
            <th scope="col">{say("sumNow")}</th>
            <th scope="col">{say("keptByHand")}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ pointer, before, now, kept }) => (
            <tr key={pointer} data-redrawn={pointer}>
              <th scope="row">{cellName(edition, pointer)}</th>
              <td className="flow-figure">{shown(before)}</td>
              <td className="flow-figure">{shown(now)}</td>
              <td className="flow-figure">{kept === undefined ? "" : valueText(kept)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What came of drawing up again, and what can be done with it. */
function Outcome({
  flow,
  answer,
  id,
}: {
  readonly flow: RollupHost;
  readonly answer: RollupAnswer;
  readonly id?: string;
}) {
  const { draft, sources, cells = [], texts = [] } = answer;
  const { division, year, edition } = sources;
  const titles = texts.map((key) => {
    const section = formOf(edition)?.sections.find((each) => each.key === key);
    return section ? inLanguage([section.label, section.en]) : key;
  });
  const take = (): Promise<void> =>
    id === undefined || !flow.drafts ? flow.begin(answer) : flow.drafts.take(id, answer);
  return (
    <>
      {cells.length === 0 ? (
        <Notice kind="success">{say("nothingRedrawn")}</Notice>
      ) : (
        <RedrawnCells edition={edition} cells={cells} />
      )}
      {titles.length > 0 && <p>{say("keptTexts", { texts: titles.join(inLanguage(["、", ", "])) })}</p>}
      <div className="flow-actions">
        <button type="button" className="flow-button flow-primary" onClick={() => void take()}>
          {say(id === undefined ? "openDrawnAgain" : "takeDrawnAgain")}
        </button>
        <button type="button" className="flow-button" onClick={() => download(`draft-${division}-${year}.json`, draft)}>
          {say("downloadDrawnAgain")}
        </button>
      </div>
    </>
  );
}

/** A JSON file that was chosen; undefined where it is none. */
async function jsonOf(files: FileList | null): Promise<unknown> {
  try {
    return JSON.parse((await files?.[0]?.text()) ?? "");
  } catch {
    return undefined;
  }
}

/** The choice of a draft that was gone on with elsewhere, and of its sources. */
function FromFiles({ draw }: { readonly draw: (before: Before) => void }) {
  const edited = useSignal<DraftReport | undefined>(undefined);
  const before = useSignal<Sources | undefined>(undefined);
  const wrong = useSignal(false);
  const take = async (files: FileList | null): Promise<void> => {
    const value = await jsonOf(files);
    wrong.value = false;
    if (isSources(value)) before.value = value;
    else if (formOf((value as DraftReport | undefined)?.["edition"])) edited.value = value as DraftReport;
    else wrong.value = true;
  };
  return (
    <>
      <p className="flow-hint">{say("againFilesHint")}</p>
      {wrong.value && <Notice kind="trouble">{say("againFilesWrong")}</Notice>}
      <div className="flow-actions">
        <FileButton
          label={say(edited.value ? "editedChosen" : "chooseEdited")}
          className="flow-button"
          accept=".json"
          take={take}
        />
        <FileButton
          label={say(before.value ? "sourcesChosen" : "chooseSources")}
          className="flow-button"
          accept=".json"
          take={take}
        />
        <button
          type="button"
          className="flow-button flow-primary"
          disabled={!edited.value || !before.value}
          onClick={() => {
            if (edited.value && before.value) draw({ edited: edited.value, before: before.value });
          }}
        >
          {say("drawAgain")}
        </button>
      </div>
    </>
  );
}

/** Draws up again what somebody went on with: what was changed by hand stays, all else is as it is summed now. */
export function Again(props: {
  readonly flow: RollupHost;
  readonly sources: Sources;
  readonly byHand: readonly unknown[];
}) {
  const { flow, sources, byHand } = props;
  const { division, year, government } = sources;
  const answered = useSignal<{ readonly answer: RollupAnswer; readonly id?: string } | undefined>(undefined);
  const trouble = useSignal("");
  const busy = useSignal(false);
  const own = flow.drafts?.list.find(({ report, receipt, drawnFrom: name }) => {
    const place = placeOf(report);
    return name !== undefined && !receipt && place.uscc === government.uscc && place.year === year;
  });
  const draw = async ({ edited, before, id }: Before): Promise<void> => {
    busy.value = true;
    const body = { byHand, edited, before: drawnFrom(before) };
    const answer = await flow.api.division<RollupAnswer>("POST", `/rollups/${division}/${year}`, body);
    busy.value = false;
    trouble.value = answer.kind === "ok" ? "" : troubleText(answer, flow.say, flow.language.peek() === "en");
    answered.value = answer.kind === "ok" ? { answer: answer.value, ...(id === undefined ? {} : { id }) } : undefined;
  };
  const drawOwn = async (): Promise<void> => {
    const before = own && (await flow.drafts?.sourcesOf(own));
    if (own && before) await draw({ edited: own.report, before, id: own.id });
    else trouble.value = say("againLost");
  };
  return (
    <>
      {own && (
        <p>
          {say("ownDraft", { time: shownTime(new Date(own.changedAt).toISOString(), flow.language.value) })}{" "}
          <button type="button" className="flow-button" onClick={() => void drawOwn()}>
            {say("drawOwnAgain")}
          </button>
        </p>
      )}
      <Folded title={say("againFiles")}>{() => <FromFiles draw={(before) => void draw(before)} />}</Folded>
      <Progress busy={busy.value}>{say("looking")}</Progress>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      {answered.value && <Outcome flow={flow} {...answered.value} />}
    </>
  );
}
