import { useSignal } from "@preact/signals";
import type { LastYearFile } from "../contract.ts";
import type { Flow } from "../flow/flow.ts";
import { FileButton, FileTroubleNotice, Reading } from "../flow/import-button.tsx";
import { isOfOther, type LastYearRead, readLastYear } from "../flow/last-year-file.ts";
import { Notice } from "../flow/parts.tsx";
import { messageOf } from "../i18n.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";

const STATES = {
  unknown: "lastYearUnknown",
  loading: "lastYearLoading",
  found: "lastYearFound",
  none: "lastYearNone",
  failed: "lastYearFailed",
} as const;

/** Why a file was not taken as last year's report. */
function NotTaken({ flow, read, year }: { readonly flow: Flow; readonly read: LastYearRead; readonly year: number }) {
  switch (read.kind) {
    case "trouble":
      return <FileTroubleNotice flow={flow} trouble={read.trouble} />;
    case "unusable":
      return <Notice kind="trouble">{messageOf(read.finding)}</Notice>;
    case "otherYear":
      return <Notice kind="trouble">{t("lastYearOther", { given: read.year, year })}</Notice>;
    default:
      return null;
  }
}

/** The file that stands in for last year's report, what was left out of it, and the way to do without it. */
function FileInUse({ model, file }: { readonly model: Form; readonly file: LastYearFile }) {
  const { organ, year } = file.report;
  return (
    <>
      <p>
        {t("lastYearFile", { name: file.name, organ: organ.name, year })}{" "}
        <button
          type="button"
          class="plain"
          onClick={() => {
            model.lastYearFile.value = undefined;
          }}
        >
          {t("lastYearWithout")}
        </button>
      </p>
      {isOfOther(file, model.report.value) && (
        <Notice kind="warning">{t("lastYearOrgan", { organ: organ.name })}</Notice>
      )}
      {file.flawed && <p class="remark information">{messageOf(file.flawed)}</p>}
    </>
  );
}

/** Last year's report, for organs whose report of last year the service does not have: any file that can be imported. */
function LastYearFromFile({ model, flow, year }: { readonly model: Form; readonly flow: Flow; readonly year: number }) {
  const reading = useSignal("");
  const read = useSignal<LastYearRead | undefined>(undefined);
  const file = model.lastYearFile.value;
  const inUse = file?.report.year === year;
  const take = async (files: FileList | null): Promise<void> => {
    const chosen = files?.[0];
    if (!chosen) return;
    reading.value = chosen.name;
    const found = await readLastYear(chosen, model.report.peek(), flow.api, flow.startReading()).catch(
      (): LastYearRead => ({
        kind: "trouble",
        trouble: { kind: "answer", answer: { kind: "unreached", reason: "network" } },
      }),
    );
    reading.value = "";
    read.value = found;
    if (found.kind === "read") model.lastYearFile.value = found.file;
  };
  return (
    <>
      {file && inUse ? (
        <FileInUse model={model} file={file} />
      ) : (
        <p class="hint" id="last-year-hint">
          {t("lastYearHint")}
        </p>
      )}
      <FileButton
        label={t("lastYearImport")}
        className="flow-button"
        hint={inUse ? undefined : "last-year-hint"}
        take={take}
      />
      <Reading flow={flow} name={reading} />
      {read.value && <NotTaken flow={flow} read={read.value} year={year} />}
    </>
  );
}

/** What became of last year's report: found where it is published, or given as a file. */
export function LastYear({ model, flow }: { readonly model: Form; readonly flow: Flow }) {
  const state = model.lastYear.value;
  const year = Number(model.report.value["year"]) - 1;
  const given = state === "none" && model.previous.value !== undefined;
  return (
    <section class={`last-year-state ${state}`} aria-label={t("lastYear")}>
      <p role="status">
        <b>{t("lastYear")}</b> {t(given ? "lastYearGiven" : STATES[state], { year })}
        {state === "failed" && (
          <button type="button" class="plain" onClick={() => model.askLastYear()}>
            {t("retry")}
          </button>
        )}
      </p>
      {(state === "none" || state === "failed") && <LastYearFromFile model={model} flow={flow} year={year} />}
    </section>
  );
}
