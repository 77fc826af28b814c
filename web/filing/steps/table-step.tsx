import { signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { getCell } from "../../../src/form/cells.ts";
import type { TableSection } from "../../../src/form/form.ts";
import { BESIDE_TABLE, placesOfSection } from "../../../src/form/narrative.ts";
import { PartFindings, toldBelow } from "../findings/note.tsx";
import { Grid } from "../grid/grid.tsx";
import { layoutOf } from "../grid/layout.ts";
import { OutcomeBox } from "../grid/outcome.tsx";
import { GridState } from "../grid/state.ts";
import { labelOf } from "../i18n.ts";
import { carriedFigures } from "../model/carry.ts";
import { placesOf } from "../model/findings.ts";
import type { Form } from "../model/form-model.ts";
import { t } from "../texts.ts";
import { OptionalTexts } from "./optional-texts.tsx";
import { SectionHelp } from "./section-help.tsx";
import { shownFindings } from "./shown-findings.ts";

/** Whether last year's figures stand beside this year's; of all tables alike. */
const withLastYear = signal(true);

/** Fills in what last year's report says of this year's figures. */
function Carry({ model, section }: { readonly model: Form; readonly section: TableSection }) {
  const previous = model.previous.value;
  const report = model.report.value;
  const carried = previous ? carriedFigures(model.form.value, section.key, previous) : [];
  const differing = carried.filter(([pointer, value]) => getCell(report, pointer) !== value);
  if (carried.length === 0) return null;
  if (differing.length === 0) return <span class="hint">✓ {t("carried")}</span>;
  return (
    <button
      type="button"
      onClick={() => {
        model.edit(differing);
        model.touch(...differing.map(([pointer]) => pointer));
      }}
    >
      {t("carry", { count: differing.length })}
    </button>
  );
}

/** What can be done with the table as a whole. */
function Toolbar({ grid }: { readonly grid: GridState }) {
  const { model, layout } = grid;
  const report = model.report.value;
  const empty = layout.data
    .flat()
    .filter(({ pointer }) => !grid.isTotal(pointer) && getCell(report, pointer) === undefined).length;
  return (
    <div class="toolbar">
      {model.previous.value && (
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
      <Carry model={model} section={layout.section} />
      {empty > 0 && (
        <button type="button" onClick={() => grid.fillEmpty()}>
          {t("fillEmpty", { count: empty })}
        </button>
      )}
    </div>
  );
}

/** A part of figures. */
export function TableStep({ model, section }: { readonly model: Form; readonly section: TableSection }) {
  const form = model.form.value;
  const layout = layoutOf(form, section);
  const grid = useMemo(() => new GridState(model, layout), [model, layout]);
  const findings = shownFindings(model, section.key).filter(
    (finding) => !placesOf(finding).every((place) => place === grid.editing.value?.pointer),
  );
  const present = findings.filter((f) => f.id !== "S-REQUIRED");
  const texts = placesOfSection(section).map(({ pointer }) => pointer);
  const told = toldBelow(
    present,
    section.key,
    (place) => layout.byPointer.has(place) || texts.some((text) => place.startsWith(`${text}/`)),
  );
  const others = form.sections.flatMap((s) => (s.kind === "narrative" ? [] : [layoutOf(form, s)]));
  const [before, after] = placesOfSection(section).map(({ key, pointer }) => {
    const label = labelOf(BESIDE_TABLE[key as keyof typeof BESIDE_TABLE]);
    return <OptionalTexts {...{ model, pointer, label, findings, told }} add={t("addBeside", { label })} />;
  });
  return (
    <>
      <SectionHelp section={section} />
      {before}
      <p class="hint" id={`hint-${layout.table.id}`}>
        {t("gridHint")} {layout.rows.some(({ help }) => help.length > 0) && t("gridHelpHint")}
      </p>
      <Toolbar grid={grid} />
      <OutcomeBox grid={grid} />
      <Grid
        grid={grid}
        findings={present}
        told={told}
        missing={findings.filter((f) => f.id === "S-REQUIRED")}
        lastYear={model.previous.value !== undefined && withLastYear.value}
        others={others}
      />
      {after}
      <PartFindings model={model} told={told} place={section.key} />
    </>
  );
}
