import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Finding } from "../../src/basics/finding.ts";
import { getCell } from "../../src/form/cells.ts";
import type { NarrativeSection, TableSection } from "../../src/form/form.ts";
import { forms } from "../../src/form/forms.ts";
import { BESIDE_TABLE, placesOfSection } from "../../src/form/narrative.ts";
import { missingTopics } from "../../src/rules/topics.ts";
import { TextField } from "./fields.tsx";
import { FindingNote, PartFindings } from "./findings/note.tsx";
import { Grid } from "./grid/grid.tsx";
import { layoutOf } from "./grid/layout.ts";
import { GridState } from "./grid/state.ts";
import { Differing, ToldBox } from "./grid/told.tsx";
import { inLanguage, labelOf } from "./i18n.ts";
import { carriedFigures } from "./model/carry.ts";
import { isShown, placesOf, stepOf } from "./model/findings.ts";
import type { Form } from "./model/form-model.ts";
import { Editor } from "./narrative/editor.tsx";
import { itemsOf } from "./narrative/items.ts";
import { t } from "./texts.ts";

/** The findings of a step that are to be shown already. */
export function shownFindings(model: Form, step: string): Finding[] {
  const shown = { touched: model.touched.value, showAll: model.showAll.value };
  return model.checked.value.findings.filter(
    (finding) => placesOf(finding).some((place) => stepOf(place) === step) && isShown(finding, shown),
  );
}

function LastYear({ model }: { readonly model: Form }) {
  const state = model.lastYear.value;
  const year = Number(model.report.value["year"]) - 1;
  const texts = {
    unknown: "lastYearUnknown",
    loading: "lastYearLoading",
    found: "lastYearFound",
    none: "lastYearNone",
    failed: "lastYearFailed",
  } as const;
  return (
    <p class={`last-year-state ${state}`} role="status">
      <b>{t("lastYear")}</b> {t(texts[state], { year })}
      {state === "failed" && (
        <button type="button" class="plain" onClick={() => model.askLastYear()}>
          {t("retry")}
        </button>
      )}
    </p>
  );
}

function Year({ model }: { readonly model: Form }) {
  const now = new Date().getFullYear();
  const year = Number(model.report.value["year"]);
  const first = Math.min(...forms.map((form) => form.firstYear));
  const years = Array.from({ length: Math.max(now, year) - first + 1 }, (_, i) => Math.max(now, year) - i);
  const findings = shownFindings(model, "organ").filter((finding) =>
    placesOf(finding).some((place) => place === "/year" || place === "/edition"),
  );
  const aside = model.asideCount.value;
  return (
    <div class="field">
      <label for="field-year">{t("year")}</label>
      <p class="hint" id="field-year-hint">
        {t("yearHint")}
      </p>
      {findings.map((finding) => (
        <FindingNote key={finding.id} finding={finding} />
      ))}
      <select
        id="field-year"
        data-pointer="/year"
        value={String(year)}
        aria-describedby="field-year-hint"
        onChange={(event) => model.setYear(Number(event.currentTarget.value))}
      >
        {years.map((y) => (
          <option key={y} value={String(y)}>
            {y}
          </option>
        ))}
      </select>
      <p class="hint">{model.form.value.source}</p>
      <p role="status" class={aside > 0 ? "told" : ""}>
        {aside > 0 && t("yearAside", { count: aside })}
      </p>
    </div>
  );
}

/** Paragraphs that a report need not have: a button for the first, then an editor. */
function OptionalTexts(props: {
  readonly model: Form;
  readonly pointer: string;
  readonly label: string;
  readonly add: string;
  readonly findings: readonly Finding[];
}) {
  const { model, pointer, add } = props;
  if (itemsOf(getCell(model.report.value, pointer)).length > 0)
    return <Editor {...props} headings={false} onEmpty={() => model.edit([[pointer, undefined]])} />;
  return (
    <button type="button" data-pointer={pointer} onClick={() => model.set(pointer, [{ type: "paragraph", text: "" }])}>
      {add}
    </button>
  );
}

/** Whose report, of which year, signed when; and what may stand before the first part. */
export function OrganStep({ model }: { readonly model: Form }) {
  const findings = shownFindings(model, "organ");
  return (
    <>
      {model.differing.value.length > 0 && (
        <div class="told">
          <Differing totals={model.differing.value} />
          <button
            type="button"
            class="plain"
            onClick={() => {
              model.differing.value = [];
            }}
          >
            {t("dismiss")}
          </button>
        </div>
      )}
      <TextField model={model} pointer="/organ/name" label={t("organName")} hint={t("organNameHint")} />
      <TextField
        model={model}
        pointer="/organ/uscc"
        label={t("uscc")}
        hint={t("usccHint")}
        size="short"
        read={(text) => text.normalize("NFKC").replace(/\s/g, "").toUpperCase()}
      />
      <Year model={model} />
      <TextField model={model} pointer="/signed" label={t("signed")} hint={t("signedHint")} type="date" size="short" />
      <LastYear model={model} />
      <h3>{t("preamble")}</h3>
      <OptionalTexts
        model={model}
        pointer="/preamble"
        label={t("preamble")}
        add={t("addPreamble")}
        findings={findings}
      />
      <PartFindings model={model} findings={findings.filter((f) => f.level === "warning")} place="organ" />
    </>
  );
}

/** A part of figures. */
export function TableStep({ model, section }: { readonly model: Form; readonly section: TableSection }) {
  const form = model.form.value;
  const layout = layoutOf(form, section);
  const grid = useMemo(() => new GridState(model, layout), [model, layout]);
  const withLastYear = useSignal(true);
  const previous = model.previous.value;
  const findings = shownFindings(model, section.key).filter(
    (finding) => !placesOf(finding).every((place) => place === grid.editing.value?.pointer),
  );
  const report = model.report.value;
  const carried = previous ? carriedFigures(form, section.key, previous) : [];
  const differing = carried.filter(([pointer, value]) => getCell(report, pointer) !== value);
  const empty = layout.data
    .flat()
    .filter(({ pointer }) => !grid.isTotal(pointer) && getCell(report, pointer) === undefined).length;
  const others = form.sections.flatMap((s) => (s.kind === "narrative" ? [] : [layoutOf(form, s)]));
  const [before, after] = placesOfSection(section).map(({ key, pointer }) => {
    const label = labelOf(BESIDE_TABLE[key as keyof typeof BESIDE_TABLE]);
    return <OptionalTexts {...{ model, pointer, label, findings }} add={t("addBeside", { label })} />;
  });
  return (
    <>
      {before}
      <p class="hint" id={`hint-${layout.table.id}`}>
        {t("gridHint")}
      </p>
      <div class="toolbar">
        {previous && (
          <label class="toggle">
            <input
              type="checkbox"
              checked={withLastYear.value}
              onChange={(event) => {
                withLastYear.value = event.currentTarget.checked;
              }}
            />
            {t("showLastYear")}
          </label>
        )}
        {carried.length > 0 &&
          (differing.length > 0 ? (
            <button
              type="button"
              onClick={() => {
                model.edit(differing);
                model.touch(...differing.map(([pointer]) => pointer));
              }}
            >
              {t("carry", { count: differing.length })}
            </button>
          ) : (
            <span class="hint">✓ {t("carried")}</span>
          ))}
        {empty > 0 && (
          <button type="button" onClick={() => grid.fillEmpty()}>
            {t("fillEmpty", { count: empty })}
          </button>
        )}
      </div>
      <ToldBox grid={grid} />
      <Grid
        grid={grid}
        findings={findings.filter((f) => f.id !== "S-REQUIRED")}
        missing={findings.filter((f) => f.id === "S-REQUIRED")}
        lastYear={previous !== undefined && withLastYear.value}
        others={others}
      />
      {after}
      <PartFindings model={model} findings={findings.filter((f) => f.id !== "S-REQUIRED")} place={section.key} />
    </>
  );
}

/** A part of text. */
export function NarrativeStep({ model, section }: { readonly model: Form; readonly section: NarrativeSection }) {
  const pointer = `/${section.key}/body`;
  const items = itemsOf(getCell(model.report.value, pointer));
  const missing = missingTopics(items, section.topics ?? []);
  const findings = shownFindings(model, section.key);
  const own = findings.filter(
    (finding) => finding.level === "warning" || placesOf(finding).some((place) => !place.startsWith(`${pointer}/`)),
  );
  return (
    <>
      {section.topics && (
        <aside class="topics" aria-label={t("topics")}>
          <b>{t("topics")}</b>
          <ul>
            {section.topics.map((topic) => {
              const there = !missing.includes(topic);
              return (
                <li key={topic.key} class={there ? "there" : ""}>
                  <span aria-hidden="true">{there ? "✓" : "○"}</span> {labelOf(topic)}
                  <span class="hidden">{t(there ? "topicThere" : "topicMissing")}</span>
                </li>
              );
            })}
          </ul>
        </aside>
      )}
      {section.mentions && (
        <p class="hint">{t("mentions", { words: section.mentions.join(inLanguage(["、", ", "])) })}</p>
      )}
      <Editor model={model} pointer={pointer} label={labelOf(section)} headings findings={findings} />
      <PartFindings model={model} findings={own} place={section.key} />
    </>
  );
}
